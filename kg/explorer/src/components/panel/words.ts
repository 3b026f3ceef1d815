// How days, confidences and counts are said in plain English.
import type { ArticleBrief, DateBasis, EntityBrief, Legend, RelationDetail, Repeated, Repeats, Status } from "../../api/types";
import { labelOf } from "../../drawing/looks";

const NUMBER = new Intl.NumberFormat("en");
/** What `Date.parse` is to be asked of; it makes days of other texts too. */
const ISO = /^\d{4}(-\d{2}){0,2}$/;
const FORMS: Readonly<Record<number, Intl.DateTimeFormatOptions>> = {
  4: { year: "numeric" },
  7: { year: "numeric", month: "long" },
  10: { year: "numeric", month: "long", day: "numeric" },
};
const SAID_BY: Readonly<Record<DateBasis, string>> = {
  given: "as given with the article",
  page: "as its page says",
  dateline: "as its dateline says",
  file: "as its file's name says",
};
/** From how sure on which words are said; the extraction's confidences are seldom under a half. */
const SURE: readonly (readonly [number, string])[] = [
  [0.9, "very sure"],
  [0.7, "fairly sure"],
  [0.5, "unsure"],
  [0, "doubtful"],
];

/** `1,312`. */
export const number = (value: number): string => NUMBER.format(value);

/** `1 relation`, `1,312 relations`. */
export const counted = (value: number, one: string, many = `${one}s`): string => `${number(value)} ${value === 1 ? one : many}`;

/** `2 May 2031`, `May 2031`, `2031`: as exactly as an ISO 8601 date is; the text itself where it is none. */
export function day(iso: string): string {
  const form = FORMS[iso.length];
  const time = Date.parse(iso.padEnd(10, "-01"));
  if (form === undefined || !ISO.test(iso) || Number.isNaN(time)) return iso;
  return new Intl.DateTimeFormat("en-GB", { ...form, timeZone: "UTC" }).format(time);
}

/** `2 May 2031 – 8 January 2032`; one day once; what is not known, empty. */
export function days(first: string | null, last: string | null): string {
  if (first === null || last === null) return first ?? last ?? "";
  return first === last ? day(first) : `${day(first)} – ${day(last)}`;
}

/** When a relation is, and what that rests on. */
export function whenOf(relation: Pick<RelationDetail, "time" | "when" | "article">): { readonly time: string; readonly basis: string } {
  const { time, when, article } = relation;
  if (time !== null) return { time: day(time), basis: "as the article says" };
  if (when === null || !article.published) return { time: "not known", basis: "the article has no date either" };
  return { time: day(article.published), basis: "the article's date; it says no other" };
}

/** What the date of an article rests on; empty where there is no date. */
export const basisOf = (article: ArticleBrief): string => (article.date_basis ? SAID_BY[article.date_basis] : "");

/** `very sure`. */
export const sureness = (confidence: number): string => SURE.find(([least]) => confidence >= least)?.[1] ?? "doubtful";

/** `country · USA · government`, in the words of the ontology. */
export function kindOf({ type, country, sector }: EntityBrief, legend: Legend): string {
  return [labelOf(legend.types, type), country, sector && labelOf(legend.sectors, sector)].filter(Boolean).join(" · ");
}

/** How statuses are said before what the relation says, to those who cannot see how it looks. */
export const SAID_OF_STATUS: Readonly<Record<Status, string>> = {
  asserted: "It is said that",
  planned: "It is planned that",
  possible: "It is possible that",
  requested: "It is asked that",
  negated: "It is denied that",
};

/** `3 articles, 2 independent`: an article and its copies and versions are one report. How many alone where none is a copy. */
export function told({ articles, reports }: { readonly articles: number; readonly reports: number }): string {
  return reports === articles ? counted(articles, "article") : `${counted(articles, "article")}, ${number(reports)} independent`;
}

/** How one article is called beside another: a copy by who printed the report first, a version by its title. */
export function calledBeside({ kind, title, publisher, id }: Repeated): string {
  return (kind === "copy" ? (publisher ?? title) : (title ?? publisher)) ?? id;
}

/** Who tells a relation: the article's publisher, else its title. */
export const sourceOf = ({ publisher, title, id }: ArticleBrief): string => publisher ?? title ?? id;

/** How an article is said to repeat another, before what that is called. */
export const REPEATS: Readonly<Record<Repeats, string>> = { copy: "copy of", version: "version of" };
