// The editor: CodeMirror 6 in a shadow root, where its styles are a constructed sheet, which a page without inline
// styles allows (Content Security Policy 3, section 6.1; CSSOM, adoptedStyleSheets).
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import type { CompletionSource } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { type Diagnostic, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, type Extension, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { sparql } from "./language";
import { offsetOf, tokenAt } from "./tokens";

export interface Handlers {
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
  /** Escape, where nothing else is there to be closed. */
  readonly onLeave: () => void;
}

/** Where a query is wrong, and how. */
export interface Fault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

const LABEL = { "aria-label": "SPARQL query", "aria-describedby": "keys", role: "textbox", spellcheck: "false" };
const LOOKS: Extension = [lineNumbers(), highlightSpecialChars(), drawSelection(), EditorView.lineWrapping, sparql];

/** An editor in an element, which it fills. */
export class Editor {
  readonly #view: EditorView;
  #isTold = false;

  constructor(host: HTMLElement, text: string, sources: readonly CompletionSource[], handlers: Handlers) {
    const root = rootOf(host);
    const describing = document.createElement("span");
    describing.id = "keys";
    describing.hidden = true;
    describing.textContent = "Tab leaves the editor. Control and Enter run the query; Control and Space suggest terms.";
    root.replaceChildren(describing);
    this.#view = new EditorView({ parent: root, root, state: this.#stateOf(text, sources, handlers) });
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  /** Another text, which is told nobody, and can be undone. */
  set text(text: string) {
    if (text === this.text) return;
    this.#isTold = true;
    this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text }, selection: { anchor: 0 } });
    this.#isTold = false;
  }

  /** Marks where the query is wrong; null takes the mark away. */
  mark(fault: Fault | null): void {
    const found = fault === null ? [] : [diagnosticOf(this.text, fault)];
    this.#view.dispatch(setDiagnostics(this.#view.state, found));
  }

  /** Puts the cursor to a place and the keyboard into the editor. */
  goTo({ line, column }: Fault): void {
    this.#view.dispatch({ selection: { anchor: offsetOf(this.text, line, column) }, scrollIntoView: true });
    this.#view.focus();
  }

  focus(): void {
    this.#view.focus();
  }

  close(): void {
    this.#view.destroy();
  }

  #stateOf(text: string, sources: readonly CompletionSource[], { onChange, onRun, onLeave }: Handlers): EditorState {
    const run = () => (onRun(), true);
    const leave = () => (onLeave(), true);
    const told = EditorView.updateListener.of((update) => {
      if (update.docChanged && !this.#isTold) onChange(update.state.doc.toString());
    });
    return EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run }, { key: "Ctrl-Enter", run }])),
        [history(), bracketMatching(), closeBrackets(), indentOnInput(), indentUnit.of("  "), highlightActiveLine(), LOOKS],
        autocompletion({ override: [...sources], icons: false, maxRenderedOptions: 60 }),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
        Prec.lowest(keymap.of([{ key: "Escape", run: leave }])),
        EditorView.contentAttributes.of(LABEL),
        typingOver,
        told,
      ],
    });
  }
}

/**
 * Types over what is selected. Left to the browser, it joins lines by elements with inline styles, which the page's
 * policy forbids, so that each time an error is logged.
 */
const typingOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { main } = view.state.selection;
    const text = event.data;
    if (event.inputType !== "insertText" || main.empty || !text || view.composing || event.isComposing) return false;
    event.preventDefault();
    const insert = () => view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
    const isTaken = view.state.facet(EditorView.inputHandler).some((take) => take(view, main.from, main.to, text, insert));
    if (!isTaken) view.dispatch(insert());
    return true;
  },
});

/** A text that can be read and not changed, in an element that it fills. */
export function showText(host: HTMLElement, text: string, label: string): () => void {
  const root = rootOf(host);
  const attributes = { "aria-label": label, "aria-readonly": "true", role: "textbox" };
  const extensions = [LOOKS, EditorState.readOnly.of(true), EditorView.contentAttributes.of(attributes), keymap.of(defaultKeymap)];
  const view = new EditorView({ parent: root, root, state: EditorState.create({ doc: text, extensions }) });
  return () => view.destroy();
}

function rootOf(host: HTMLElement): ShadowRoot {
  return host.shadowRoot ?? host.attachShadow({ mode: "open" });
}

function diagnosticOf(text: string, { line, column, message }: Fault): Diagnostic {
  const from = offsetOf(text, line, column);
  const token = tokenAt(text, from);
  const to = token === null || token.kind === "space" ? from : from + token.text.length;
  return { from, to, severity: "error", message };
}
