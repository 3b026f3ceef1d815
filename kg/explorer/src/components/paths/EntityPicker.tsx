// A field for one entity, with suggestions as one types (combobox with a listbox, ARIA Authoring Practices Guide).
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { EntityType, HitShown, Hits } from "../../api/types";
import type { Id } from "../../state/scene";
import { useAsked, useShared } from "../context";
import { counted, number } from "../filters/format";
import { Sample } from "../legend/Sample";

export interface Picked {
  readonly id: Id;
  readonly name: string;
}

interface Props {
  readonly label: string;
  readonly picked: Picked | null;
  readonly onPick: (picked: Picked | null) => void;
  readonly placeholder?: string;
}

const FEW = 8;

export function EntityPicker({ label, picked, onPick, placeholder = "Name of an actor" }: Props) {
  const { overview } = useShared();
  const id = useId();
  const [words, setWords] = useState(picked?.name ?? "");
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const isTyping = useRef(false);
  useEffect(() => {
    if (!isTyping.current || picked !== null) setWords(picked?.name ?? "");
    isTyping.current = false;
  }, [picked?.id, picked?.name]);
  const sought = isOpen && words.trim() !== "" ? words.trim() : null;
  const asked = useAsked<Hits>("search", sought === null ? null : { words: sought, limit: FEW });
  const said = asked.kind === "ready" ? asked.answer : asked.kind === "loading" ? asked.before : null;
  const hits = sought === null || said === null ? [] : said.hits.items;
  const pick = (hit: HitShown) => {
    setOpen(false);
    setWords(hit.name);
    onPick({ id: hit.id, name: hit.name });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape" && isOpen) {
      event.stopPropagation();
      setOpen(false);
    } else if (event.key === "Enter" && isOpen && hits.length > 0) {
      event.preventDefault();
      pick(hits[Math.max(0, active)]!);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && hits.length > 0) {
      event.preventDefault();
      const by = event.key === "ArrowDown" ? 1 : -1;
      setActive((active + by + hits.length + (active < 0 && by < 0 ? 1 : 0)) % hits.length);
    }
  };
  const isShown = isOpen && sought !== null && (hits.length > 0 || asked.kind !== "loading");
  return (
    <div class="picker">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        role="combobox"
        dir="auto"
        autocomplete="off"
        spellcheck={false}
        aria-autocomplete="list"
        aria-expanded={isShown && hits.length > 0}
        aria-controls={`${id}-hits`}
        aria-activedescendant={isShown && active >= 0 && active < hits.length ? `${id}-${active}` : undefined}
        placeholder={placeholder}
        value={words}
        onInput={(event) => {
          setWords(event.currentTarget.value);
          setOpen(true);
          setActive(-1);
          isTyping.current = picked !== null;
          if (picked !== null) onPick(null);
        }}
        onKeyDown={onKey}
        onBlur={() => setOpen(false)}
      />
      {isShown && hits.length > 0 && (
        <ul class="picks" id={`${id}-hits`} role="listbox" aria-label={`${label}: suggestions`}>
          {hits.map((hit, place) => (
            <li
              key={hit.iri}
              id={`${id}-${place}`}
              role="option"
              aria-selected={place === active}
              // The field keeps the focus, so that it does not close before the click.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => pick(hit)}
            >
              <Sample list="type" value={hit.type} colour={overview.legend.types.find((term) => term.name === hit.type)?.colour ?? null} />
              <span class="name" dir="auto">
                {hit.name}
              </span>
              <span class="count">
                {number(hit.relations)}
                <span class="unseen"> relations</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      <p class={isShown && hits.length === 0 ? "nothing" : "unseen"} role="status">
        {!isShown ? "" : hits.length === 0 ? refusalOf(asked.kind === "refused" ? asked.refusal.message : null) : counted(hits.length, "suggestion")}
      </p>
    </div>
  );
}

const refusalOf = (message: string | null): string => message ?? "Nobody is called so; try another spelling.";

/** The dot of an entity's type. */
export function TypeDot({ type }: { type: EntityType }) {
  const { overview } = useShared();
  return <Sample list="type" value={type} colour={overview.legend.types.find((term) => term.name === type)?.colour ?? null} />;
}
