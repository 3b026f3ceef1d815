// SPARQL and Turtle for CodeMirror: what tokens look like, and how lines are indented.
import { HighlightStyle, type StreamParser, StreamLanguage, type StringStream, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { type Kind, tokenAt } from "./tokens";

interface LineState {
  /** Brackets that are open. */
  readonly depth: number;
  /** The quotes that end a long string that is open; empty where none is. */
  readonly quotes: string;
}

const LOOKS: Readonly<Record<Kind, string | null>> = {
  comment: "comment",
  iri: "link",
  string: "string",
  language: "meta",
  variable: "variableName",
  name: "propertyName",
  prefix: "namespace",
  number: "number",
  keyword: "keyword",
  function: "typeName",
  word: null,
  bracket: "bracket",
  mark: "operator",
  space: null,
};

const parser: StreamParser<LineState> = {
  name: "sparql",
  startState: () => ({ depth: 0, quotes: "" }),
  copyState: (state) => state,
  token: (stream, state) => look(stream, state),
  indent: (state, after, context) => Math.max(0, state.depth - (/^[)}\]]/.test(after) ? 1 : 0)) * context.unit,
  languageData: { commentTokens: { line: "#" }, closeBrackets: { brackets: ["(", "[", "{", '"', "'"] } },
};

function look(stream: StringStream, state: LineState): string | null {
  if (state.quotes !== "") return restOfString(stream, state);
  const found = tokenAt(stream.string, stream.pos);
  stream.pos += Math.max(1, found?.text.length ?? 1);
  if (found === null) return null;
  const { kind, text } = found;
  if (kind === "bracket") set(state, { depth: Math.max(0, state.depth + ("({[".includes(text) ? 1 : -1)) });
  const quotes = text.slice(0, 3);
  const isLong = kind === "string" && (quotes === '"""' || quotes === "'''");
  if (isLong && (text.length < 6 || !text.endsWith(quotes))) set(state, { quotes });
  return LOOKS[kind];
}

function restOfString(stream: StringStream, state: LineState): string {
  const end = stream.string.indexOf(state.quotes, stream.pos);
  if (end < 0) stream.skipToEnd();
  else {
    stream.pos = end + state.quotes.length;
    set(state, { quotes: "" });
  }
  return "string";
}

/** CodeMirror hands out one state for each line, which is changed in place. */
function set(state: LineState, part: Partial<LineState>): void {
  Object.assign(state, part);
}

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: tags.typeName, color: "var(--accent)" },
  { tag: tags.variableName, color: "var(--possible)" },
  { tag: tags.propertyName, color: "var(--requested)" },
  { tag: tags.link, color: "var(--requested)" },
  { tag: tags.string, color: "var(--asserted)" },
  { tag: tags.number, color: "var(--planned)" },
  { tag: tags.meta, color: "var(--planned)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
]);

const theme = EditorView.theme({
  "&": { color: "var(--text)", backgroundColor: "transparent", fontSize: "14px", flexGrow: "1", minWidth: "0" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--code)", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--text)", padding: "10px 0" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--quiet)", border: "none", paddingLeft: "4px" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--accent) 6%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--text)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, ::selection": {
    backgroundColor: "color-mix(in srgb, var(--accent) 26%, transparent)",
  },
  ".cm-cursor": { borderLeftColor: "var(--text)", borderLeftWidth: "2px" },
  "&.cm-focused .cm-matchingBracket": {
    backgroundColor: "color-mix(in srgb, var(--accent) 22%, transparent)",
    outline: "1px solid var(--accent)",
  },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", color: "var(--wrong)" },
  ".cm-tooltip": {
    backgroundColor: "var(--ground)", color: "var(--text)", border: "1px solid var(--line)", borderRadius: "8px",
    boxShadow: "var(--shadow)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { borderRadius: "8px", fontFamily: "var(--code)", fontSize: "13px", maxHeight: "16em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "4px 10px", lineHeight: "1.5" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".cm-completionDetail": { fontStyle: "normal", fontFamily: "var(--words)", opacity: "0.8", marginLeft: "12px" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-tooltip.cm-completionInfo": { padding: "8px 12px", maxWidth: "320px", fontFamily: "var(--words)", fontSize: "13px" },
  ".cm-completionInfo .meaning": { margin: "0 0 4px" },
  ".cm-diagnostic": { padding: "6px 10px", fontFamily: "var(--words)", maxWidth: "520px" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--wrong)" },
  ".cm-lintRange-error": {
    backgroundImage: "none", textDecoration: "underline wavy var(--wrong)", textDecorationSkipInk: "none",
    textUnderlineOffset: "3px",
  },
  ".cm-lintPoint-error:after": { borderBottomColor: "var(--wrong)" },
  ".cm-placeholder": { color: "var(--quiet)" },
});

/** SPARQL, or Turtle, with the page's colours. */
export const sparql = [StreamLanguage.define(parser), syntaxHighlighting(colours), theme];
