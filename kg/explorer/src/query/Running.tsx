// The button that asks, and beside it the one that stops.
import type { Ref } from "preact";
import type { Querying, State } from "./state";

interface Given {
  readonly querying: Querying;
  readonly state: State;
  readonly words: string;
  readonly button?: Ref<HTMLButtonElement>;
}

export function Running({ querying, state, words, button }: Given) {
  const isAsking = state.outcome.kind === "asking";
  return (
    <>
      <button type={button === undefined ? "submit" : "button"} class="main" ref={button ?? null} onClick={button === undefined ? undefined : () => querying.run()}>
        {words}
      </button>
      {isAsking && (
        <button type="button" onClick={() => querying.stop()}>
          Stop
        </button>
      )}
    </>
  );
}
