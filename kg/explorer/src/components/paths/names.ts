// What entities are called that may not be drawn.
import type { Profile } from "../../api/types";
import type { Id } from "../../state/scene";
import type { State } from "../../state/store";
import { useAsked } from "../context";

/** The name of an entity; its id until that is known. Null of none. */
export function useName(state: State, id: Id | null): string | null {
  const known = id === null ? undefined : state.network.nodes.find((node) => node.id === id || node.iri === id);
  const isAsked = id !== null && known === undefined && !state.isLoading;
  const asked = useAsked<Profile>("entity", isAsked ? { entity: id } : null);
  if (known !== undefined) return known.name;
  const found = asked.kind === "ready" ? asked.answer.entity : null;
  return found !== null && (found.id === id || found.iri === id) ? found.name : id;
}
