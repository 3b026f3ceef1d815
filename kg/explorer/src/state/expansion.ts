// Shows more around an entity, or less.
import { ask, Refusal } from "../api/client";
import type { Neighbourhood } from "../api/types";
import { parametersOfFilters, type Network } from "./network";
import type { Id } from "./scene";
import type { Store } from "./store";
import { add, choose, select } from "./steps";

/** Neighbours that one step shows. */
export const NEXT = 20;
const PAGE = 100;
const NUMBER = new Intl.NumberFormat("en");

/**
 * Shows the next neighbours of an entity that fit the filters, the strongest first, and says how many those were.
 *
 * What the server refuses stands in the state as its problem.
 */
export async function expand(store: Store, id: Id): Promise<void> {
  const shown = new Set(store.state.network.nodes.map((node) => node.id));
  try {
    const { ids, total } = await nextOf(store, id, shown);
    const known = [...shown];
    const name = store.state.network.nodes.find((node) => node.id === id)?.name ?? id;
    if (ids.length === 0 && shown.has(id)) {
      store.say(total === 0 ? `${name} has no neighbours that fit the filters.` : `All ${NUMBER.format(total)} neighbours of ${name} are shown or hidden.`);
      return;
    }
    store.take(choose(known), add([id, ...ids]), select({ kind: "entity", entity: id }));
    store.say(`${ids.length} more of ${NUMBER.format(total)} neighbours of ${name}.`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    store.refuse(error);
  }
}

/** Takes the neighbours of an entity away that hang on nothing else that is shown, and that are not pinned. */
export function collapse(store: Store, id: Id): void {
  const { network } = store.state;
  const gone = hangingOn(network, id, new Set(store.scene.pinned.keys()));
  const name = network.nodes.find((node) => node.id === id)?.name ?? id;
  if (gone.size === 0) return store.say(`No neighbour of ${name} hangs on it alone.`);
  const left = network.nodes.flatMap((node) => (gone.has(node.id) ? [] : [node.id]));
  store.take(choose(left), select({ kind: "entity", entity: id }));
  return store.say(`${gone.size} fewer neighbours of ${name}.`);
}

/** The neighbours of an entity that are connected with nothing but it and each other. */
export function hangingOn(network: Network, id: Id, kept: ReadonlySet<Id>): ReadonlySet<Id> {
  const beside = new Map<Id, Set<Id>>();
  const connect = (one: Id, other: Id) => beside.set(one, (beside.get(one) ?? new Set()).add(other));
  for (const { source, target } of network.edges) {
    if (source === target) continue;
    connect(source, target);
    connect(target, source);
  }
  const hanging = new Set([...(beside.get(id) ?? [])].filter((one) => !kept.has(one)));
  for (let size = -1; size !== hanging.size; ) {
    size = hanging.size;
    for (const one of hanging) if ([...beside.get(one)!].some((other) => other !== id && !hanging.has(other))) hanging.delete(one);
  }
  return hanging;
}

async function nextOf(store: Store, id: Id, shown: ReadonlySet<Id>): Promise<{ ids: readonly Id[]; total: number }> {
  const { filters, hidden } = store.scene;
  const ids: Id[] = [];
  let [after, total]: [string | null, number] = [null, 0];
  do {
    const page: Neighbourhood = await ask<Neighbourhood>("neighbours", { ...parametersOfFilters(filters), entity: id, limit: PAGE, after });
    ids.push(...page.neighbours.items.map((item) => item.entity.id).filter((one) => !shown.has(one) && !hidden.has(one)));
    [after, total] = [page.neighbours.next ?? null, page.neighbours.total];
  } while (after !== null && ids.length < NEXT);
  return { ids: ids.slice(0, NEXT), total };
}
