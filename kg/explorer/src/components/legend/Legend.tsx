// What colours and lines mean, of what is drawn now; the whole of it stands with the filters.
import { useMemo, useState } from "preact/hooks";
import type { Term } from "../../api/types";
import type { State } from "../../state/store";
import { useShared } from "../context";
import type { ListName } from "../filters/choices";
import { Sample } from "./Sample";

/** Classes that are named: those with most edges. */
const FEW = 6;

export function Legend({ state }: { state: State }) {
  const { overview } = useShared();
  const [isOpen, setOpen] = useState(() => matchMedia("(min-width: 701px) and (min-height: 701px)").matches);
  const { network } = state;
  const { colourBy, shownAs } = state.history.now;
  const used = useMemo(() => usedOf(state), [network]);
  if (network.nodes.length === 0 || shownAs === "table") return null;
  const { types, statuses, relation_classes: classes } = overview.legend;
  const shown = used.classes.slice(0, FEW).flatMap((name) => classes.filter((term) => term.name === name));
  return (
    <section class="legend" aria-label="Legend">
      <button type="button" class="opener" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <svg class="chevron" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
          <path d="M4 2l4 4-4 4" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
        </svg>
        Legend
      </button>
      {isOpen && (
        <>
          {colourBy === "type" && <Terms list="type" label="Entities" terms={types.filter((term) => used.types.has(term.name))} />}
          <Terms list="status" label="Lines" terms={statuses.filter((term) => used.statuses.has(term.name))} />
          <Terms list="relation_class" label="Edges" terms={shown} more={used.classes.length - shown.length} />
        </>
      )}
    </section>
  );
}

function Terms({ list, label, terms, more = 0 }: { list: ListName; label: string; terms: readonly Term[]; more?: number }) {
  if (terms.length === 0) return null;
  return (
    <ul aria-label={label}>
      {terms.map((term) => (
        <li key={term.name} title={term.definition}>
          <Sample list={list} value={term.name} colour={term.colour ?? null} />
          <span>{term.label}</span>
        </li>
      ))}
      {more > 0 && <li class="is-more">and {more} more under Filters</li>}
    </ul>
  );
}

function usedOf({ network }: State) {
  const counts = new Map<string, number>();
  for (const edge of network.edges) counts.set(edge.relationClass, (counts.get(edge.relationClass) ?? 0) + 1);
  return {
    types: new Set<string>(network.nodes.map((node) => node.type)),
    statuses: new Set(network.edges.map((edge) => edge.status)),
    classes: [...counts].sort((one, other) => other[1] - one[1] || one[0].localeCompare(other[0])).map(([name]) => name),
  };
}
