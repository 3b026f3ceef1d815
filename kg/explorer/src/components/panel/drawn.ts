// What the buttons of an entity's panel do to the drawing.
import type { Id, Point, Scene } from "../../state/scene";
import { add, change, choose, select, type Step } from "../../state/steps";
import type { Store } from "../../state/store";

/** Entities that can be named one by one (the server's bound); of more, only the added ones stay. */
const MOST_CHOSEN = 2_000;

/** Shows entities beside what is drawn. */
export function showBeside(store: Store, ids: readonly Id[], ...steps: readonly Step[]): void {
  const drawn = store.state.network.nodes.map((node) => node.id);
  const keep = drawn.length + ids.length <= MOST_CHOSEN ? [choose(drawn)] : [];
  store.take(...keep, add(ids), ...steps);
}

export const isDrawn = (store: Store, id: Id): boolean => store.state.network.nodes.some((node) => node.id === id);

/** Looks for the shortest paths from one entity to another. */
export const findPaths = (from: Id, to: Id): Step => change({ route: { from, to, longest: null, way: [] } });

/** Shows one entity alone, in the panel too. */
export const showOnly = (id: Id): readonly Step[] => [choose([id]), select({ kind: "entity", entity: id })];

/** Where an entity is pinned, if it is. */
export const pinOf = (scene: Scene, id: Id): Point | null => scene.pinned.get(id) ?? null;
