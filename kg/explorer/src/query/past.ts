// What was asked in this tab, the latest first. It goes with the tab, as the token does: queries may say what somebody looks for.
import type { Asked } from "./asking";

export interface Past {
  readonly asked: Asked;
  /** What came of it, in words. */
  readonly told: string;
}

const KEY = "kg.asked";
const MOST = 30;

export function readPast(): readonly Past[] {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter(isPast) : [];
  } catch {
    return []; // no storage here, or not what we put there
  }
}

/** With something more, which is listed once. */
export function withPast(past: readonly Past[], asked: Asked, told: string): readonly Past[] {
  const key = JSON.stringify(asked);
  return [{ asked, told }, ...past.filter((one) => JSON.stringify(one.asked) !== key)].slice(0, MOST);
}

export function keepPast(past: readonly Past[]): void {
  try {
    if (past.length === 0) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(past));
  } catch {
    // no storage here, or it is full: the list lasts as long as the page
  }
}

function isPast(value: unknown): value is Past {
  if (typeof value !== "object" || value === null) return false;
  const { asked, told } = value as { asked?: { kind?: unknown; query?: unknown; name?: unknown; values?: unknown }; told?: unknown };
  if (typeof told !== "string" || typeof asked !== "object" || asked === null) return false;
  if (asked.kind === "sparql") return typeof asked.query === "string";
  return asked.kind === "question" && typeof asked.name === "string" && typeof asked.values === "object" && asked.values !== null;
}
