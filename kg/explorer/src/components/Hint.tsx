// What to do first; it goes once something was done, and does not come again in this browser.
import { useEffect, useState } from "preact/hooks";
import { kept } from "../state/kept";
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
  if (isSeen || isBegun || state.network.nodes.length === 0) return null;
  return (
    <div class="first-hint">
      <p>Search for an actor, or click one; double-click shows its neighbours.</p>
      <IconButton icon="close" label="Close the hint" onClick={leave} />
    </div>
  );
}
