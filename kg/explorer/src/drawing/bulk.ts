// All nodes and edges as plain lines and discs, in as few strokes as there are ways they look.
import type { Pen } from "./pen";
import type { Line, Picture, Points } from "./renderer";
import type { Theme } from "./theme";
import { screenX, screenY, sizeFactor, type View } from "./view";

interface EdgeGroup {
  readonly colour: string;
  readonly width: number;
  readonly line: Line;
  readonly places: readonly number[];
}

interface NodeGroup {
  readonly colour: string;
  readonly places: readonly number[];
}

/** What looks alike, together. */
export interface Groups {
  readonly edges: readonly EdgeGroup[];
  readonly nodes: readonly NodeGroup[];
}

/** Edges from which on each is fainter, or they are one blot. */
const MANY = 400;
/** Pixels beside the view in which things are drawn too. */
export interface Reach {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function grouped(picture: Picture): Groups {
  const edges = new Map<string, { colour: string; width: number; line: Line; places: number[] }>();
  picture.edges.forEach((edge, place) => {
    const width = Math.round(2 * edge.width) / 2;
    const key = `${edge.line} ${width} ${edge.colour}`;
    const held = edges.get(key);
    if (held === undefined) edges.set(key, { colour: edge.colour, width, line: edge.line, places: [place] });
    else held.places.push(place);
  });
  const nodes = new Map<string, number[]>();
  picture.nodes.forEach((node, place) => {
    const held = nodes.get(node.colour);
    if (held === undefined) nodes.set(node.colour, [place]);
    else held.push(place);
  });
  return { edges: [...edges.values()], nodes: [...nodes].map(([colour, places]) => ({ colour, places })) };
}

/** How strong edges are drawn, 0–1. */
export const edgeAlpha = (edges: number): number => (edges <= MANY ? 0.75 : Math.max(0.22, 0.75 - 0.16 * Math.log10(edges / MANY)));
export const edgeWidth = (width: number, factor: number): number => Math.max(width * Math.min(factor, 1.4), 0.5);

export function paintAll(pen: Pen, picture: Picture, groups: Groups, points: Points, view: View, theme: Theme, reach: Reach): void {
  const factor = sizeFactor(view.scale);
  const alpha = edgeAlpha(picture.edges.length);
  for (const group of groups.edges) {
    const ends: number[] = [];
    for (const place of group.places) {
      const edge = picture.edges[place]!;
      const [ax, ay] = [screenX(view, points[2 * edge.source]!), screenY(view, points[2 * edge.source + 1]!)];
      const [bx, by] = [screenX(view, points[2 * edge.target]!), screenY(view, points[2 * edge.target + 1]!)];
      if (isSeen(ax, ay, bx, by, reach)) ends.push(ax, ay, bx, by);
    }
    if (ends.length > 0) pen.lines(ends, { colour: group.colour, width: edgeWidth(group.width, factor), line: group.line, alpha });
  }
  for (const group of groups.nodes) {
    const places: number[] = [];
    for (const place of group.places) {
      const [x, y] = [screenX(view, points[2 * place]!), screenY(view, points[2 * place + 1]!)];
      const radius = picture.nodes[place]!.radius * factor;
      if (isSeen(x - radius, y - radius, x + radius, y + radius, reach)) places.push(x, y, radius);
    }
    if (places.length > 0) pen.discs(places, group.colour, factor > 0.3 ? theme.ground : null);
  }
}

/** Whether some of a line may be seen that is more than a point. */
export function isSeen(ax: number, ay: number, bx: number, by: number, reach: Reach): boolean {
  if ((ax < reach.left && bx < reach.left) || (ax > reach.right && bx > reach.right)) return false;
  if ((ay < reach.top && by < reach.top) || (ay > reach.bottom && by > reach.bottom)) return false;
  return Math.abs(ax - bx) + Math.abs(ay - by) > 0.5;
}
