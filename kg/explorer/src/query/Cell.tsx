// A value of an answer: a link where it can be opened, else text. Whatever it holds, it is shown as text.
import { Fragment } from "preact";
import { useState } from "preact/hooks";
import type { Term as OntologyTerm } from "../api/types";
import { explorerAt, linkOf, noteOf, type Prefixes, type Term, words } from "./terms";

/** What values are shown by. */
export interface Showing {
  readonly prefixes: Prefixes;
  /** What terms of the ontology mean, by IRI. */
  readonly meanings: ReadonlyMap<string, string>;
  /** The types of entities, with their colours. */
  readonly types: readonly OntologyTerm[];
}

interface Given {
  readonly term: Term | null;
  readonly showing: Showing;
  /** Whether the datatype or language is said beside the value. */
  readonly isNoted: boolean;
  /** Whether the value is the id of an article, as named questions give it. */
  readonly isArticle: boolean;
}

/** Days, months and years, which are not to be broken at their hyphens. */
const DAY = /^\d{4}(-\d{2}){1,2}$/;

export function Cell({ term, showing, isNoted, isArticle }: Given) {
  if (term === null) return null;
  const text = words(term, showing.prefixes);
  if (term.type === "iri") return <Iri iri={term.value} text={text} showing={showing} />;
  if (isArticle) return <a href={explorerAt({ kind: "article", article: text, relation: null })}>{text}</a>;
  const note = isNoted ? noteOf(term, showing.prefixes) : "";
  return (
    <>
      {DAY.test(text) ? <bdi class="day">{text}</bdi> : <Words text={text} />}
      {note !== "" && <small class="note"> {note}</small>}
    </>
  );
}

/** Characters of a value that are shown at first. */
const SHOWN = 600;

function Words({ text }: { text: string }) {
  const [isWhole, show] = useState(false);
  if (text.length <= SHOWN || isWhole) return <bdi>{text}</bdi>;
  return (
    <>
      <bdi>{text.slice(0, SHOWN)}…</bdi>
      <button type="button" class="slight" onClick={() => show(true)}>
        Show all {text.length.toLocaleString("en")} characters
      </button>
    </>
  );
}

function Iri({ iri, text, showing }: { iri: string; text: string; showing: Showing }) {
  const meaning = showing.meanings.get(iri);
  const link = meaning === undefined ? linkOf(iri, showing.prefixes) : null;
  const short = text === iri ? <Broken text={text} /> : <Short text={text} />;
  if (link === null) {
    return (
      <bdi title={meaning === undefined ? iri : `${meaning}\n${iri}`} class={meaning === undefined ? undefined : "term"}>
        {short}
      </bdi>
    );
  }
  const outside = link.leads === "outside" ? { target: "_blank", rel: "noopener noreferrer", class: "outside" } : {};
  return (
    <a href={link.href} title={iri} {...outside}>
      <bdi>{short}</bdi>
    </a>
  );
}

function Short({ text }: { text: string }) {
  const mark = text.indexOf(":") + 1;
  return (
    <>
      <span class="prefix">{text.slice(0, mark)}</span>
      <Broken text={text.slice(mark)} />
    </>
  );
}

/** Parts of an IRI between which a line may end. */
const PARTS = /[^_/#?&.-]*[_/#?&.-]+|[^_/#?&.-]+/g;

function Broken({ text }: { text: string }) {
  return (
    <>
      {(text.match(PARTS) ?? []).map((part, place) => (
        <Fragment key={place}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </>
  );
}
