// Where the nodes of a large part begin: its communities apart, each a disc with its best connected nodes in the middle.
import { communitiesOf } from "./communities";
import { edgeRows, nodeRows, ROW, settle, UNIT, type Pairs } from "./forces";
import { separate } from "./overlaps";
import { sunflower } from "./pivots";

const ROUNDS = 200;
/** How strongly edges between communities pull, beside those within. */
const LOOSE = 0.25;
/** Communities below and beyond which there is nothing to be seen of them. */
const [FEWEST, MOST] = [3, 2_000];

export interface Clustered {
  /** x and y of each node in turn, in units. */
  readonly places: Float32Array;
  /** Those that edges get, so that communities stay apart. */
  readonly weights: readonly number[];
}

/** Null where the part has no communities to speak of. */
export function clustered(nodes: number, pairs: Pairs, weights: readonly number[], spread: number): Clustered | null {
  const community = communitiesOf(nodes, {
    sources: Uint32Array.from(pairs, ([one]) => one),
    targets: Uint32Array.from(pairs, ([, other]) => other),
    weights: Float32Array.from(weights),
  });
  const count = community.reduce((most, one) => Math.max(most, one + 1), 0);
  if (count < FEWEST || count > MOST) return null;
  const sizes = new Float32Array(count);
  for (const one of community) sizes[one]! += 1;
  const middles = middlesOf(sizes.map((size) => spread * Math.sqrt(size)), community, pairs);
  const degrees = new Uint32Array(nodes);
  for (const [one, other] of pairs) {
    degrees[one]! += 1;
    degrees[other]! += 1;
  }
  const order = Uint32Array.from(degrees.keys()).sort((one, other) => degrees[other]! - degrees[one]! || one - other);
  const found = new Float32Array(2 * nodes);
  const placed = new Uint32Array(count);
  for (const node of order) {
    const one = community[node]!;
    const [x, y] = sunflower(placed[one]!, spread);
    placed[one]! += 1;
    found.set([middles[2 * one]! + x, middles[2 * one + 1]! + y], 2 * node);
  }
  return { places: found, weights: weights.map((weight, place) => (community[pairs[place]![0]] === community[pairs[place]![1]] ? weight : LOOSE * weight)) };
}

/** The middles of the discs of communities, in units: near each other where many edges lead from one to the other. */
function middlesOf(radii: Float32Array, community: Uint32Array, pairs: Pairs): Float32Array {
  const between = new Map<number, number>();
  for (const [one, other] of pairs) {
    const [from, to] = [community[one]!, community[other]!];
    if (from === to) continue;
    const key = Math.min(from, to) * radii.length + Math.max(from, to);
    between.set(key, (between.get(key) ?? 0) + 1);
  }
  const most = Math.max(...between.values(), 1);
  const places = new Float32Array(2 * radii.length);
  radii.forEach((_, one) => places.set(sunflower(one, Math.max(...radii)), 2 * one));
  const rows = nodeRows(places, radii.map((radius) => radius * UNIT), new Uint8Array(radii.length));
  const ends = [...between.keys()].map((key) => [Math.floor(key / radii.length), key % radii.length] as const);
  const edges = edgeRows(rows, ends, [...between.values()].map((count) => count / most));
  for (let round = 0; round < ROUNDS; round += 1) settle(rows, edges);
  const points = Float32Array.from({ length: 2 * radii.length }, (_, at) => rows[(at >> 1) * ROW + (at & 1)]!);
  separate(points, radii, new Uint8Array(radii.length));
  return points;
}
