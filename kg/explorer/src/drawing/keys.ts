// What the keys do on the focused drawing.
import type { Id } from "../state/scene";
import type { Renderer } from "./renderer";

export interface Keys {
  readonly renderer: Renderer;
  /** The entities in the order in which keys go through them. */
  readonly order: readonly Id[];
  readonly cursor: Id | null;
  readonly goTo: (id: Id) => void;
  readonly select: (id: Id) => void;
  readonly expand: (id: Id) => void;
  readonly collapse: (id: Id) => void;
  readonly hide: (id: Id) => void;
  readonly pin: (id: Id) => void;
  readonly clear: () => void;
}

/** Pixels of a step with an arrow key, and how much a step nearer is. */
const [STEP, NEARER] = [80, 1.3];

const VIEW: Readonly<Record<string, (renderer: Renderer) => void>> = {
  ArrowLeft: (renderer) => renderer.pan(STEP, 0),
  ArrowRight: (renderer) => renderer.pan(-STEP, 0),
  ArrowUp: (renderer) => renderer.pan(0, STEP),
  ArrowDown: (renderer) => renderer.pan(0, -STEP),
  "+": (renderer) => renderer.zoom(NEARER),
  "=": (renderer) => renderer.zoom(NEARER),
  "-": (renderer) => renderer.zoom(1 / NEARER),
  "0": (renderer) => renderer.fit(),
};

/** Tab goes on from where one is, and leaves the drawing at its ends, as from where nobody has gone to an entity yet. */
const WAYS: Readonly<Record<string, number>> = { n: 1, N: -1, Tab: 1 };

const ON_NODE: Readonly<Record<string, (keys: Keys, id: Id) => void>> = {
  Enter: (keys, id) => keys.select(id),
  e: (keys, id) => keys.expand(id),
  c: (keys, id) => keys.collapse(id),
  h: (keys, id) => keys.hide(id),
  Delete: (keys, id) => keys.hide(id),
  Backspace: (keys, id) => keys.hide(id),
  p: (keys, id) => keys.pin(id),
};

/** Does what a key means, and says whether it means something. */
export function pressed(event: KeyboardEvent, keys: Keys): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const look = VIEW[event.key];
  if (look !== undefined) {
    look(keys.renderer);
    return true;
  }
  const way = WAYS[event.key];
  if (way !== undefined) return event.key === "Tab" ? tab(keys, event.shiftKey ? -1 : 1) : step(keys, way);
  if (event.key === "Home" || event.key === "End") return jump(keys, event.key === "Home" ? 0 : -1);
  if (event.key === "Escape") {
    keys.clear();
    return true;
  }
  const act = ON_NODE[event.key];
  if (act === undefined) return false;
  if (keys.cursor === null) return event.key === "Enter" && step(keys, 1);
  act(keys, keys.cursor);
  return true;
}

/** To the next or the one before; from nowhere to the first or the last; around at the ends. */
function step(keys: Keys, way: number): boolean {
  const { order, cursor } = keys;
  if (order.length === 0) return false;
  const at = cursor === null ? -1 : order.indexOf(cursor);
  const next = at === -1 ? (way === 1 ? 0 : order.length - 1) : (at + way + order.length) % order.length;
  keys.goTo(order[next]!);
  return true;
}

function tab(keys: Keys, way: number): boolean {
  const at = keys.cursor === null ? -1 : keys.order.indexOf(keys.cursor);
  const isWithin = at !== -1 && at + way >= 0 && at + way < keys.order.length;
  return isWithin && step(keys, way);
}

function jump(keys: Keys, place: number): boolean {
  const id = keys.order.at(place);
  if (id === undefined) return false;
  keys.goTo(id);
  return true;
}
