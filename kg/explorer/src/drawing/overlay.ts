// What stands on top of the bulk: what is in focus, arrows, counts, labels, rings of what is selected, and pins.
import { edgeWidth, isSeen, type Reach } from "./bulk";
import type { NameBox } from "./hits";
import { overlap, placed, shortened, type Labelled } from "./labels";
import type { Incidence } from "./neighbourhood";
import { badgeSize, type Lettering, type Pen } from "./pen";
import type { DrawnEdge, Picture, Points } from "./renderer";
import { mixed, type Theme } from "./theme";
import { screenX, screenY, sizeFactor, type Box, type View } from "./view";

/** What is looked at; the rest recedes. */
export interface Focus {
  readonly nodes: ReadonlySet<number>;
  readonly edges: ReadonlySet<number>;
}

export interface Overlaid {
  readonly picture: Picture;
  readonly points: Points;
  readonly view: View;
  readonly theme: Theme;
  /** Places of nodes, the largest first. */
  readonly order: Uint32Array;
  readonly incidence: Incidence;
  readonly focus: Focus | null;
  readonly selectedNode: number | null;
  readonly selectedEdge: number | null;
  readonly hoveredNode: number | null;
  readonly hoveredEdge: number | null;
  readonly cursor: number | null;
  readonly widthOf: (text: string, lettering: Lettering) => number;
}

const [MOST_LABELS, MOST_LOOKED_AT] = [90, 300];
/** Edges in view beyond which arrows and counts would be a swarm. */
const MOST_ARROWS = 900;
const MOST_EDGE_LABELS = 24;
/** Nodes up to which those beside the focus keep their names. */
const MOST_ASIDE = 40;
/** Edges of a node up to which its name makes way for them. */
const FEW_EDGES = 3;
/** Size factors from which on things are near. */
const [ARROWS_FROM, COUNTS_FROM, EDGE_LABELS_FROM] = [0.4, 0.6, 0.85];
const [LABEL, SMALL] = [13, 11];
/** Pixels of an edge that bears words. */
const LEAST_LENGTH = 110;
/** Pixels of a label beside a node's radius that is too small to bear one, unless there are few. */
const LEAST_RADIUS = 1.6;

/** Paints it, and gives where it wrote the names of nodes. */
export function paintOverlay(pen: Pen, over: Overlaid): readonly NameBox[] {
  const reach = { left: 0, top: 0, right: over.view.width, bottom: over.view.height };
  const seen = edgesSeen(over, reach);
  if (over.focus !== null) focused(pen, over);
  loops(pen, over);
  if (sizeFactor(over.view.scale) >= ARROWS_FROM || over.focus !== null) arrows(pen, over, seen);
  marked(pen, over);
  const { worded, names, boxes } = labels(pen, over, reach, seen);
  counts(pen, over, seen.filter((place) => !worded.has(place)), boxes);
  return names;
}

/** Edges of which some is in view; those in focus where there is a focus; none where there are too many. */
function edgesSeen(over: Overlaid, reach: Reach): readonly number[] {
  const { picture, focus } = over;
  if (focus !== null && focus.edges.size <= MOST_ARROWS) return [...focus.edges].filter((place) => isInView(over, picture.edges[place]!, reach));
  if (focus !== null || sizeFactor(over.view.scale) < ARROWS_FROM) return [];
  const found: number[] = [];
  for (let place = 0; place < picture.edges.length && found.length <= MOST_ARROWS; place += 1) {
    if (isInView(over, picture.edges[place]!, reach)) found.push(place);
  }
  return found.length > MOST_ARROWS ? [] : found;
}

function isInView(over: Overlaid, edge: DrawnEdge, reach: Reach): boolean {
  const [ax, ay, bx, by] = endsOf(over, edge);
  return isSeen(ax, ay, bx, by, reach);
}

function endsOf({ points, view }: Overlaid, edge: DrawnEdge): readonly [number, number, number, number] {
  return [
    screenX(view, points[2 * edge.source]!),
    screenY(view, points[2 * edge.source + 1]!),
    screenX(view, points[2 * edge.target]!),
    screenY(view, points[2 * edge.target + 1]!),
  ];
}

