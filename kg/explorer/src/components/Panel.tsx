// What is known of the selection, beside the drawing.
import type { State } from "../state/store";

export function Panel({ state }: { state: State }) {
  const { selection } = state.history.now;
  if (selection.kind === "nothing") return null;
  return <aside class="panel">{selection.kind}</aside>;
}
