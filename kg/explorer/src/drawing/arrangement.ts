// A layout that is under way: some iterations at a time, so that a new one can take its place.
import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";

/** What a layout is made of; columns, which go between threads in no time. */
export interface Asked {
  readonly run: number;
  /** x and y of each node in turn. */
  readonly points: Float32Array;
  readonly radii: Float32Array;
  /** Places of nodes that stay where they are. */
  readonly fixed: readonly number[];
  readonly sources: Uint32Array;
  readonly targets: Uint32Array;
  readonly weights: Float32Array;
}

export interface Found {
  readonly run: number;
  readonly points: Float32Array;
  readonly isDone: boolean;
}

const BATCH = 20;
const MOST_ITERATIONS = 600;
/** Of the drawing's size: what moves less has settled. */
const SETTLED = 0.001;

export class Arrangement {
  readonly #asked: Asked;
  readonly #send: (found: Found) => void;
  readonly #graph = new Graph({ type: "undirected" });
  #iterations = 0;
  #isStopped = false;

  constructor(asked: Asked, send: (found: Found) => void) {
    this.#asked = asked;
    this.#send = send;
    const fixed = new Set(asked.fixed);
    asked.radii.forEach((radius, place) => {
      this.#graph.addNode(place, { x: asked.points[2 * place], y: asked.points[2 * place + 1], size: radius, fixed: fixed.has(place) });
    });
    asked.sources.forEach((source, place) => {
      const target = asked.targets[place]!;
      if (source !== target) this.#graph.mergeEdge(source, target, { weight: asked.weights[place] });
    });
    this.#go();
  }

  stop(): void {
    this.#isStopped = true;
  }

  #go(): void {
    if (this.#isStopped) return;
    const before = this.#points();
    forceAtlas2.assign(this.#graph, {
      iterations: BATCH,
      getEdgeWeight: "weight",
      settings: { ...forceAtlas2.inferSettings(this.#graph), adjustSizes: this.#graph.order < 2_000, barnesHutOptimize: this.#graph.order > 500 },
    });
    this.#iterations += BATCH;
    const points = this.#points();
    const isDone = this.#iterations >= MOST_ITERATIONS || movement(before, points) < SETTLED;
    this.#send({ run: this.#asked.run, points, isDone });
    if (!isDone) setTimeout(() => this.#go());
  }

  #points(): Float32Array {
    const points = new Float32Array(2 * this.#graph.order);
    this.#graph.forEachNode((key, held) => points.set([held["x"] as number, held["y"] as number], 2 * Number(key)));
    return points;
  }
}

/** The mean way that points went, as a part of the size of all. */
export function movement(before: Float32Array, after: Float32Array): number {
  let way = 0;
  let [low, high] = [Infinity, -Infinity];
  for (let place = 0; place < after.length; place += 1) {
    way += Math.abs(after[place]! - before[place]!);
    low = Math.min(low, after[place]!);
    high = Math.max(high, after[place]!);
  }
  return after.length === 0 || high === low ? 0 : way / after.length / (high - low);
}
