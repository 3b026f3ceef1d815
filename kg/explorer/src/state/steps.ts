// Steps from one scene to the next. Each gives a new scene; none asks the server.
import { FIRST_SCENE, type Filters, type Id, type Point, type Scene, type Selection } from "./scene";

export type Step = (scene: Scene) => Scene;

/** Shows entities beside those that are there; from the strongest, starts anew with them. */
export const add = (ids: readonly Id[]): Step => (scene) => {
  const hidden = new Set([...scene.hidden].filter((id) => !ids.includes(id)));
  return { ...scene, chosen: [...new Set([...scene.chosen, ...ids])], hidden };
};

/** Keeps what is shown as chosen one by one, so that single entities can be added and taken away. */
export const choose = (ids: readonly Id[]): Step => (scene) => ({ ...scene, chosen: [...new Set(ids)], hidden: new Set() });

export const hide = (ids: readonly Id[]): Step => (scene) => ({
  ...scene,
  chosen: scene.chosen.filter((id) => !ids.includes(id)),
  // An empty list of chosen ones would show the strongest.
  hidden: scene.chosen.length > ids.length ? scene.hidden : new Set([...scene.hidden, ...ids]),
  pinned: new Map([...scene.pinned].filter(([id]) => !ids.includes(id))),
  selection: { kind: "nothing" },
});

export const pin = (id: Id, point: Point): Step => (scene) => ({ ...scene, pinned: new Map([...scene.pinned, [id, point]]) });

export const unpin = (id: Id): Step => (scene) => ({
  ...scene,
  pinned: new Map([...scene.pinned].filter(([one]) => one !== id)),
});

export const select = (selection: Selection): Step => (scene) => ({ ...scene, selection });

export const filter = (change: Partial<Filters>): Step => (scene) => ({ ...scene, filters: { ...scene.filters, ...change } });

export const change = (part: Partial<Scene>): Step => (scene) => ({ ...scene, ...part });

export const startAnew: Step = () => FIRST_SCENE;
