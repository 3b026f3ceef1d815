// Reads what the server answers (SPARQL 1.1 Query Results JSON; N-Triples) and writes files of it (CSV, JSON, Turtle).
import { literal, STRING, type Prefixes, split, type Term, writtenIri } from "./terms";

export interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (Term | null)[])[];
}

export interface Triple {
  readonly subject: Term;
  readonly predicate: Term;
  readonly object: Term;
}

/** A term of the JSON format; `triple` as SPARQL 1.2 has it. */
interface JsonTerm {
  readonly type: string;
  readonly value: string | { readonly subject: JsonTerm; readonly predicate: JsonTerm; readonly object: JsonTerm };
  readonly datatype?: string;
  readonly "xml:lang"?: string;
}

export interface JsonResults {
  readonly head: { readonly vars?: readonly string[] };
  readonly boolean?: boolean;
  readonly results?: { readonly bindings: readonly Readonly<Record<string, JsonTerm>>[] };
}

export function rowsOf(found: JsonResults): Rows {
  const columns = found.head.vars ?? [];
  const bindings = found.results?.bindings ?? [];
  return { columns, rows: bindings.map((binding) => columns.map((name) => termOf(binding[name]))) };
}

function termOf(json: JsonTerm | undefined): Term | null {
  if (json === undefined) return null;
  if (typeof json.value !== "string") {
    const { subject, predicate, object } = json.value;
    return { type: "triple", subject: termOf(subject)!, predicate: termOf(predicate)!, object: termOf(object)! };
  }
  if (json.type === "uri") return { type: "iri", value: json.value };
  if (json.type === "bnode") return { type: "blank", value: json.value };
  return literal(json.value, json.datatype ?? STRING, json["xml:lang"] ?? null);
}

function jsonOf(term: Term): JsonTerm {
  if (term.type === "iri") return { type: "uri", value: term.value };
  if (term.type === "blank") return { type: "bnode", value: term.value };
  if (term.type === "triple") {
    return { type: "triple", value: { subject: jsonOf(term.subject), predicate: jsonOf(term.predicate), object: jsonOf(term.object) } };
  }
  if (term.language !== null) return { type: "literal", value: term.value, "xml:lang": term.language };
  return { type: "literal", value: term.value, ...(term.datatype === STRING ? {} : { datatype: term.datatype }) };
}

/** SPARQL 1.1 Query Results JSON Format. */
export function jsonText({ columns, rows }: Rows): string {
  const binding = (row: readonly (Term | null)[]) =>
    Object.fromEntries(row.flatMap((term, place) => (term === null ? [] : [[columns[place]!, jsonOf(term)]])));
  return JSON.stringify({ head: { vars: columns }, results: { bindings: rows.map(binding) } }, null, 1);
}

/** SPARQL 1.1 Query Results CSV Format: values alone, lines end with CRLF (RFC 4180). */
export function csvText({ columns, rows }: Rows): string {
  const line = (cells: readonly string[]) => cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",");
  return [columns, ...rows.map((row) => row.map(plain))].map((cells) => `${line(cells)}\r\n`).join("");
}

function plain(term: Term | null): string {
  if (term === null) return "";
  if (term.type === "blank") return `_:${term.value}`;
  return term.type === "triple" ? turtleTerm(term, {}) : term.value;
}

const ESCAPES: Readonly<Record<string, string>> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };
const PART = /\s*(?:<<\(|\)>>|<([^>]*)>|_:([^\s<"]+)|"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>|@([A-Za-z0-9-]+))?|\.)/y;

/** The triples of N-Triples, as a program writes them: one a line, without comments. */
export function triplesOf(text: string): readonly Triple[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    PART.lastIndex = 0;
    return { subject: read(line), predicate: read(line), object: read(line) };
  });
}

function read(line: string): Term {
  const found = PART.exec(line);
  if (found === null) throw new SyntaxError("the answer is no N-Triples");
  const [whole, iri, blank, value, datatype, language] = found;
  if (iri !== undefined) return { type: "iri", value: unescaped(iri) };
  if (blank !== undefined) return { type: "blank", value: blank };
  if (value !== undefined) return literal(unescaped(value), datatype ?? STRING, language ?? null);
  if (!whole.endsWith("<<(")) throw new SyntaxError("the answer is no N-Triples");
  const triple: Term = { type: "triple", subject: read(line), predicate: read(line), object: read(line) };
  PART.exec(line);
  return triple;
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, short?: string, long?: string, one?: string) =>
    one === undefined ? String.fromCodePoint(Number.parseInt((short ?? long)!, 16)) : (ESCAPES[one] ?? one),
  );
}

/** Turtle 1.1: triples by subject and predicate, in the order in which these come first, with the prefixes that are used. */
export function turtleText(triples: readonly Triple[], prefixes: Prefixes): string {
  const subjects = new Map<string, Map<string, Set<string>>>();
  for (const { subject, predicate, object } of triples) {
    const about = kept(subjects, turtleTerm(subject, prefixes), () => new Map<string, Set<string>>());
    const isType = predicate.type === "iri" && predicate.value === "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
    kept(about, isType ? "a" : turtleTerm(predicate, prefixes), () => new Set<string>()).add(turtleTerm(object, prefixes));
  }
  const used = usedPrefixes(triples, prefixes).map((name) => `@prefix ${name}: <${prefixes[name]}> .\n`);
  const blocks = [...subjects].map(([subject, about]) => {
    const said = [...about].map(([predicate, objects]) => `${predicate} ${[...objects].join(", ")}`);
    return `${subject} ${said.join(" ;\n  ")} .\n`;
  });
  return [used.join(""), ...blocks].filter(Boolean).join("\n");
}

function kept<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

function turtleTerm(term: Term, prefixes: Prefixes): string {
  if (term.type === "iri") return writtenIri(term.value, prefixes);
  if (term.type === "blank") return `_:${term.value}`;
  if (term.type === "triple") {
    return `<<( ${[term.subject, term.predicate, term.object].map((part) => turtleTerm(part, prefixes)).join(" ")} )>>`;
  }
  const text = `"${term.value.replace(/["\\\u0000-\u001F\u007F]/g, escaped)}"`;
  if (term.language !== null) return `${text}@${term.language}`;
  return term.datatype === STRING ? text : `${text}^^${writtenIri(term.datatype, prefixes)}`;
}

function escaped(character: string): string {
  const short = Object.entries(ESCAPES).find(([, meant]) => meant === character);
  if (short !== undefined) return `\\${short[0]}`;
  return /["\\]/.test(character) ? `\\${character}` : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}`;
}

function usedPrefixes(triples: readonly Triple[], prefixes: Prefixes): readonly string[] {
  const found = new Set<string>();
  const see = (term: Term): void => {
    if (term.type === "triple") return [term.subject, term.predicate, term.object].forEach(see);
    const iri = term.type === "iri" ? term.value : term.type === "literal" ? term.datatype : "";
    const parts = split(iri, prefixes);
    if (parts !== null && !writtenIri(iri, prefixes).startsWith("<")) found.add(parts[0]);
  };
  for (const { subject, predicate, object } of triples) [subject, predicate, object].forEach(see);
  return [...found].sort();
}
