// Positions of what is drawn: those that are known stay near, new nodes begin beside their neighbours.
import type { Network } from "../state/network";
import type { Id, Point } from "../state/scene";
import type { Asked, Found } from "./arrangement";

/** Radians between two points of a sunflower, which fill a disc evenly (Vogel, 1979). */
const GOLDEN = Math.PI * (3 - Math.sqrt(5));
const SPREAD = 60;

/** Positions to begin with: the same for the same network, whatever was drawn before. */
export function beginnings(network: Network, known: ReadonlyMap<Id, Point>): Map<Id, Point> {
  const found = new Map<Id, Point>();
  const beside = new Map<Id, Id>();
  for (const edge of network.edges) {
    if (known.has(edge.source)) beside.set(edge.target, edge.source);
    if (known.has(edge.target)) beside.set(edge.source, edge.target);
  }
  network.nodes.forEach((node, place) => {
    const spot = sunflower(place);
    const near = known.get(beside.get(node.id) ?? "");
    found.set(node.id, known.get(node.id) ?? (near === undefined ? spot : { x: near.x + spot.x / 8, y: near.y + spot.y / 8 }));
  });
  return found;
}

export function sunflower(place: number): Point {
  const radius = SPREAD * Math.sqrt(place + 0.5);
  return { x: radius * Math.cos(place * GOLDEN), y: radius * Math.sin(place * GOLDEN) };
}

/** Moves what is drawn, in a worker. */
export class Layout {
  #worker: Worker | null = null;
  #run = 0;
  #ids: readonly Id[] = [];

  constructor(readonly onMove: (positions: Map<Id, Point>, isDone: boolean) => void) {}

  start(network: Network, positions: ReadonlyMap<Id, Point>, pinned: ReadonlyMap<Id, Point>, radiusOf: (id: Id) => number): void {
    this.#worker ??= this.#begin();
    this.#ids = network.nodes.map((node) => node.id);
    this.#run += 1;
    this.#worker.postMessage(asked(this.#run, network, positions, pinned, radiusOf));
  }

  stop(): void {
    this.#worker?.postMessage("stop");
  }

  end(): void {
    this.#worker?.terminate();
    this.#worker = null;
  }

  #begin(): Worker {
    const worker = new Worker(new URL("./layout.worker.js", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<Found>) => {
      if (data.run !== this.#run) return;
      this.onMove(new Map(this.#ids.map((id, place) => [id, { x: data.points[2 * place]!, y: data.points[2 * place + 1]! }])), data.isDone);
    });
    return worker;
  }
}

function asked(
  run: number,
  network: Network,
  positions: ReadonlyMap<Id, Point>,
  pinned: ReadonlyMap<Id, Point>,
  radiusOf: (id: Id) => number,
): Asked {
  const places = new Map(network.nodes.map((node, place) => [node.id, place]));
  const points = network.nodes.map((node) => pinned.get(node.id) ?? positions.get(node.id) ?? { x: 0, y: 0 });
  return {
    run,
    points: Float32Array.from(points.flatMap(({ x, y }) => [x, y])),
    radii: Float32Array.from(network.nodes, (node) => radiusOf(node.id)),
    fixed: network.nodes.flatMap((node, place) => (pinned.has(node.id) ? [place] : [])),
    sources: Uint32Array.from(network.edges, (edge) => places.get(edge.source)!),
    targets: Uint32Array.from(network.edges, (edge) => places.get(edge.target)!),
    weights: Float32Array.from(network.edges, (edge) => edge.weight),
  };
}
