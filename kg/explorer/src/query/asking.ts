// Asks the server what somebody wrote or chose, and takes its answer apart.
import { ask, headers, reached, Refusal } from "../api/client";
import type { Table } from "../api/types";
import { type JsonResults, type Rows, rowsOf, type Triple, triplesOf } from "./formats";
import type { Values } from "./questions";
import { literal, type Term } from "./terms";

export type Asked =
  | { readonly kind: "sparql"; readonly query: string }
  | { readonly kind: "question"; readonly name: string; readonly values: Values };

export type Found =
  | { readonly kind: "rows"; readonly rows: Rows }
  | { readonly kind: "triples"; readonly rows: Rows; readonly triples: readonly Triple[] }
  | { readonly kind: "boolean"; readonly is: boolean };

export interface Answer {
  readonly found: Found;
  /** From asking until the answer was read. */
  readonly milliseconds: number;
  /** How many rows or triples there are, as far as is known. */
  readonly total: number;
  /** Why there are not all of them, for people; null where there are. */
  readonly cut: string | null;
}

const RESULTS = "application/sparql-results+json";
const TRIPLES = "application/n-triples";
/** Rows of a named question: as many as the API gives. */
const MOST_ROWS = 10_000;
const INTEGER = "http://www.w3.org/2001/XMLSchema#integer";
const DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal";
const BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean";

/**
 * The answer to a query or a named question.
 *
 * @throws Refusal where there is none; DOMException `AbortError` where `signal` says so.
 */
export async function answerTo(asked: Asked, signal: AbortSignal): Promise<Answer> {
  const started = performance.now();
  const found = asked.kind === "sparql" ? await answerToQuery(asked.query, signal) : await answerToQuestion(asked.name, asked.values, signal);
  return { ...found, milliseconds: Math.round(performance.now() - started) };
}

type Read = Omit<Answer, "milliseconds">;

async function answerToQuery(query: string, signal: AbortSignal): Promise<Read> {
  const body = new URLSearchParams({ query });
  const accept = headers({ Accept: `${RESULTS}, ${TRIPLES};q=0.9` });
  const answer = await reached("sparql", { method: "POST", body, headers: accept }, signal);
  const cut = cutOf(answer.headers.get("Kg-Truncated"));
  const isTriples = (answer.headers.get("Content-Type") ?? "").startsWith(TRIPLES);
  const found = await whole(async () => (isTriples ? graphOf(await answer.text()) : resultsOf((await answer.json()) as JsonResults)));
  return { found, total: found.kind === "boolean" ? 1 : found.rows.rows.length, cut };
}

/** What is read of an answer, which may end before its end. */
async function whole(read: () => Promise<Found>): Promise<Found> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Refusal(0, "The answer broke off before its end; run the query again.");
  }
}

function resultsOf(results: JsonResults): Found {
  return results.boolean === undefined ? { kind: "rows", rows: rowsOf(results) } : { kind: "boolean", is: results.boolean };
}

function graphOf(text: string): Found {
  const triples = triplesOf(text);
  const rows = triples.map(({ subject, predicate, object }) => [subject, predicate, object]);
  return { kind: "triples", triples, rows: { columns: ["subject", "predicate", "object"], rows } };
}

async function answerToQuestion(name: string, values: Values, signal: AbortSignal): Promise<Read> {
  const table = await ask<Table>(`questions/${name}`, { ...values, limit: MOST_ROWS }, signal);
  const rows = table.rows.map((row) => row.map((cell) => (cell === null ? null : termOf(cell.value, cell.is_iri))));
  const cut = table.total > rows.length ? `the first ${rows.length.toLocaleString("en")} of ${table.total.toLocaleString("en")} rows` : null;
  return { found: { kind: "rows", rows: { columns: table.columns, rows } }, total: table.total, cut };
}

function termOf(value: string | number | boolean, isIri: boolean): Term {
  if (isIri) return { type: "iri", value: String(value) };
  if (typeof value === "number") return literal(String(value), Number.isInteger(value) ? INTEGER : DECIMAL);
  return literal(String(value), ...(typeof value === "boolean" ? [BOOLEAN] : []));
}

/** `rows=100000` and `bytes=67108864` in words. */
function cutOf(header: string | null): string | null {
  if (header === null) return null;
  const [reason, limit] = header.split("=");
  const count = Number(limit).toLocaleString("en");
  return `cut at the server's limit of ${count} ${reason ?? ""}; ask for less, or add LIMIT and OFFSET`;
}
