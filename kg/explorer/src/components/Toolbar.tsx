// Undo, redo and what else is done to the whole drawing.
import type { State } from "../state/store";
import { startAnew } from "../state/steps";
import { useShared } from "./context";

export function Toolbar({ state }: { state: State }) {
  const { store } = useShared();
  return (
    <div class="toolbar" role="toolbar" aria-label="Drawing">
      <button type="button" disabled={state.history.past.length === 0} onClick={() => store.undo()}>
        Undo
      </button>
      <button type="button" disabled={state.history.future.length === 0} onClick={() => store.redo()}>
        Redo
      </button>
      <button type="button" onClick={() => store.take(startAnew)}>
        Start anew
      </button>
    </div>
  );
}
