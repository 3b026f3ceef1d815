// What the search found, under its field.
import { useEffect, useRef } from "preact/hooks";
import { Hit } from "./Hit";
import { Icon } from "./icons";
import { CONTROL } from "./keys";
import type { Found } from "./Search";
import { told, type Row, type Section } from "./searching";

export interface SearchListProps {
  readonly words: string;
  readonly found: Found;
  /** Place of the row that Enter takes; below 0 for none. */
  readonly active: number;
  /** Whether Enter adds it to what is there. */
  readonly isAdding: boolean;
  readonly onTake: (row: Row, isBeside: boolean) => void;
}

export function SearchList({ words, found, active, isAdding, onTake }: SearchListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }), [active]);
  const shown = found.sections.filter((section) => section.rows.length > 0);
  const taken = found.isReady ? found.rows[Math.max(active, 0)] : undefined;
  let place = 0;
  return (
    <div class={isAdding ? "found is-adding" : "found"} onMouseDown={(event) => event.preventDefault()}>
      {shown.length === 0 && <Empty words={words} found={found} />}
      <div class="hits" id="hits" role="listbox" aria-label="Found" ref={list}>
        {shown.map((section) => {
          const first = place;
          place += section.rows.length;
          return <Group key={section.of.name} section={section} first={first} active={active} onTake={onTake} />;
        })}
      </div>
      <p class="found-status" role="status">
        {isAdding ? "Enter adds it beside what is there" : found.isReady && shown.length > 0 ? shown.map(told).join(" · ") : found.isReady ? "" : "Searching …"}
      </p>
      {taken !== undefined && (
        <div class="found-keys">
          <button type="button" class="bare" tabIndex={-1} onClick={() => onTake(taken, false)}>
            Show <kbd aria-hidden="true">Enter</kbd>
          </button>
          {isActor(taken) && (
            <button type="button" class="bare" tabIndex={-1} title="Show it beside what is there" onClick={() => onTake(taken, true)}>
              Add <kbd aria-hidden="true">→ Enter</kbd> <kbd aria-hidden="true">{CONTROL}Enter</kbd>
            </button>
          )}
        </div>
      )}
    </div>
  );
}

interface GroupProps {
  readonly section: Section;
  readonly first: number;
  readonly active: number;
  readonly onTake: (row: Row, isBeside: boolean) => void;
}

function Group({ section, first, active, onTake }: GroupProps) {
  const title = `hits-${section.of.name}`;
  return (
    <div role="group" aria-labelledby={title}>
      <div class="hits-title" id={title} role="presentation">
        {told(section)}
      </div>
      {section.rows.map((row, offset) => (
        <Option key={row.kind === "hit" ? row.hit.iri : "more"} row={row} place={first + offset} isActive={first + offset === active} onTake={onTake} />
      ))}
    </div>
  );
}

interface OptionProps {
  readonly row: Row;
  readonly place: number;
  readonly isActive: boolean;
  readonly onTake: (row: Row, isBeside: boolean) => void;
}

function Option({ row, place, isActive, onTake }: OptionProps) {
  const click = (event: MouseEvent) => {
    const isAdd = event.target instanceof Element && event.target.closest(".hit-add") !== null;
    onTake(row, isAdd || event.ctrlKey || event.metaKey);
  };
  return (
    <div id={`hit-${place}`} role="option" aria-selected={isActive} class={`hit hit-${row.kind}`} onClick={click}>
      {row.kind === "hit" ? <Hit hit={row.hit} /> : `More ${row.of.several}`}
      {isActor(row) && (
        <span class="hit-add" title="Show it beside what is there" aria-hidden="true">
          <Icon name="plus" /> Add
        </span>
      )}
    </div>
  );
}

export const isActor = (row: Row | undefined): boolean => row?.kind === "hit" && row.of.name === "entity";

function Empty({ words, found }: { words: string; found: Found }) {
  if (found.problem !== null) return <p role="alert">{found.problem}</p>;
  if (!found.isReady) return null;
  return (
    <div class="no-hit" role="status">
      <p>
        Nothing is called <q dir="auto">{words}</q>.
      </p>
      <p class="quiet">Try fewer letters, another spelling, or only part of the name.</p>
    </div>
  );
}
