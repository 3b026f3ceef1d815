// How sure relations must be: a slider with its number.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Filters } from "../../state/scene";
import type { Store } from "../../state/store";
import { filter } from "../../state/steps";
import { Section } from "./Section";

const STEP = 5;
/** Milliseconds for which a slider rests before its value counts: all that it passes on the way is one step. */
const REST = 250;

export function Confidence({ filters, store }: { filters: Filters; store: Store }) {
  const least = Math.round(filters.min_confidence * 100);
  const [draft, setDraft] = useState<number | null>(null);
  const resting = useRef<ReturnType<typeof setTimeout> | null>(null);
  const set = (percent: number) => {
    const value = Math.min(100, Math.max(0, Math.round(percent))) / 100;
    setDraft(null);
    if (Number.isFinite(value) && value !== store.scene.filters.min_confidence) store.take(filter({ min_confidence: value }));
  };
  const slide = (percent: number) => {
    setDraft(percent);
    if (resting.current !== null) clearTimeout(resting.current);
    resting.current = setTimeout(() => set(percent), REST);
  };
  useEffect(() => () => void (resting.current !== null && clearTimeout(resting.current)), []);
  const shown = draft ?? least;
  return (
    <Section title="Confidence" isSet={least > 0} isOpen onAll={() => store.take(filter({ min_confidence: 0 }))}>
      <div class="confidence">
        <input
          type="range"
          min="0"
          max="100"
          step={STEP}
          value={shown}
          aria-label="Least confidence"
          aria-valuetext={`${shown} % or more`}
          onInput={(event) => slide(event.currentTarget.valueAsNumber)}
        />
        <label>
          <span class="unseen">Least confidence in per cent</span>
          <input type="number" min="0" max="100" value={shown} onChange={(event) => set(event.currentTarget.valueAsNumber)} />
          <span aria-hidden="true">% or more</span>
        </label>
      </div>
    </Section>
  );
}
