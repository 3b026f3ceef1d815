// How central entities are among those that are drawn, and which belong together; off the main thread.
import betweenness from "graphology-metrics/centrality/betweenness";
import pagerank from "graphology-metrics/centrality/pagerank";
import { communitiesOf, graphOf } from "./communities";
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
    communities: asked.colourBy === "community" ? communitiesOf(asked.nodes, asked.edges) : null,
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
  const graph = graphOf(asked.nodes, asked.edges);
  // PageRank need not settle to many digits to be seen; by default it throws where it does not.
  const values = by === "pagerank" ? pagerank(graph, { maxIterations: 500, tolerance: 1e-4 / Math.max(asked.nodes, 1), getEdgeWeight: "weight" }) : betweenness(graph, { getEdgeWeight: null });
  for (const [node, value] of Object.entries(values)) found[Number(node)] = value;
  return found;
}
