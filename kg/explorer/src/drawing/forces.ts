// ForceAtlas2 (Jacomy et al., 2014) over rows of numbers: made of a part's nodes and edges, and settled step by step.
import iterate from "graphology-layout-forceatlas2/iterate";

/** Pixels of a unit of ForceAtlas2, whose forces are made for small numbers. */
export const UNIT = 7;
/** Numbers that the algorithm keeps of a node, and of an edge; and where they are. */
export const ROW = 10;
const [MASS, CONVERGENCE, SIZE, FIXED] = [6, 7, 8, 9];
const EDGE_ROW = 3;
/** Nodes beyond which sizes are not minded, and beyond which forces are roughly summed. */
export const MANY = 2_000;
const [SUMMED, ROUGHLY] = [400, 5_000];

export type Pairs = readonly (readonly [number, number])[];

/**
 * @param places x and y of each node in turn, in units
 * @param radii pixels
 * @param stays 1 for nodes that are not moved
 */
export function nodeRows(places: Float32Array, radii: Float32Array, stays: Uint8Array): Float32Array {
  const rows = new Float32Array(radii.length * ROW);
  radii.forEach((radius, node) => {
    rows.set(places.subarray(2 * node, 2 * node + 2), node * ROW);
    rows[node * ROW + MASS] = 1;
    rows[node * ROW + CONVERGENCE] = 1;
    rows[node * ROW + SIZE] = radius / UNIT;
    rows[node * ROW + FIXED] = stays[node]!;
  });
  return rows;
}

/** The rows of the edges; adds one for each to the masses of its ends. */
export function edgeRows(rows: Float32Array, pairs: Pairs, weights: readonly number[]): Float32Array {
  const edges = new Float32Array(pairs.length * EDGE_ROW);
  pairs.forEach(([one, other], place) => {
    edges.set([one * ROW, other * ROW, weights[place]!], place * EDGE_ROW);
    rows[one * ROW + MASS]! += 1;
    rows[other * ROW + MASS]! += 1;
  });
  return edges;
}

/** One step. */
export function settle(rows: Float32Array, edges: Float32Array): void {
  const nodes = rows.length / ROW;
  iterate(
    {
      linLogMode: false,
      outboundAttractionDistribution: false,
      adjustSizes: nodes <= MANY,
      edgeWeightInfluence: 1,
      scalingRatio: 12,
      strongGravityMode: false,
      gravity: 1,
      slowDown: nodes > MANY ? 2 : 1 + Math.log(nodes),
      barnesHutOptimize: nodes > SUMMED,
      barnesHutTheta: nodes > ROUGHLY ? 1.2 : 0.7,
    },
    rows,
    edges,
  );
}
