// The main thread's side of layouts and measures: asks the worker, and knows where everything has been.
import type { Network } from "../state/network";
import type { ColourBy, Id, Point, SizeBy } from "../state/scene";
import type { Asked, Edges, Found } from "./columns";
import type { Measured, MeasuresAsked } from "./measures";
import type { Points } from "./renderer";

export interface Listening {
  readonly onMove: (points: Points, isDone: boolean) => void;
  readonly onMeasures: (measured: Measured) => void;
}

/** Places of entities that were drawn once are kept, so that they come back where they were. */
export class Layout {
  readonly #listening: Listening;
  readonly #known = new Map<Id, Point>();
  #worker: Worker | null = null;
  #ids: readonly Id[] = [];
  #pinned: ReadonlyMap<Id, Point> = new Map();
  #run = 0;
  #measuring = 0;

  /** Starts the worker, which is there then when something is asked of it. */
  constructor(listening: Listening) {
    this.#listening = listening;
    this.#worker = this.#begin();
  }

  /** Places a network; what has a place keeps it, unless all shall be laid out anew. */
  start(network: Network, pinned: ReadonlyMap<Id, Point>, radii: Float32Array, aspect: number, isAnew = false): void {
    if (isAnew) for (const node of network.nodes) this.#known.delete(node.id);
    this.#ids = network.nodes.map((node) => node.id);
    this.#pinned = pinned;
    this.#run += 1;
    const points = new Float32Array(2 * this.#ids.length).fill(Number.NaN);
    this.#ids.forEach((id, place) => {
      const point = pinned.get(id) ?? this.#known.get(id);
      if (point !== undefined) points.set([point.x, point.y], 2 * place);
    });
    if (points.every((value) => !Number.isNaN(value))) return this.#listening.onMove(points, true);
    return this.#post({ kind: "layout", run: this.#run, points, radii, edges: edgesOf(network), aspect });
  }

  measure(network: Network, sizeBy: SizeBy, colourBy: ColourBy): void {
    this.#measuring += 1;
    this.#post({ kind: "measures", run: this.#measuring, nodes: network.nodes.length, edges: edgesOf(network), sizeBy, colourBy });
  }

  /** An entity stays where it is, though it is no longer pinned there. */
  keep(id: Id, point: Point): void {
    this.#known.set(id, point);
  }

  end(): void {
    this.#worker?.terminate();
    this.#worker = null;
  }

  #post(asked: Asked | MeasuresAsked): void {
    this.#worker ??= this.#begin();
    this.#worker.postMessage(asked);
  }

  #begin(): Worker {
    const worker = new Worker(new URL("./layout.worker.js", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<Found | Measured>) => this.#hear(data));
    return worker;
  }

  #hear(said: Found | Measured): void {
    if (said.kind === "measures") {
      if (said.run === this.#measuring) this.#listening.onMeasures(said);
      return;
    }
    if (said.run !== this.#run) return;
    // Where a pinned one was before is kept, for when undo takes the pin away.
    if (said.isDone) {
      this.#ids.forEach((id, place) => {
        const point = { x: said.points[2 * place]!, y: said.points[2 * place + 1]! };
        if (!this.#pinned.has(id) || !this.#known.has(id)) this.#known.set(id, point);
      });
    }
    this.#listening.onMove(said.points, said.isDone);
  }
}

export function edgesOf(network: Network): Edges {
  const places = new Map(network.nodes.map((node, place) => [node.id, place]));
  return {
    sources: Uint32Array.from(network.edges, (edge) => places.get(edge.source)!),
    targets: Uint32Array.from(network.edges, (edge) => places.get(edge.target)!),
    weights: Float32Array.from(network.edges, (edge) => edge.weight),
  };
}
