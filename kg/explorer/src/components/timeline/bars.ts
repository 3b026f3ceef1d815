// A histogram as rectangles, and as words.
import type { Bar, Legend, Split, Term, Timeline, Unit } from "../../api/types";
import { nameOf, placeOf, type Range } from "./scale";

export interface Rectangle {
  readonly key: string;
  readonly place: number;
  /** Pixels, from the top. */
  readonly y: number;
  readonly height: number;
  readonly colour: string;
}

const GREY = "#8a8f98";
/** Pixels of the shortest bar, so that it is seen beside one a thousand times as high. */
const SHORTEST = 2;

/** From the first bar to the last, gaps included; null where there is none. */
export function boundsOf({ bars, unit }: Timeline): Range | null {
  const [first, last] = [bars[0], bars.at(-1)];
  return first === undefined || last === undefined ? null : { first: placeOf(unit, first.time), last: placeOf(unit, last.time) };
}

export function rectangles({ bars, unit, split }: Timeline, legend: Legend, height: number): readonly Rectangle[] {
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  const terms = split === "relation_class" ? legend.relation_classes : legend.statuses;
  const order = new Map(terms.map((term, place) => [term.name, place]));
  const colours = new Map(terms.map((term) => [term.name, term.colour ?? GREY]));
  return bars.flatMap((bar) => {
    const whole = Math.max(SHORTEST, (bar.count / most) * height);
    const counts = [...bar.counts].sort((one, other) => (order.get(one.value ?? "") ?? 0) - (order.get(other.value ?? "") ?? 0));
    let y = height;
    return counts.map(({ value, count }): Rectangle => {
      const part = (count / bar.count) * whole;
      y -= part;
      return { key: `${bar.time} ${value}`, place: placeOf(unit, bar.time), y, height: part, colour: colours.get(value ?? "") ?? GREY };
    });
  });
}

/** As `May 2031: 12 relations (10 asserted, 2 planned)`. */
export function saidOf(bar: Bar | undefined, place: number, unit: Unit, split: Split, legend: Legend): string {
  const name = nameOf(unit, place);
  if (bar === undefined) return `${name}: no relations`;
  const terms = split === "relation_class" ? legend.relation_classes : legend.statuses;
  const parts = bar.counts.map(({ value, count }) => `${count.toLocaleString("en")} ${terms.find((term) => term.name === value)?.label ?? value}`);
  const few = parts.length > 4 ? [...parts.slice(0, 4), `${parts.length - 4} other classes`] : parts;
  return `${name}: ${bar.count.toLocaleString("en")} ${bar.count === 1 ? "relation" : "relations"} (${few.join(", ")})`;
}

/** The share of relations that the axis shows at least, where a few lie long before or after. */
const CORE = 0.95;
/** How much shorter the axis must become by that. */
const WORTH = 0.5;
/** Places of an axis whose bars can be told apart and compared; with more, a longer unit is taken. */
const LEGIBLE = 100;
/** Days of a place, about. */
const DAYS: Readonly<Record<Unit, number>> = { day: 1, month: 30.4, year: 365 };

/** Where nearly all relations lie, if that is a short part of the whole; else the whole. */
export function coreOf(timeline: Timeline): Range | null {
  const whole = boundsOf(timeline);
  if (whole === null) return null;
  const { bars, unit } = timeline;
  const total = bars.reduce((sum, bar) => sum + bar.count, 0);
  let found = whole;
  let [start, inside] = [0, 0];
  bars.forEach((bar) => {
    inside += bar.count;
    while (inside - bars[start]!.count >= CORE * total) inside -= bars[start++]!.count;
    const range = { first: placeOf(unit, bars[start]!.time), last: placeOf(unit, bar.time) };
    if (inside >= CORE * total && range.last - range.first < found.last - found.first) found = range;
  });
  const [length, all] = [found.last - found.first + 1, whole.last - whole.first + 1];
  return length > WORTH * all ? whole : withEdges(found, whole);
}

/** With a little more on both sides, so that one sees that the axis goes on. */
function withEdges(range: Range, whole: Range): Range {
  const more = Math.max(1, Math.round((range.last - range.first) / 12));
  return { first: Math.max(whole.first, range.first - more), last: Math.min(whole.last, range.last + more) };
}

/** The shortest unit in which the axis of nearly all relations can be read. */
export function unitOf(timeline: Timeline): Unit {
  const core = coreOf(timeline);
  if (core === null) return timeline.unit;
  const days = (core.last - core.first + 1) * DAYS[timeline.unit];
  return (["day", "month"] as const).find((unit) => days / DAYS[unit] <= LEGIBLE) ?? "year";
}

/** How many relations lie before and after a range. */
export function besides({ bars, unit }: Timeline, range: Range): { readonly before: number; readonly after: number } {
  let [before, after] = [0, 0];
  for (const bar of bars) {
    const place = placeOf(unit, bar.time);
    if (place < range.first) before += bar.count;
    if (place > range.last) after += bar.count;
  }
  return { before, after };
}

/** The classes or statuses that bars are made of, those of most relations first. */
export function usedIn({ bars, split }: Timeline, legend: Legend): readonly Term[] {
  const counts = new Map<string, number>();
  for (const bar of bars) for (const { value, count } of bar.counts) counts.set(value ?? "", (counts.get(value ?? "") ?? 0) + count);
  const terms = split === "relation_class" ? legend.relation_classes : legend.statuses;
  return terms.filter((term) => counts.has(term.name)).sort((one, other) => counts.get(other.name)! - counts.get(one.name)!);
}
