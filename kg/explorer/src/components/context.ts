// What all parts of the page share.
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { ask, Refusal } from "../api/client";
import type { Parameters } from "../api/client";
import type { Overview } from "../api/types";
import type { State, Store } from "../state/store";

export interface Shared {
  readonly store: Store;
  readonly overview: Overview;
}

const Context = createContext<Shared | null>(null);
export const SharedProvider = Context.Provider;

export function useShared(): Shared {
  const shared = useContext(Context);
  if (shared === null) throw new Error("used outside of the page");
  return shared;
}

/** The state, anew at each change. */
export function useStateOf(store: Store): State {
  const [state, set] = useState(store.state);
  useEffect(() => {
    set(store.state); // which may have changed since the page was laid out
    return store.subscribe(set);
  }, [store]);
  return state;
}

export type Asked<Answer> =
  | { readonly kind: "loading"; readonly before: Answer | null }
  | { readonly kind: "ready"; readonly answer: Answer }
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly again: () => void };

/** What an endpoint answers; asked anew when what is asked changes. Null asks nothing, and is loading without an answer. */
export function useAsked<Answer>(endpoint: string, given: Parameters | null): Asked<Answer> {
  const [round, setRound] = useState(0);
  const [asked, set] = useState<Asked<Answer>>({ kind: "loading", before: null });
  const key = given === null ? null : JSON.stringify(given);
  useEffect(() => {
    if (given === null) return undefined;
    const abort = new AbortController();
    set((held) => ({ kind: "loading", before: held.kind === "ready" ? held.answer : held.kind === "loading" ? held.before : null }));
    ask<Answer>(endpoint, given, abort.signal).then(
      (answer) => set({ kind: "ready", answer }),
      (error: unknown) => {
        if (abort.signal.aborted) return;
        if (!(error instanceof Refusal)) console.error(error);
        const refusal = error instanceof Refusal ? error : new Refusal(0, `The page made a mistake (${String(error)}); reload it.`);
        set({ kind: "refused", refusal, again: () => setRound(round + 1) });
      },
    );
    return () => abort.abort();
  }, [endpoint, key, round]);
  return asked;
}
