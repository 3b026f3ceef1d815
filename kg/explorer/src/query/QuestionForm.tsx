// A named question with a field for each value that it takes.
import { useEffect, useRef } from "preact/hooks";
import type { ParameterShown, QuestionShown, Term } from "../api/types";
import { NameField } from "./NameField";
import { type Values, written } from "./questions";
import { Running } from "./Running";
import type { Querying, State } from "./state";

interface Given {
  readonly querying: Querying;
  readonly state: State;
  readonly question: QuestionShown;
  readonly values: Values;
  readonly properties: readonly Term[];
}

export function QuestionForm({ querying, state, question, values, properties }: Given) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const isChosen = state.chosen > 0 && matchMedia("(pointer: fine)").matches; // else a keyboard would cover the screen
    if (isChosen) form.current?.querySelector<HTMLElement>("input, select, button")?.focus({ preventScroll: true });
  }, []);
  const put = (name: string, value: string) =>
    querying.draft({ kind: "question", name: question.name, values: { ...values, [name]: value } });
  const ask = (event: Event) => {
    event.preventDefault();
    querying.run();
  };
  return (
    <section class="card" aria-labelledby="question">
      <h2 id="question">{question.title}</h2>
      <p class="quiet">{question.description}</p>
      <form ref={form} onSubmit={ask}>
        {question.parameters.length > 0 && (
          <div class="fields">
            {question.parameters.map((one) => (
              <Field key={one.name} parameter={one} value={values[one.name] ?? ""} properties={properties} onPut={(value) => put(one.name, value)} />
            ))}
          </div>
        )}
        <div class="buttons">
          <Running querying={querying} state={state} words="Ask" />
          <button type="button" onClick={() => querying.begin({ kind: "sparql", query: written(question, values) })}>
            Edit as SPARQL
          </button>
        </div>
      </form>
    </section>
  );
}

interface FieldGiven {
  readonly parameter: ParameterShown;
  readonly value: string;
  readonly properties: readonly Term[];
  readonly onPut: (value: string) => void;
}

function Field({ parameter, value, properties, onPut }: FieldGiven) {
  const { name, kind, required, description } = parameter;
  const id = `value-${name}`;
  return (
    <div class="field">
      <label for={id}>
        {name.charAt(0).toUpperCase() + name.slice(1)}
        {!required && <span class="quiet"> (optional)</span>}
      </label>
      {kind === "text" && <NameField id={id} value={value} isRequired={required} onPut={onPut} />}
      {kind === "date" && <input id={id} type="date" value={value} required={required} aria-describedby={`${id}-is`} onInput={(event) => onPut(event.currentTarget.value)} />}
      {kind === "iri" && <TermField id={id} value={value} properties={properties} isRequired={required} onPut={onPut} />}
      <p class="quiet" id={`${id}-is`}>
        {description}
      </p>
    </div>
  );
}

interface TermGiven {
  readonly id: string;
  readonly value: string;
  readonly properties: readonly Term[];
  readonly isRequired: boolean;
  readonly onPut: (value: string) => void;
}

/** The properties that connect entities, by their labels. */
function TermField({ id, value, properties, isRequired, onPut }: TermGiven) {
  const sorted = [...properties].sort((one, other) => one.label.localeCompare(other.label, "en"));
  return (
    <select id={id} value={value} required={isRequired} aria-describedby={`${id}-is`} onChange={(event) => onPut(event.currentTarget.value)}>
      <option value="">{isRequired ? "Choose one" : "Any"}</option>
      {sorted.map((term) => (
        <option key={term.iri} value={term.iri}>
          {term.label}
        </option>
      ))}
    </select>
  );
}
