// Where entities stand when paths are shown: in a row from the one end to the other, as paths are read.
import { edgesOf } from "../state/route";
import type { Network } from "../state/network";
import type { Id, Point, Route, Scene } from "../state/scene";

/** Units of the drawing from one step to the next, and from one path to the next. */
const [STEP, APART] = [210, 92];
/** How high the middle of a long row stands above its ends, so that what else connects them is seen beneath. */
const RISE = 34;
/** Entities of paths beyond which columns would be a wall. */
const MOST = 80;

/** Places of entities on the paths that are shown; none where no path is. On high screens they go downward. */
export function courseOf(network: Network, scene: Scene, aspect: number): ReadonlyMap<Id, Point> {
  const { route, chosen } = scene;
  if (route === null || chosen.length === 0) return new Map();
  const columns = route.way.length > 1 ? route.way.map((id) => [id]) : columnsOf(network, route);
  const drawn = new Set(network.nodes.map((node) => node.id));
  if (columns.flat().some((id) => !drawn.has(id))) return new Map();
  const last = Math.max(columns.length - 1, 1);
  const rise = edgesOf(route).size < network.edges.length && columns.length > 2 ? RISE : 0;
  const points = columns.flatMap((ids, column) =>
    ids.map((id, row) => {
      const along = STEP * column;
      const across = APART * (row - (ids.length - 1) / 2) - 4 * rise * (column / last) * (1 - column / last);
      return [id, aspect < 1 ? { x: -1.4 * across, y: 0.6 * along } : { x: along, y: across }] as const;
    }),
  );
  return new Map(points);
}

/** All that is drawn by its steps from the one end, the other end last; nothing where some of it is on no short path. */
function columnsOf(network: Network, { from, to, longest }: Route): readonly (readonly Id[])[] {
  if (network.nodes.length > MOST) return [];
  const beside = neighboursOf(network);
  const [near, far] = [stepsFrom(from, beside), stepsFrom(to, beside)];
  const shortest = near.get(to);
  if (shortest === undefined) return [];
  const most = Math.max(longest ?? 0, shortest + 1);
  const isOnPath = ({ id }: { id: Id }) => (near.get(id) ?? Infinity) + (far.get(id) ?? Infinity) <= most;
  if (!network.nodes.every(isOnPath)) return [];
  const columns: Id[][] = [[from]];
  for (const { id } of network.nodes) if (id !== from && id !== to) (columns[near.get(id)!] ??= []).push(id);
  return [...columns, [to]];
}

function neighboursOf(network: Network): ReadonlyMap<Id, readonly Id[]> {
  const found = new Map<Id, Id[]>(network.nodes.map((node) => [node.id, []]));
  for (const { source, target } of network.edges) {
    found.get(source)?.push(target);
    found.get(target)?.push(source);
  }
  return found;
}

/** Steps from an entity to each that can be reached. */
function stepsFrom(start: Id, beside: ReadonlyMap<Id, readonly Id[]>): ReadonlyMap<Id, number> {
  const found = new Map([[start, 0]]);
  for (const [id, steps] of found) for (const other of beside.get(id) ?? []) if (!found.has(other)) found.set(other, steps + 1);
  return found;
}
