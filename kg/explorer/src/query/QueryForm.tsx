// The editor with its buttons.
import type { CompletionSource } from "@codemirror/autocomplete";
import { useEffect, useRef } from "preact/hooks";
import { Editor, type Fault } from "./editor";
import { Running } from "./Running";
import type { Querying, State } from "./state";

interface Given {
  readonly querying: Querying;
  readonly state: State;
  readonly query: string;
  readonly sources: readonly CompletionSource[];
}

const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform);

export function QueryForm({ querying, state, query, sources }: Given) {
  const host = useRef<HTMLDivElement>(null);
  const run = useRef<HTMLButtonElement>(null);
  const editor = useRef<Editor | null>(null);
  useEffect(() => {
    const made = new Editor(host.current!, query, sources, {
      onChange: (text) => querying.draft({ kind: "sparql", query: text }),
      onRun: () => querying.run(),
      onLeave: () => run.current?.focus(),
    });
    editor.current = made;
    return () => made.close();
  }, [querying, sources]);
  useEffect(() => {
    if (editor.current !== null) editor.current.text = query;
  }, [state.chosen]); // what is typed is in the editor already, and may be more by now
  const fault = faultOf(state, query);
  const key = fault === null ? "" : `${fault.line}:${fault.column}:${fault.message}`;
  useEffect(() => editor.current?.mark(fault), [key]);
  return (
    <section class="card" aria-labelledby="own">
      <h2 id="own">Ask in SPARQL</h2>
      <div class="editor" ref={host} />
      <div class="buttons">
        <Running querying={querying} state={state} button={run} words="Run" />
        {fault !== null && (
          <button type="button" onClick={() => editor.current?.goTo(fault)}>
            Go to line {fault.line}
          </button>
        )}
        <p class="hint">
          <kbd>{IS_MAC ? "⌘" : "Ctrl"}</kbd> <kbd>Enter</kbd> runs, <kbd>Ctrl</kbd> <kbd>Space</kbd> suggests, <kbd>Esc</kbd> or <kbd>Tab</kbd>{" "}
          leaves the editor
        </p>
      </div>
    </section>
  );
}

/** Where the query in the editor is wrong, as the server says. */
function faultOf({ outcome }: State, query: string): Fault | null {
  if (outcome.kind !== "refused" || outcome.asked.kind !== "sparql" || outcome.asked.query !== query) return null;
  const { line, column } = outcome.refusal.problem;
  return typeof line === "number" && typeof column === "number" ? { line, column, message: outcome.refusal.message } : null;
}
