// The filters that are set, as chips above the drawing, each with what takes it away.
import { NO_FILTERS } from "../../state/scene";
import type { State } from "../../state/store";
import { filter } from "../../state/steps";
import { useShared } from "../context";
import { chipsOf, listsOf } from "./choices";

export function ActiveFilters({ state }: { state: State }) {
  const { store, overview } = useShared();
  const { filters } = state.history.now;
  const chips = chipsOf(listsOf(overview, state.network.facets, filters), filters);
  if (chips.length === 0) return null;
  return (
    <ul class="chips" aria-label="Filters that are set">
      {chips.map((chip) => (
        <li key={chip.key}>
          <button type="button" class="chip" aria-label={`Remove ${chip.text}`} onClick={() => store.take(chip.remove)}>
            <span class="name" dir="auto">
              {chip.text}
            </span>
            <Cross />
          </button>
        </li>
      ))}
      <li>
        <button type="button" class="plain" onClick={() => store.take(filter(NO_FILTERS))}>
          Clear all
        </button>
      </li>
    </ul>
  );
}

export function Cross() {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      <path d="M2.5 2.5l7 7m0-7l-7 7" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" />
    </svg>
  );
}
