// The histogram in words and numbers.
import type { Legend, Split, Timeline } from "../../api/types";
import { number } from "../filters/format";
import { nameOf, placeOf } from "./scale";

export function Table({ timeline, split, legend }: { timeline: Timeline; split: Split; legend: Legend }) {
  const terms = split === "relation_class" ? legend.relation_classes : legend.statuses;
  const used = terms.filter((term) => timeline.bars.some((bar) => bar.counts.some((one) => one.value === term.name)));
  return (
    <div class="bars-table" tabIndex={0} role="region" aria-label="Relations by time">
      <table>
        <thead>
          <tr>
            <th scope="col">{timeline.unit[0]!.toUpperCase() + timeline.unit.slice(1)}</th>
            <th scope="col">Relations</th>
            {used.map((term) => (
              <th key={term.name} scope="col">
                {term.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {timeline.bars.map((bar) => (
            <tr key={bar.time}>
              <th scope="row">{nameOf(timeline.unit, placeOf(timeline.unit, bar.time))}</th>
              <td>{number(bar.count)}</td>
              {used.map((term) => (
                <td key={term.name}>{number(bar.counts.find((one) => one.value === term.name)?.count ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
