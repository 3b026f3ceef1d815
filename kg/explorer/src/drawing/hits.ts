// Finds what lies under the pointer.
import type { Point } from "../state/scene";
import type { Picture, Points } from "./renderer";
import { screenX, screenY, sizeFactor, type Box, type View } from "./view";

/** Pixels beside a node or an edge that still hit it; fingers are less exact than mice. */
const NEAR = 5;
/** Edges beyond which only those of nodes can be pointed at: they lie too close together anyhow. */
const MOST_EDGES = 40_000;

/** The name of a node where it was painted. */
export interface NameBox {
  readonly node: number;
  readonly box: Box;
}

/** The place of the node whose name is written at a point of the screen. */
export function namedAt(names: readonly NameBox[], { x, y }: Point): number | null {
  return names.find(({ box }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)?.node ?? null;
}

/** The place of the node at a point of the screen; the nearest where several are; null where none is. */
export function nodeAt(picture: Picture, points: Points, view: View, point: Point, near = NEAR): number | null {
  const factor = sizeFactor(view.scale);
  let [found, best] = [-1, Infinity];
  for (let place = 0; place < picture.nodes.length; place += 1) {
    const x = screenX(view, points[2 * place]!) - point.x;
    const y = screenY(view, points[2 * place + 1]!) - point.y;
    const reach = picture.nodes[place]!.radius * factor + near;
    const way = x * x + y * y;
    if (way <= reach * reach && way < best) [found, best] = [place, way];
  }
  return found === -1 ? null : found;
}

/** The place of the edge at a point of the screen. */
export function edgeAt(picture: Picture, points: Points, view: View, point: Point, near = NEAR): number | null {
  if (picture.edges.length > MOST_EDGES) return null;
  let [found, best] = [-1, Infinity];
  picture.edges.forEach((edge, place) => {
    const way = wayTo(points, view, edge.source, edge.target, point);
    if (way <= near + edge.width / 2 && way < best) [found, best] = [place, way];
  });
  return found === -1 ? null : found;
}

function wayTo(points: Points, view: View, source: number, target: number, point: Point): number {
  const [ax, ay] = [screenX(view, points[2 * source]!), screenY(view, points[2 * source + 1]!)];
  const [bx, by] = [screenX(view, points[2 * target]!), screenY(view, points[2 * target + 1]!)];
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(Math.max(((point.x - ax) * dx + (point.y - ay) * dy) / length, 0), 1);
  return Math.hypot(ax + share * dx - point.x, ay + share * dy - point.y);
}
