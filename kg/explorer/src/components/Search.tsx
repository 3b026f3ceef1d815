// Finds actors, articles and sentences as one types: a combobox with a list (ARIA Authoring Practices Guide, "Combobox").
import { useEffect, useRef, useState } from "preact/hooks";
import type { Ref } from "preact";
import type { Hits } from "../api/types";
import { show, showBeside, showRelation } from "../state/showing";
import { select } from "../state/steps";
import type { Store } from "../state/store";
import { useAsked, useShared, type Asked } from "./context";
import { Icon } from "./icons";
import { CONTROL } from "./keys";
import { KINDS, MOST_HITS, sectionOf, type Kind, type Row, type Section } from "./searching";
import { isActor, SearchList } from "./SearchList";

/** Milliseconds after the last key: fast typists ask once. */
const PAUSE = 120;

export function Search({ field }: { field: Ref<HTMLInputElement> }) {
  const { store } = useShared();
  const [words, setWords] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [isAdding, setAdding] = useState(false);
  const found = useFound(words);
  const isShown = isOpen && words.trim() !== "";
  const taken = useRef<{ isBeside: boolean } | null>(null);

  const type = (text: string) => {
    setWords(text);
    setActive(-1);
    setAdding(false);
    setOpen(true);
    taken.current = null;
  };
  const take = (row: Row | undefined, isBeside: boolean) => {
    if (row === undefined) return;
    if (row.kind === "more") found.more(row.of);
    else {
      type("");
      open(store, row, isBeside);
      if (matchMedia("(pointer: coarse)").matches) (document.activeElement as HTMLElement | null)?.blur();
    }
  };
  useEffect(() => {
    if (!found.isReady || taken.current === null) return;
    const { isBeside } = taken.current;
    taken.current = null;
    take(found.rows[0], isBeside);
  });
  const press = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const move = moves[event.key];
    if (event.key === "Enter" && isShown) {
      event.preventDefault();
      const isBeside = isAdding || event.ctrlKey || event.metaKey;
      if (active >= 0 || found.isReady) take(found.rows[Math.max(active, 0)], isBeside);
      else taken.current = { isBeside }; // once it is found
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (isShown) setOpen(false);
      else type("");
    } else if (event.key === "ArrowRight" && isShown && isActor(found.rows[active]) && isAtEnd(event.currentTarget as HTMLInputElement)) {
      event.preventDefault();
      setAdding(true);
    } else if (event.key === "ArrowLeft" && isAdding) {
      event.preventDefault();
      setAdding(false);
    } else if (move !== undefined && words.trim() !== "") {
      event.preventDefault();
      setOpen(true);
      setAdding(false);
      setActive(moved(isShown ? active : -1, move, found.rows.length));
    }
  };
  return (
    <search class="search" onFocusOut={(event) => event.currentTarget.contains(event.relatedTarget as Node | null) || setOpen(false)}>
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        role="combobox"
        list={undefined}
        placeholder="Search for an actor"
        aria-label="Search for an actor"
        aria-description={`Enter shows it; right arrow and Enter, or ${CONTROL}Enter, adds it beside what is there`}
        aria-expanded={isShown}
        aria-controls="hits"
        aria-autocomplete="list"
        aria-activedescendant={isShown && active >= 0 ? `hit-${active}` : undefined}
        autocomplete="off"
        spellcheck={false}
        maxLength={200}
        value={words}
        onInput={(event) => type(event.currentTarget.value)}
        onFocus={() => setOpen(true)}
        onKeyDown={press}
      />
      <kbd class="slash" aria-hidden="true">
        /
      </kbd>
      {isShown && <SearchList words={words.trim()} found={found} active={active} isAdding={isAdding} onTake={take} />}
    </search>
  );
}

export interface Found {
  readonly sections: readonly Section[];
  readonly rows: readonly Row[];
  /** Whether this is what was found by the words as they are now. */
  readonly isReady: boolean;
  readonly problem: string | null;
  readonly more: (of: Kind) => void;
}

/** What is found by words, the actors first. */
function useFound(words: string): Found {
  const typed = words.trim();
  const asked = useSettled(typed);
  const [larger, setLarger] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => setLarger(new Set()), [asked]);
  const given = (of: Kind) => {
    const limit = larger.has(of.name) ? MOST_HITS : of.few;
    return asked === "" ? null : { words: asked, limit, type: of.name === "entity" ? null : of.name };
  };
  const answers: readonly Asked<Hits>[] = [
    useAsked<Hits>("search", given(KINDS[0]!)),
    useAsked<Hits>("search", given(KINDS[1]!)),
    useAsked<Hits>("search", given(KINDS[2]!)),
  ];
  const sections = KINDS.map((of, place) => sectionOf(of, answers[place]!));
  const refused = answers.find((answer) => answer.kind === "refused");
  return {
    sections,
    rows: sections.flatMap((section) => section.rows),
    isReady: typed === asked && answers.every((answer) => answer.kind !== "loading" && (answer.kind === "refused" || answer.answer.words === asked)),
    problem: refused?.kind === "refused" ? refused.refusal.message : null,
    more: (of) => setLarger(new Set([...larger, of.name])),
  };
}

/** A text once nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, set] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => set(text), text === "" ? 0 : PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

const isAtEnd = (input: HTMLInputElement): boolean => input.selectionStart === input.value.length;

function moved(active: number, move: number, count: number): number {
  if (count === 0) return -1;
  return active < 0 ? (move > 0 ? 0 : count - 1) : (active + move + count) % count;
}

function open(store: Store, { hit }: Row & { kind: "hit" }, isBeside: boolean): void {
  if (hit.type === "article") store.take(select({ kind: "article", article: hit.id, relation: null }));
  else if (hit.type === "relation") void store.attempt(() => showRelation(store, hit.iri));
  else if (isBeside) {
    showBeside(store, [hit.id], select({ kind: "entity", entity: hit.id }));
    store.say(`${hit.name} is shown beside what was there`);
  } else void store.attempt(() => show(store, hit.id));
}
