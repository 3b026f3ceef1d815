// The state of the query page: what is being written, what was asked last, and what came of it.
import { Refusal } from "../api/client";
import { addressOf, askedOf, type View } from "./address";
import { type Answer, answerTo, type Asked } from "./asking";
import { keepPast, type Past, readPast, withPast } from "./past";

export type Outcome =
  | { readonly kind: "nothing" }
  | { readonly kind: "asking"; readonly asked: Asked }
  | { readonly kind: "answered"; readonly asked: Asked; readonly answer: Answer }
  | { readonly kind: "refused"; readonly asked: Asked; readonly refusal: Refusal }
  | { readonly kind: "stopped"; readonly asked: Asked };

export interface State {
  /** What is in the editor or the form. */
  readonly draft: Asked;
  /** How often the draft was another one that nobody typed: chosen, asked again, or from the address. */
  readonly chosen: number;
  readonly outcome: Outcome;
  readonly view: View;
  readonly past: readonly Past[];
}

type Listener = (state: State) => void;

/** Holds the state, asks the server, and keeps the address in step. */
export class Querying {
  #state: State;
  #listeners = new Set<Listener>();
  #asking = new AbortController();

  /** With the query that the editor holds where the address asks nothing. */
  constructor(readonly first: string) {
    const said = askedOf(new URL(location.href));
    const draft = said?.asked ?? { kind: "sparql", query: first };
    this.#state = { draft, chosen: 0, outcome: { kind: "nothing" }, view: said?.view ?? "table", past: readPast() };
  }

  get state(): State {
    return this.#state;
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Follows the address, and asks what it asks. */
  start(): void {
    addEventListener("popstate", () => this.#follow());
    addEventListener("hashchange", () => this.#follow());
    if (askedOf(new URL(location.href)) !== null) void this.#answer(this.#state.draft);
  }

  /** Takes what is typed. */
  draft(draft: Asked): void {
    this.#set({ draft });
  }

  /** Shows another draft, and forgets the answer to what was there. */
  begin(draft: Asked): void {
    this.#asking.abort();
    this.#choose(draft, "table");
    this.#set({ outcome: { kind: "nothing" } });
  }

  /** Asks the draft, or something else that becomes it. */
  run(draft: Asked = this.#state.draft): void {
    if (draft.kind === "sparql" && draft.query.trim() === "") return;
    const isOther = JSON.stringify(draft) !== JSON.stringify(askedOf(new URL(location.href))?.asked);
    if (draft !== this.#state.draft) this.#choose(draft, "table");
    const { view } = this.#state;
    if (isOther) history.pushState(null, "", addressOf(draft, view));
    void this.#answer(draft);
  }

  stop(): void {
    this.#asking.abort();
  }

  look(view: View): void {
    this.#set({ view });
    if (this.#state.outcome.kind === "answered") history.replaceState(null, "", addressOf(this.#state.outcome.asked, view));
  }

  forget(): void {
    keepPast([]);
    this.#set({ past: [] });
  }

  #follow(): void {
    const said = askedOf(new URL(location.href));
    if (said === null) return this.begin({ kind: "sparql", query: this.first });
    this.#choose(said.asked, said.view);
    void this.#answer(said.asked);
  }

  #choose(draft: Asked, view: View): void {
    this.#set({ draft, view, chosen: this.#state.chosen + 1 });
  }

  async #answer(asked: Asked): Promise<void> {
    this.#asking.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.#set({ outcome: { kind: "asking", asked } });
    try {
      const answer = await answerTo(asked, asking.signal);
      if (this.#asking === asking) this.#tell(asked, answer);
    } catch (error) {
      if (this.#asking !== asking || this.#state.outcome.kind !== "asking") return; // something else took its place
      if (error instanceof Refusal) this.#set({ outcome: { kind: "refused", asked, refusal: error } });
      else if (error instanceof DOMException && error.name === "AbortError") this.#set({ outcome: { kind: "stopped", asked } });
      else throw error;
    }
  }

  #tell(asked: Asked, answer: Answer): void {
    const past = withPast(this.#state.past, asked, wordsOf(answer));
    keepPast(past);
    this.#set({ outcome: { kind: "answered", asked, answer }, past });
  }

  #set(part: Partial<State>): void {
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener(this.#state);
  }
}

/** What an answer is, in a few words. */
export function wordsOf({ found, total }: Answer): string {
  if (found.kind === "boolean") return found.is ? "yes" : "no";
  return counted(total, found.kind === "rows" ? "row" : "triple");
}

export function counted(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}
