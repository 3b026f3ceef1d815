// Shows what was looked for, with what is around it.
import { ask } from "../api/client";
import type { Neighbourhood, RelationDetail } from "../api/types";
import { parametersOfFilters } from "./network";
import type { Id } from "./scene";
import type { Store } from "./store";
import { add, choose, select, showOnly, type Step } from "./steps";

/** Neighbours that come with an entity: as many as are seen at a glance. */
const FEW = 20;
const NUMBER = new Intl.NumberFormat("en");

/** Shows an entity with its strongest neighbours, instead of what was shown. */
export async function show(store: Store, id: Id): Promise<void> {
  const filters = parametersOfFilters(store.scene.filters);
  const { entity, neighbours } = await ask<Neighbourhood>("neighbours", { ...filters, entity: id, limit: FEW });
  const others = neighbours.items.map((one) => one.entity.id);
  store.take(showOnly([entity.id, ...others]), select({ kind: "entity", entity: entity.id }));
  store.say(`${entity.name}: ${around(others.length, neighbours.total)}`);
}

/** Shows entities beside what is drawn, of which the weakest go where there are too many; steps go with it. */
export function showBeside(store: Store, ids: readonly Id[], ...steps: readonly Step[]): void {
  const isThere = ids.every((id) => isDrawn(store, id));
  const drawn = store.state.network.nodes.map((node) => node.id);
  store.take(...(isThere ? [] : [choose(drawn), add(ids)]), ...steps);
}

export const isDrawn = (store: Store, id: Id): boolean => store.state.network.nodes.some((node) => node.id === id);

/** Opens a relation, with both ends in view. */
export async function showRelation(store: Store, relation: string): Promise<void> {
  const { iri, subject, object } = await ask<RelationDetail>("relation", { relation });
  showBeside(store, [subject.id, object.id], select({ kind: "relation", relation: iri }));
}

function around(shown: number, total: number): string {
  if (total === 0) return "nothing is connected with it";
  if (shown === total) return total === 1 ? "1 neighbour" : `all ${NUMBER.format(total)} neighbours`;
  return `the strongest ${shown} of ${NUMBER.format(total)} neighbours`;
}
