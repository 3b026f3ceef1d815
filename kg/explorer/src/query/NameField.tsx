// A field for a name, which the graph's entities are suggested for (ARIA Authoring Practices Guide, editable combobox
// with list autocomplete). Any part of a name may be typed, too.
import { useEffect, useState } from "preact/hooks";
import { ask } from "../api/client";
import type { Hits, HitShown } from "../api/types";

interface Given {
  readonly id: string;
  readonly value: string;
  readonly isRequired: boolean;
  readonly onPut: (value: string) => void;
}

const FEW = 8;
/** Milliseconds after the last key until the server is asked. */
const PAUSE = 120;

export function NameField({ id, value, isRequired, onPut }: Given) {
  const [isOpen, open] = useState(false);
  const [active, setActive] = useState(-1);
  const hits = useHits(isOpen ? value : "");
  const isShown = isOpen && hits.length > 0;
  const take = (hit: HitShown) => {
    onPut(hit.name);
    open(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && isShown) open(false);
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && hits.length > 0) {
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive(isShown ? (active + step + hits.length) % hits.length : step > 0 ? 0 : hits.length - 1);
      open(true);
    } else if (event.key === "ArrowDown") open(true);
    else if (event.key === "Enter" && isShown && hits[active] !== undefined) take(hits[active]);
    else return;
    event.preventDefault();
  };
  return (
    <div class="names">
      <input
        id={id}
        type="text"
        dir="auto"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        required={isRequired}
        value={value}
        aria-autocomplete="list"
        aria-expanded={isShown}
        aria-controls={`${id}-names`}
        aria-describedby={`${id}-is`}
        aria-activedescendant={isShown && active >= 0 ? `${id}-name-${active}` : undefined}
        onInput={(event) => (onPut(event.currentTarget.value), open(true), setActive(-1))}
        onBlur={() => open(false)}
        onKeyDown={onKeyDown}
      />
      <ul id={`${id}-names`} role="listbox" aria-label="Names" hidden={!isShown}>
        {hits.map((hit, place) => (
          <li
            key={hit.iri}
            id={`${id}-name-${place}`}
            role="option"
            aria-selected={place === active}
            onMouseDown={(event) => (event.preventDefault(), take(hit))}
          >
            <bdi class="cut">{hit.name}</bdi>
            <span class="quiet">{hit.type}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Entities whose names fit what is typed; none where nothing is, or the server does not say. */
function useHits(words: string): readonly HitShown[] {
  const [hits, set] = useState<readonly HitShown[]>([]);
  useEffect(() => {
    if (words.trim() === "") return set([]);
    const abort = new AbortController();
    const wait = setTimeout(() => {
      const asked = ask<Hits>("search", { words, limit: FEW }, abort.signal);
      asked.then(({ hits: found }) => set(found.items)).catch(() => (abort.signal.aborted ? undefined : set([])));
    }, PAUSE);
    return () => {
      clearTimeout(wait);
      abort.abort();
    };
  }, [words]);
  return hits;
}
