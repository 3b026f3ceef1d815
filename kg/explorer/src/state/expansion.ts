// Shows more of what is connected with an entity, and less.
import type { Id } from "./scene";
import type { Store } from "./store";
import { choose, hide, select } from "./steps";
export { expand } from "../components/Drawing";

/** Takes away the neighbours of an entity that nothing else that is shown is connected with. */
export function collapse(store: Store, id: Id): void {
  const { nodes, edges } = store.state.network;
  const neighbours = new Map<Id, Set<Id>>(nodes.map((node) => [node.id, new Set()]));
  for (const { source, target } of edges) {
    neighbours.get(source)?.add(target);
    neighbours.get(target)?.add(source);
  }
  const leaves = [...(neighbours.get(id) ?? [])].filter((one) => one !== id && [...(neighbours.get(one) ?? [])].every((end) => end === id || end === one));
  if (leaves.length > 0) store.take(choose(nodes.map((node) => node.id)), hide(leaves), select({ kind: "entity", entity: id }));
}
