// Finds one entity by name (combobox with a listbox, of the ARIA Authoring Practices Guide).
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Hits } from "../../api/types";
import type { Id } from "../../state/scene";
import { useShared } from "../context";
import { Awaiting } from "./Awaiting";
import { useAnswer, type Awaited } from "./asking";
import { TypeDot, short } from "./Terms";

interface Picking {
  readonly label: string;
  /** Who is not offered. */
  readonly except: Id;
  readonly onPick: (id: Id) => void;
  readonly onEnd: () => void;
}

interface Choice {
  readonly id: Id;
  readonly name: string;
  readonly type: string;
}

const FEW = 8;

export function EntityPicker({ label, except, onPick, onEnd }: Picking) {
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const { choices, isEmpty, asked } = useChoices(words, except);
  // At once, so that no letter is lost that is typed after the key that opened it.
  useLayoutEffect(() => input.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    const act = { ArrowDown: () => setAt((at + 1) % choices.length), ArrowUp: () => setAt((at + choices.length - 1) % choices.length), Escape: onEnd, Enter: () => choices[at] && onPick(choices[at].id) }[event.key];
    if (act === undefined || (choices.length === 0 && event.key !== "Escape")) return;
    event.preventDefault();
    act();
  };
  return (
    <div class="finder">
      <label for={`${id}-input`}>{label}</label>
      <input
        ref={input}
        id={`${id}-input`}
        type="text"
        role="combobox"
        aria-expanded={choices.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(choices.length > 0 && { "aria-activedescendant": `${id}-${at}` })}
        autocomplete="off"
        placeholder="Type a name"
        value={words}
        onInput={(event) => {
          setWords(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={label}>
        {choices.map((choice, place) => (
          <li key={choice.id} id={`${id}-${place}`} role="option" aria-selected={place === at} onPointerMove={() => setAt(place)} onClick={() => onPick(choice.id)}>
            <TypeDot type={choice.type} />
            <bdi>{short(choice.name)}</bdi>
          </li>
        ))}
      </ul>
      {asked.refusal !== null && <Awaiting awaited={asked} />}
      {isEmpty && <p class="empty">Nobody of that name. Try another spelling, or fewer letters.</p>}
    </div>
  );
}

/** Who fits what is typed; before that, the strongest of those that are drawn. */
function useChoices(words: string, except: Id): { readonly choices: readonly Choice[]; readonly isEmpty: boolean; readonly asked: Awaited<Hits> } {
  const { store } = useShared();
  const typed = words.trim();
  const asked = useAnswer<Hits>("search", typed === "" ? null : { words: typed, limit: FEW + 1 });
  const hits = asked.answer?.hits.items ?? [];
  const found: readonly Choice[] = typed === "" ? store.state.network.nodes : hits.map(({ id, name, type }) => ({ id, name, type }));
  const choices = found.filter((one) => one.id !== except).slice(0, FEW);
  return { choices, asked, isEmpty: typed !== "" && !asked.isLoading && asked.refusal === null && choices.length === 0 };
}
