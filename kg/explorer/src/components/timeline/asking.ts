// What the server counts, in a unit that suits.
import { useState } from "preact/hooks";
import type { Refusal } from "../../api/client";
import type { Split, Timeline, Unit } from "../../api/types";
import { parametersOfFilters } from "../../state/network";
import type { Scene } from "../../state/scene";
import { useAsked, type Asked } from "../context";
import { unitOf } from "./bars";

export interface Counted {
  /** The last that was counted; null where nothing is yet. */
  readonly timeline: Timeline | null;
  readonly isLoading: boolean;
  readonly refused: { readonly refusal: Refusal; readonly again: () => void } | null;
}

/** The histogram of a scene; with no unit, in the one that suits. Null asks nothing. */
export function useTimeline(scene: Scene | null, unit: Unit | null, split: Split): Counted {
  const given = scene === null ? null : { ...askedOf(scene), split };
  const first = useAsked<Timeline>("timeline", given === null ? null : { ...given, unit });
  const said = answerOf(first);
  const suiting = said === null || unit !== null ? null : unitOf(said);
  const isOther = suiting !== null && suiting !== said?.unit;
  const second = useAsked<Timeline>("timeline", isOther && given !== null ? { ...given, unit: suiting } : null);
  const [kept, keep] = useState<Timeline | null>(null);
  const found = !isOther || second.kind === "refused" ? said : second.kind === "ready" ? second.answer : kept;
  if (found !== null && found !== kept) keep(found);
  return {
    timeline: found,
    isLoading: first.kind === "loading" || (isOther && second.kind === "loading"),
    refused: first.kind === "refused" ? first : null,
  };
}

function answerOf(asked: Asked<Timeline>): Timeline | null {
  return asked.kind === "ready" ? asked.answer : asked.kind === "loading" ? asked.before : null;
}

/** All filters but the time, and whose relations. */
function askedOf({ filters, selection }: Scene) {
  const said = parametersOfFilters({ ...filters, since: null, until: null });
  if (selection.kind === "entity") return { ...said, entity: selection.entity };
  return selection.kind === "edge" ? { ...said, entity: selection.source, other: selection.target } : said;
}
