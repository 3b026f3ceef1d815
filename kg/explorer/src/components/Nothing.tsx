// What stands in place of a drawing that has nothing in it: why, and what to do.
import type { ComponentChildren } from "preact";
import { filtersSet } from "../state/scene";
import { removeFilters, showHidden, startAnew, type Step } from "../state/steps";
import type { State } from "../state/store";
import { useShared } from "./context";

export function Nothing({ state }: { state: State }) {
  const { store, overview } = useShared();
  const { network, isLoading, problem, history } = state;
  if (network.nodes.length > 0 || isLoading || problem !== null) return null;
  const { filters, hidden } = history.now;
  const button = (label: string, step: Step): ComponentChildren => (
    <button type="button" class="primary" onClick={() => store.take(step)}>
      {label}
    </button>
  );
  if (overview.totals.entities === 0)
    return (
      <Told title="The graph is empty">
        <p>
          Put articles into it with <code>kg build ARTICLES -o GRAPH</code>, then reload this page.
        </p>
      </Told>
    );
  if (hidden.size > 0) return <Told title="All that would be shown is hidden">{button("Show it", showHidden)}</Told>;
  if (filtersSet(filters) > 0) return <Told title="No relation fits the filters">{button("Remove filters", removeFilters)}</Told>;
  if (history.now.chosen.length > 0) return <Told title="Nothing is shown">{button("Start anew", startAnew)}</Told>;
  return (
    <Told title="Nothing is connected yet">
      <p>The articles name actors, but no relation between them was found. Search for an actor to see what is known.</p>
    </Told>
  );
}

function Told({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="emptiness">
      <h2>{title}</h2>
      {children}
    </div>
  );
}
