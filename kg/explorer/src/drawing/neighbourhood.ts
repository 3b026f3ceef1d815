// Which edges each node has, as two columns: quick to make for many, and to look up at each move of the pointer.
import type { DrawnEdge } from "./renderer";

export class Incidence {
  readonly #starts: Uint32Array;
  readonly #edges: Uint32Array;

  constructor(nodes: number, edges: readonly DrawnEdge[]) {
    this.#starts = new Uint32Array(nodes + 1);
    for (const edge of edges) {
      this.#starts[edge.source + 1]! += 1;
      if (edge.target !== edge.source) this.#starts[edge.target + 1]! += 1;
    }
    for (let place = 0; place < nodes; place += 1) this.#starts[place + 1]! += this.#starts[place]!;
    this.#edges = new Uint32Array(this.#starts[nodes]!);
    const next = this.#starts.slice();
    edges.forEach((edge, place) => {
      this.#edges[next[edge.source]!++] = place;
      if (edge.target !== edge.source) this.#edges[next[edge.target]!++] = place;
    });
  }

  /** Places of the edges of a node. */
  of(node: number): Uint32Array {
    return this.#edges.subarray(this.#starts[node]!, this.#starts[node + 1]!);
  }
}
