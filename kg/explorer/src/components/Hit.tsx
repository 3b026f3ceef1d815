// One thing that the search found.
import type { HitShown } from "../api/types";
import { colourOf, labelOf } from "../drawing/looks";
import { useShared } from "./context";
import { Icon } from "./icons";
import { pieces } from "./searching";

const NUMBER = new Intl.NumberFormat("en");

export function Hit({ hit }: { hit: HitShown }) {
  return hit.type === "article" || hit.type === "relation" ? <TextHit hit={hit} /> : <ActorHit hit={hit} />;
}

function ActorHit({ hit }: { hit: HitShown }) {
  const { overview } = useShared();
  const { types } = overview.legend;
  const isByName = hit.matched === hit.name;
  return (
    <>
      <svg class="dot" viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
        <circle cx="5" cy="5" r="5" fill={colourOf(types, hit.type)} />
      </svg>
      <span class="hit-name" dir="auto">
        {isByName ? <Marked text={hit.name} spans={hit.spans} /> : hit.name}
      </span>
      <span class="hit-kind">
        {labelOf(types, hit.type)}
        {hit.country !== null && hit.type !== "country" && `, ${hit.country}`}
      </span>
      <span class="hit-about">
        {!isByName && (
          <span class="hit-matched" dir="auto">
            also <Marked text={hit.matched} spans={hit.spans} />
          </span>
        )}
        <span>{counted(hit.relations)}</span>
      </span>
    </>
  );
}

function counted(relations: number): string {
  if (relations === 0) return "no relations";
  return relations === 1 ? "1 relation" : `${NUMBER.format(relations)} relations`;
}

function TextHit({ hit }: { hit: HitShown }) {
  return (
    <>
      <Icon name={hit.type === "article" ? "anew" : "link"} />
      <span class="hit-text" dir="auto">
        <Marked text={hit.matched} spans={hit.spans} />
      </span>
    </>
  );
}

function Marked({ text, spans }: { text: string; spans: HitShown["spans"] }) {
  return <>{pieces(text, spans).map(([piece, isMarked], place) => (isMarked ? <mark key={place}>{piece}</mark> : piece))}</>;
}
