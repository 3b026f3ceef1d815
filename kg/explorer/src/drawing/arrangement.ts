// A layout that is under way: some iterations at a time, so that a new one can take its place.
//
// Parts that nothing connects are placed each by itself, by ForceAtlas2 (Jacomy et al., 2014), and then packed. Nodes
// that have a place keep it. Nothing is left to chance: the same network gives the same layout.
import { adjacencyOf, componentsOf, degreeOf, type Adjacency, type Asked, type Found } from "./columns";
import { edgeRows, MANY, nodeRows, ROW, settle, UNIT } from "./forces";
import { clustered } from "./clusters";
import { separate } from "./overlaps";
import { packed, type Piece } from "./packing";
import { beginnings, sunflower } from "./pivots";

/** Units of room that a node has at first. */
const SPREAD = 9;
/** Milliseconds of work after which positions are sent, if it takes longer. */
const SEND = 250;
/** Nodes beyond which overlaps are left, since they cannot be seen apart anyhow. */
const MOST_SEPARATED = 20_000;
/** Nodes of a part from which on it begins with its communities, each in a place of its own, or it would be one blot for long. */
const CLUSTERED = 1_500;

/** Iterations for a part of so many nodes: enough to settle, and for large ones what a minute's patience bears. */
export const iterationsOf = (nodes: number): number => Math.round(Math.min(Math.max(1_500_000 / (nodes * Math.log2(nodes + 2)), 60), 500));

/** Iterations after which a part of so many nodes has the shape that it keeps; of many, of which one takes long, as it begins. */
const shapedAfter = (nodes: number): number => (nodes > MANY ? 0 : Math.min(Math.round(20_000 / nodes), 60));

/** A part under way. */
interface Part {
  readonly nodes: readonly number[];
  readonly rows: Float32Array;
  readonly edges: Float32Array;
  readonly pairs: readonly (readonly [number, number])[];
  readonly hasKnown: boolean;
  left: number;
  /** By how much it is turned; null before it has a shape. */
  angle: number | null;
  /** How many iterations are left when it has one: always as many, so that a slow machine turns it as a quick one does. */
  readonly shapedAt: number;
}

export class Arrangement {
  readonly #asked: Asked;
  readonly #send: (found: Found) => void;
  readonly #parts: readonly Part[];
  readonly #stays: Uint8Array;
  #isStopped = false;

  constructor(asked: Asked, send: (found: Found) => void) {
    this.#asked = asked;
    this.#send = send;
    const adjacency = adjacencyOf(asked.radii.length, asked.edges);
    this.#stays = Uint8Array.from(asked.radii, (_, node) => Number(!Number.isNaN(asked.points[2 * node]!)));
    this.#parts = partsOf(asked, adjacency, this.#stays);
    this.#go(true);
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** Works on for a while; at first only as long as nobody waits for something to look at. */
  #go(isFirst: boolean): void {
    if (this.#isStopped) return;
    // Of many nodes one iteration takes long; where they begin is a picture already.
    const patience = this.#asked.radii.length > MANY ? 0 : SEND / 2;
    const until = performance.now() + (isFirst ? patience : SEND);
    const open = this.#parts.filter((part) => part.left > 0).reverse();
    for (const part of open) {
      while (part.left > 0) {
        if (part.left === part.shapedAt) part.angle ??= angleOf(part, this.#asked.aspect);
        if (part.angle !== null && performance.now() >= until) break;
        settle(part.rows, part.edges);
        part.left -= 1;
      }
    }
    const isDone = this.#parts.every((part) => part.left <= 0);
    this.#send({ kind: "layout", run: this.#asked.run, points: this.#points(isDone), isDone });
    if (!isDone) setTimeout(() => this.#go(false));
  }

  #points(isDone: boolean): Float32Array {
    const { radii, aspect } = this.#asked;
    const found = new Float32Array(2 * radii.length);
    const pieces = this.#parts.map((part): Piece => {
      const points = pointsOf(part);
      const own = Float32Array.from(part.nodes, (node) => radii[node]!);
      const stays = Uint8Array.from(part.nodes, (node) => this.#stays[node]!);
      if (isDone && own.length <= MOST_SEPARATED) separate(points, own, stays);
      return { points: part.hasKnown ? points : turned(points, part.angle ?? 0), radii: own, edges: part.pairs, stays: part.hasKnown };
    });
    packed(pieces, aspect).forEach(([x, y], at) => {
      this.#parts[at]!.nodes.forEach((node, place) => {
        found[2 * node] = pieces[at]!.points[2 * place]! + x;
        found[2 * node + 1] = pieces[at]!.points[2 * place + 1]! + y;
      });
    });
    for (let node = 0; node < radii.length; node += 1) {
      if (this.#stays[node]) found.set(this.#asked.points.subarray(2 * node, 2 * node + 2), 2 * node);
    }
    return found;
  }
}

