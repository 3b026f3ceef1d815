// A paragraph of an article: mentions are links to entities, sentences that carry relations are marked and say how many.
import { useEffect, useRef, useState } from "preact/hooks";
import type { EntityBrief, MarkedMention, MarkedSentence, Paragraph, RelationDetail } from "../../api/types";
import { colourOf } from "../../drawing/looks";
import { useShared } from "../context";
import { Awaiting } from "./Awaiting";
import { useAnswer } from "./asking";
import { parts, type Piece } from "./marks";
import { SelectionLink, StatusBadge, short } from "./Terms";

interface Shown {
  readonly paragraph: Paragraph;
  /** Those that are mentioned, by IRI. */
  readonly entities: ReadonlyMap<string, EntityBrief>;
  /** IRI of the relation at which the article is opened. */
  readonly relation: string | null;
}

export function ParagraphText({ paragraph, entities, relation }: Shown) {
  const [opened, open] = useState<MarkedSentence | null>(null);
  const shown = parts(paragraph);
  return (
    <>
      <p dir="auto">
        {shown.map((part, place) => {
          const text = part.pieces.map((piece, at) => <Words key={at} piece={piece} entities={entities} />);
          if (part.sentence === null) return <span key={place}>{text}</span>;
          const { sentence } = part;
          const isHere = relation !== null && sentence.relations.includes(relation);
          return (
            <Sentence key={place} sentence={sentence} isHere={isHere} isOpen={opened === sentence} onOpen={() => open(opened === sentence ? null : sentence)}>
              {text}
            </Sentence>
          );
        })}
      </p>
      {opened !== null && (
        <ul class="found-relations">
          {opened.relations.map((iri) => (
            <Found key={iri} relation={iri} />
          ))}
        </ul>
      )}
    </>
  );
}

interface Marked {
  readonly sentence: MarkedSentence;
  readonly isHere: boolean;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  readonly children: preact.ComponentChildren;
}

/** The one at which the article is opened comes into view, and takes the focus. */
function Sentence({ sentence, isHere, isOpen, onOpen, children }: Marked) {
  const mark = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isHere) return;
    if (mark.current !== null) bringIntoView(mark.current);
    mark.current?.focus({ preventScroll: true });
  }, [isHere]);
  return (
    <>
      <mark ref={mark} class={isHere ? "sentence here" : "sentence"} tabIndex={isHere ? -1 : undefined}>
        {children}
      </mark>{" "}
      <button type="button" class="finding" aria-expanded={isOpen} onClick={onOpen} title="Relations of this sentence">
        {sentence.relations.length}
        <span class="unseen"> {sentence.relations.length === 1 ? "relation" : "relations"} of this sentence</span>
      </button>{" "}
    </>
  );
}

/** Scrolls the panel alone; the browser's own way would move the page too. */
function bringIntoView(mark: HTMLElement): void {
  const body = mark.closest(".panel-body");
  if (body === null) return;
  const [place, around] = [mark.getBoundingClientRect(), body.getBoundingClientRect()];
  const above = Math.max((around.height - place.height) / 2, 24);
  body.scrollTop += place.top - around.top - above;
}

/** Words of the text, as a link where they stand for an entity; for each further entity there is a link behind them. */
function Words({ piece, entities }: { piece: Piece<MarkedMention>; entities: ReadonlyMap<string, EntityBrief> }) {
  const known = piece.marks.flatMap((mark) => entities.get(mark.entity) ?? []);
  const [first, ...others] = [...new Set(known)];
  if (first === undefined) return <>{piece.text}</>;
  return (
    <>
      <MentionLink entity={first}>{piece.text}</MentionLink>
      {others.map((entity, place) => (
        <sup key={entity.iri}>
          <MentionLink entity={entity}>
            {place + 2}
            <span class="unseen"> {entity.name.slice(0, 80)}</span>
          </MentionLink>
        </sup>
      ))}
    </>
  );
}

function MentionLink({ entity, children }: { entity: EntityBrief; children: preact.ComponentChildren }) {
  const { overview } = useShared();
  return (
    <span class="mention" style={{ "--colour": colourOf(overview.legend.types, entity.type) }}>
      <SelectionLink to={{ kind: "entity", entity: entity.id }} title={entity.name.slice(0, 300)}>
        {children}
      </SelectionLink>
    </span>
  );
}

/** A relation in a line. */
function Found({ relation }: { relation: string }) {
  const awaited = useAnswer<RelationDetail>("relation", { relation });
  const { answer } = awaited;
  return (
    <li>
      <Awaiting awaited={awaited} lines={1} />
      {answer !== null && (
        <>
          <SelectionLink to={{ kind: "relation", relation: answer.iri }}>
            <bdi>{short(answer.subject.name)}</bdi> <em>{answer.predicate}</em> <bdi>{short(answer.object.name)}</bdi>
          </SelectionLink>
          <StatusBadge status={answer.status} />
        </>
      )}
    </li>
  );
}
