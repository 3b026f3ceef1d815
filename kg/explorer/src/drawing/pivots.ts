// Where nodes begin: by how many steps they are from a few nodes that lie far apart (PivotMDS; Brandes and Pich, 2007).
import { degreeOf, type Adjacency } from "./columns";

/** More give hardly a better picture. */
const PIVOTS = 12;
const ROUNDS = 40;
/** Radians between two points of a sunflower, which fill a disc evenly (Vogel, 1979). */
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

export function sunflower(place: number, spread: number): readonly [number, number] {
  const radius = spread * Math.sqrt(place + 0.5);
  return [radius * Math.cos(place * GOLDEN), radius * Math.sin(place * GOLDEN)];
}

/** x and y of each node of a connected part in turn, in a disc that has `spread` squared of room for each. */
export function beginnings(part: readonly number[], adjacency: Adjacency, spread: number): Float32Array {
  const ways = steps(part, adjacency);
  const [first, second] = axes(ways, part.length);
  const found = new Float32Array(2 * part.length);
  const [wide, high] = [spreadOf(first), spreadOf(second)];
  const radius = (spread * Math.sqrt(part.length)) / 1.6;
  for (let place = 0; place < part.length; place += 1) {
    // Those that are as far from every pivot would lie on one point, as all do that hang on one hub.
    const [besideX, besideY] = sunflower(place % 997, spread / 6);
    found[2 * place] = (wide === 0 ? 0 : (first[place]! / wide) * radius) + besideX;
    found[2 * place + 1] = (high === 0 ? 0 : (second[place]! / high) * radius) + besideY;
  }
  return found;
}

/** Steps from each pivot to each node: a column for each pivot, which is as far as can be from those before. */
function steps(part: readonly number[], adjacency: Adjacency): readonly Float64Array[] {
  const places = new Map(part.map((node, place) => [node, place]));
  let pivot = part.reduce((best, node, place) => (degreeOf(adjacency, node) > degreeOf(adjacency, part[best]!) ? place : best), 0);
  const nearest = new Float64Array(part.length).fill(Infinity);
  const columns: Float64Array[] = [];
  for (let round = 0; round < Math.min(PIVOTS, part.length); round += 1) {
    const column = stepsFrom(pivot, part, places, adjacency);
    columns.push(column);
    let farthest = 0;
    column.forEach((way, place) => {
      nearest[place] = Math.min(nearest[place]!, way);
      if (nearest[place]! > nearest[farthest]!) farthest = place;
    });
    pivot = farthest;
  }
  return columns;
}

function stepsFrom(pivot: number, part: readonly number[], places: ReadonlyMap<number, number>, { starts, others }: Adjacency): Float64Array {
  const ways = new Float64Array(part.length).fill(-1);
  ways[pivot] = 0;
  const queue = [pivot];
  for (const place of queue) {
    const node = part[place]!;
    for (let at = starts[node]!; at < starts[node + 1]!; at += 1) {
      const other = places.get(others[at]!)!;
      if (ways[other] !== -1) continue;
      ways[other] = ways[place]! + 1;
      queue.push(other);
    }
  }
  return ways;
}

/** The two directions in which the columns differ most, by power iteration; each gives a number for each node. */
function axes(columns: readonly Float64Array[], nodes: number): readonly [Float64Array, Float64Array] {
  const squares = columns.map((column) => column.map((way) => way * way));
  const rows = new Float64Array(nodes);
  for (const column of squares) column.forEach((value, place) => (rows[place]! += value / columns.length));
  const whole = rows.reduce((sum, value) => sum + value, 0) / nodes;
  const centred = squares.map((column) => {
    const mean = column.reduce((sum, value) => sum + value, 0) / nodes;
    return column.map((value, place) => (mean + rows[place]! - whole - value) / 2);
  });
  const products = centred.map((one) => centred.map((other) => one.reduce((sum, value, place) => sum + value * other[place]!, 0)));
  const first = principal(products, null);
  const second = principal(products, first);
  return [along(centred, first, nodes), along(centred, second, nodes)];
}

function principal(matrix: readonly (readonly number[])[], not: readonly number[] | null): readonly number[] {
  let vector = matrix.map((_, place) => 1 / (place + 1));
  for (let round = 0; round < ROUNDS; round += 1) {
    vector = matrix.map((row) => row.reduce((sum, value, place) => sum + value * vector[place]!, 0));
    if (not !== null) {
      const share = vector.reduce((sum, value, place) => sum + value * not[place]!, 0);
      vector = vector.map((value, place) => value - share * not[place]!);
    }
    const length = Math.hypot(...vector) || 1;
    vector = vector.map((value) => value / length);
  }
  return vector;
}

function along(columns: readonly Float64Array[], vector: readonly number[], nodes: number): Float64Array {
  const found = new Float64Array(nodes);
  columns.forEach((column, at) => column.forEach((value, place) => (found[place]! += value * vector[at]!)));
  return found;
}

function spreadOf(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / Math.max(values.length, 1));
}
