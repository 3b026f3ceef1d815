// The query for what is shown, which the query page runs.
import { useMemo, useState } from "preact/hooks";
import { queryOf } from "../../export/sparql";
import type { State } from "../../state/store";
import { useShared } from "../context";
import { counted } from "../filters/format";
import { CopyField } from "./CopyField";

/** Characters of an address beyond which servers refuse it. */
const LONGEST = 12_000;

export function QueryField({ state }: { state: State }) {
  const { overview } = useShared();
  const [isOpen, setOpen] = useState(false);
  const query = useMemo(() => queryOf(state.history.now, state.network, overview), [state.history.now, state.network, overview]);
  const address = `query?${new URLSearchParams({ query: query.text })}`;
  const isTooLong = address.length > LONGEST;
  return (
    <section>
      <h3>Open as SPARQL</h3>
      <div class="row">
        {isTooLong ? (
          <p class="nothing">The query is too long for a link; copy it into the query page.</p>
        ) : (
          <a class="button" href={address}>
            Open as SPARQL
          </a>
        )}
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? "Hide the query" : "Show the query"}
        </button>
      </div>
      {isOpen && <CopyField label="Query" text={query.text} isLong />}
      <p class="nothing">
        {query.isWider
          ? `It asks for all relations that fit the filters: the ${counted(state.network.nodes.length, "entity", "entities")} shown are too many to name.`
          : `It finds the ${counted(state.network.relations, "relation")} shown.`}
      </p>
    </section>
  );
}