const radiusOf = ({ picture, view }: Overlaid, node: number): number => picture.nodes[node]!.radius * sizeFactor(view.scale);
const spotOf = ({ points, view }: Overlaid, node: number): readonly [number, number] => [
  screenX(view, points[2 * node]!),
  screenY(view, points[2 * node + 1]!),
];

/** The edges and nodes in focus, over the faded rest. */
function focused(pen: Pen, over: Overlaid): void {
  const { picture, focus, theme, view } = over;
  const factor = sizeFactor(view.scale);
  for (const place of focus!.edges) {
    const edge = picture.edges[place]!;
    const isMarked = place === over.selectedEdge || place === over.hoveredEdge;
    const width = edgeWidth(edge.width, factor);
    if (isMarked) pen.lines(endsOf(over, edge), { colour: theme.accent, width: width + 7, line: "solid", alpha: place === over.selectedEdge ? 0.45 : 0.25 });
    pen.lines(endsOf(over, edge), { colour: edge.colour, width: Math.max(width, 1.2), line: edge.line, alpha: 1 });
  }
  for (const node of focus!.nodes) pen.discs([...spotOf(over, node), Math.max(radiusOf(over, node), 2)], picture.nodes[node]!.colour, theme.ground);
}

/** Relations of an entity with itself. */
function loops(pen: Pen, over: Overlaid): void {
  const { picture, view, focus } = over;
  if (picture.edges.length > MOST_ARROWS) return;
  picture.edges.forEach((edge, place) => {
    if (edge.source !== edge.target || (focus !== null && !focus.edges.has(place))) return;
    const [[x, y], radius] = [spotOf(over, edge.source), radiusOf(over, edge.source)];
    const stroke = { colour: edge.colour, width: edgeWidth(edge.width, sizeFactor(view.scale)), line: edge.line, alpha: 0.9 };
    pen.ring(x + radius * 0.9, y - radius * 0.9, radius * 0.7, stroke);
  });
}

function arrows(pen: Pen, over: Overlaid, seen: readonly number[]): void {
  const heads = new Map<string, number[]>();
  for (const place of seen) {
    const edge = over.picture.edges[place]!;
    if (edge.source === edge.target) continue;
    const [ax, ay, bx, by] = endsOf(over, edge);
    const colour = over.focus === null ? mixed(over.theme.ground, edge.colour, 0.9) : edge.colour;
    const into = heads.get(colour) ?? heads.set(colour, []).get(colour)!;
    if (edge.hasArrowAtTarget) into.push(...head(ax, ay, bx, by, radiusOf(over, edge.target), edge, over.view));
    if (edge.hasArrowAtSource) into.push(...head(bx, by, ax, ay, radiusOf(over, edge.source), edge, over.view));
  }
  for (const [colour, corners] of heads) if (corners.length > 0) pen.triangles(corners, colour);
}

/** The corners of an arrow's head that touches the rim of the node it points at. */
function head(ax: number, ay: number, bx: number, by: number, radius: number, edge: DrawnEdge, view: View): readonly number[] {
  const factor = sizeFactor(view.scale);
  const length = Math.hypot(bx - ax, by - ay);
  const size = (6 + 1.6 * edge.width) * Math.min(Math.max(factor, 0.6), 1.3);
  if (length < radius + 1.6 * size) return [];
  const [dx, dy] = [(bx - ax) / length, (by - ay) / length];
  const [tipX, tipY] = [bx - dx * (radius + 1.5), by - dy * (radius + 1.5)];
  const [endX, endY] = [tipX - dx * size, tipY - dy * size];
  const half = size * 0.42;
  return [tipX, tipY, endX - dy * half, endY + dx * half, endX + dy * half, endY - dx * half];
}

