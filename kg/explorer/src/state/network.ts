// The entities and edges that are drawn: what the server says of a scene, by id.
import { ask } from "../api/client";
import type { EntityBrief, Facets, Network as Said } from "../api/types";
import type { Filters, Id, Scene } from "./scene";

export interface Node extends EntityBrief {
  /** How many relations it has that fit the filters, drawn or not. */
  readonly weight: number;
}

/** All relations between two entities. */
export interface Edge {
  readonly key: string;
  readonly source: Id;
  readonly target: Id;
  readonly weight: number;
  /** Relations from source to target, and the other way; those that hold both ways are in neither. */
  readonly forward: number;
  readonly backward: number;
  /** Name of the most frequent class. */
  readonly relationClass: string;
  /** `asserted` where any relation is, else the most frequent status. */
  readonly status: string;
}

export interface Network {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  /** How many relations the edges stand for. */
  readonly relations: number;
  readonly entitiesTotal: number;
  readonly relationsTotal: number;
  readonly facets: Facets | null;
}

export const NOTHING: Network = { nodes: [], edges: [], relations: 0, entitiesTotal: 0, relationsTotal: 0, facets: null };

/** The key of the edge between two entities, whichever comes first. */
export const edgeKey = (one: Id, other: Id): string => (one < other ? `${one}\n${other}` : `${other}\n${one}`);

/** What is drawn of a scene. */
export async function networkOf(scene: Scene, signal: AbortSignal): Promise<Network> {
  const asked = { ...parametersOfFilters(scene.filters), entity: scene.chosen, limit: scene.most };
  const said = await ask<Said>("network", scene.chosen.length > 0 ? { ...asked, limit: null } : asked, signal);
  return without(read(said), scene.hidden);
}

/** Filters as the API takes them. */
export function parametersOfFilters(filters: Filters): Record<string, string | number | null | readonly string[]> {
  return { ...filters, min_confidence: filters.min_confidence || null };
}

export function read(said: Said): Network {
  const nodes = said.entities.map((entity, place) => ({ ...entity, weight: said.weights[place] ?? 0 }));
  const { source, target, weight, forward, backward, relation_class, status } = said.edges;
  const edges = source.map((from, place): Edge => {
    const [one, other] = [nodes[from]!.id, nodes[target[place]!]!.id];
    return {
      key: edgeKey(one, other),
      source: one,
      target: other,
      weight: weight[place]!,
      forward: forward[place]!,
      backward: backward[place]!,
      relationClass: said.relation_classes[relation_class[place]!]!,
      status: said.statuses[status[place]!]!,
    };
  });
  return {
    nodes,
    edges,
    relations: said.relations,
    entitiesTotal: said.entities_total,
    relationsTotal: said.relations_total,
    facets: said.facets,
  };
}

function without(network: Network, hidden: ReadonlySet<Id>): Network {
  if (hidden.size === 0) return network;
  const edges = network.edges.filter((edge) => !hidden.has(edge.source) && !hidden.has(edge.target));
  return {
    ...network,
    nodes: network.nodes.filter((node) => !hidden.has(node.id)),
    edges,
    relations: edges.reduce((sum, edge) => sum + edge.weight, 0),
  };
}