function partsOf(asked: Asked, adjacency: Adjacency, stays: Uint8Array): readonly Part[] {
  const components = componentsOf(adjacency);
  const within = new Uint32Array(asked.radii.length);
  const partOf = new Uint32Array(asked.radii.length);
  components.forEach((nodes, at) =>
    nodes.forEach((node, place) => {
      within[node] = place;
      partOf[node] = at;
    }),
  );
  const pairs: [number, number][][] = components.map(() => []);
  const weights: number[][] = components.map(() => []);
  asked.edges.sources.forEach((source, place) => {
    const target = asked.edges.targets[place]!;
    if (source === target) return;
    pairs[partOf[source]!]!.push([within[source]!, within[target]!]);
    weights[partOf[source]!]!.push(1 + Math.log2(asked.edges.weights[place]!) / 4);
  });
  return components.map((nodes, at) => {
    const hasKnown = nodes.some((node) => stays[node]);
    const found = hasKnown || nodes.length < CLUSTERED ? null : clustered(nodes.length, pairs[at]!, weights[at]!, SPREAD);
    const places = hasKnown ? beside(nodes, asked.points, adjacency) : (found?.places ?? beginnings(nodes, adjacency, SPREAD));
    const radii = Float32Array.from(nodes, (node) => asked.radii[node]!);
    const rows = nodeRows(places, radii, Uint8Array.from(nodes, (node) => stays[node]!));
    const edges = edgeRows(rows, pairs[at]!, found?.weights ?? weights[at]!);
    const isSettled = nodes.length === 1 || nodes.every((node) => stays[node]);
    const left = isSettled ? 0 : iterationsOf(nodes.length);
    return { nodes, rows, edges, pairs: pairs[at]!, hasKnown, left, angle: null, shapedAt: left - shapedAfter(nodes.length) };
  });
}

/** Places of a part of which some nodes have one: the others begin beside those that they are connected with. */
function beside(nodes: readonly number[], known: Float32Array, adjacency: Adjacency): Float32Array {
  const spots = new Map<number, readonly [number, number]>();
  for (const node of nodes) if (!Number.isNaN(known[2 * node]!)) spots.set(node, [known[2 * node]! / UNIT, known[2 * node + 1]! / UNIT]);
  const queue = [...spots.keys()];
  let added = 0;
  for (const node of queue) {
    const [x, y] = spots.get(node)!;
    for (let at = adjacency.starts[node]!; at < adjacency.starts[node + 1]!; at += 1) {
      const other = adjacency.others[at]!;
      if (spots.has(other)) continue;
      const [besideX, besideY] = sunflower(added + 1, 3 + Math.sqrt(degreeOf(adjacency, node)) / 4);
      spots.set(other, [x + besideX, y + besideY]);
      queue.push(other);
      added += 1;
    }
  }
  return Float32Array.from(nodes.flatMap((node) => [...spots.get(node)!]));
}

const pointsOf = (part: Part): Float32Array => Float32Array.from({ length: 2 * part.nodes.length }, (_, at) => part.rows[(at >> 1) * ROW + (at & 1)]! * UNIT);

/** By how much a part is to be turned so that its long side lies as the drawing's does, in radians. */
function angleOf(part: Part, aspect: number): number {
  const points = pointsOf(part);
  const [x, y] = middleOf(points);
  return -longSideOf(points, x, y) + (aspect < 1 ? Math.PI / 2 : 0);
}

/** Turns points around their middle. */
function turned(points: Float32Array, angle: number): Float32Array {
  const [x, y] = middleOf(points);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const found = new Float32Array(points.length);
  for (let at = 0; at < points.length; at += 2) {
    const [dx, dy] = [points[at]! - x, points[at + 1]! - y];
    found.set([dx * cosine - dy * sine, dx * sine + dy * cosine], at);
  }
  return found;
}

function middleOf(points: Float32Array): readonly [number, number] {
  let [x, y] = [0, 0];
  for (let at = 0; at < points.length; at += 2) [x, y] = [x + points[at]!, y + points[at + 1]!];
  return [(2 * x) / points.length, (2 * y) / points.length];
}

/** The angle of the direction in which points are spread most, in radians. */
function longSideOf(points: Float32Array, x: number, y: number): number {
  let [xx, yy, xy] = [0, 0, 0];
  for (let at = 0; at < points.length; at += 2) {
    const [dx, dy] = [points[at]! - x, points[at + 1]! - y];
    [xx, yy, xy] = [xx + dx * dx, yy + dy * dy, xy + dx * dy];
  }
  return Math.atan2(2 * xy, xx - yy) / 2;
}
