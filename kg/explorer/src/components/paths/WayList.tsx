// The paths that were found, each with its steps.
import { useState } from "preact/hooks";
import type { Bundle, EntityBrief, Path, Paths as Said } from "../../api/types";
import { labelOf } from "../../drawing/looks";
import { parametersOfFilters } from "../../state/network";
import { NO_FILTERS, filtersSet, type Route } from "../../state/scene";
import type { State } from "../../state/store";
import { change, filter, select } from "../../state/steps";
import { useAsked, useShared } from "../context";
import { counted, number } from "../filters/format";
import { Refused } from "../filters/Refused";
import { StatusMark, TypeDot } from "../panel/Terms";
import { told } from "../panel/words";
import { showWay, showWays } from "./routes";
import { statusOf, statusesOf } from "./statuses";

const FEW = 20;
/** The server lists no more (MOST_PATHS of kg/exploration/paths.py). */
const MOST = 200;

export function WayList({ route, state }: { route: Route; state: State }) {
  const { store } = useShared();
  const { filters } = state.history.now;
  const [limit, setLimit] = useState(FEW);
  const asked = useAsked<Said>("paths", {
    ...parametersOfFilters(filters),
    entity: route.from,
    other: route.to,
    longest: route.longest,
    limit,
  });
  const said = asked.kind === "ready" ? asked.answer : asked.kind === "loading" ? asked.before : null;
  if (asked.kind === "refused") return <Refused refusal={asked.refusal} onRetry={asked.again} />;
  if (said === null) return <p role="status">Looking for paths …</p>;
  return (
    <section class="ways" aria-label="Paths found" aria-busy={asked.kind === "loading"}>
      <div class="ways-head">
        <h3>{headOf(said, route)}</h3>
        <span class="unseen" role="status">
          {headOf(said, route)}
        </span>
        {said.paths.length > 1 && (
          <button type="button" onClick={() => store.take(...showWays(route, said.paths))}>
            Show all
          </button>
        )}
      </div>
      {said.paths.length === 0 && <Nothing said={said} route={route} state={state} />}
      <ol>
        {said.paths.map((path) => (
          <Way key={path.entities.map((entity) => entity.id).join("\n")} path={path} route={route} />
        ))}
      </ol>
      {!said.is_complete && said.paths.length > 0 && (
        <p class="nothing">
          {said.paths.length >= MOST ? "The strongest are listed; there are more than can be listed. " : "There are more paths than are listed. "}
          {said.paths.length === limit && limit < MOST ? (
            <button type="button" class="plain" onClick={() => setLimit(Math.min(MOST, limit * 5))}>
              List more
            </button>
          ) : (
            "Set filters to narrow them."
          )}
        </p>
      )}
    </section>
  );
}

function headOf({ paths, is_complete: isComplete, distance }: Said, route: Route): string {
  if (paths.length === 0) return "No path found";
  const count = `${number(paths.length)}${isComplete ? "" : " of many"} ${paths.length === 1 && isComplete ? "path" : "paths"}`;
  return route.longest === null ? `${count} of ${counted(distance ?? 0, "step")}` : `${count} up to ${counted(route.longest, "step")}`;
}

/** No path: what to try. */
function Nothing({ said, route, state }: { said: Said; route: Route; state: State }) {
  const { store } = useShared();
  const isNarrowed = filtersSet(state.history.now.filters) > 0;
  return (
    <div class="nothing">
      <p>
        {said.is_complete
          ? `No path of up to ${counted(said.longest, "step")} connects them${isNarrowed ? " by relations that fit the filters" : ""}.`
          : "None was found before the search had read as much as it may; there may be one."}
      </p>
      <p>What you can try:</p>
      <ul>
        {isNarrowed && (
          <li>
            <button type="button" class="plain" onClick={() => store.take(filter(NO_FILTERS))}>
              Clear all filters
            </button>
          </li>
        )}
        {route.longest !== null && (
          <li>
            <button type="button" class="plain" onClick={() => store.take(change({ route: { ...route, longest: null } }))}>
              Look for the shortest paths, however long
            </button>
          </li>
        )}
        <li>Choose somebody else whom more articles mention.</li>
      </ul>
    </div>
  );
}

function Way({ path, route }: { path: Path; route: Route }) {
  const { store } = useShared();
  const ids = path.entities.map((entity) => entity.id);
  const isShown = route.way.join("\n") === ids.join("\n");
  const names = path.entities.map((entity) => entity.name).join(" – ");
  return (
    <li class={isShown ? "way is-shown" : "way"}>
      <ol class="steps">
        {path.entities.map((entity, place) => (
          <li key={entity.id}>
            <span class="stop">
              <TypeDot type={entity.type} />
              <span class="name" dir="auto">
                {entity.name}
              </span>
            </span>
            {place < path.steps.length && (
              <Leg from={entity} to={path.entities[place + 1]!} bundle={path.steps[place]!.bundle} />
            )}
          </li>
        ))}
      </ol>
      <button type="button" class="show" aria-pressed={isShown} aria-label={`Show the path ${names}`} onClick={() => store.take(...showWay(route, path))}>
        {isShown ? "Shown" : "Show"}
      </button>
    </li>
  );
}

/** From one actor to the next: how often they are connected, how, and whether that is so or only planned. */
function Leg({ from, to, bundle }: { from: EntityBrief; to: EntityBrief; bundle: Bundle }) {
  const { store, overview } = useShared();
  const said = saidOf(bundle, (name) => labelOf(overview.legend.relation_classes, name));
  const statuses = statusesOf(bundle, (name) => labelOf(overview.legend.statuses, name));
  const sources = bundle.reports < bundle.articles ? told(bundle) : null;
  // The label has the words that are seen, in their order (WCAG 2.2, 2.5.3).
  const seen = [said, ...statuses.map(({ text }) => text), sources].filter(Boolean).join(" ");
  return (
    <button
      type="button"
      class={`leg ${statusOf(bundle)}`}
      aria-label={`${from.name} and ${to.name}: ${seen}`}
      onClick={() => store.take(select({ kind: "edge", source: from.id, target: to.id }))}
    >
      {said}{" "}
      <span class="leg-statuses">
        {statuses.map(({ status, text }) => (
          <span key={status} class={`leg-status ${status}`}>
            <StatusMark status={status} />
            {text}{" "}
          </span>
        ))}
        {sources !== null && <span>{sources}</span>}
      </span>
    </button>
  );
}

/** As `3 relations: consult, accuse`. */
function saidOf(bundle: Bundle, label: (name: string) => string): string {
  const names = bundle.relation_classes.slice(0, 2).map((count) => label(count.value ?? "OTHER"));
  const more = bundle.relation_classes.length - names.length;
  return `${counted(bundle.weight, "relation")}: ${names.join(", ")}${more > 0 ? ` +${more}` : ""}`;
}
