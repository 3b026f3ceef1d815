// Rows of the tables: what is drawn, in words and numbers, and their order.
import type { Days, Legend, Network as Said } from "../../api/types";
import { colourOf, labelOf } from "../../drawing/looks";
import { edgeKey, type Edge, type Network, type Node } from "../../state/network";
import type { Id } from "../../state/scene";

/** The first and last day that is known of something; ISO 8601. */
export interface Extent {
  readonly first: string | null;
  readonly last: string | null;
}

export interface EntityRow extends Extent {
  readonly id: Id;
  readonly name: string;
  readonly type: string;
  readonly colour: string;
  readonly country: string | null;
  readonly sector: string | null;
  /** Relations that fit the filters, whoever they are with. */
  readonly relations: number;
  /** How many of those that are shown it is connected with. */
  readonly neighbours: number;
}

export interface EdgeRow extends Extent {
  readonly key: string;
  readonly source: Id;
  readonly target: Id;
  readonly from: string;
  readonly to: string;
  readonly relationClass: string;
  readonly colour: string;
  readonly status: string;
  readonly relations: number;
  /** Whether all its relations that have a direction go from the one to the other. */
  readonly isOneWay: boolean;
}

const UNKNOWN: Extent = { first: null, last: null };

export function entityRows(network: Network, legend: Legend, extents: ReadonlyMap<string, Extent>): readonly EntityRow[] {
  const neighbours = new Map<Id, number>();
  for (const { source, target } of network.edges) {
    for (const end of new Set([source, target])) neighbours.set(end, (neighbours.get(end) ?? 0) + 1);
  }
  return network.nodes.map((node) => ({
    id: node.id,
    name: node.name,
    type: labelOf(legend.types, node.type),
    colour: colourOf(legend.types, node.type),
    country: node.country ?? null,
    sector: node.sector ?? null,
    relations: node.weight,
    neighbours: neighbours.get(node.id) ?? 0,
    ...(extents.get(node.id) ?? UNKNOWN),
  }));
}

export function edgeRows(network: Network, legend: Legend, extents: ReadonlyMap<string, Extent>): readonly EdgeRow[] {
  const names = new Map(network.nodes.map((node: Node) => [node.id, node.name]));
  return network.edges.map(forwards).map((edge) => ({
    key: edge.key,
    source: edge.source,
    target: edge.target,
    from: names.get(edge.source) ?? edge.source,
    to: names.get(edge.target) ?? edge.target,
    relationClass: labelOf(legend.relation_classes, edge.relationClass),
    colour: colourOf(legend.relation_classes, edge.relationClass),
    status: edge.status,
    relations: edge.weight,
    isOneWay: edge.forward > 0 && edge.backward === 0,
    ...(extents.get(edge.key) ?? UNKNOWN),
  }));
}

/** The edge seen from who does more of what it stands for. */
function forwards(edge: Edge): Edge {
  const { source, target, forward, backward } = edge;
  return backward > forward ? { ...edge, source: target, target: source, forward: backward, backward: forward } : edge;
}

/** The days of entities by id and of edges by key, where they were asked for. */
export function extentsOf(said: Said | null): ReadonlyMap<string, Extent> {
  const found = new Map<string, Extent>();
  if (said === null) return found;
  const at = (days: Days | null | undefined, place: number): Extent => ({ first: days?.first[place] ?? null, last: days?.last[place] ?? null });
  said.entities.forEach((entity, place) => found.set(entity.id, at(said.days_of_entities, place)));
  said.edges.source.forEach((source, place) => {
    const [one, other] = [said.entities[source]!.id, said.entities[said.edges.target[place]!]!.id];
    found.set(edgeKey(one, other), at(said.days_of_edges, place));
  });
  return found;
}

export type Value = string | number | null;

export interface Sort {
  readonly column: string;
  readonly isAscending: boolean;
}

const COLLATOR = new Intl.Collator("en", { sensitivity: "base", numeric: true });

/** Rows in the order of a value; those without it last, whichever way; equals stay as they were. */
export function sorted<Row>(rows: readonly Row[], value: (row: Row) => Value, isAscending: boolean): readonly Row[] {
  const sign = isAscending ? 1 : -1;
  return [...rows].sort((one, other) => compared(value(one), value(other), sign));
}

function compared(one: Value, other: Value, sign: number): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return sign * (typeof one === "number" && typeof other === "number" ? one - other : COLLATOR.compare(String(one), String(other)));
}

/** A text without case and accents, in which names are found as they are typed. */
export const folded = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase("en");

/** Rows with all the words that are typed in one of their texts. */
export function found<Row>(rows: readonly Row[], words: string, texts: (row: Row) => readonly string[]): readonly Row[] {
  const wanted = folded(words).split(/\s+/u).filter(Boolean);
  if (wanted.length === 0) return rows;
  return rows.filter((row) => {
    const text = folded(texts(row).join(" "));
    return wanted.every((word) => text.includes(word));
  });
}
