// How much of how much is shown, what was done, and that something is going on.
import { useEffect } from "preact/hooks";
import { MOST_CHOSEN } from "../state/scene";
import type { State } from "../state/store";
import { useShared } from "./context";
import { useLong } from "./keys";

const NUMBER = new Intl.NumberFormat("en");
/** Milliseconds: what takes less is not worth telling; what was done is told for so long. */
const [SLOW, READ] = [1_000, 8_000];

export function StatusLine({ state }: { state: State }) {
  const { store } = useShared();
  const { note, isLoading } = state;
  const isSlow = useLong(isLoading, SLOW);
  useEffect(() => {
    if (note === "") return undefined;
    const timer = setTimeout(() => store.say(""), READ);
    return () => clearTimeout(timer);
  }, [note]);
  return (
    <footer class="status" role="contentinfo">
      <div role="status">
        <p>{isLoading ? (isSlow ? "Still loading …" : "Loading …") : shown(state)}</p>
        {note !== "" && (
          <p class="note" dir="auto">
            {note}
          </p>
        )}
      </div>
    </footer>
  );
}

function shown({ network, history }: State): string {
  const { chosen, hidden } = history.now;
  const entities = `${NUMBER.format(network.nodes.length)} of ${counted(network.entitiesTotal, "entity", "entities")}`;
  const relations = `${NUMBER.format(network.relations)} of ${counted(network.relationsTotal, "relation", "relations")} shown`;
  const left = hidden.size > 0 ? `, ${NUMBER.format(hidden.size)} hidden` : "";
  const most = chosen.length >= MOST_CHOSEN ? `; no more than ${NUMBER.format(MOST_CHOSEN)} can be shown one by one` : "";
  return `${entities}, ${relations}${left}${most}`;
}

const counted = (number: number, one: string, several: string): string => `${NUMBER.format(number)} ${number === 1 ? one : several}`;
