// What a chart shows of rows: a bar for each label, or a line through time.
import type { Column } from "./columns";
import type { Rows } from "./formats";
import { dayOf, numberOf, type Prefixes, type Term, words } from "./terms";

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The term of the label; null where rows have none. */
  readonly term: Term | null;
}

export interface Point {
  /** Days since 1970. */
  readonly day: number;
  /** As the answer writes it. */
  readonly label: string;
  readonly value: number;
}

/** What can be drawn: labels are any column, values are columns of numbers, or how many rows there are. */
export interface Choices {
  readonly labels: readonly Column[];
  readonly values: readonly Column[];
}

export function choicesOf(columns: readonly Column[]): Choices {
  const filled = columns.filter((column) => column.filled > 0);
  return { labels: filled, values: filled.filter((column) => column.isNumber) };
}

/** The label that is drawn first: a time, else names, else whatever repeats least. */
export function firstLabel({ labels }: Choices): Column | null {
  return labels.find((column) => column.isDate) ?? labels.find((column) => !column.isNumber) ?? labels[0] ?? null;
}

/** The sum of the values of each label, the greatest first; how many rows it has where no column gives values. */
export function barsOf({ rows }: Rows, label: Column, value: Column | null, prefixes: Prefixes): readonly Bar[] {
  const bars = new Map<string, { value: number; term: Term | null }>();
  for (const row of rows) {
    const term = row[label.place] ?? null;
    const words_ = term === null ? "(no value)" : words(term, prefixes);
    const bar = bars.get(words_) ?? { value: 0, term };
    bar.value += value === null ? 1 : (numberOf(row[value.place] ?? null) ?? 0);
    bars.set(words_, bar);
  }
  const found = [...bars].map(([text, bar]): Bar => ({ label: text, ...bar }));
  return found.sort((one, other) => other.value - one.value || one.label.localeCompare(other.label, "en"));
}

/** The sum of the values at each time, in order of time; how many rows there are where no column gives values. */
export function pointsOf({ rows }: Rows, label: Column, value: Column | null): readonly Point[] {
  const points = new Map<number, { value: number; label: string }>();
  for (const row of rows) {
    const term = row[label.place] ?? null;
    const day = dayOf(term);
    if (day === null || term?.type !== "literal") continue;
    const point = points.get(day) ?? { value: 0, label: term.value };
    point.value += value === null ? 1 : (numberOf(row[value.place] ?? null) ?? 0);
    points.set(day, point);
  }
  return [...points].map(([day, point]) => ({ day, ...point })).sort((one, other) => one.day - other.day);
}

const STEPS = [1, 2, 5, 10] as const;

const DAY = 86_400_000;
/** Columns that a screen shows legibly, beyond which days become months, and months years. */
const MOST_BINS = 62;

/** A way to number the days, months or years, and back to the first day of each. */
interface Unit {
  /** Characters of an ISO 8601 date that say one. */
  readonly length: number;
  readonly of: (day: Date) => number;
  readonly start: (number: number) => number;
}

const UNITS: readonly Unit[] = [
  { length: 10, of: (day) => Math.floor(day.getTime() / DAY), start: (number) => number * DAY },
  { length: 7, of: (day) => 12 * day.getUTCFullYear() + day.getUTCMonth(), start: (number) => Date.UTC(Math.floor(number / 12), number % 12) },
  { length: 4, of: (day) => day.getUTCFullYear(), start: (number) => Date.UTC(number, 0) },
];

/** The sum of the values of each day, month or year between the first and the last; null where these are too many. */
export function binsOf(points: readonly Point[]): readonly Point[] | null {
  const [first, last] = [points[0], points[points.length - 1]].map((point) => new Date((point?.day ?? 0) * DAY)) as [Date, Date];
  const unit = UNITS.find(({ of }) => of(last) - of(first) < MOST_BINS);
  if (unit === undefined || points.length === 0) return null;
  const sums = new Map<number, number>();
  for (const { day, value } of points) {
    const number = unit.of(new Date(day * DAY));
    sums.set(number, (sums.get(number) ?? 0) + value);
  }
  return Array.from({ length: unit.of(last) - unit.of(first) + 1 }, (_, place) => {
    const number = unit.of(first) + place;
    const start = unit.start(number);
    return { day: start / DAY, label: new Date(start).toISOString().slice(0, unit.length), value: sums.get(number) ?? 0 };
  });
}

/** Ticks that an axis has, about. */
const TICKS = 5;

/** Round numbers for an axis, from the smaller to the greater, no nearer than the smallest step. */
export function ticksOf(least: number, most: number, smallest = 0): readonly number[] {
  const span = most - least || Math.abs(most) || 1;
  const power = 10 ** Math.floor(Math.log10(span / TICKS));
  const step = Math.max(smallest, power * (STEPS.find((one) => one * power >= span / TICKS) ?? 10));
  const from = Math.floor(least / step);
  const to = Math.max(from + 1, Math.ceil(most / step));
  return Array.from({ length: to - from + 1 }, (_, place) => Number(((from + place) * step).toPrecision(12)));
}
