// How central entities are among those that are drawn, and which belong together; off the main thread.
import { UndirectedGraph } from "graphology";
import louvain from "graphology-communities-louvain";
import betweenness from "graphology-metrics/centrality/betweenness";
import pagerank from "graphology-metrics/centrality/pagerank";
import type { ColourBy, SizeBy } from "../state/scene";
import type { Edges } from "./columns";

export interface MeasuresAsked {
  readonly kind: "measures";
  readonly run: number;
  readonly nodes: number;
  readonly edges: Edges;
  readonly sizeBy: SizeBy;
  readonly colourBy: ColourBy;
}

export interface Measured {
  readonly kind: "measures";
  readonly run: number;
  /** By place of the node; null where the relations that the server counts are the measure. */
  readonly sizes: Float32Array | null;
  /** By place of the node, the largest community first; null where they are not asked for. */
  readonly communities: Uint32Array | null;
  /** What is said of the measure that is shown, where it is not the one that was asked for. */
  readonly note: string | null;
}

/** Nodes times edges that betweenness takes: some seconds of work. */
const MOST_WORK = 3e7;
const NUMBER = new Intl.NumberFormat("en");

export function measured(asked: MeasuresAsked): Measured {
  const isTooLarge = asked.sizeBy === "betweenness" && asked.nodes * asked.edges.sources.length > MOST_WORK;
  const sizeBy = isTooLarge ? "degree" : asked.sizeBy;
  const note = `Betweenness of ${NUMBER.format(asked.nodes)} entities takes too long, so size is by degree; show fewer for betweenness.`;
  return {
    kind: "measures",
    run: asked.run,
    sizes: sizes(asked, sizeBy),
    communities: asked.colourBy === "community" ? communities(asked) : null,
    note: isTooLarge ? note : null,
  };
}

function sizes(asked: MeasuresAsked, by: SizeBy): Float32Array | null {
  if (by === "relations") return null;
  const found = new Float32Array(asked.nodes);
  if (by === "degree") {
    asked.edges.sources.forEach((source, place) => {
      const target = asked.edges.targets[place]!;
      if (source === target) return;
      found[source]! += 1;
      found[target]! += 1;
    });
    return found;
  }
  const graph = graphOf(asked);
  // PageRank need not settle to many digits to be seen; by default it throws where it does not.
  const values = by === "pagerank" ? pagerank(graph, { maxIterations: 500, tolerance: 1e-4 / Math.max(asked.nodes, 1), getEdgeWeight: "weight" }) : betweenness(graph, { getEdgeWeight: null });
  for (const [node, value] of Object.entries(values)) found[Number(node)] = value;
  return found;
}

function communities(asked: MeasuresAsked): Uint32Array {
  const found = new Uint32Array(asked.nodes);
  const graph = graphOf(asked);
  if (graph.size === 0) return found.map((_, node) => node);
  const named = louvain(graph, { getEdgeWeight: "weight", randomWalk: false, rng: generator(1) });
  const sizes = new Map<number, number>();
  for (const name of Object.values(named)) sizes.set(name, (sizes.get(name) ?? 0) + 1);
  const order = [...sizes.keys()].sort((one, other) => sizes.get(other)! - sizes.get(one)! || one - other);
  const numbers = new Map(order.map((name, number) => [name, number]));
  for (const [node, name] of Object.entries(named)) found[Number(node)] = numbers.get(name)!;
  return found;
}

function graphOf({ nodes, edges }: MeasuresAsked): UndirectedGraph {
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
