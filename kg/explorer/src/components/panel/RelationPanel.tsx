// One relation alone, as behind a permalink.
import type { RelationDetail } from "../../api/types";
import { Awaiting } from "./Awaiting";
import { useAnswer } from "./asking";
import type { Origin } from "./focus";
import { Frame } from "./Frame";
import { RelationCard } from "./RelationCard";
import { SelectionLink, short } from "./Terms";

export function RelationPanel({ relation, origin }: { relation: string; origin: Origin }) {
  const awaited = useAnswer<RelationDetail>("relation", { relation });
  const { answer } = awaited;
  return (
    <Frame kind="Relation" heading={answer === null ? "A relation" : `${short(answer.subject.name)} – ${short(answer.object.name)}`} origin={origin}>
      <Awaiting awaited={awaited} lines={8} />
      {answer !== null && (
        <>
          <RelationCard relation={answer} />
          <p class="ways">
            <SelectionLink to={{ kind: "edge", source: answer.subject.id, target: answer.object.id }} class="way">
              All relations between the two
            </SelectionLink>
          </p>
        </>
      )}
    </Frame>
  );
}
