// Shows what was looked for, with what is around it.
import { ask } from "../api/client";
import type { Neighbourhood, RelationDetail } from "../api/types";
import { parametersOfFilters } from "./network";
import type { Id } from "./scene";
import type { State, Store } from "./store";
import { add, choose, select, showOnly } from "./steps";

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

/** Shows an entity beside what is shown. */
export function showBeside(store: Store, id: Id, name: string): void {
  const selecting = select({ kind: "entity", entity: id });
  if (isShown(store.state, id)) store.take(selecting);
  else store.take(choose(shownIds(store.state)), add([id]), selecting);
  store.say(`${name} is shown beside what was there`);
}

/** Opens a relation, with both ends in view. */
export async function showRelation(store: Store, relation: string): Promise<void> {
  const { iri, subject, object } = await ask<RelationDetail>("relation", { relation });
  const ends = [subject.id, object.id];
  const opening = select({ kind: "relation", relation: iri });
  if (ends.every((id) => isShown(store.state, id))) store.take(opening);
  else store.take(choose(shownIds(store.state)), add(ends), opening);
}

const shownIds = (state: State): readonly Id[] => state.network.nodes.map((node) => node.id);
const isShown = (state: State, id: Id): boolean => state.network.nodes.some((node) => node.id === id);

function around(shown: number, total: number): string {
  if (total === 0) return "nothing is connected with it";
  if (shown === total) return total === 1 ? "1 neighbour" : `all ${NUMBER.format(total)} neighbours`;
  return `the strongest ${shown} of ${NUMBER.format(total)} neighbours`;
}
