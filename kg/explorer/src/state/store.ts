// The explorer's state: the history of scenes, and what the server says of the one that is shown.
import { Refusal } from "../api/client";
import { addressOf, sceneOf } from "./address";
import { beginning, continued, followed, redone, undone, type History } from "./history";
import { NOTHING, networkOf, type Network } from "./network";
import type { Scene } from "./scene";
import type { Step } from "./steps";

export interface State {
  readonly history: History<Scene>;
  readonly network: Network;
  readonly isLoading: boolean;
  readonly problem: Refusal | null;
}

type Listener = (state: State) => void;

/** Holds the state, asks the server when a scene needs it, and keeps the address in step. */
export class Store {
  #state: State;
  #listeners = new Set<Listener>();
  #asking = new AbortController();

  constructor(hash: string) {
    this.#state = { history: beginning(sceneOf(hash)), network: NOTHING, isLoading: true, problem: null };
  }

  get state(): State {
    return this.#state;
  }

  get scene(): Scene {
    return this.#state.history.now;
  }

  /** Calls a listener at each change, until what is given back is called. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Follows the address (back, forward, edited by hand) and loads the first scene. */
  start(): void {
    addEventListener("popstate", () => {
      if (location.hash.slice(1) !== addressOf(this.scene)) this.#go(followed(this.#state.history, sceneOf(location.hash)), null);
    });
    void this.load();
  }

  /** Takes steps, as one that undo undoes. */
  take(...steps: readonly Step[]): void {
    this.#go(followed(this.#state.history, steps.reduce((scene, step) => step(scene), this.scene)));
  }

  /** Takes steps that belong to the step before, such as a film's next picture: undo goes back before both. */
  amend(...steps: readonly Step[]): void {
    this.#go(continued(this.#state.history, steps.reduce((scene, step) => step(scene), this.scene)), "replace");
  }

  undo(): void {
    this.#go(undone(this.#state.history));
  }

  redo(): void {
    this.#go(redone(this.#state.history));
  }

  /** Asks for what is drawn, again where it failed. */
  async load(): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    this.#set({ isLoading: true, problem: null });
    try {
      this.#set({ network: await networkOf(this.scene, this.#asking.signal), isLoading: false });
    } catch (error) {
      if (!(error instanceof Refusal)) return; // another scene took its place
      this.#set({ isLoading: false, problem: error });
    }
  }

  #go(history: History<Scene>, address: "push" | "replace" | null = "push"): void {
    const before = this.scene;
    if (history === this.#state.history) return;
    this.#set({ history });
    if (address === "push") globalThis.history.pushState(null, "", `#${addressOf(this.scene)}`);
    if (address === "replace") globalThis.history.replaceState(null, "", `#${addressOf(this.scene)}`);
    if (drawsOther(before, this.scene)) void this.load();
  }

  #set(part: Partial<State>): void {
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener(this.#state);
  }
}

/** Whether two scenes are drawn of other entities or relations. */
function drawsOther(one: Scene, other: Scene): boolean {
  return one.chosen !== other.chosen || one.most !== other.most || one.hidden !== other.hidden || one.filters !== other.filters;
}
