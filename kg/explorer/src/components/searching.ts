// What the search asks for and finds, as rows of one list.
import type { HitShown, Hits } from "../api/types";
import type { Asked } from "./context";

/** Hits of one kind: how many are asked for at first, and after "more" was asked for. */
export interface Kind {
  readonly name: "entity" | "article" | "relation";
  readonly one: string;
  readonly several: string;
  readonly few: number;
}

export const KINDS: readonly Kind[] = [
  { name: "entity", one: "actor", several: "actors", few: 8 },
  { name: "article", one: "article", several: "articles", few: 3 },
  { name: "relation", one: "sentence", several: "sentences", few: 3 },
];

/** Hits of a kind that one answer has at most, as the API gives them. */
export const MOST_HITS = 100;

export type Row = { readonly kind: "hit"; readonly hit: HitShown; readonly of: Kind } | { readonly kind: "more"; readonly of: Kind };

export interface Section {
  readonly of: Kind;
  readonly rows: readonly Row[];
  readonly shown: number;
  readonly total: number;
}

const NUMBER = new Intl.NumberFormat("en");

/** The hits of a kind as rows, with one that asks for more where there are more. */
export function sectionOf(of: Kind, asked: Asked<Hits>): Section {
  const answer = asked.kind === "ready" ? asked.answer : asked.kind === "loading" ? asked.before : null;
  const items = answer?.hits.items ?? [];
  const total = answer?.hits.total ?? 0;
  const rows: Row[] = items.map((hit) => ({ kind: "hit", hit, of }));
  if (total > items.length && items.length < MOST_HITS) rows.push({ kind: "more", of });
  return { of, rows, shown: items.length, total };
}

/** "8 of 40 actors". */
export function told({ of, shown, total }: Section): string {
  const several = total === 1 ? of.one : of.several;
  return shown === total ? `${NUMBER.format(total)} ${several}` : `${NUMBER.format(shown)} of ${NUMBER.format(total)} ${several}`;
}

/** Pieces of a text, those that fit what was typed marked; spans are in UTF-16 code units. */
export function pieces(text: string, spans: HitShown["spans"]): readonly (readonly [string, boolean])[] {
  const found: [string, boolean][] = [];
  let end = 0;
  for (const span of spans) {
    if (span.start_utf16 > end) found.push([text.slice(end, span.start_utf16), false]);
    found.push([text.slice(span.start_utf16, span.end_utf16), true]);
    end = span.end_utf16;
  }
  if (end < text.length) found.push([text.slice(end), false]);
  return found;
}
