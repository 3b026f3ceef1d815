// The part of the drawing that is seen: where its middle is, and how large it is shown.
import type { Point } from "../state/scene";
import type { Points } from "./renderer";

export interface View {
  /** What is in the middle. */
  readonly x: number;
  readonly y: number;
  /** Pixels for a unit of the drawing. */
  readonly scale: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

const [SMALLEST, LARGEST] = [0.002, 8];
/** Of a small drawing: it is not blown up beyond this. */
const FULLEST = 1.15;
/** Pixels beside a drawing that fits, and above and below it, for the labels at its rim. */
const [ASIDE, ABOVE] = [90, 52];

export const START: View = { x: 0, y: 0, scale: 1, width: 1, height: 1 };

export const screenX = (view: View, x: number): number => (x - view.x) * view.scale + view.width / 2;
export const screenY = (view: View, y: number): number => (y - view.y) * view.scale + view.height / 2;

export function drawingPoint(view: View, point: Point): Point {
  return { x: view.x + (point.x - view.width / 2) / view.scale, y: view.y + (point.y - view.height / 2) / view.scale };
}

/** By how much nodes and edges are larger than at usual zoom: less than the ways between them, so that these open. */
export function sizeFactor(scale: number): number {
  return Math.min(Math.max(scale ** 0.65, 0.1), 2.2);
}

export const panned = (view: View, x: number, y: number): View => ({ ...view, x: view.x - x / view.scale, y: view.y - y / view.scale });

/** Zooms so that what is at a point of the screen stays there. */
export function zoomedAt(view: View, point: Point, factor: number): View {
  const scale = Math.min(Math.max(view.scale * factor, SMALLEST), LARGEST);
  const at = drawingPoint(view, point);
  return { ...view, scale, x: at.x - (point.x - view.width / 2) / scale, y: at.y - (point.y - view.height / 2) / scale };
}

export const resized = (view: View, width: number, height: number): View => ({ ...view, width: Math.max(width, 1), height: Math.max(height, 1) });

/** A view of some nodes, by place; of all where none are given. */
export function fitted(view: View, points: Points, places?: readonly number[]): View {
  const box = boxOf(points, places);
  if (box === null) return view;
  const [aside, above] = [Math.min(ASIDE, view.width / 6), Math.min(ABOVE, view.height / 6)];
  const across = (view.width - 2 * aside) / Math.max(box.right - box.left, 1);
  const down = (view.height - 2 * above) / Math.max(box.bottom - box.top, 1);
  const scale = Math.min(Math.max(Math.min(across, down), SMALLEST), FULLEST);
  return { ...view, x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, scale };
}

/** A view on the way from one to another; `share` 0–1. Zooming looks even where it multiplies. */
export function between(from: View, to: View, share: number): View {
  const scale = from.scale * (to.scale / from.scale) ** share;
  return { ...to, x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share, scale };
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function boxOf(points: Points, places?: readonly number[]): Box | null {
  const box: Box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  const take = (place: number) => {
    const [x, y] = [points[2 * place]!, points[2 * place + 1]!];
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  };
  if (places === undefined) for (let place = 0; place < points.length / 2; place += 1) take(place);
  else places.forEach(take);
  return box.left === Infinity ? null : box;
}

/** Slow, fast, slow. */
export const eased = (share: number): number => (share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2);
