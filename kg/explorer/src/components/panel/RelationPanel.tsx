// One relation alone, as behind a permalink.
import type { RelationDetail } from "../../api/types";
import { Awaiting } from "./Awaiting";
import { useAnswer } from "./asking";
import { Frame } from "./Frame";
import { RelationCard } from "./RelationCard";
import { SelectionLink, short } from "./Terms";
import type { Trail } from "./trail";

export function RelationPanel({ relation, trail }: { relation: string; trail: Trail }) {
  const awaited = useAnswer<RelationDetail>("relation", { relation });
  const { answer } = awaited;
  return (
    <Frame kind="Relation" heading={answer === null ? "A relation" : `${short(answer.subject.name)} – ${short(answer.object.name)}`} trail={trail}>
      <Awaiting awaited={awaited} lines={8} />
      {answer !== null && (
        <>
          <RelationCard relation={answer} />
          <p class="panel-ways">
            <SelectionLink to={{ kind: "edge", source: answer.subject.id, target: answer.object.id }} class="panel-way">
              All relations between the two
            </SelectionLink>
          </p>
        </>
      )}
    </Frame>
  );
}
