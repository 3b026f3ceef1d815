// Who is connected with an entity, the strongest first.
import type { Neighbour, Neighbourhood } from "../../api/types";
import { colourOf, labelOf } from "../../drawing/looks";
import { parametersOfFilters } from "../../state/network";
import { filtersSet, type Id, type Scene } from "../../state/scene";
import { useShared } from "../context";
import { isDrawn, showBeside } from "../../state/showing";
import { Awaiting } from "./Awaiting";
import { usePages } from "./asking";
import { Told } from "./Copies";
import { Pager } from "./Pager";
import { Dot, EntityLink, SelectionLink } from "./Terms";
import { counted, number } from "./words";

const pageOf = (answer: Neighbourhood) => answer.neighbours;

export function Neighbours({ entity, scene, total }: { entity: Id; scene: Scene; total: number }) {
  const { store } = useShared();
  const pages = usePages("neighbours", { entity, ...parametersOfFilters(scene.filters), limit: 20 }, pageOf);
  const missing = pages.items.filter((item) => !isDrawn(store, item.entity.id)).map((item) => item.entity.id);
  return (
    <>
      {filtersSet(scene.filters) > 0 && pages.answer !== null && (
        <p class="panel-note">
          {number(pages.total)} of {counted(total, "neighbour")} fit the filters.
        </p>
      )}
      <Awaiting awaited={pages} />
      <ul class="neighbours">
        {pages.items.map((item) => (
          <NeighbourLine key={item.entity.iri} item={item} of={entity} />
        ))}
      </ul>
      {pages.answer !== null && pages.total === 0 && <p class="empty">None that fits the filters. Take one away to see more.</p>}
      <Pager pages={pages} one="neighbour" />
      {missing.length > 1 && (
        <p class="panel-ways">
          <button type="button" onClick={() => showBeside(store, missing)}>
            Show these {number(missing.length)}
          </button>
        </p>
      )}
    </>
  );
}

function NeighbourLine({ item, of }: { item: Neighbour; of: Id }) {
  const { store, overview } = useShared();
  const { entity, bundle } = item;
  const classes = overview.legend.relation_classes;
  return (
    <li>
      <span class="who">
        <EntityLink entity={entity} />
        <small>
          {bundle.relation_classes.slice(0, 3).map(({ value, count }) => (
            <span key={value} class="part">
              <Dot colour={colourOf(classes, value ?? "")} />
              {labelOf(classes, value ?? "")} {number(count)}
            </span>
          ))}
          {bundle.reports < bundle.articles && (
            <span class="part">
              <Told of={bundle} />
            </span>
          )}
        </small>
      </span>
      <SelectionLink to={{ kind: "edge", source: of, target: entity.id }} title="All relations between the two">
        {counted(bundle.weight, "relation")}
      </SelectionLink>
      {isDrawn(store, entity.id) ? (
        <span class="there">shown</span>
      ) : (
        <button type="button" class="small" onClick={() => showBeside(store, [entity.id])}>
          Show<span class="unseen"> {entity.name.slice(0, 80)}</span>
        </button>
      )}
    </li>
  );
}
