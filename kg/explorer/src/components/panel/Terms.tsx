// Words that mean something: entities as links, terms of the ontology with what they mean, statuses as badges.
import { useId, useState } from "preact/hooks";
import type { EntityBrief, Status, Term } from "../../api/types";
import { colourOf, labelOf } from "../../drawing/looks";
import type { Selection } from "../../state/scene";
import { select } from "../../state/steps";
import { useShared } from "../context";
import { Glyph, isSign } from "./Glyph";
import { addressWith } from "./links";

/** A link that changes what the panel shows; it can be copied and opened beside as well. */
export function SelectionLink({ to, title, children, class: name }: { to: Selection; title?: string; children: preact.ComponentChildren; class?: string }) {
  const { store } = useShared();
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    store.take(select(to));
  };
  return (
    <a href={addressWith(store.scene, to)} class={name} title={title} onClick={follow}>
      {children}
    </a>
  );
}

/** An entity by name, with the colour of its type. */
export function EntityLink({ entity }: { entity: EntityBrief }) {
  const { overview } = useShared();
  return (
    <span class="entity" style={{ "--colour": colourOf(overview.legend.types, entity.type) }}>
      <SelectionLink to={{ kind: "entity", entity: entity.id }} title={entity.name.slice(0, MOST_TOLD)}>
        <bdi>{short(entity.name)}</bdi>
      </SelectionLink>
    </span>
  );
}

/** Characters of a name in running text, and in its tooltip; ten thousand help nobody. */
const [MOST_SHOWN, MOST_TOLD] = [120, 300];

/** A name as it stands in running text, never cut within a character. */
export const short = (name: string): string => (name.length > MOST_SHOWN ? `${[...name.slice(0, MOST_SHOWN)].slice(0, -1).join("").trimEnd()} …` : name);

export function TypeDot({ type }: { type: string }) {
  const { overview } = useShared();
  return <Dot colour={colourOf(overview.legend.types, type)} />;
}

export function Dot({ colour }: { colour: string }) {
  return <span class="type-dot" aria-hidden="true" style={{ "--colour": colour }} />;
}

/** A term with its definition, at hover, focus and touch (WCAG 2.2, 1.4.13: Escape puts it away). */
export function Defined({ term, name, class: kind, children }: { term: Term | undefined; name: string; class: string; children?: preact.ComponentChildren }) {
  const id = useId();
  const [isAway, put] = useState(false);
  const label = term?.label ?? name;
  if (term === undefined) return <span class={kind}>{children ?? label}</span>;
  const escape = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || isAway) return;
    event.preventDefault();
    put(true);
  };
  return (
    <span class={isAway ? "defined away" : "defined"} onMouseEnter={() => put(false)} onFocusOut={() => put(false)}>
      <button type="button" class={kind} aria-describedby={id} onKeyDown={escape} onClick={() => put(false)}>
        {children ?? label}
      </button>
      <span role="tooltip" id={id} class="definition">
        <strong>{label}</strong> {term.definition}
      </span>
    </span>
  );
}

export function StatusBadge({ status }: { status: Status }) {
  const { overview } = useShared();
  const term = overview.legend.statuses.find((one) => one.name === status);
  return (
    <Defined term={term} name={status} class={`status-badge ${status}`}>
      <StatusMark status={status} />
      {labelOf(overview.legend.statuses, status)}
    </Defined>
  );
}

/** A sign of a status that does not rest on colour alone. */
export function StatusMark({ status }: { status: string }) {
  return isSign(status) ? <Glyph sign={status} /> : null;
}

export function ClassTag({ name }: { name: string }) {
  const { overview } = useShared();
  const term = overview.legend.relation_classes.find((one) => one.name === name);
  return (
    <Defined term={term} name={name} class="tag">
      <Dot colour={colourOf(overview.legend.relation_classes, name)} />
      {term?.label ?? name}
    </Defined>
  );
}