/** Rings around what is selected, hovered or under the keyboard, and the marks of pins. */
function marked(pen: Pen, over: Overlaid): void {
  const { theme, picture } = over;
  const ring = (node: number | null, beyond: number, width: number, line: "solid" | "dashed", colour = theme.accent) => {
    if (node === null) return;
    const [x, y] = spotOf(over, node);
    pen.ring(x, y, radiusOf(over, node) + beyond, { colour, width, line, alpha: 1 });
  };
  picture.nodes.forEach((node, place) => {
    if (!node.isPinned || (over.focus !== null && !over.focus.nodes.has(place))) return;
    const [[x, y], radius] = [spotOf(over, place), radiusOf(over, place)];
    pen.discs([x, y, Math.max(Math.min(radius * 0.38, 5), 2)], theme.ground, theme.text);
  });
  ring(over.hoveredNode, 2.5, 2, "solid", theme.quiet);
  ring(over.selectedNode, 3.5, 3, "solid");
  ring(over.cursor, 7, 2, "dashed", theme.text);
}

/** How many relations an edge stands for, in its middle, where no name is. */
function counts(pen: Pen, over: Overlaid, seen: readonly number[], names: readonly Box[]): void {
  if (sizeFactor(over.view.scale) < COUNTS_FROM || seen.length > MOST_ARROWS / 3) return;
  const lettering = { colour: over.theme.quiet, halo: over.theme.ground, size: 10, isBold: true };
  for (const place of seen) {
    const edge = over.picture.edges[place]!;
    if (edge.count < 2 || edge.source === edge.target) continue;
    const [ax, ay, bx, by] = endsOf(over, edge);
    const free = Math.hypot(bx - ax, by - ay) - radiusOf(over, edge.source) - radiusOf(over, edge.target);
    const [width, height] = badgeSize(String(edge.count), lettering);
    const [x, y] = [(ax + bx) / 2, (ay + by) / 2];
    const box = { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
    if (free > 2.2 * width && !names.some((name) => overlap(name, box))) pen.badge(x, y, String(edge.count), over.theme.ground, lettering);
  }
}

/** Whether the words of an edge are tried: near, or where it is pointed at or selected, or one of a few in focus. */
function hasWords(over: Overlaid, place: number): boolean {
  if (place === over.hoveredEdge || place === over.selectedEdge) return true;
  if (over.focus !== null && over.focus.edges.has(place) && over.focus.edges.size <= MOST_EDGE_LABELS / 2) return true;
  return sizeFactor(over.view.scale) >= EDGE_LABELS_FROM;
}

interface Written {
  /** Places of edges whose words were written. */
  readonly worded: ReadonlySet<number>;
  readonly names: readonly NameBox[];
  /** Where names and words are. */
  readonly boxes: readonly Box[];
}

/** Writes the names of nodes and the words of edges for which there is room. */
function labels(pen: Pen, over: Overlaid, reach: Reach, seen: readonly number[]): Written {
  const named = nodesToName(over, reach);
  const tried: Worded[] = [...named.map((node) => nameOf(over, node)), ...edgesToName(over, seen).map((place) => wordsOf(over, place))];
  // What must be seen comes first, and the words of a marked edge before the names of its ends, which have more places.
  const rank = (label: Worded) => (label.isForced ? (label.edge === null ? 1 : 2) : label.isAside ? -1 : 0);
  tried.sort((one, other) => rank(other) - rank(one));
  const worded = new Set<number>();
  const boxes: Box[] = [];
  const names: NameBox[] = [];
  for (const { label, x, y } of placed(tried, named.map((node) => discOf(over, node)), reach, MOST_LABELS + MOST_EDGE_LABELS)) {
    if (label.edge === null) pen.text(x, y, label.text, label.lettering);
    else pen.badge(x, y, label.text, over.theme.ground, label.lettering);
    const box = { left: x - label.width / 2, right: x + label.width / 2, top: y - label.height / 2, bottom: y + label.height / 2 };
    if (label.edge === null) names.push({ node: label.node, box });
    else worded.add(label.edge);
    boxes.push(box);
  }
  return { worded, names, boxes };
}

interface Worded extends Labelled {
  readonly lettering: Lettering;
  /** Place of the node that it names; -1 for words of an edge. */
  readonly node: number;
  /** Place of the edge; null for the name of a node. */
  readonly edge: number | null;
  /** Whether it is of what recedes. */
  readonly isAside: boolean;
}

function nameOf(over: Overlaid, node: number): Worded {
  const isMarked = node === over.selectedNode || node === over.hoveredNode;
  const isAside = over.focus !== null && !over.focus.nodes.has(node);
  const colour = isAside ? mixed(over.theme.ground, over.theme.quiet, 0.7) : over.theme.text;
  const lettering = { colour, halo: over.theme.ground, size: LABEL, isBold: isMarked };
  const [[x, y], text] = [spotOf(over, node), shortened(over.picture.nodes[node]!.label)];
  const isForced = isMarked || node === over.cursor || isEndOfMarked(over, node);
  return { text, x, y, radius: radiusOf(over, node), width: over.widthOf(text, lettering), height: LABEL + 3, isForced, isBeside: hasEdgeBelow(over, node), lettering, node, edge: null, isAside };
}

/** Of a node with few edges, on high screens: whether one goes straight down from it, through where its name would be. */
function hasEdgeBelow(over: Overlaid, node: number): boolean {
  const edges = over.incidence.of(node);
  if (edges.length > FEW_EDGES || over.view.width > over.view.height) return false;
  return [...edges].some((place) => {
    const { source, target } = over.picture.edges[place]!;
    const [[x, y], [farX, farY]] = [spotOf(over, node), spotOf(over, source === node ? target : source)];
    return farY - y > 4 * Math.abs(farX - x);
  });
}

function wordsOf(over: Overlaid, place: number): Worded {
  const edge = over.picture.edges[place]!;
  const isForced = place === over.hoveredEdge || place === over.selectedEdge;
  const lettering = { colour: isForced ? over.theme.text : over.theme.quiet, halo: over.theme.ground, size: SMALL, isBold: false };
  const [ax, ay, bx, by] = endsOf(over, edge);
  const text = shortened(edge.label);
  // Its radius is such that the first place that is tried is on the line.
  const [width, height] = badgeSize(text, lettering);
  const radius = -height / 2 - 3;
  return { text, x: (ax + bx) / 2, y: (ay + by) / 2, radius, width, height, isForced, isBeside: false, lettering, node: -1, edge: place, isAside: false };
}

/** Edges that are long enough for their words, those of most relations first. */
function edgesToName(over: Overlaid, seen: readonly number[]): readonly number[] {
  const found = seen.filter((place) => {
    if (!hasWords(over, place)) return false;
    const [ax, ay, bx, by] = endsOf(over, over.picture.edges[place]!);
    const isMarked = place === over.hoveredEdge || place === over.selectedEdge;
    return isMarked || Math.hypot(bx - ax, by - ay) > LEAST_LENGTH;
  });
  return found.sort((one, other) => over.picture.edges[other]!.count - over.picture.edges[one]!.count || one - other).slice(0, 3 * MOST_EDGE_LABELS);
}

function isEndOfMarked(over: Overlaid, node: number): boolean {
  return [over.selectedEdge, over.hoveredEdge].some((place) => {
    const edge = place === null ? undefined : over.picture.edges[place];
    return edge !== undefined && (edge.source === node || edge.target === node);
  });
}

/** Nodes in view whose labels are tried: those in focus, else the largest that are large enough. */
function nodesToName(over: Overlaid, reach: Reach): readonly number[] {
  const { picture, focus, order } = over;
  const isFew = picture.nodes.length <= 2 * MOST_LABELS;
  const found: number[] = [];
  for (const node of order) {
    if (focus !== null && !focus.nodes.has(node) && picture.nodes.length > MOST_ASIDE) continue;
    const [[x, y], radius] = [spotOf(over, node), radiusOf(over, node)];
    if (x < reach.left || x > reach.right || y < reach.top || y > reach.bottom) continue;
    if (!isFew && radius < LEAST_RADIUS && found.length > 20 && focus === null) break;
    if (found.push(node) >= MOST_LOOKED_AT) break;
  }
  return found;
}

function discOf(over: Overlaid, node: number): Box {
  const [[x, y], radius] = [spotOf(over, node), radiusOf(over, node)];
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}
