// A histogram as rectangles, and as words.
import type { Bar, Legend, Split, Timeline, Unit } from "../../api/types";
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
