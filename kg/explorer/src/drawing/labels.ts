// Where labels go: those of the largest nodes first, and none over another.
import type { Box } from "./view";

export interface Labelled {
  readonly text: string;
  /** Middle of its node, and its radius. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly height: number;
  readonly width: number;
  /** Whether it stands rather beside its node than below it. */
  readonly isBeside: boolean;
  /** Whether it is shown even where it covers others. */
  readonly isForced: boolean;
}

export interface Placed<Label extends Labelled> {
  readonly label: Label;
  /** Middle of its first line. */
  readonly x: number;
  readonly y: number;
}

/** Pixels of a cell of the grid in which taken room is looked up. */
const CELL = 64;
const GAP = 3;
/** Pixels that a label stays away from the rim of the drawing. */
const EDGE = 4;
const LONGEST = 30;

/** Labels with their places, beside what is taken and within a box; those for which there is no room are left out. */
export function placed<Label extends Labelled>(labels: Iterable<Label>, taken: Iterable<Box>, within: Box, most: number): readonly Placed<Label>[] {
  const room = new Room();
  for (const box of taken) room.take(box);
  const found: Placed<Label>[] = [];
  for (const label of labels) {
    if (found.length >= most && !label.isForced) break;
    const spots = spotsOf(label, within);
    const free = spots.filter((one) => room.isFree(one.box));
    const spot = free.find((one) => isWithin(one.box, within)) ?? free.find((one) => isLegible(one.box, within)) ?? (label.isForced ? (free[0] ?? spots[0]) : undefined);
    if (spot === undefined) continue;
    room.take(spot.box);
    found.push({ label, x: spot.x, y: spot.y });
  }
  return found;
}

export function shortened(text: string): string {
  const plain = text.trim();
  const characters = [...plain.slice(0, 4 * LONGEST)];
  return characters.length <= LONGEST && plain.length <= 4 * LONGEST ? plain : `${characters.slice(0, LONGEST - 1).join("").trimEnd()}…`;
}

/** Below the node, else beside or above it, else at a corner; what is above or below is moved aside to stay within a box, as long as it is still at the node. */
function spotsOf({ x, y, radius, width, height, isBeside }: Labelled, within: Box): readonly { x: number; y: number; box: Box }[] {
  const down = radius + GAP + height / 2;
  const aside = radius + GAP + width / 2;
  const [slant, lower] = [0.7 * radius + GAP + width / 2, 0.7 * radius + height / 2];
  const [below, right, left, above] = [[0, down], [aside, 0], [-aside, 0], [0, -down]] as const;
  const corners = [[slant, lower], [-slant, lower], [slant, -lower], [-slant, -lower]] as const;
  return [...(isBeside ? [right, left, below, above] : [below, right, left, above]), ...corners].map(([across, by]) => {
    const most = across === 0 ? Math.max(width / 2 - EDGE, 0) : 0;
    const shift = Math.min(Math.max(within.left + width / 2 + EDGE - x, 0), most) - Math.min(Math.max(x + width / 2 + EDGE - within.right, 0), most);
    const [middle, line] = [x + across + shift, y + by];
    const box = { left: middle - width / 2 - 2, right: middle + width / 2 + 2, top: line - height / 2, bottom: line + height / 2 };
    return { x: middle, y: line, box };
  });
}

class Room {
  readonly #taken = new Map<number, Box[]>();

  isFree(box: Box): boolean {
    return cells(box).every((cell) => (this.#taken.get(cell) ?? []).every((other) => !overlap(box, other)));
  }

  take(box: Box): void {
    for (const cell of cells(box)) {
      const held = this.#taken.get(cell);
      if (held === undefined) this.#taken.set(cell, [box]);
      else held.push(box);
    }
  }
}

function cells(box: Box): number[] {
  const found: number[] = [];
  for (let row = Math.floor(box.top / CELL); row <= Math.floor(box.bottom / CELL); row += 1) {
    for (let column = Math.floor(box.left / CELL); column <= Math.floor(box.right / CELL); column += 1) found.push(row * 10_007 + column);
  }
  return found;
}

const isWithin = (one: Box, other: Box): boolean => one.left >= other.left && one.right <= other.right && one.top >= other.top && one.bottom <= other.bottom;

/** Whether at least half of a label is seen: of less, nobody knows whose it is. */
function isLegible({ left, right, top, bottom }: Box, within: Box): boolean {
  const seen = Math.min(right, within.right) - Math.max(left, within.left);
  return 2 * seen >= right - left && top >= within.top && bottom <= within.bottom;
}

export const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
