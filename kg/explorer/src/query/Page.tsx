// The whole query page: what can be asked, what is being asked, and the answer.
import { useEffect, useMemo, useState } from "preact/hooks";
import type { OntologyTerm, Overview, QuestionShown } from "../api/types";
import { Aside } from "./Aside";
import { sourcesOf } from "./completion";
import { Outcome } from "./Outcome";
import { QueryForm } from "./QueryForm";
import { QuestionForm } from "./QuestionForm";
import { Starters } from "./Starters";
import type { Querying } from "./state";

interface Given {
  readonly querying: Querying;
  readonly overview: Overview;
  readonly terms: readonly OntologyTerm[];
  readonly questions: readonly QuestionShown[];
}

export function Page({ querying, overview, terms, questions }: Given) {
  const { prefixes, legend } = overview;
  const [state, set] = useState(querying.state);
  useEffect(() => {
    set(querying.state); // which may have changed since the page was laid out
    return querying.subscribe(set);
  }, [querying]);
  const sources = useMemo(() => sourcesOf(prefixes, terms), [prefixes, terms]);
  const meanings = useMemo(() => new Map(terms.filter((term) => term.definition !== "").map((term) => [term.iri, term.definition])), [terms]);
  const showing = useMemo(() => ({ prefixes, meanings, types: legend.types }), [prefixes, meanings, legend]);
  const { draft } = state;
  const question = draft.kind === "question" ? questions.find((one) => one.name === draft.name) : undefined;
  return (
    <div class="asking">
      <Aside state={state} querying={querying} questions={questions} />
      <main>
        {draft.kind === "sparql" && <QueryForm querying={querying} state={state} query={draft.query} sources={sources} />}
        {draft.kind === "question" && question !== undefined && (
          <QuestionForm key={question.name} querying={querying} state={state} question={question} values={draft.values} properties={legend.properties} />
        )}
        {draft.kind === "question" && question === undefined && (
          <p role="alert" class="wrong">
            There is no question “{draft.name}”; choose one of those listed.
          </p>
        )}
        {draft.kind === "sparql" && state.outcome.kind === "nothing" && <Starters querying={querying} questions={questions} />}
        <Outcome state={state} querying={querying} showing={showing} />
      </main>
    </div>
  );
}
