// Steps that show paths and common neighbours.
import { ask } from "../../api/client";
import type { EntityBrief, Path, Sharing } from "../../api/types";
import { parametersOfFilters } from "../../state/network";
import type { Filters, Id, Route } from "../../state/scene";
import { change, choose, select, type Step } from "../../state/steps";

/** Looks for the shortest paths from one entity to another. */
export const seek = (from: Id, to: Id): Step => change({ route: { from, to, longest: null, way: [] } });

/** Shows a path alone: its entities with all that connects them, the path highlighted. */
export function showWay(route: Route, path: Path): readonly Step[] {
  const way = path.entities.map((entity) => entity.id);
  return [choose(way), change({ route: { ...route, way } }), select({ kind: "nothing" })];
}

/** Shows all paths of a list together. */
export function showWays(route: Route, paths: readonly Path[]): readonly Step[] {
  const every = paths.flatMap((path) => path.entities.map((entity) => entity.id));
  return [choose(every), change({ route: { ...route, way: [] } }), select({ kind: "nothing" })];
}

/** Shows two entities with others. */
export function showAmong(ends: readonly Id[], others: readonly EntityBrief[]): readonly Step[] {
  return [choose([...ends, ...others.map((entity) => entity.id)]), select({ kind: "nothing" })];
}

/** The server draws no more entities that are named one by one (MOST_DRAWN of kg/server/api/asked.py). */
const MOST_DRAWN = 2_000;
const PAGE = 100;

/** Everybody who is connected with both, page by page. */
export async function everyShared(route: Route, filters: Filters): Promise<readonly EntityBrief[]> {
  const found: EntityBrief[] = [];
  let after: string | null = null;
  do {
    const said: Sharing = await ask<Sharing>("common", { ...parametersOfFilters(filters), entity: route.from, other: route.to, limit: PAGE, after });
    found.push(...said.shared.items.map((item) => item.entity));
    after = said.shared.next;
  } while (after !== null && found.length < MOST_DRAWN - PAGE);
  return found;
}
