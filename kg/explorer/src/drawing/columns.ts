// What a layout is made of; columns, which go between threads in no time.

export interface Asked {
  readonly kind: "layout";
  readonly run: number;
  /** x and y of each node in turn; NaN of those that have no place yet. */
  readonly points: Float32Array;
  readonly radii: Float32Array;
  readonly edges: Edges;
  /** How much wider than high the drawing should be. */
  readonly aspect: number;
}

export interface Edges {
  readonly sources: Uint32Array;
  readonly targets: Uint32Array;
  readonly weights: Float32Array;
}

export interface Found {
  readonly kind: "layout";
  readonly run: number;
  readonly points: Float32Array;
  readonly isDone: boolean;
}

/** The nodes beside each node, as two columns. */
export interface Adjacency {
  readonly starts: Uint32Array;
  readonly others: Uint32Array;
}

export function adjacencyOf(nodes: number, { sources, targets }: Edges): Adjacency {
  const starts = new Uint32Array(nodes + 1);
  sources.forEach((source, place) => {
    starts[source + 1]! += 1;
    starts[targets[place]! + 1]! += 1;
  });
  for (let node = 0; node < nodes; node += 1) starts[node + 1]! += starts[node]!;
  const others = new Uint32Array(starts[nodes]!);
  const next = starts.slice();
  sources.forEach((source, place) => {
    const target = targets[place]!;
    others[next[source]!++] = target;
    others[next[target]!++] = source;
  });
  return { starts, others };
}

export const degreeOf = ({ starts }: Adjacency, node: number): number => starts[node + 1]! - starts[node]!;

/** The connected parts, the largest first, each with its nodes in order. */
export function componentsOf(adjacency: Adjacency): readonly (readonly number[])[] {
  const nodes = adjacency.starts.length - 1;
  const isSeen = new Uint8Array(nodes);
  const found: number[][] = [];
  for (let first = 0; first < nodes; first += 1) {
    if (isSeen[first]) continue;
    isSeen[first] = 1;
    const part = [first];
    for (const node of part) {
      for (let at = adjacency.starts[node]!; at < adjacency.starts[node + 1]!; at += 1) {
        const other = adjacency.others[at]!;
        if (isSeen[other]) continue;
        isSeen[other] = 1;
        part.push(other);
      }
    }
    found.push(part.sort((one, other) => one - other));
  }
  return found.sort((one, other) => other.length - one.length || one[0]! - other[0]!);
}
