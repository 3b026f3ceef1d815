// The words of SPARQL and Turtle (SPARQL 1.1, section 19.8; Turtle 1.1, section 6.5), as far as an editor needs them.

export type Kind =
  | "comment"
  | "iri"
  | "string"
  | "language"
  | "variable"
  | "name"
  | "prefix"
  | "number"
  | "keyword"
  | "function"
  | "word"
  | "bracket"
  | "mark"
  | "space";

export interface Token {
  readonly kind: Kind;
  readonly text: string;
  /** Where it begins, in UTF-16 code units. */
  readonly start: number;
}

const listed = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

export const KEYWORDS: ReadonlySet<string> = listed(
  `BASE PREFIX SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK FROM NAMED WHERE ORDER BY ASC DESC LIMIT OFFSET GROUP
  HAVING AS VALUES UNDEF OPTIONAL GRAPH UNION MINUS FILTER BIND SERVICE SILENT EXISTS NOT IN SEPARATOR TRUE FALSE
  INSERT DELETE DATA WITH USING LOAD CLEAR DROP CREATE ADD MOVE COPY TO INTO ALL DEFAULT`,
);
export const FUNCTIONS: ReadonlySet<string> = listed(
  `STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE
  ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ NOW
  UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK ISLITERAL
  ISNUMERIC REGEX SUBSTR REPLACE COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT`,
);

const NAME = String.raw`[\p{L}_][\p{L}\p{N}_\u00B7\u203F\u2040-]*(?:\.+[\p{L}\p{N}_\u00B7\u203F\u2040-]+)*`;
const LOCAL_PART = String.raw`(?:[\p{L}\p{N}_:\u00B7\u203F\u2040-]|%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?#@%-])`;
const LOCAL = String.raw`${LOCAL_PART}(?:\.*${LOCAL_PART})*`;

/** One after the other; the first that fits is meant. Long strings may end with the text. */
const PATTERNS: readonly (readonly [Kind, string])[] = [
  ["space", String.raw`\s+`],
  ["comment", "#[^\\n]*"],
  ["iri", String.raw`<[^<>"{}|^\x60\\\u0000-\u0020]*>`],
  ["string", String.raw`"""(?:[^\\]|\\[\s\S])*?(?:"""|$)|'''(?:[^\\]|\\[\s\S])*?(?:'''|$)`],
  ["string", String.raw`"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?`],
  ["language", String.raw`@[A-Za-z]+(?:-[A-Za-z0-9]+)*`],
  ["variable", String.raw`[?$][\p{L}\p{N}_][\p{L}\p{N}_\u00B7\u203F\u2040]*`],
  ["name", `(?:${NAME})?:(?:${LOCAL})?`],
  ["number", String.raw`(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`],
  ["word", String.raw`[\p{L}_][\p{L}\p{N}_]*`],
  ["bracket", String.raw`[(){}\[\]]`],
  ["mark", String.raw`\^\^|&&|\|\||[<>!]=|[\s\S]`],
];
const ANY = new RegExp(PATTERNS.map(([, pattern]) => `(${pattern})`).join("|"), "uy");

/** The token that begins at a place of a text; null at its end. */
export function tokenAt(text: string, start: number): Token | null {
  ANY.lastIndex = start;
  const found = ANY.exec(text);
  if (found === null) return null;
  const kind = PATTERNS[found.slice(1).findIndex((group) => group !== undefined)]![0];
  return { kind: kind === "word" ? kindOfWord(found[0]) : kind, text: found[0], start };
}

/** All tokens of a text, without spaces. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let token = tokenAt(text, 0);
  while (token !== null) {
    if (token.kind !== "space") tokens.push(token);
    token = tokenAt(text, token.start + token.text.length);
  }
  return tokens;
}

function kindOfWord(word: string): Kind {
  const capitals = word.toUpperCase();
  if (word === "a" || KEYWORDS.has(capitals)) return "keyword";
  return FUNCTIONS.has(capitals) ? "function" : "word";
}

/** The variables of a text, with their mark, each once, in their order. */
export function variablesOf(text: string): readonly string[] {
  const found = tokensOf(text).filter((token) => token.kind === "variable");
  return [...new Set(found.map((token) => `?${token.text.slice(1)}`))];
}

/** Where a line and a column stand in a text; both count from 1, columns count characters (code points). */
export function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const said = [...(lines[line - 1] ?? "")].slice(0, column - 1).join("");
  return Math.min(before + said.length, text.length);
}
