// What the colours of the bars mean.
import { useMemo } from "preact/hooks";
import type { Legend, Timeline } from "../../api/types";
import { Sample } from "../legend/Sample";
import { usedIn } from "./bars";

/** Values that are named: those of most relations. */
const FEW = 5;

export function Key({ timeline, legend }: { timeline: Timeline; legend: Legend }) {
  const used = useMemo(() => usedIn(timeline, legend), [timeline, legend]);
  return (
    <ul class="key" aria-label="Colours">
      {used.slice(0, FEW).map((term) => (
        <li key={term.name}>
          <Sample list="type" value={term.name} colour={term.colour ?? null} />
          {term.label}
        </li>
      ))}
      {used.length > FEW && <li>and {used.length - FEW} more</li>}
    </ul>
  );
}
