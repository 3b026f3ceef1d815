// The explorer's state: the history of scenes, and what the server says of the one that is shown.
import { Refusal } from "../api/client";
import { onOtherGeneration } from "../api/generation";
import { addressOf, sceneOf } from "./address";
import { changed, doingOf, isSelecting, slides } from "./doings";
import { beginning, continued, corrected, followed, redone, undone, type History } from "./history";
import { NOTHING, networkOf, type Network } from "./network";
import type { Id, Scene } from "./scene";
import { forget, rename, type Step } from "./steps";

export interface State {
  readonly history: History<Scene>;
  readonly network: Network;
  readonly isLoading: boolean;
  readonly problem: Refusal | null;
  /** What was done last that cannot be seen at once, for all to read and for screen readers to say; empty after a few seconds. */
  readonly note: string;
  /** Entities that the address asked for and that the graph lacks. */
  readonly missing: readonly Id[];
  /** Whether the graph has changed since the page was opened. */
  readonly isOutdated: boolean;
}

type Listener = (state: State) => void;

/** Milliseconds within which what slides goes on. */
const SLIDING = 1_500;

/** Holds the state, asks the server when a scene needs it, and keeps the address in step. */
export class Store {
  #state: State;
  #listeners = new Set<Listener>();
  #asking = new AbortController();
  #names = new Map<Id, string>();
  #again: () => void = () => void this.load();
  #slid = { what: null as string | null, at: 0 };

