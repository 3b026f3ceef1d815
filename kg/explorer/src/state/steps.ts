// Steps from one scene to the next. Each gives a new scene; none asks the server.
import { FIRST_SCENE, MOST_CHOSEN, NO_FILTERS, type Filters, type Id, type Point, type Scene, type Selection } from "./scene";

export type Step = (scene: Scene) => Scene;

/** Shows entities beside those that are there, the last of which go where there are too many; from the strongest, starts anew with them. */
export const add = (ids: readonly Id[]): Step => (scene) => {
  const [added, known] = [new Set(ids.slice(0, MOST_CHOSEN)), new Set(scene.chosen)];
  const fresh = [...added].filter((id) => !known.has(id));
  const others = scene.chosen.length + fresh.length <= MOST_CHOSEN ? scene.chosen : withRoom(scene.chosen, added, fresh.length);
  return { ...scene, chosen: [...others, ...fresh], hidden: new Set([...scene.hidden].filter((id) => !added.has(id))) };
};

/** Those of the chosen that stay where so many others come: all that are wanted again, and as many more as there is room for. */
function withRoom(chosen: readonly Id[], wanted: ReadonlySet<Id>, coming: number): readonly Id[] {
  let room = MOST_CHOSEN - coming - chosen.filter((id) => wanted.has(id)).length;
  return chosen.filter((id) => wanted.has(id) || (room -= 1) >= 0);
}

/** Keeps what is shown as chosen one by one, so that single entities can be added and taken away. */
export const choose = (ids: readonly Id[]): Step => (scene) => ({
  ...scene,
  chosen: [...new Set(ids)].slice(0, MOST_CHOSEN),
  hidden: new Set(),
});

/** Shows these entities and no others; filters and looks stay. */
export const showOnly = (ids: readonly Id[]): Step => (scene) => ({
  ...scene,
  chosen: [...new Set(ids)].slice(0, MOST_CHOSEN),
  hidden: new Set(),
  pinned: new Map(),
  route: null,
});

/** Leaves out what the graph does not have. */
export const forget = (ids: ReadonlySet<Id>): Step => (scene) => {
  const { selection, route } = scene;
  const named = selection.kind === "entity" ? [selection.entity] : selection.kind === "edge" ? [selection.source, selection.target] : [];
  return {
    ...scene,
    chosen: scene.chosen.filter((id) => !ids.has(id)),
    pinned: new Map([...scene.pinned].filter(([id]) => !ids.has(id))),
    selection: named.some((id) => ids.has(id)) ? { kind: "nothing" } : selection,
    route: route === null || ids.has(route.from) || ids.has(route.to) ? null : { ...route, way: route.way.some((id) => ids.has(id)) ? [] : route.way },
  };
};

/** Calls entities as the graph does, where the address named them otherwise (by IRI, or one that was merged into another). */
export const rename = (names: ReadonlyMap<Id, Id>): Step => (scene) => {
  const named = (id: Id) => names.get(id) ?? id;
  const { selection, route } = scene;
  return {
    ...scene,
    route: route === null ? null : { ...route, from: named(route.from), to: named(route.to), way: route.way.map(named) },
    chosen: [...new Set(scene.chosen.map(named))],
    pinned: new Map([...scene.pinned].map(([id, point]) => [named(id), point])),
    selection: selection.kind === "entity" ? { kind: "entity", entity: named(selection.entity) } : selection,
  };
};

export const hide = (ids: readonly Id[]): Step => (scene) => {
  const left = scene.chosen.filter((id) => !ids.includes(id));
  // An empty list of chosen ones would show the strongest.
  const isChosen = left.length > 0;
  return {
    ...scene,
    chosen: isChosen ? left : scene.chosen,
    hidden: isChosen ? scene.hidden : new Set([...scene.hidden, ...ids]),
    pinned: new Map([...scene.pinned].filter(([id]) => !ids.includes(id))),
    selection: { kind: "nothing" },
  };
};

export const pin = (id: Id, point: Point): Step => (scene) => ({ ...scene, pinned: new Map([...scene.pinned, [id, point]]) });

export const unpin = (id: Id): Step => (scene) => ({
  ...scene,
  pinned: new Map([...scene.pinned].filter(([one]) => one !== id)),
});

export const select = (selection: Selection): Step => (scene) => ({ ...scene, selection });

export const filter = (change: Partial<Filters>): Step => (scene) => ({ ...scene, filters: { ...scene.filters, ...change } });

export const change = (part: Partial<Scene>): Step => (scene) => ({ ...scene, ...part });

/** Shows the strongest, so many of them. */
export const showStrongest = (most: number): Step => (scene) => ({ ...scene, chosen: [], most, hidden: new Set(), route: null });

export const removeFilters: Step = (scene) => ({ ...scene, filters: NO_FILTERS });

export const showHidden: Step = (scene) => ({ ...scene, hidden: new Set() });

/** Begins again; how it is looked at stays. */
export const startAnew: Step = ({ shownAs }) => ({ ...FIRST_SCENE, shownAs });
