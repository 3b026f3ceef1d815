// What is drawn as tables: entities and edges, for those who read rather than look.
import { useMemo, useRef, useState } from "preact/hooks";
import type { Network as Said } from "../../api/types";
import { parametersOfFilters } from "../../state/network";
import type { Scene, Selection } from "../../state/scene";
import { select } from "../../state/steps";
import type { State } from "../../state/store";
import { useShared } from "../context";
import { Awaiting } from "../panel/Awaiting";
import { useAnswer } from "../panel/asking";
import { number } from "../panel/words";
import { edgeColumns, entityColumns } from "./columns";
import { edgeRows, entityRows, extentsOf, type EdgeRow, type EntityRow } from "./rows";
import { SortableTable } from "./SortableTable";

type Which = "entities" | "edges";
const WHICH: readonly Which[] = ["entities", "edges"];
const LABELS: Readonly<Record<Which, string>> = { entities: "Entities", edges: "Edges" };

export function Tables({ state }: { state: State }) {
  const scene = state.history.now;
  const [which, setWhich] = useState<Which>(scene.selection.kind === "edge" ? "edges" : "entities");
  const awaited = useAnswer<Said>("network", askedOf(scene));
  const extents = useMemo(() => extentsOf(awaited.answer), [awaited.answer]);
  const counts = { entities: state.network.nodes.length, edges: state.network.edges.length };
  return (
    <section class="tables" aria-label="What is shown, as tables">
      <Tabs which={which} counts={counts} onWhich={setWhich} />
      <div class="table-body" role="tabpanel" id="table-panel" aria-labelledby={`tab-${which}`}>
        {awaited.refusal !== null && state.problem === null && <Awaiting awaited={awaited} />}
        {which === "entities" ? <Entities state={state} extents={extents} /> : <Edges state={state} extents={extents} />}
      </div>
    </section>
  );
}

/** The network that is shown once more, with days. */
const askedOf = ({ filters, chosen, most }: Scene) => ({
  ...parametersOfFilters(filters),
  entity: chosen,
  limit: chosen.length > 0 ? null : most,
  days: "true",
});

interface Filled {
  readonly state: State;
  readonly extents: ReturnType<typeof extentsOf>;
}

function Entities({ state, extents }: Filled) {
  const { store, overview } = useShared();
  const rows = useMemo(() => entityRows(state.network, overview.legend, extents), [state.network, extents]);
  const { selection } = state.history.now;
  return (
    <SortableTable<EntityRow>
      key="entities"
      caption="Entities that are shown"
      one="entity"
      many="entities"
      rows={rows}
      isLoading={state.isLoading}
      columns={entityColumns(overview.legend)}
      keyOf={(row) => row.id}
      texts={(row) => [row.name, row.type, row.country ?? ""]}
      said={(row) => `${row.name}, ${row.type}`}
      selected={selection.kind === "entity" ? selection.entity : null}
      onSelect={(row) => store.take(select({ kind: "entity", entity: row.id }))}
      first={{ column: "relations", isAscending: false }}
    />
  );
}

function Edges({ state, extents }: Filled) {
  const { store, overview } = useShared();
  const rows = useMemo(() => edgeRows(state.network, overview.legend, extents), [state.network, extents]);
  return (
    <SortableTable<EdgeRow>
      key="edges"
      caption="Edges that are shown"
      one="edge"
      many="edges"
      rows={rows}
      isLoading={state.isLoading}
      columns={edgeColumns(overview.legend)}
      keyOf={(row) => row.key}
      texts={(row) => [row.from, row.to, row.relationClass, row.status]}
      said={(row) => `${row.from}, ${row.relationClass}, ${row.to}`}
      selected={selectedEdge(state.history.now.selection)}
      onSelect={(row) => store.take(select({ kind: "edge", source: row.source, target: row.target }))}
      first={{ column: "relations", isAscending: false }}
    />
  );
}

const selectedEdge = (selection: Selection): string | null =>
  selection.kind === "edge" ? [selection.source, selection.target].sort().join("\n") : null;

/** Tabs as the ARIA Authoring Practices Guide has them: arrows go from one to the other. */
function Tabs({ which, counts, onWhich }: { which: Which; counts: Readonly<Record<Which, number>>; onWhich: (which: Which) => void }) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    const other = which === "entities" ? "edges" : "entities";
    onWhich(other);
    list.current?.querySelector<HTMLElement>(`#tab-${other}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Tables" ref={list} onKeyDown={onKeyDown}>
      {WHICH.map((one) => (
        <button key={one} type="button" role="tab" id={`tab-${one}`} aria-selected={one === which} aria-controls="table-panel" tabIndex={one === which ? 0 : -1} onClick={() => onWhich(one)}>
          {LABELS[one]} <span class="tally">{number(counts[one])}</span>
        </button>
      ))}
    </div>
  );
}