  constructor(hash: string) {
    this.#state = {
      history: beginning(sceneOf(hash)),
      network: NOTHING,
      isLoading: true,
      problem: null,
      note: "",
      missing: [],
      isOutdated: false,
    };
  }

  get state(): State {
    return this.#state;
  }

  get scene(): Scene {
    return this.#state.history.now;
  }

  /** The name of an entity that was shown before; else its id. */
  nameOf = (id: Id): string => this.#names.get(id) ?? id;

  /** Calls a listener at each change, until what is given back is called. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Follows the address (back, forward, edited by hand) and sees when the graph changes. */
  start(): void {
    addEventListener("popstate", () => this.#arrive(sceneOf(location.hash)));
    onOtherGeneration(() => this.#set({ isOutdated: true }));
  }

  /** Takes steps, as one that undo undoes; none where they change nothing. */
  take(...steps: readonly Step[]): void {
    const [before, after] = [this.scene, steps.reduce((scene, step) => step(scene), this.scene)];
    if (changed(before, after).size === 0) return;
    const isSliding = this.#slides(before, after);
    const goesOn = isSliding || this.#goesOnSelecting(after);
    this.#set({ note: "", missing: [] });
    this.#go((goesOn ? continued : followed)(this.#state.history, after), isSliding ? "replace" : "push");
  }

  undo(): void {
    const { past, now } = this.#state.history;
    if (past.length === 0) return;
    const note = `Undone: ${doingOf(past.at(-1)!, now, this.nameOf)}`;
    this.#go(undone(this.#state.history), "push");
    this.say(note);
  }

  redo(): void {
    const { now, future } = this.#state.history;
    if (future.length === 0) return;
    const note = `Redone: ${doingOf(now, future[0]!, this.nameOf)}`;
    this.#go(redone(this.#state.history), "push");
    this.say(note);
  }

  /** Takes steps that belong to the step before, such as a film's next picture: undo goes back before both. */
  amend(...steps: readonly Step[]): void {
    this.#go(continued(this.#state.history, steps.reduce((scene, step) => step(scene), this.scene)), "replace");
  }

  /** Says something for a few seconds, where it is read out too. */
  say(note: string): void {
    this.#set({ note });
  }

  /** Asks for what is drawn, again where it failed. */
  async load(): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    this.#again = () => void this.load();
    this.#set({ isLoading: true, problem: null });
    try {
      const network = await networkOf(this.scene, signal);
      if (!signal.aborted) this.#hold(network);
    } catch (error) {
      if (!signal.aborted) this.#missOrFail(error);
    }
  }

  /** Does what asks the server; where it is refused, the page says why and offers to do it again. */
  async attempt(work: () => Promise<void>): Promise<void> {
    this.#set({ problem: null });
    try {
      await work();
    } catch (error) {
      this.fail(error, () => void this.attempt(work));
    }
  }

  /** Tells of what went wrong, and does again what did. */
  fail(error: unknown, again: () => void): void {
    if (error instanceof DOMException && error.name === "AbortError") return;
    this.#again = again;
    this.#set({ problem: problemOf(error), isLoading: false });
  }

  /** Shows what the server refused; to try again, what is drawn is asked for anew. */
  refuse(problem: Refusal): void {
    this.fail(problem, () => void this.load());
  }

  /** Does again what went wrong. */
  retry(): void {
    this.#again();
  }

  /** Sets what went wrong aside. */
  dismiss(): void {
    this.#set({ problem: null });
  }

  #hold(network: Network): void {
    for (const { id, name } of network.nodes) this.#names.set(id, name);
    const names = otherwise(this.scene, network);
    this.#set({ network, isLoading: false });
    if (names !== null) this.#correct(rename(names));
  }

  #missOrFail(error: unknown): void {
    const missing = error instanceof Refusal ? error.missing.filter((id) => this.scene.chosen.includes(id)) : [];
    if (missing.length === 0) {
      this.fail(error, this.#again);
      return;
    }
    this.#correct(forget(new Set(missing)));
    this.#set({ missing: [...this.#state.missing, ...missing] });
    void this.load();
  }

  /** Mends the scene that is shown, which is no step. */
  #correct(step: Step): void {
    this.#set({ history: corrected(this.#state.history, step(this.scene)) });
    this.#address("replace");
  }

  /** Comes to a scene by the address: what is undone or redone by that, may be redone or undone again. */
  #arrive(scene: Scene): void {
    const { past, future } = this.#state.history;
    const address = addressOf(scene);
    if (address === addressOf(this.scene)) return;
    const isOf = (known: Scene | undefined) => known !== undefined && addressOf(known) === address;
    this.#set({ note: "", missing: [] });
    if (isOf(past.at(-1))) this.#go(undone(this.#state.history), null);
    else if (isOf(future[0])) this.#go(redone(this.#state.history), null);
    else this.#go((this.#goesOnSelecting(scene) ? continued : followed)(this.#state.history, scene), null);
  }

  #slides(before: Scene, after: Scene): boolean {
    const [what, at] = [slides(before, after), Date.now()];
    const isSliding = what !== null && what === this.#slid.what && at - this.#slid.at < SLIDING;
    this.#slid = { what, at };
    return isSliding;
  }

  /** Whether one thing is selected after the other, which is one step to undo. */
  #goesOnSelecting(after: Scene): boolean {
    const before = this.#state.history.past.at(-1);
    return before !== undefined && isSelecting(before, this.scene) && isSelecting(this.scene, after);
  }

  #go(history: History<Scene>, how: "push" | "replace" | null): void {
    const before = this.scene;
    if (history === this.#state.history) return;
    this.#set({ history });
    if (how !== null) this.#address(how);
    if (drawsOther(before, this.scene)) void this.load();
  }

  #address(how: "push" | "replace"): void {
    const address = addressOf(this.scene);
    const target = address === "" ? `${location.pathname}${location.search}` : `#${address}`;
    try {
      if (how === "push" && address !== location.hash.slice(1)) globalThis.history.pushState(null, "", target);
      else globalThis.history.replaceState(null, "", target);
    } catch {
      // Browsers refuse very long addresses, and very many in a short time; what is shown does not depend on it.
    }
  }

  #set(part: Partial<State>): void {
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener(this.#state);
  }
}

/** Whether two scenes are drawn of other entities or relations. */
function drawsOther(one: Scene, other: Scene): boolean {
  const parts = changed(one, other);
  return (["chosen", "most", "hidden", "filters"] as const).some((part) => parts.has(part));
}

/** Ids by what the scene calls entities otherwise than the graph does; null where it calls none so. */
function otherwise(scene: Scene, network: Network): ReadonlyMap<Id, Id> | null {
  const known = new Set(network.nodes.map((node) => node.id));
  const unknown = scene.chosen.filter((id) => !known.has(id) && !scene.hidden.has(id));
  if (unknown.length === 0) return null;
  const byIri = new Map(network.nodes.map((node) => [node.iri, node.id]));
  const places = new Map(scene.chosen.map((id, place) => [id, place]));
  const isWhole = scene.chosen.length === network.nodes.length;
  return new Map(unknown.map((id) => [id, byIri.get(id) ?? (isWhole ? network.nodes[places.get(id)!]!.id : id)]));
}

function problemOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  console.error(error);
  return new Refusal(0, `The page made a mistake (${String(error)}); reload it.`);
}
