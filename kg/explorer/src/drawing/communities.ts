// Which nodes belong together, by the Louvain method (Blondel et al., 2008); the same for the same network.
import { UndirectedGraph } from "graphology";
import louvain from "graphology-communities-louvain";
import type { Edges } from "./columns";

/** The community of each node, the largest community first. */
export function communitiesOf(nodes: number, edges: Edges): Uint32Array {
  const found = new Uint32Array(nodes);
  const graph = graphOf(nodes, edges);
  if (graph.size === 0) return found.map((_, node) => node);
  const named = louvain(graph, { getEdgeWeight: "weight", randomWalk: false, rng: generator(1) });
  const sizes = new Map<number, number>();
  for (const name of Object.values(named)) sizes.set(name, (sizes.get(name) ?? 0) + 1);
  const order = [...sizes.keys()].sort((one, other) => sizes.get(other)! - sizes.get(one)! || one - other);
  const numbers = new Map(order.map((name, number) => [name, number]));
  for (const [node, name] of Object.entries(named)) found[Number(node)] = numbers.get(name)!;
  return found;
}

export function graphOf(nodes: number, edges: Edges): UndirectedGraph {
  const graph = new UndirectedGraph();
  for (let node = 0; node < nodes; node += 1) graph.addNode(node);
  edges.sources.forEach((source, place) => {
    const target = edges.targets[place]!;
    if (source !== target) graph.mergeEdge(source, target, { weight: edges.weights[place]! });
  });
  return graph;
}

/** Numbers 0–1 that look like chance, the same for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
