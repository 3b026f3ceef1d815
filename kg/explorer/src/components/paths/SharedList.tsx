// Who is connected with both of two actors, the strongest first.
import { useEffect, useState } from "preact/hooks";
import { ask, Refusal } from "../../api/client";
import type { Shared, Sharing } from "../../api/types";
import { parametersOfFilters } from "../../state/network";
import type { Route } from "../../state/scene";
import type { State } from "../../state/store";
import { add, choose, select } from "../../state/steps";
import { useAsked, useShared } from "../context";
import { counted, number } from "../filters/format";
import { Refused } from "../filters/Refused";
import { TypeDot } from "../panel/Terms";
import { everyShared, showAmong } from "./routes";

const FEW = 10;

export function SharedList({ route, state }: { route: Route; state: State }) {
  const { store } = useShared();
  const { filters } = state.history.now;
  const parameters = { ...parametersOfFilters(filters), entity: route.from, other: route.to };
  const asked = useAsked<Sharing>("common", { ...parameters, limit: FEW });
  const [more, setMore] = useState<readonly Shared[]>([]);
  const [after, setAfter] = useState<string | null>(null);
  const [problem, setProblem] = useState<{ refusal: Refusal; work: () => Promise<void> } | null>(null);
  const first = asked.kind === "ready" ? asked.answer.shared : null;
  useEffect(() => {
    setMore([]);
    setAfter(first?.next ?? null);
    setProblem(null);
  }, [first]);
  const trying = (work: () => Promise<void>) => {
    setProblem(null);
    void work().catch((error: unknown) => (error instanceof Refusal ? setProblem({ refusal: error, work }) : Promise.reject(error)));
  };
  const listMore = async () => {
    const said = await ask<Sharing>("common", { ...parameters, limit: FEW, after });
    setMore([...more, ...said.shared.items]);
    setAfter(said.shared.next);
  };
  const showAll = async () => store.take(...showAmong([route.from, route.to], await everyShared(route, filters)));
  if (asked.kind === "refused")
    return (
      <section class="shared" aria-label="Common neighbours">
        <h3>Common neighbours</h3>
        <Refused refusal={asked.refusal} onRetry={asked.again} />
      </section>
    );
  if (first === null) return null;
  const items = [...first.items, ...more];
  return (
    <section class="shared" aria-label="Common neighbours">
      <div class="ways-head">
        <h3>{first.total === 0 ? "No actor has relations with both" : `${counted(first.total, "common neighbour")}`}</h3>
        {first.total > 0 && (
          <button type="button" onClick={() => trying(showAll)}>
            Show all
          </button>
        )}
      </div>
      {problem !== null && <Refused refusal={problem.refusal} onRetry={() => trying(problem.work)} />}
      <ul>
        {items.map(({ entity, one, other }) => (
          <li key={entity.id}>
            <button
              type="button"
              class="neighbour"
              title={`${number(one.weight)} and ${number(other.weight)} relations`}
              onClick={() => store.take(choose(state.network.nodes.map((node) => node.id)), add([route.from, route.to, entity.id]), select({ kind: "entity", entity: entity.id }))}
            >
              <TypeDot type={entity.type} />
              <span class="name" dir="auto">
                {entity.name}
              </span>
              <span class="count">
                {number(one.weight)} + {counted(other.weight, "relation")}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {after !== null && (
        <p class="nothing">
          {number(items.length)} of {number(first.total)} listed.{" "}
          <button type="button" class="plain" onClick={() => trying(listMore)}>
            List more
          </button>
        </p>
      )}
    </section>
  );
}
