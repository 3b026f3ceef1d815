// The path that is shown, as what is drawn needs it.
import { edgeKey } from "./network";
import type { Id, Route } from "./scene";

/** Keys of the edges that the path goes by; none where no path is shown. */
export function edgesOf(route: Route | null): ReadonlySet<string> {
  const way = route?.way ?? [];
  return new Set(way.slice(1).map((id, place) => edgeKey(way[place]!, id)));
}

/** Whether an entity is on the path that is shown. */
export const isOnWay = (route: Route | null, id: Id): boolean => route !== null && route.way.includes(id);
