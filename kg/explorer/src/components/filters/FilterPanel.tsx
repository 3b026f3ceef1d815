// All filters below each other; at the same time the legend, since each value looks as it does in the drawing.
import { NO_FILTERS, filtersSet } from "../../state/scene";
import type { State } from "../../state/store";
import { filter } from "../../state/steps";
import { useShared } from "../context";
import { listsOf } from "./choices";
import { Confidence } from "./Confidence";
import { counted } from "./format";
import { Time } from "./Time";
import { ValueList } from "./ValueList";

export function FilterPanel({ state }: { state: State }) {
  const { store, overview } = useShared();
  const { filters } = state.history.now;
  const lists = listsOf(overview, state.network.facets, filters);
  const set = filtersSet(filters);
  return (
    <>
      <div class="filter-count">
        <p>{set === 0 ? "All relations count." : `${counted(set, "filter")} set.`}</p>
        {set > 0 && (
          <button type="button" class="all" onClick={() => store.take(filter(NO_FILTERS))}>
            Clear all
          </button>
        )}
      </div>
      {lists.slice(0, 3).map((list) => (
        <ValueList key={list.name} list={list} store={store} isOpen />
      ))}
      <Time filters={filters} store={store} />
      <Confidence filters={filters} store={store} />
      {lists.slice(3).map((list) => (
        <ValueList key={list.name} list={list} store={store} isOpen={list.isSet} />
      ))}
    </>
  );
}
