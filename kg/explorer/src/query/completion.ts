// What the editor offers: terms of the ontology with what they mean, entities by name, prefixes, variables, keywords.
import type { Completion, CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import { ask } from "../api/client";
import type { Hits, OntologyTerm } from "../api/types";
import { counted } from "./state";
import { type Prefixes, shortIri, writtenIri } from "./terms";
import { FUNCTIONS, KEYWORDS, tokenAt, variablesOf } from "./tokens";

const NAME_BEFORE = /[\p{L}\p{N}_-]*:[\p{L}\p{N}_.%-]*$/u;
const VARIABLE_BEFORE = /[?$][\p{L}\p{N}_]*$/u;
const WORD_BEFORE = /[\p{L}_][\p{L}\p{N}_]*$/u;
const MOST_ENTITIES = 12;
const PREFERRED = 2;
/** Characters of a name that are listed. */
const LONGEST = 80;

/** The sources of completions for a graph's prefixes and terms. */
export function sourcesOf(prefixes: Prefixes, terms: readonly OntologyTerm[]): readonly CompletionSource[] {
  const known = terms.map((term) => termOption(term, prefixes)).filter((option) => !option.label.startsWith("<"));
  const words: readonly Completion[] = [
    ...[...KEYWORDS].map((label): Completion => ({ label, type: "keyword" })),
    ...[...FUNCTIONS].map((label): Completion => ({ label: `${label}()`, type: "function", apply: callOf(label) })),
    ...Object.entries(prefixes).map(([name, iri]): Completion => ({ label: `${name}:`, type: "namespace", detail: iri })),
  ];
  return [variables, (context) => named(context, known), (context) => begun(context, [...words, ...known]), entities(prefixes)];
}

function termOption(term: OntologyTerm, prefixes: Prefixes): Completion {
  const label = writtenIri(term.iri, prefixes);
  return {
    label,
    type: term.kind === "individual" ? "constant" : term.kind,
    detail: term.label,
    ...(term.definition === "" ? {} : { info: () => meaning(term, prefixes) }),
  };
}

/** What a term means, as elements: the text comes from an ontology, which may be anybody's. */
function meaning(term: OntologyTerm, prefixes: Prefixes): Node {
  const whole = document.createElement("div");
  const definition = document.createElement("p");
  definition.textContent = term.definition;
  definition.className = "meaning";
  whole.append(definition);
  const [domain, range] = [term.domain, term.range].map((iri) => (iri ? shortIri(iri, prefixes) : "…"));
  if (term.kind === "property" && (term.domain || term.range)) {
    const ends = document.createElement("code");
    ends.textContent = `${domain} → ${range}`;
    whole.append(ends);
  }
  return whole;
}

const callOf = (name: string) => (view: EditorView, _: Completion, from: number, to: number) => {
  const isEmpty = name === "NOW" || name === "RAND" || name === "UUID" || name === "STRUUID";
  const cursor = from + name.length + (isEmpty ? 2 : 1);
  view.dispatch({ changes: { from, to, insert: `${name}()` }, selection: { anchor: cursor }, userEvent: "input.complete" });
};

/** Whether there are only words of ours here, no text of a literal, a comment or an IRI. */
function isCode(context: CompletionContext): boolean {
  const line = context.state.doc.lineAt(context.pos);
  let token = tokenAt(line.text, 0);
  while (token !== null && line.from + token.start + token.text.length < context.pos) {
    token = tokenAt(line.text, token.start + token.text.length);
  }
  return token === null || !["comment", "string", "iri"].includes(token.kind);
}

function variables(context: CompletionContext): CompletionResult | null {
  const before = context.matchBefore(VARIABLE_BEFORE);
  if (before === null || !isCode(context)) return null;
  const whole = context.state.doc.toString();
  const others = `${whole.slice(0, before.from)} ${whole.slice(context.pos)}`; // without the one that is being typed
  const options = variablesOf(others).map((label): Completion => ({ label, type: "variable" }));
  return { from: before.from, options, validFor: VARIABLE_BEFORE };
}

function named(context: CompletionContext, known: readonly Completion[]): CompletionResult | null {
  const before = context.matchBefore(NAME_BEFORE);
  if (before === null || before.text.startsWith("ent:") || !isCode(context)) return null;
  const start = before.text.slice(0, before.text.indexOf(":") + 1);
  const fitting = known.filter((option) => option.label.startsWith(start));
  return { from: before.from, options: ranked(fitting, before.text.slice(start.length)), filter: false };
}

function begun(context: CompletionContext, options: readonly Completion[]): CompletionResult | null {
  const before = context.matchBefore(WORD_BEFORE);
  const [from, text] = [before?.from ?? context.pos, before?.text ?? ""];
  const last = context.state.sliceDoc(from - 1, from);
  if ((text === "" && !context.explicit) || /[?$:@<]/.test(last) || !isCode(context)) return null;
  return { from, options: text === "a" ? [] : ranked(options, text), filter: false };
}

/** Those that fit what is typed: what begins with it before what has a word that does, before what contains it. */
function ranked(options: readonly Completion[], typed: string): readonly Completion[] {
  const text = typed.toLowerCase();
  const fits = options.map((option) => ({ option, rank: rankOf(option, text) })).filter(({ rank }) => rank < NO_FIT);
  return fits.sort((one, other) => one.rank - other.rank || (one.option.label < other.option.label ? -1 : 1)).map(({ option }) => option);
}

const NO_FIT = 4;

function rankOf({ label, detail, type }: Completion, text: string): number {
  const name = label.slice(label.indexOf(":") + 1).toLowerCase();
  const unknown = type === "namespace" || detail !== "" ? 0 : 0.5; // terms that our ontology does not explain
  if (label.toLowerCase().startsWith(text)) return 0;
  if (name.startsWith(text)) return 1 + unknown;
  const words = ` ${type === "namespace" ? "" : (detail ?? "")} ${label.replace(/([a-z])([A-Z])/g, "$1 $2")}`.toLowerCase();
  if (words.includes(` ${text}`) || words.includes(`_${text}`)) return 2 + unknown;
  return name.includes(text) ? 3 + unknown : NO_FIT;
}

/** Entities by name, behind `ent:`; the server finds them. */
function entities(prefixes: Prefixes): CompletionSource {
  return async (context) => {
    const before = context.matchBefore(/ent:[\p{L}\p{N}_.%-]*$/u);
    if (before === null || !isCode(context)) return null;
    const words = before.text.slice("ent:".length).replaceAll("_", " ").trim();
    if (words === "") return null;
    const abort = new AbortController();
    context.addEventListener("abort", () => abort.abort(), { onDocChange: true });
    try {
      const { hits } = await ask<Hits>("search", { words, limit: MOST_ENTITIES }, abort.signal);
      const options = hits.items.map((hit, place): Completion => {
        const iri = writtenIri(hit.iri, prefixes);
        const detail = `${hit.type}, ${counted(hit.relations, "relation")}`;
        return { label: iri, displayLabel: hit.name.slice(0, LONGEST), detail, type: "constant", boost: PREFERRED - place / MOST_ENTITIES };
      });
      return { from: before.from, options, filter: false };
    } catch {
      return null; // nothing is offered where nothing is found, for whatever reason
    }
  };
}
