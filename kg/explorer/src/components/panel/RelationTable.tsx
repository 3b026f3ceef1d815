// The relations of an entity as a table, in the orders that the server knows.
import type { ComponentChildren } from "preact";
import type { EntityBrief, RelationDetail, Relations } from "../../api/types";
import { labelOf } from "../../drawing/looks";
import type { Id, Scene } from "../../state/scene";
import { select } from "../../state/steps";
import { useShared } from "../context";
import { Awaiting } from "./Awaiting";
import { usePages } from "./asking";
import { SaidBy, Told } from "./Copies";
import { FilterNotice, PropertyChips, StatusChips } from "./Narrow";
import { useNarrowing, type Narrowing, type Order } from "./narrowing";
import { Pager } from "./Pager";
import { SelectionLink, StatusMark, short } from "./Terms";
import { sureness, whenOf } from "./words";

const pageOf = (answer: Relations) => answer.relations;

export function RelationTable({ entity, scene, total }: { entity: Id; scene: Scene; total: number }) {
  const narrowing = useNarrowing(scene.filters, entity, false);
  const pages = usePages("relations", { entity, ...narrowing.given, limit: 10 }, pageOf);
  const facets = pages.answer?.facets;
  const isNarrowed = narrowing.status !== null || narrowing.property !== null;
  return (
    <>
      {facets !== undefined && <PropertyChips facets={facets} narrowing={narrowing} />}
      {facets !== undefined && <StatusChips facets={facets} narrowing={narrowing} />}
      {pages.answer !== null && <FilterNotice narrowing={narrowing} fitting={isNarrowed ? null : pages.total} total={total} />}
      {pages.answer !== null && pages.total > 0 && (
        <p class="panel-note">
          Stated in <Told of={pages.answer} />.
        </p>
      )}
      {pages.items.length > 0 && (
        <table class={pages.isLoading ? "relations stale" : "relations"}>
          <caption class="unseen">Relations; a row opens one with its evidence</caption>
          <thead>
            <tr>
              <th scope="col">
                Relation <small>and who says so</small>
              </th>
              <SortHead narrowing={narrowing} orders={["newest", "oldest"]}>
                When
              </SortHead>
              <SortHead narrowing={narrowing} orders={["surest"]}>
                Sure
              </SortHead>
            </tr>
          </thead>
          <tbody>
            {pages.items.map((relation) => (
              <Row key={relation.iri} relation={relation} of={entity} />
            ))}
          </tbody>
        </table>
      )}
      <Awaiting awaited={pages} lines={6} />
      {pages.answer !== null && pages.total === 0 && <p class="empty">No relation fits. Take away a filter, or choose another chip.</p>}
      <Pager pages={pages} one="relation" />
    </>
  );
}

/** A head that sorts: by the first order, and pressed again by the next. */
function SortHead({ narrowing, orders, children }: { narrowing: Narrowing; orders: readonly Order[]; children: ComponentChildren }) {
  const at = orders.indexOf(narrowing.order);
  const next = orders[(at + 1) % orders.length]!;
  const direction = narrowing.order === "oldest" ? "ascending" : "descending";
  return (
    <th scope="col" aria-sort={at < 0 ? "none" : direction}>
      <button type="button" onClick={() => narrowing.setOrder(next)} title={`Sort: ${next} first`}>
        {children}
      </button>
    </th>
  );
}

function Row({ relation, of }: { relation: RelationDetail; of: Id }) {
  const { store, overview } = useShared();
  const to = { kind: "relation", relation: relation.iri } as const;
  const property = relation.property === null ? relation.predicate : labelOf(overview.legend.properties, relation.property);
  const isLink = (event: MouseEvent) => (event.target as HTMLElement).closest("a") !== null;
  return (
    <tr class={relation.status} onClick={(event) => !isLink(event) && store.take(select(to))}>
      <th scope="row">
        <SelectionLink to={to}>
          <End entity={relation.subject} of={of} /> <span class="verb">{property}</span> <End entity={relation.object} of={of} />
        </SelectionLink>{" "}
        {relation.status !== "asserted" && (
          <span class={`small-badge ${relation.status}`}>
            <StatusMark status={relation.status} />
            {labelOf(overview.legend.statuses, relation.status)}
          </span>
        )}
        <SaidBy article={relation.article} speaker={relation.attribution?.name ?? null} />
      </th>
      <td>{shortTime(relation)}</td>
      <td title={`Confidence ${relation.confidence.toFixed(2)}`}>
        {sureness(relation.confidence)}
        <span class="unseen">, confidence {relation.confidence.toFixed(2)}</span>
      </td>
    </tr>
  );
}

/** An end of a relation: the one whose panel this is recedes. */
function End({ entity, of }: { entity: EntityBrief; of: Id }) {
  return <bdi class={entity.id === of ? "own" : "other"}>{short(entity.name)}</bdi>;
}

/** The days as numbers, which line up; with a sign where they are the article's. */
function shortTime(relation: RelationDetail): ComponentChildren {
  const { time, basis } = whenOf(relation);
  const iso = relation.time ?? relation.article.published ?? "";
  if (iso === "") return <span class="tally">–</span>;
  return (
    <time dateTime={iso} title={`${time}, ${basis}`}>
      {iso}
      {relation.time === null && <span class="by-article"> article’s date</span>}
    </time>
  );
}
