// Moves nodes apart that lie on each other, and leaves those where they are that shall stay.

/** Pixels between two nodes. */
const GAP = 9;
const ROUNDS = 80;

/**
 * Changes points until no two nodes touch, or it has tried often enough.
 *
 * @param points x and y of each node in turn
 * @param stays 1 for those that are not moved
 */
export function separate(points: Float32Array, radii: Float32Array, stays: Uint8Array): void {
  const cell = 2 * radii.reduce((most, radius) => Math.max(most, radius), 1) + GAP;
  for (let round = 0; round < ROUNDS; round += 1) if (!pushed(points, radii, stays, cell)) return;
}

function pushed(points: Float32Array, radii: Float32Array, stays: Uint8Array, cell: number): boolean {
  const grid = new Map<number, number[]>();
  const keyOf = (x: number, y: number) => Math.floor(x / cell) * 73_856_093 + Math.floor(y / cell);
  let hasMoved = false;
  for (let node = 0; node < radii.length; node += 1) {
    const [x, y] = [points[2 * node]!, points[2 * node + 1]!];
    for (let column = -1; column <= 1; column += 1) {
      for (let row = -1; row <= 1; row += 1) {
        for (const other of grid.get(keyOf(x + column * cell, y + row * cell)) ?? []) {
          if (push(points, radii, stays, node, other)) hasMoved = true;
        }
      }
    }
    const key = keyOf(points[2 * node]!, points[2 * node + 1]!);
    const held = grid.get(key);
    if (held === undefined) grid.set(key, [node]);
    else held.push(node);
  }
  return hasMoved;
}

function push(points: Float32Array, radii: Float32Array, stays: Uint8Array, one: number, other: number): boolean {
  if (stays[one] && stays[other]) return false;
  let [dx, dy] = [points[2 * one]! - points[2 * other]!, points[2 * one + 1]! - points[2 * other + 1]!];
  const wanted = radii[one]! + radii[other]! + GAP;
  let way = Math.hypot(dx, dy);
  if (way >= wanted - 0.01) return false;
  if (way < 0.01) [dx, dy, way] = [Math.cos(one), Math.sin(one), 1];
  const far = wanted - Math.min(way, wanted);
  const share = stays[one] ? 0 : stays[other] ? 1 : 0.5;
  const [x, y] = [(dx / way) * (far + 0.02), (dy / way) * (far + 0.02)];
  points[2 * one]! += x * share;
  points[2 * one + 1]! += y * share;
  points[2 * other]! -= x * (1 - share);
  points[2 * other + 1]! -= y * (1 - share);
  return true;
}
