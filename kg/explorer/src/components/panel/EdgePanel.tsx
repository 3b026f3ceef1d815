// Every relation behind an edge, with its evidence.
import type { EntityBrief, Relations } from "../../api/types";
import type { Id, Scene } from "../../state/scene";
import { useShared } from "../context";
import { Told } from "./Copies";
import { Awaiting } from "./Awaiting";
import { useAnswer, usePages } from "./asking";
import { Frame } from "./Frame";
import { ClassChoice, FilterNotice, OrderChoice, StatusChips } from "./Narrow";
import { useNarrowing } from "./narrowing";
import { Pager } from "./Pager";
import { RelationCard } from "./RelationCard";
import { EntityLink } from "./Terms";
import type { Trail } from "./trail";
import { counted } from "./words";

interface Shown {
  readonly scene: Scene;
  readonly source: Id;
  readonly target: Id;
  readonly trail: Trail;
}

const pageOf = (answer: Relations) => answer.relations;

export function EdgePanel({ scene, source, target, trail }: Shown) {
  const narrowing = useNarrowing(scene.filters, `${source}\n${target}`, true);
  const pages = usePages("relations", { entity: source, other: target, ...narrowing.given, limit: 20 }, pageOf);
  const total = useAnswer<Relations>("relations", narrowing.isFiltered ? { entity: source, other: target, limit: 1 } : null);
  const facets = pages.answer?.facets;
  const isNarrowed = narrowing.status !== null || narrowing.relationClass !== null;
  return (
    <Frame kind="Relations between" heading={<Ends source={source} target={target} answer={pages.answer} />} trail={trail}>
      {pages.answer !== null && pages.total > 0 && (
        <p class="panel-note">
          {counted(pages.total, "relation")} in <Told of={pages.answer} />.
        </p>
      )}
      {facets !== undefined && <StatusChips facets={facets} narrowing={narrowing} />}
      <div class="choices">
        {facets !== undefined && <ClassChoice facets={facets} narrowing={narrowing} />}
        {pages.total > 1 && <OrderChoice narrowing={narrowing} />}
      </div>
      {pages.answer !== null && (
        <FilterNotice narrowing={narrowing} fitting={isNarrowed ? null : pages.total} total={total.answer?.relations.total ?? null} />
      )}
      <div class={pages.isLoading && pages.items.length > 0 ? "cards stale" : "cards"}>
        {pages.items.map((relation) => (
          <RelationCard key={relation.iri} relation={relation} />
        ))}
      </div>
      <Awaiting awaited={pages} lines={8} />
      {pages.answer !== null && pages.total === 0 && <p class="empty">No relation between the two fits. Take away a filter, or choose another status or class.</p>}
      <Pager pages={pages} one="relation" />
    </Frame>
  );
}

/** The two, by name as soon as they are known. */
function Ends({ source, target, answer }: { source: Id; target: Id; answer: Relations | null }) {
  const { store } = useShared();
  const drawn = (id: Id): EntityBrief | null => store.state.network.nodes.find((node) => node.id === id) ?? null;
  const [one, other] = [answer?.entity ?? drawn(source), answer?.other ?? drawn(target)];
  if (one === null || other === null) return <>Relations between two</>;
  return (
    <span class="ends">
      <EntityLink entity={one} />
      <span class="and"> and </span>
      <EntityLink entity={other} />
    </span>
  );
}
