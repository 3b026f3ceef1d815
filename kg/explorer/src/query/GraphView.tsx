// The entities of an answer as a small drawing, and the way to the explorer with all of them.
import { useMemo } from "preact/hooks";
import type { Network, Term } from "../api/types";
import { useAsked } from "../components/context";
import { useWidth } from "./Bars";
import { type Graph, placed, strongest } from "./graphs";
import { explorerAt } from "./terms";

/** Entities that a small drawing shows legibly. */
const MOST_DRAWN = 40;
/** Entities that an address names: some kilobytes. */
const MOST_OPENED = 200;
/** Pixels that a drawing is high, from that of two entities to that of the most. */
const LEAST_HEIGHT = 180;
const MOST_HEIGHT = 460;
/** How much wider than high a drawing is at most, so that few entities stay together. */
const WIDEST = 2.4;
const MARGIN_X = 84;
const MARGIN_Y = 28;
/** Characters of a name beside its node. */
const NAME = 24;

interface Given {
  readonly graph: Graph;
  /** The types of entities, with their colours. */
  readonly types: readonly Term[];
}

export function GraphView({ graph, types }: Given) {
  const [element, width] = useWidth();
  const drawn = useMemo(() => strongest(graph, MOST_DRAWN), [graph]);
  const opened = graph.nodes.slice(0, MOST_OPENED).map((node) => node.id);
  const looks = useLooks(drawn, types);
  const total = graph.nodes.length.toLocaleString("en");
  return (
    <div class="small-graph" ref={element}>
      <p>
        <a class="button main" href={explorerAt({ kind: "nothing" }, opened)}>
          Open {opened.length === graph.nodes.length ? `these ${total}` : `the first ${opened.length} of ${total}`} in the explorer
        </a>{" "}
        <span class="quiet">
          {drawn.nodes.length < graph.nodes.length ? `${drawn.nodes.length} of ${total} entities are drawn, those with most neighbours.` : `${total} entities.`}
        </span>
      </p>
      {width > 0 && <Drawing graph={drawn} width={width} looks={looks} />}
    </div>
  );
}

interface Look {
  readonly name: string;
  /** As `#rrggbb`; null where the ontology gives none. */
  readonly colour: string | null;
}

/** Names and colours by id, as far as the server says them already. */
function useLooks(graph: Graph, types: readonly Term[]): ReadonlyMap<string, Look> {
  const ids = useMemo(() => graph.nodes.map((node) => node.id), [graph]);
  const asked = useAsked<Network>("network", { entity: ids, limit: ids.length });
  const entities = asked.kind === "ready" ? asked.answer.entities : [];
  const colours = new Map(types.map((type) => [type.name, type.colour ?? null]));
  return new Map(entities.map(({ id, name, type }) => [id, { name, colour: colours.get(type) ?? null }]));
}

interface DrawingGiven {
  readonly graph: Graph;
  readonly width: number;
  readonly looks: ReadonlyMap<string, Look>;
}

function Drawing({ graph, width, looks }: DrawingGiven) {
  const places = useMemo(() => placed(graph), [graph]);
  const height = LEAST_HEIGHT + (MOST_HEIGHT - LEAST_HEIGHT) * Math.sqrt(Math.min(1, graph.nodes.length / MOST_DRAWN));
  const across = Math.min(width - 2 * Math.min(MARGIN_X, width / 6), height * WIDEST);
  const at = (id: string) => {
    const place = places.get(id)!;
    return { x: width / 2 + (place.x - 0.5) * across, y: MARGIN_Y + place.y * (height - 2.4 * MARGIN_Y) };
  };
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label="Entities of the answer; each opens in the explorer">
      {graph.edges.map(({ source, target, weight }) => {
        const [from, to] = [at(source), at(target)];
        return <line key={`${source}\n${target}`} x1={from.x} y1={from.y} x2={to.x} y2={to.y} class="edge" stroke-width={Math.min(5, 1 + Math.log2(weight))} />;
      })}
      {graph.nodes.map(({ id, degree }) => {
        const { x, y } = at(id);
        const name = looks.get(id)?.name ?? id.replaceAll("_", " ");
        const radius = 5 + Math.min(7, Math.sqrt(degree) * 1.5);
        return (
          <a key={id} href={explorerAt({ kind: "entity", entity: id })} aria-label={name.slice(0, 200)}>
            <circle cx={x} cy={y} r={radius} fill={looks.get(id)?.colour ?? "currentColor"} />
            <text x={x} y={y + radius + 13} class="middle">
              {name.length > NAME ? `${name.slice(0, NAME)}…` : name}
            </text>
          </a>
        );
      })}
    </svg>
  );
}
