// A field for one entity, with suggestions as one types (combobox with a listbox, ARIA Authoring Practices Guide).
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { EntityType, Hits } from "../api/types";
import type { Id } from "../state/scene";
import { useAsked, useShared, type Asked } from "./context";
import { counted, number } from "./filters/format";
import { Refused } from "./filters/Refused";
import { TypeDot } from "./panel/Terms";

export interface Picked {
  readonly id: Id;
  readonly name: string;
}

interface Props {
  readonly label: string;
  readonly picked?: Picked | null;
  readonly onPick: (picked: Picked | null) => void;
  /** Who is not offered. */
  readonly except?: Id | null;
  /** Takes the focus and suggests at once; the first suggestion is taken by Enter. */
  readonly isAsking?: boolean;
  /** Escape, where no suggestions stand open that it would close. */
  readonly onEnd?: () => void;
}

interface Suggestion {
  readonly id: Id;
  readonly name: string;
  readonly type: EntityType;
  readonly relations: number;
}

const FEW = 8;

export function EntityPicker({ label, picked = null, onPick, except = null, isAsking = false, onEnd }: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [words, setWords] = useWords(picked);
  const [isOpen, setOpen] = useState(isAsking);
  const [active, setActive] = useState(isAsking ? 0 : -1);
  const { suggestions, asked, isSettled } = useSuggestions(words, isOpen, except);
  // At once, so that no letter is lost that is typed after the key that opened it.
  useLayoutEffect(() => (isAsking ? input.current?.focus() : undefined), []);
  const isShown = isOpen && suggestions.length > 0;
  const pick = ({ id: one, name }: Suggestion) => {
    setOpen(false);
    setWords(name);
    onPick({ id: one, name });
  };
  const type = (text: string) => {
    setWords(text);
    setOpen(true);
    setActive(isAsking ? 0 : -1);
    if (picked !== null) onPick(null);
  };
  const moveBy = (by: number) => {
    setOpen(true);
    if (suggestions.length > 0) setActive(isOpen ? (active + by + suggestions.length + (active < 0 && by < 0 ? 1 : 0)) % suggestions.length : 0);
  };
  const leave = () => (isOpen && !isAsking ? setOpen(false) : onEnd?.());
  const onKeyDown = (event: KeyboardEvent) => {
    const acts: Readonly<Record<string, () => void>> = { ArrowDown: () => moveBy(1), ArrowUp: () => moveBy(-1), Escape: leave, Enter: () => pick(suggestions[Math.max(0, active)]!) };
    const act = acts[event.key];
    const isMeant = event.key === "Enter" ? isShown : event.key === "Escape" ? isOpen || onEnd !== undefined : true;
    if (act === undefined || event.isComposing || !isMeant) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <div class="picker" onFocusOut={(event) => event.currentTarget.contains(event.relatedTarget as Node | null) || setOpen(false)}>
      <label for={id}>{label}</label>
      <input
        ref={input}
        id={id}
        type="text"
        role="combobox"
        dir="auto"
        autocomplete="off"
        spellcheck={false}
        maxLength={200}
        aria-autocomplete="list"
        aria-expanded={isShown}
        aria-controls={`${id}-hits`}
        aria-activedescendant={isShown && active >= 0 && active < suggestions.length ? `${id}-${active}` : undefined}
        placeholder="Name of an actor"
        value={words}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onFocus={() => isAsking && setOpen(true)}
      />
      {isShown && (
        <ul class="picks" id={`${id}-hits`} role="listbox" aria-label={`${label}: suggestions`}>
          {suggestions.map((one, place) => (
            <li
              key={one.id}
              id={`${id}-${place}`}
              role="option"
              aria-selected={place === active}
              // The field keeps the focus, so that it does not close before the click.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => pick(one)}
            >
              <TypeDot type={one.type} />
              <span class="name" dir="auto">
                {one.name}
              </span>
              <span class="count">
                {number(one.relations)}
                <span class="unseen"> relations</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {isOpen && asked.kind === "refused" && <Refused refusal={asked.refusal} onRetry={() => (input.current?.focus(), asked.again())} />}
      <p class={isSettled && suggestions.length === 0 ? "nothing" : "unseen"} role="status">
        {!isSettled ? "" : suggestions.length === 0 ? "Nobody is called so; try another spelling." : counted(suggestions.length, "suggestion")}
      </p>
    </div>
  );
}

/** What stands in the field: the name of who was picked, until something else is typed. */
function useWords(picked: Picked | null): readonly [string, (words: string) => void] {
  const [words, setWords] = useState(picked?.name ?? "");
  const isTyped = useRef(false);
  useEffect(() => {
    if (!isTyped.current || picked !== null) setWords(picked?.name ?? "");
    isTyped.current = false;
  }, [picked?.id, picked?.name]);
  const put = (text: string) => {
    isTyped.current = true;
    setWords(text);
  };
  return [words, put];
}

interface Suggested {
  readonly suggestions: readonly Suggestion[];
  readonly asked: Asked<Hits>;
  /** Whether these are all that there are for what is typed. */
  readonly isSettled: boolean;
}

/** Who fits what is typed; before that, the strongest of those that are drawn. */
function useSuggestions(words: string, isOpen: boolean, except: Id | null): Suggested {
  const { store } = useShared();
  const typed = words.trim();
  const isSought = isOpen && typed !== "";
  const asked = useAsked<Hits>("search", isSought ? { words: typed, limit: FEW + 1 } : null);
  const answer = asked.kind === "ready" ? asked.answer : asked.kind === "loading" ? asked.before : null;
  const drawn: readonly Suggestion[] = store.state.network.nodes.map(({ id, name, type, weight }) => ({ id, name, type, relations: weight }));
  const found = (answer?.hits.items ?? []).map(({ id, name, type, relations }) => ({ id, name, type: type as EntityType, relations }));
  const suggestions = !isOpen ? [] : (isSought ? found : drawn).filter((one) => one.id !== except).slice(0, FEW);
  return { suggestions, asked, isSettled: isSought && asked.kind === "ready" };
}
