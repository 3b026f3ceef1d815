// How sure relations must be: a slider with its number.
import { useEffect, useState } from "preact/hooks";
import type { Filters } from "../../state/scene";
import type { Store } from "../../state/store";
import { filter } from "../../state/steps";
import { Section } from "./Section";

const STEP = 5;

export function Confidence({ filters, store }: { filters: Filters; store: Store }) {
  const least = Math.round(filters.min_confidence * 100);
  const [draft, setDraft] = useState(least);
  useEffect(() => setDraft(least), [least]);
  const set = (percent: number) => {
    const value = Math.min(100, Math.max(0, Math.round(percent))) / 100;
    if (Number.isFinite(value) && value !== filters.min_confidence) store.take(filter({ min_confidence: value }));
    else setDraft(least);
  };
  return (
    <Section title="Confidence" isSet={least > 0} isOpen onAll={() => store.take(filter({ min_confidence: 0 }))}>
      <div class="confidence">
        <input
          type="range"
          min="0"
          max="100"
          step={STEP}
          value={draft}
          aria-label="Least confidence"
          aria-valuetext={`${draft} % or more`}
          onInput={(event) => setDraft(event.currentTarget.valueAsNumber)}
          onChange={(event) => set(event.currentTarget.valueAsNumber)}
        />
        <label>
          <span class="unseen">Least confidence in per cent</span>
          <input type="number" min="0" max="100" value={draft} onChange={(event) => set(event.currentTarget.valueAsNumber)} />
          <span aria-hidden="true">% or more</span>
        </label>
      </div>
    </Section>
  );
}
