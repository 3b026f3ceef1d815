// What can be asked: a query of one's own, the named questions, and what was asked before in this tab.
import { useState } from "preact/hooks";
import type { QuestionShown } from "../api/types";
import type { Asked } from "./asking";
import { choose } from "./Starters";
import type { Querying, State } from "./state";

interface Given {
  readonly state: State;
  readonly querying: Querying;
  readonly questions: readonly QuestionShown[];
}

/** Characters of a query that a list shows; CSS cuts what does not fit. */
const SHOWN = 200;

export function Aside({ state, querying, questions }: Given) {
  const [isOpen, open] = useState(false);
  const { draft, past } = state;
  const begin = (asked: Asked) => (open(false), querying.begin(asked));
  const take = (question: QuestionShown) => {
    open(false);
    choose(querying, question);
  };
  const again = (asked: Asked) => (open(false), querying.run(asked));
  return (
    <aside class={isOpen ? "choices open" : "choices"}>
      <button type="button" class="unfold" aria-expanded={isOpen} onClick={() => open(!isOpen)}>
        Questions and history
      </button>
      <div class="unfolded">
        <button type="button" class="choice own" aria-current={draft.kind === "sparql"} onClick={() => begin({ kind: "sparql", query: querying.first })}>
          Write SPARQL
        </button>
        <section aria-labelledby="questions">
          <h2 id="questions">Questions</h2>
          <ul>
            {questions.map((one) => (
              <li key={one.name}>
                <button
                  type="button"
                  class="choice"
                  title={one.description}
                  aria-current={draft.kind === "question" && draft.name === one.name}
                  onClick={() => take(one)}
                >
                  {one.title}
                </button>
              </li>
            ))}
          </ul>
        </section>
        {past.length > 0 && (
          <section aria-labelledby="past">
            <h2 id="past">Asked in this tab</h2>
            <ol>
              {past.map((one) => (
                <li key={JSON.stringify(one.asked)}>
                  <button type="button" class="choice" title={wordsOf(one.asked, questions)} onClick={() => again(one.asked)}>
                    <bdi class={one.asked.kind === "sparql" ? "cut code" : "cut"}>{wordsOf(one.asked, questions)}</bdi>
                    <span class="quiet">{one.told}</span>
                  </button>
                </li>
              ))}
            </ol>
            <button type="button" class="slight" onClick={() => querying.forget()}>
              Forget these
            </button>
          </section>
        )}
      </div>
    </aside>
  );
}

function wordsOf(asked: Asked, questions: readonly QuestionShown[]): string {
  if (asked.kind === "sparql") return asked.query.replace(/^\s*#.*$/gm, "").replace(/\s+/g, " ").trim().slice(0, SHOWN);
  const title = questions.find((one) => one.name === asked.name)?.title ?? asked.name;
  const values = Object.values(asked.values).filter(Boolean);
  return values.length === 0 ? title : `${title}: ${values.join(", ")}`;
}
