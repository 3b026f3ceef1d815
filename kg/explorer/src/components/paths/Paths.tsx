// How two actors are connected: the paths between them, and who is connected with both.
import { useEffect, useState } from "preact/hooks";
import { filtersSet, type Id, type Route, type Scene } from "../../state/scene";
import type { State } from "../../state/store";
import { change } from "../../state/steps";
import { useShared } from "../context";
import { counted } from "../filters/format";
import { EntityPicker, type Picked } from "../EntityPicker";
import { useName } from "./names";
import { SharedList } from "./SharedList";
import { WayList } from "./WayList";

/** The server finds all paths up to so many steps (LONGEST_SIMPLE of kg/exploration/paths.py). */
const LENGTHS = [1, 2, 3, 4];

export function Paths({ state }: { state: State }) {
  const { store } = useShared();
  const scene = state.history.now;
  const { route } = scene;
  const [from, setFrom] = useEnd(state, route?.from ?? endsOf(scene)[0]);
  const [to, setTo] = useEnd(state, route?.to ?? endsOf(scene)[1]);
  const [longest, setLongest] = useState(route?.longest ?? null);
  useEffect(() => setLongest(route?.longest ?? null), [route?.longest]);
  const find = (event: SubmitEvent) => {
    event.preventDefault();
    if (from === null || to === null) return;
    const next: Route = { from: from.id, to: to.id, longest, way: [] };
    if (route === null || next.from !== route.from || next.to !== route.to || next.longest !== route.longest) store.take(change({ route: next }));
  };
  const set = filtersSet(scene.filters);
  const isSame = from !== null && from.id === to?.id;
  return (
    <div class="paths">
      <form onSubmit={find}>
        <EntityPicker label="From" picked={from} except={to?.id ?? null} onPick={setFrom} />
        <EntityPicker label="To" picked={to} except={from?.id ?? null} onPick={setTo} />
        <div class="paths-row">
          <label>
            <span>Which paths</span>
            <select value={longest ?? ""} onChange={(event) => setLongest(Number(event.currentTarget.value) || null)}>
              <option value="">the shortest</option>
              {LENGTHS.map((steps) => (
                <option key={steps} value={steps}>
                  all up to {counted(steps, "step")}
                </option>
              ))}
            </select>
          </label>
        </div>
        <div class="paths-row">
          <button type="button" aria-label="Swap from and to" disabled={from === null && to === null} onClick={() => (setFrom(to), setTo(from))}>
            Swap
          </button>
          <button class="primary" disabled={from === null || to === null || isSame}>
            Find paths
          </button>
        </div>
        <p class="nothing">
          {isSame
            ? "Both are the same; choose two."
            : set === 0
              ? "Paths go by relations of every class and status; set filters to narrow them."
              : `Paths go by relations that fit the ${counted(set, "filter")} set.`}
        </p>
      </form>
      {route !== null && <WayList key={`${route.from} ${route.to} ${route.longest}`} route={route} state={state} />}
      {route !== null && <SharedList key={`shared ${route.from} ${route.to}`} route={route} state={state} />}
      {route !== null && (
        <button type="button" class="plain" onClick={() => store.take(change({ route: null }))}>
          Clear paths
        </button>
      )}
    </div>
  );
}

/** Whom the selection suggests. */
function endsOf({ selection }: Scene): readonly [Id | null, Id | null] {
  if (selection.kind === "entity") return [selection.entity, null];
  return selection.kind === "edge" ? [selection.source, selection.target] : [null, null];
}

/** An end of the form: that of the scene until another is picked. */
function useEnd(state: State, id: Id | null): readonly [Picked | null, (picked: Picked | null) => void] {
  const name = useName(state, id);
  const [picked, setPicked] = useState<Picked | null>(null);
  useEffect(() => {
    if (id !== null) setPicked({ id, name: name ?? id });
  }, [id, name]);
  return [picked, setPicked];
}
