// The time that the filters say, as places on an axis, and back.
import type { Unit } from "../../api/types";
import type { Filters } from "../../state/scene";
import { filter, type Step } from "../../state/steps";
import { placeOf, spanOf, type Range } from "./scale";

export interface Axis {
  readonly unit: Unit;
  /** From the first relation to the last. */
  readonly whole: Range;
  /** What is drawn of it. */
  readonly bounds: Range;
}

/** The places that are chosen, as far as they are drawn; null where no time is chosen. */
export function rangeOf({ since, until }: Filters, { unit, bounds }: Axis): Range | null {
  if (since === null && until === null) return null;
  const within = (place: number) => Math.min(bounds.last, Math.max(bounds.first, place));
  return {
    first: since === null ? bounds.first : within(placeOf(unit, since)),
    last: until === null ? bounds.last : within(placeOf(unit, until)),
  };
}

/** Chooses places; before the first relation and after the last, time is left open. */
export function timeStep({ unit, whole }: Axis, range: Range): Step {
  const { since, until } = spanOf(unit, range);
  return filter({ since: range.first <= whole.first ? null : since, until: range.last >= whole.last ? null : until });
}
