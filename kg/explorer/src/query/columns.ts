// What the columns of an answer hold, and its rows in another order.
import type { Rows } from "./formats";
import { dayOf, entityOf, noteOf, numberOf, type Prefixes, type Term, words } from "./terms";

export interface Column {
  readonly name: string;
  readonly place: number;
  /** Whether each value is a number. */
  readonly isNumber: boolean;
  /** Whether each value is a date, a month or a year. */
  readonly isDate: boolean;
  /** Whether each value is an entity of the graph. */
  readonly isEntity: boolean;
  /** Whether values are sentences, which want room. */
  readonly isLong: boolean;
  /** The datatype or language of the values, for people; null where each is to say its own. */
  readonly note: string | null;
  /** How many rows have a value. */
  readonly filled: number;
}

/** Characters of a value that is more than a name. */
const LONG = 60;

export function columnsOf({ columns, rows }: Rows, prefixes: Prefixes): readonly Column[] {
  return columns.map((name, place) => {
    const terms = rows.map((row) => row[place] ?? null).filter((term) => term !== null);
    const all = (is: (term: Term) => boolean) => terms.length > 0 && terms.every(is);
    const notes = [...new Set(terms.map((term) => noteOf(term, prefixes)))].sort();
    const isDate = all((term) => dayOf(term) !== null);
    return {
      name,
      place,
      isNumber: all((term) => numberOf(term) !== null),
      isDate,
      isEntity: all((term) => term.type === "iri" && entityOf(term.value, prefixes) !== null),
      isLong: terms.some((term) => term.type === "literal" && term.value.length > LONG),
      note: notes.length <= 1 || isDate ? notes.filter(Boolean).join(", ") : null, // a date tells by itself how exact it is
      filled: terms.length,
    };
  });
}

export interface Order {
  readonly column: Column;
  readonly isDescending: boolean;
}

/** Places of the rows in an order; rows without a value come last. Null keeps the order of the answer. */
export function ordered({ rows }: Rows, order: Order | null, prefixes: Prefixes): readonly number[] {
  const places = rows.map((_, place) => place);
  if (order === null) return places;
  const { column, isDescending } = order;
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  const keys = rows.map((row) => keyOf(row[column.place] ?? null, column, prefixes));
  return places.sort((one, other) => {
    const [a, b] = [keys[one]!, keys[other]!];
    if (a === "" || b === "") return Number(a === "") - Number(b === "") || one - other;
    const sign = typeof a === "number" && typeof b === "number" ? a - b : compare(String(a), String(b));
    return (isDescending ? -sign : sign) || one - other;
  });
}

function keyOf(term: Term | null, column: Column, prefixes: Prefixes): number | string {
  if (term === null) return "";
  if (column.isNumber) return numberOf(term) ?? "";
  return column.isDate ? (dayOf(term) ?? "") : words(term, prefixes);
}

/** Places of the rows, of some in their order, in which a text stands; case makes no difference. */
export function containing({ rows }: Rows, places: readonly number[], text: string, prefixes: Prefixes): readonly number[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return places;
  return places.filter((place) => rows[place]!.some((term) => words(term, prefixes).toLowerCase().includes(wanted)));
}
