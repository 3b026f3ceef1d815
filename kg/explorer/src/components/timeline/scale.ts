// Time as places on an axis: each year, month or day is one place, numbered without gaps.
import type { Unit } from "../../api/types";

/** Days both included; ISO 8601. */
export interface Span {
  readonly since: string;
  readonly until: string;
}

/** Places both included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

const DAY = 86_400_000;

/** Milliseconds of a day; `Date.UTC` would take years below 100 for those of the last century. */
function instant(year: number, month = 1, day = 1): number {
  const found = new Date(0);
  found.setUTCFullYear(year, month - 1, day);
  return found.getTime();
}

const padded = (value: number, width: number): string => String(value).padStart(width, "0");

/** The place of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; of a longer one than the unit, the place that it is in. */
export function placeOf(unit: Unit, time: string): number {
  const [year = 0, month = 1, day = 1] = time.split("-").map(Number);
  if (unit === "year") return year;
  if (unit === "month") return 12 * year + month - 1;
  return Math.round(instant(year, month, day) / DAY);
}

/** The first day of a place. */
export function firstDay(unit: Unit, place: number): string {
  if (unit === "year") return `${padded(place, 4)}-01-01`;
  if (unit === "month") return `${padded(Math.floor(place / 12), 4)}-${padded((place % 12) + 1, 2)}-01`;
  return new Date(place * DAY).toISOString().slice(0, 10);
}

/** The last day of a place. */
export function lastDay(unit: Unit, place: number): string {
  return unit === "day" ? firstDay(unit, place) : firstDay("day", placeOf("day", firstDay(unit, place + 1)) - 1);
}

export const spanOf = (unit: Unit, { first, last }: Range): Span => ({ since: firstDay(unit, first), until: lastDay(unit, last) });

/** Where a day begins on the axis: between two places where the unit is longer. */
export function beginOf(unit: Unit, day: string): number {
  const place = placeOf(unit, day);
  const [from, to] = [placeOf("day", firstDay(unit, place)), placeOf("day", firstDay(unit, place + 1))];
  return place + (placeOf("day", day) - from) / (to - from);
}

/** Where a day ends on the axis. */
export function endOf(unit: Unit, day: string): number {
  const place = placeOf(unit, day);
  const [from, to] = [placeOf("day", firstDay(unit, place)), placeOf("day", firstDay(unit, place + 1))];
  return place + (placeOf("day", day) + 1 - from) / (to - from);
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A place in words: `2031`, `May 2031`, `2 May 2031`. */
export function nameOf(unit: Unit, place: number): string {
  const [year = "", month = "", day = ""] = firstDay(unit, place).split("-");
  const named = MONTHS[Number(month) - 1] ?? "";
  if (unit === "year") return String(Number(year));
  return unit === "month" ? `${named} ${Number(year)}` : `${Number(day)} ${named} ${Number(year)}`;
}

export interface Tick {
  readonly place: number;
  readonly label: string;
}

/** Pixels that a label needs. */
const ROOM: Readonly<Record<Unit, number>> = { year: 56, month: 68, day: 90 };
const STEPS: Readonly<Record<Unit, readonly number[]>> = {
  year: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
  month: [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200],
  day: [1, 7, 14],
};

/** Labels of an axis, as many as have room; months and years begin on a whole one. */
export function ticks(unit: Unit, range: Range, pixels: number): readonly Tick[] {
  const step = STEPS[unit].find((one) => one * pixels >= ROOM[unit]);
  if (step === undefined) return unit === "day" ? monthTicks(range, pixels) : [];
  const found: Tick[] = [];
  for (let place = Math.ceil(range.first / step) * step; place <= range.last; place += step) {
    found.push({ place, label: unit === "month" && step >= 12 ? String(place / 12) : nameOf(unit, place) });
  }
  return found;
}

/** Days that begin a month or year. */
function monthTicks(range: Range, pixels: number): readonly Tick[] {
  const days = 30;
  const step = STEPS.month.find((one) => one * days * pixels >= ROOM.month) ?? 1200;
  const [first, last] = [placeOf("month", firstDay("day", range.first)), placeOf("month", firstDay("day", range.last))];
  const found: Tick[] = [];
  for (let month = Math.ceil(first / step) * step; month <= last; month += step) {
    const place = placeOf("day", firstDay("month", month));
    if (place >= range.first) found.push({ place, label: step >= 12 ? String(month / 12) : nameOf("month", month) });
  }
  return found;
}

/** A range with its ends in order, and within bounds. */
export function ordered(one: number, other: number, bounds: Range): Range {
  const within = (place: number) => Math.min(bounds.last, Math.max(bounds.first, place));
  return { first: within(Math.min(one, other)), last: within(Math.max(one, other)) };
}

/** A range moved by some places, whole within bounds. */
export function moved(range: Range, by: number, bounds: Range): Range {
  const length = range.last - range.first;
  const first = Math.max(bounds.first, Math.min(bounds.last - length, range.first + by));
  return { first, last: Math.min(bounds.last, first + length) };
}
