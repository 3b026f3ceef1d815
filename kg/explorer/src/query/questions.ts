// A named question with its values written into its SPARQL, for those who want to go on from there.
// The server answers questions by binding values; this is the same query for reading and editing.
import type { QuestionShown } from "../api/types";
import { tokensOf, type Token } from "./tokens";

export type Values = Readonly<Record<string, string>>;

/** The SPARQL of a question: parameters are no columns, and those with a value are replaced by it. */
export function written(question: QuestionShown, values: Values): string {
  const kinds = new Map(question.parameters.map((parameter) => [parameter.name, parameter.kind]));
  const tokens = tokensOf(question.query).filter((token) => token.kind !== "comment");
  let [text, from, isHead] = ["", 0, true];
  const put = (token: Token, words: string) => {
    text += question.query.slice(from, token.start) + words;
    from = token.start + token.text.length;
  };
  for (const [place, token] of tokens.entries()) {
    if (token.text === "{") isHead = false;
    if (isTail(tokens, place)) isHead = true;
    const name = token.kind === "variable" ? token.text.slice(1) : "";
    if (!kinds.has(name)) continue;
    if (isHead) put(token, "");
    else if (values[name]) put(token, term(kinds.get(name)!, values[name]));
  }
  return tidied(text + question.query.slice(from));
}

/** Whether what follows stands behind the outermost group, such as GROUP BY. */
function isTail(tokens: readonly Token[], place: number): boolean {
  const before = tokens.slice(0, place);
  const depth = before.filter((one) => one.text === "{").length - before.filter((one) => one.text === "}").length;
  return depth === 0 && before.some((one) => one.text === "{");
}

function term(kind: string, value: string): string {
  if (kind === "iri") return `<${value.replace(/[<>"{}|^`\\\u0000-\u0020]/gu, encodeURIComponent)}>`;
  const quoted = JSON.stringify(value);
  return kind === "date" ? `${quoted}^^xsd:date` : quoted;
}

/** Without the lines that describe parameters, and without blanks where columns were. */
function tidied(text: string): string {
  const lines = text.split("\n").filter((line) => !/^#\s*parameter /.test(line));
  return lines
    .map((line) => (/^(SELECT|GROUP BY|ORDER BY|\s+\?)/.test(line) ? line.replace(/(\S) {2,}/g, "$1 ") : line).trimEnd())
    .join("\n")
    .trim()
    .replace(/^#\s*(title|description):\s*/gm, "# ");
}
