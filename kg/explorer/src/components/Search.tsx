// Finds entities by name, as one types (combobox of the ARIA Authoring Practices Guide).
import { useState } from "preact/hooks";
import type { Hits } from "../api/types";
import { add, select } from "../state/steps";
import { useAsked, useShared } from "./context";

export function Search() {
  const { store } = useShared();
  const [words, setWords] = useState("");
  const asked = useAsked<Hits>("search", words.trim() === "" ? null : { words, limit: 8 });
  const hits = words.trim() !== "" && asked.kind === "ready" ? asked.answer.hits.items : [];
  const show = (id: string) => {
    store.take(add([id]), select({ kind: "entity", entity: id }));
    setWords("");
  };
  return (
    <div class="search">
      <input
        type="search"
        placeholder="Search for an actor"
        aria-label="Search for an actor"
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
      />
      {hits.length > 0 && (
        <ul class="hits">
          {hits.map((hit) => (
            <li key={hit.iri}>
              <button type="button" onClick={() => show(hit.iri)}>
                {hit.name}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
