// What to ask first: the named questions with what they answer, where there is no answer yet.
import type { QuestionShown } from "../api/types";
import type { Querying } from "./state";

/** Begins a question, and asks it at once where it wants nothing to be told. */
export function choose(querying: Querying, question: QuestionShown): void {
  querying.begin({ kind: "question", name: question.name, values: {} });
  if (question.parameters.length === 0) querying.run();
}

export function Starters({ querying, questions }: { querying: Querying; questions: readonly QuestionShown[] }) {
  const begin = (event: MouseEvent, question: QuestionShown) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    choose(querying, question);
  };
  return (
    <section class="starters" aria-labelledby="starters">
      <h2 id="starters">Or ask one of these</h2>
      <ul>
        {questions.map((one) => (
          <li key={one.name}>
            <a class="starter" href={`query?question=${encodeURIComponent(one.name)}`} onClick={(event) => begin(event, one)}>
              <strong>{one.title}</strong>
              <span class="quiet">{one.description}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
