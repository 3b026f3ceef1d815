// Pointers, wheel and touches on the drawing (Pointer Events, level 3), as what they mean.
import type { Point } from "../state/scene";

export interface Hands {
  /** What is at a point of the drawing's element. */
  readonly nodeAt: (point: Point, isTouch: boolean) => number | null;
  readonly hover: (point: Point | null) => void;
  readonly click: (point: Point, isTouch: boolean) => void;
  /** On the node that the first of the two clicks met, which may have moved: what opens by that takes room. */
  readonly doubleClick: (point: Point, node: number | null) => void;
  readonly pan: (x: number, y: number) => void;
  readonly zoom: (at: Point, factor: number) => void;
  /** A node goes where the pointer is. */
  readonly drag: (node: number, point: Point) => void;
  readonly drop: (node: number) => void;
}

/** Pixels that a pointer may shake while it clicks. */
const SHAKE = 4;
/** Milliseconds and pixels between two clicks that are one double click. */
const [DOUBLE_TIME, DOUBLE_WAY] = [350, 24];
/** How far one notch of a wheel zooms; its delta is some 100 pixels. */
const WHEEL = 0.0016;

interface Down {
  readonly at: Point;
  readonly node: number | null;
  hasMoved: boolean;
}

/** Listens on an element, until what is given back is called. */
export function listen(element: HTMLElement, hands: Hands): () => void {
  const pointers = new Map<number, Point>();
  let down: Down | null = null;
  let before: { at: Point; time: number; node: number | null } | null = null;
  const end = new AbortController();
  const on = <Name extends keyof HTMLElementEventMap>(name: Name, react: (event: HTMLElementEventMap[Name]) => void, passive = true) =>
    element.addEventListener(name, react, { signal: end.signal, passive });
  const pointOf = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  on("pointerdown", (event) => {
    if (event.button !== 0) return;
    const at = pointOf(event);
    pointers.set(event.pointerId, at);
    element.setPointerCapture(event.pointerId);
    if (pointers.size === 1) down = { at, node: hands.nodeAt(at, event.pointerType === "touch"), hasMoved: false };
    else if (down !== null) down.hasMoved = true; // two fingers do not click
  });
  on("pointermove", (event) => {
    const at = pointOf(event);
    const last = pointers.get(event.pointerId);
    if (last === undefined) return hands.hover(at);
    if (pointers.size === 2) pinch(pointers, event.pointerId, at, hands);
    else if (down !== null) move(down, last, at, hands);
    pointers.set(event.pointerId, at);
  });
  const lift = (event: PointerEvent, isClick: boolean) => {
    if (!pointers.delete(event.pointerId) || pointers.size > 0 || down === null) return;
    const [{ node, hasMoved }, at] = [down, pointOf(event)];
    down = null;
    if (hasMoved) return node === null ? undefined : hands.drop(node);
    if (!isClick) return undefined;
    const first = before;
    const isDouble = first !== null && event.timeStamp - first.time < DOUBLE_TIME && wayOf(first.at, at) < DOUBLE_WAY;
    before = isDouble ? null : { at, time: event.timeStamp, node };
    return isDouble ? hands.doubleClick(at, first.node) : hands.click(at, event.pointerType === "touch");
  };
  // What the first click opens may lie over the drawing by the second, which is not for that.
  const caught = (event: MouseEvent) => {
    const first = before;
    const isNear = first !== null && event.timeStamp - first.time < DOUBLE_TIME && wayOf(first.at, pointOf(event)) < DOUBLE_WAY;
    if (!isNear || element.contains(event.target as Node)) return;
    event.stopPropagation();
    event.preventDefault();
    if (event.type !== "click") return;
    before = null;
    hands.doubleClick(pointOf(event), first.node);
  };
  for (const name of ["pointerdown", "mousedown", "click"] as const) addEventListener(name, caught, { signal: end.signal, capture: true });
  on("pointerup", (event) => lift(event, true));
  on("pointercancel", (event) => lift(event, false));
  on("pointerleave", () => hands.hover(null));
  on(
    "wheel",
    (event) => {
      event.preventDefault();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 33 : event.deltaY;
      // Browsers send a pinch on a touchpad as a wheel with Ctrl, in small steps.
      hands.zoom(pointOf(event), Math.exp(-pixels * (event.ctrlKey ? 8 : 1) * WHEEL));
    },
    false,
  );
  return () => end.abort();
}

function move(down: Down, last: Point, at: Point, hands: Hands): void {
  if (!down.hasMoved && wayOf(down.at, at) < SHAKE) return;
  const from = down.hasMoved ? last : down.at;
  down.hasMoved = true;
  if (down.node === null) hands.pan(at.x - from.x, at.y - from.y);
  else hands.drag(down.node, at);
}

function pinch(pointers: ReadonlyMap<number, Point>, moved: number, at: Point, hands: Hands): void {
  const last = pointers.get(moved)!;
  const other = [...pointers].find(([id]) => id !== moved)![1];
  hands.pan((at.x - last.x) / 2, (at.y - last.y) / 2);
  const [wide, wider] = [wayOf(last, other), wayOf(at, other)];
  if (wide > 0 && wider > 0) hands.zoom({ x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 }, wider / wide);
}

const wayOf = (one: Point, other: Point): number => Math.hypot(one.x - other.x, one.y - other.y);
