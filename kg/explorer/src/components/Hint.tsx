// What to do first; it goes once something was done, and does not come again in this browser.
import { useEffect, useState } from "preact/hooks";
import { kept } from "../state/kept";
import { changed } from "../state/doings";
import { FIRST_SCENE } from "../state/scene";
import type { State } from "../state/store";
import { IconButton } from "./IconButton";

const NAME = "hint";

export function Hint({ state }: { state: State }) {
  const [isSeen, setSeen] = useState(() => kept.get(NAME) === "seen");
  const isBegun = state.history.past.length > 0;
  const leave = () => {
    kept.set(NAME, "seen");
    setSeen(true);
  };
  useEffect(() => {
    if (isBegun && !isSeen) leave();
  }, [isBegun, isSeen]);
  // Whoever comes by a link has been told what to look at.
  if (isSeen || isBegun || changed(FIRST_SCENE, state.history.now).size > 0 || state.network.nodes.length === 0) return null;
  return (
    <div class="first-hint">
      <p>Click an actor for whom it met and when, or a line for the sentences that say so.</p>
      <IconButton icon="close" label="Close the hint" onClick={leave} />
    </div>
  );
}
