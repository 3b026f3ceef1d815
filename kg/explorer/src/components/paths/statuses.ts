// What a step of a path rests on: whether its relations are so, or only planned, possible, asked for or denied.
import type { Bundle } from "../../api/types";
import { number } from "../filters/format";

type Said = Pick<Bundle, "statuses">;

/** The status that a step looks like, as its edge in the drawing does: asserted where any relation is, else the most frequent. */
export function statusOf({ statuses }: Said): string {
  const every = statuses.flatMap(({ value }) => value ?? []);
  return every.includes("asserted") ? "asserted" : (every[0] ?? "asserted");
}

/** Statuses of what may never be. */
const UNSURE: ReadonlySet<string> = new Set(["planned", "possible", "requested"]);

/** `asserted`, `only planned`; of several `2 asserted`, `1 planned`, what is asserted first. */
export function statusesOf({ statuses }: Said, label: (name: string) => string): readonly { readonly status: string; readonly text: string }[] {
  const known = statuses.flatMap(({ value, count }) => (value === null ? [] : [{ status: value, count }]));
  const [first, ...others] = known;
  if (first === undefined) return [];
  if (others.length === 0) return [{ status: first.status, text: UNSURE.has(first.status) ? `only ${label(first.status)}` : label(first.status) }];
  const ranked = [...known].sort((one, other) => Number(other.status === "asserted") - Number(one.status === "asserted"));
  return ranked.map(({ status, count }) => ({ status, text: `${number(count)} ${label(status)}` }));
}
