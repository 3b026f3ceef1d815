// RDF terms as answers hold them: short for people, linked where there is something to open.
import { addressOf } from "../state/address";
import { FIRST_SCENE, type Selection } from "../state/scene";

export type Term =
  | { readonly type: "iri"; readonly value: string }
  | { readonly type: "blank"; readonly value: string }
  | { readonly type: "literal"; readonly value: string; readonly datatype: string; readonly language: string | null }
  | { readonly type: "triple"; readonly subject: Term; readonly predicate: Term; readonly object: Term };

export type Prefixes = Readonly<Record<string, string>>;

const XSD = "http://www.w3.org/2001/XMLSchema#";
export const STRING = `${XSD}string`;
const LANGUAGE_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";
const NUMBERS: ReadonlySet<string> = new Set(
  `integer decimal double float int long short byte nonNegativeInteger positiveInteger nonPositiveInteger
  negativeInteger unsignedInt unsignedLong unsignedShort unsignedByte`.split(/\s+/).map((name) => XSD + name),
);

export function literal(value: string, datatype = STRING, language: string | null = null): Term {
  return { type: "literal", value, language, datatype: language === null ? datatype : LANGUAGE_STRING };
}

/** A number's value; null where the term is none, or no finite one. */
export function numberOf(term: Term | null): number | null {
  if (term === null || term.type !== "literal" || !NUMBERS.has(term.datatype) || term.value.trim() === "") return null;
  const found = Number(term.value);
  return Number.isFinite(found) ? found : null;
}

const DAY = /^(-?\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?$/;

/** When a date, a month, a year or a text written as one begins, in days since 1970; null where it is none. */
export function dayOf(term: Term | null): number | null {
  const found = term !== null && term.type === "literal" && numberOf(term) === null ? DAY.exec(term.value) : null;
  if (found === null) return null;
  const day = Date.UTC(Number(found[1]), Number(found[2] ?? 1) - 1, Number(found[3] ?? 1)) / 86_400_000;
  return Number.isFinite(day) ? day : null;
}

/** The longest prefix that an IRI begins with, and the rest; null where there is none. */
export function split(iri: string, prefixes: Prefixes): readonly [string, string] | null {
  let best: readonly [string, string] | null = null;
  for (const [name, start] of Object.entries(prefixes)) {
    if (iri.startsWith(start) && iri.length > start.length && (best === null || iri.length - start.length < best[1].length)) {
      best = [name, iri.slice(start.length)];
    }
  }
  return best;
}

/** Local parts that need no escape in SPARQL and Turtle: fewer than the grammar has, and none that it lacks. */
const PLAIN_LOCAL = /^(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?)$/u;

/** An IRI as queries and Turtle write it: with a prefix where its rest needs no escape. */
export function writtenIri(iri: string, prefixes: Prefixes): string {
  const parts = split(iri, prefixes);
  return parts !== null && PLAIN_LOCAL.test(parts[1]) ? `${parts[0]}:${parts[1]}` : `<${iri}>`;
}

/** Short IRIs that are remembered: answers repeat a few, and sorting asks for each several times. */
const MOST_KEPT = 200_000;
const kept = new WeakMap<Prefixes, Map<string, string>>();

/** An IRI for people: with its prefix, and its escapes read. */
export function shortIri(iri: string, prefixes: Prefixes): string {
  const known = kept.get(prefixes) ?? new Map<string, string>();
  if (known.size === 0 || known.size > MOST_KEPT) kept.set(prefixes, known.size === 0 ? known : new Map());
  const found = known.get(iri) ?? shortened(iri, prefixes);
  known.set(iri, found);
  return found;
}

function shortened(iri: string, prefixes: Prefixes): string {
  const parts = split(iri, prefixes);
  return parts === null ? iri : `${parts[0]}:${unescaped(parts[1])}`;
}

/** What a term is shown as. */
export function words(term: Term | null, prefixes: Prefixes): string {
  if (term === null) return "";
  if (term.type === "iri") return shortIri(term.value, prefixes);
  if (term.type === "blank") return `_:${term.value}`;
  if (term.type === "literal") return term.value;
  return `« ${[term.subject, term.predicate, term.object].map((part) => words(part, prefixes)).join(" ")} »`;
}

export interface Link {
  readonly href: string;
  readonly leads: "explorer" | "outside";
}

/** Where an IRI leads: things of the graph to the explorer, addresses of the web outside, all else nowhere. */
export function linkOf(iri: string, prefixes: Prefixes): Link | null {
  const selection = selectionOf(iri, prefixes);
  if (selection !== null) return { href: explorerAt(selection), leads: "explorer" };
  return /^https?:\/\/[^/]/i.test(iri) ? { href: iri, leads: "outside" } : null;
}

/** The explorer's page with something selected, and entities chosen. */
export function explorerAt(selection: Selection, chosen: readonly string[] = []): string {
  return `./#${addressOf({ ...FIRST_SCENE, chosen, selection })}`;
}

/** The id of an entity by its IRI; null where it is the IRI of none. */
export function entityOf(iri: string, prefixes: Prefixes): string | null {
  const rest = restOf(iri, prefixes["ent"]);
  return rest === null || /[/#?]/.test(rest) ? null : unescaped(rest);
}

function selectionOf(iri: string, prefixes: Prefixes): Selection | null {
  const entity = entityOf(iri, prefixes);
  if (entity !== null) return { kind: "entity", entity };
  if (restOf(iri, prefixes["rel"]) !== null) return { kind: "relation", relation: iri };
  const article = iri.replace(/#.*$/, ""); // a part of an article is shown by its whole
  return restOf(iri, prefixes["art"]) === null ? null : { kind: "article", article, relation: null };
}

function restOf(iri: string, start: string | undefined): string | null {
  return start !== undefined && iri.startsWith(start) && iri.length > start.length ? iri.slice(start.length) : null;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone percent
  }
}

/** What a literal is beside its text: `@en` or a datatype, none for plain text. */
export function noteOf(term: Term | null, prefixes: Prefixes): string {
  if (term === null || term.type !== "literal") return "";
  if (term.language !== null) return `@${term.language}`;
  return term.datatype === STRING ? "" : shortIri(term.datatype, prefixes);
}
