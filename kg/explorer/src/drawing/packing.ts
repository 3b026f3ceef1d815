// Puts parts that nothing connects close together, as pieces on a board (Freivalds, Dogrusoz and Kikusts, 2002).

/** A part: x and y of its nodes in turn, their radii, and its edges by place within it. */
export interface Piece {
  readonly points: Float32Array;
  readonly radii: Float32Array;
  readonly edges: readonly (readonly [number, number])[];
  /** Whether it stays where it is. */
  readonly stays: boolean;
}

/** Pixels beside and above nodes, which also hold their labels. */
const [BESIDE, ABOVE] = [44, 18];
/** Pixels of a square of the board, at least; and squares that all pieces cover, at most about. */
const [LEAST_SQUARE, MOST_SQUARES] = [40, 6_000];
const BOARD = 1 << 15;

/** How far each piece is moved: x and y. Those that stay are put down first, then the largest. */
export function packed(pieces: readonly Piece[], aspect: number): readonly (readonly [number, number])[] {
  if (pieces.length <= 1) return pieces.map(() => [0, 0]);
  const area = pieces.reduce((sum, piece) => sum + areaOf(piece), 0);
  const square = Math.max(LEAST_SQUARE, Math.sqrt(area / MOST_SQUARES));
  const shapes = pieces.map((piece) => shapeOf(piece, square));
  const moves: (readonly [number, number])[] = pieces.map(() => [0, 0]);
  const taken = new Set<number>();
  const order = [...pieces.keys()].sort((one, other) => Number(pieces[other]!.stays) - Number(pieces[one]!.stays) || shapes[other]!.length - shapes[one]!.length || one - other);
  const spots = new Spots(aspect);
  let [start, lastSize] = [0, 0];
  for (const place of order) {
    const shape = shapes[place]!;
    if (pieces[place]!.stays) {
      for (const [column, row] of shape) taken.add(keyOf(column, row));
      continue;
    }
    const [middleX, middleY] = middleOf(shape);
    // Where one of this size found no room, the next of it need not look again.
    let at = shape.length === lastSize ? start : 0;
    while (!isFree(shape, spots.at(at), middleX, middleY, taken)) at += 1;
    [start, lastSize] = [shape.length === 1 ? at : 0, shape.length];
    const [column, row] = spots.at(at);
    for (const [x, y] of shape) taken.add(keyOf(x - middleX + column, y - middleY + row));
    moves[place] = [(column - middleX) * square, (row - middleY) * square];
  }
  return moves;
}

const keyOf = (column: number, row: number): number => (column + BOARD) * 2 * BOARD + row + BOARD;

function areaOf({ points, radii }: Piece): number {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  radii.forEach((radius, node) => {
    left = Math.min(left, points[2 * node]! - radius - BESIDE);
    right = Math.max(right, points[2 * node]! + radius + BESIDE);
    top = Math.min(top, points[2 * node + 1]! - radius - ABOVE);
    bottom = Math.max(bottom, points[2 * node + 1]! + radius + ABOVE);
  });
  return radii.length === 0 ? 0 : (right - left) * (bottom - top);
}

/** The squares that a piece covers. */
function shapeOf({ points, radii, edges }: Piece, square: number): readonly (readonly [number, number])[] {
  const found = new Map<number, readonly [number, number]>();
  const cover = (x: number, y: number, beside: number, above: number) => {
    for (let column = Math.floor((x - beside) / square); column <= Math.floor((x + beside) / square); column += 1) {
      for (let row = Math.floor((y - above) / square); row <= Math.floor((y + above) / square); row += 1) {
        found.set(keyOf(column, row), [column, row]);
      }
    }
  };
  radii.forEach((radius, node) => cover(points[2 * node]!, points[2 * node + 1]!, radius + BESIDE, radius + ABOVE));
  for (const [one, other] of edges) {
    const [ax, ay, bx, by] = [points[2 * one]!, points[2 * one + 1]!, points[2 * other]!, points[2 * other + 1]!];
    const steps = Math.ceil(Math.hypot(bx - ax, by - ay) / square);
    for (let step = 1; step < steps; step += 1) cover(ax + ((bx - ax) * step) / steps, ay + ((by - ay) * step) / steps, 0, 0);
  }
  return filled([...found.values()]);
}

/** With the squares that lie within both a row and a column of it: what is put there would seem to belong to it. */
function filled(shape: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const rows = extents(shape.map(([column, row]) => [row, column]));
  const columns = extents(shape);
  const found: (readonly [number, number])[] = [];
  for (const [row, [left, right]] of rows) {
    for (let column = left; column <= right; column += 1) {
      const [top, bottom] = columns.get(column) ?? [1, 0];
      if (top <= row && row <= bottom) found.push([column, row]);
    }
  }
  return found;
}

/** The least and the greatest second number for each first one. */
function extents(pairs: readonly (readonly [number, number])[]): ReadonlyMap<number, readonly [number, number]> {
  const found = new Map<number, readonly [number, number]>();
  for (const [key, value] of pairs) {
    const [low, high] = found.get(key) ?? [value, value];
    found.set(key, [Math.min(low, value), Math.max(high, value)]);
  }
  return found;
}

function middleOf(shape: readonly (readonly [number, number])[]): readonly [number, number] {
  const columns = shape.map(([column]) => column);
  const rows = shape.map(([, row]) => row);
  const middle = (values: readonly number[]) => {
    let [low, high] = [Infinity, -Infinity];
    for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
    return Math.round((low + high) / 2);
  };
  return [middle(columns), middle(rows)];
}

function isFree(shape: readonly (readonly [number, number])[], [column, row]: readonly [number, number], x: number, y: number, taken: ReadonlySet<number>): boolean {
  return shape.every(([one, other]) => !taken.has(keyOf(one - x + column, other - y + row)));
}

/** The squares of the board from its middle outward, sooner to the side than up or down where it is wide. */
class Spots {
  readonly #aspect: number;
  #spots: readonly (readonly [number, number])[] = [];
  #reach = 8;

  constructor(aspect: number) {
    this.#aspect = Math.min(Math.max(aspect, 0.4), 2.5);
  }

  at(place: number): readonly [number, number] {
    while (place >= this.#spots.length) this.#grow();
    return this.#spots[place]!;
  }

  /** Whatever was near stays in the order that it had, since the reach ends where the farthest of the ellipse does. */
  #grow(): void {
    this.#reach *= 2;
    const found: (readonly [number, number, number])[] = [];
    const [across, down] = [Math.ceil(this.#reach * Math.sqrt(this.#aspect)), Math.ceil(this.#reach / Math.sqrt(this.#aspect))];
    for (let column = -across; column <= across; column += 1) {
      for (let row = -down; row <= down; row += 1) {
        const way = (column * column) / this.#aspect + row * row * this.#aspect;
        if (way <= this.#reach * this.#reach) found.push([column, row, way]);
      }
    }
    found.sort((one, other) => one[2] - other[2] || one[0] - other[0] || one[1] - other[1]);
    this.#spots = found.map(([column, row]) => [column, row]);
  }
}
