// What is shown: all that undo undoes and that the address holds. Scenes are never changed, only followed by others.

/** Id of an entity, as in addresses and the API. */
export type Id = string;

/** Which relations count; an empty list narrows nothing. Named as the API's parameters are. */
export interface Filters {
  readonly relation_class: readonly string[];
  readonly property: readonly string[];
  readonly status: readonly string[];
  readonly type: readonly string[];
  readonly publisher: readonly string[];
  /** ISO 8601 days, both included. */
  readonly since: string | null;
  readonly until: string | null;
  /** 0–1. */
  readonly min_confidence: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Selection =
  | { readonly kind: "nothing" }
  | { readonly kind: "entity"; readonly entity: Id }
  | { readonly kind: "edge"; readonly source: Id; readonly target: Id }
  | { readonly kind: "relation"; readonly relation: string }
  | { readonly kind: "article"; readonly article: string; readonly relation: string | null };

/** What paths are looked for between. */
export interface Route {
  readonly from: Id;
  readonly to: Id;
  /** Steps of the longest path; null for the shortest paths. */
  readonly longest: number | null;
  /** Entities of the path that is shown, from the one end to the other; empty where none is. */
  readonly way: readonly Id[];
}

export type ColourBy = "type" | "community";
export type SizeBy = "relations" | "degree" | "pagerank" | "betweenness";
export type ShownAs = "drawing" | "table";

export interface Scene {
  /** Entities that were chosen one by one or by expanding, in that order; empty where the strongest are shown. */
  readonly chosen: readonly Id[];
  /** How many of the strongest are shown where none are chosen. */
  readonly most: number;
  readonly hidden: ReadonlySet<Id>;
  readonly pinned: ReadonlyMap<Id, Point>;
  readonly filters: Filters;
  readonly selection: Selection;
  readonly route: Route | null;
  readonly colourBy: ColourBy;
  readonly sizeBy: SizeBy;
  readonly shownAs: ShownAs;
}

export const NO_FILTERS: Filters = {
  relation_class: [],
  property: [],
  status: [],
  type: [],
  publisher: [],
  since: null,
  until: null,
  min_confidence: 0,
};

/** Entities that a screen shows legibly; more at a click. */
export const FEW = 60;

/** How many of the strongest are shown, from the fewest to all that a drawing holds. */
export const NUMBERS: readonly number[] = [20, FEW, 300, 1_000, 3_000, 10_000, 50_000];

/** Entities that can be chosen one by one: the API draws no more that are named. */
export const MOST_CHOSEN = 2_000;

export const FIRST_SCENE: Scene = {
  chosen: [],
  most: FEW,
  hidden: new Set(),
  pinned: new Map(),
  filters: NO_FILTERS,
  selection: { kind: "nothing" },
  route: null,
  colourBy: "type",
  sizeBy: "relations",
  shownAs: "drawing",
};

/** How many filters narrow what is shown. */
export function filtersSet(filters: Filters): number {
  const lists = [filters.relation_class, filters.property, filters.status, filters.type, filters.publisher];
  const narrowed = lists.filter((list) => list.length > 0).length;
  return narrowed + Number(filters.since !== null || filters.until !== null) + Number(filters.min_confidence > 0);
}
