// How much of how much is shown, and what is going on.
import type { State } from "../state/store";
import { useShared } from "./context";

const NUMBER = new Intl.NumberFormat("en");

export function StatusLine({ state }: { state: State }) {
  const { store } = useShared();
  const { network, isLoading, problem } = state;
  return (
    <div class="status" role="status">
      {problem !== null && (
        <p class="problem">
          {problem.message}{" "}
          <button type="button" onClick={() => void store.load()}>
            Try again
          </button>
        </p>
      )}
      {problem === null && isLoading && <p>Loading …</p>}
      {problem === null && !isLoading && (
        <p>
          {NUMBER.format(network.nodes.length)} of {NUMBER.format(network.entitiesTotal)} entities, {NUMBER.format(network.relations)} of{" "}
          {NUMBER.format(network.relationsTotal)} relations shown
        </p>
      )}
    </div>
  );
}
