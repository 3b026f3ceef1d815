// Which of the relations of a panel are listed: by the filters of the scene, and by what is narrowed in the panel itself.
import { useState } from "preact/hooks";
import type { Parameters } from "../../api/client";
import { parametersOfFilters } from "../../state/network";
import { filtersSet, NO_FILTERS, type Filters } from "../../state/scene";

export type Order = "newest" | "oldest" | "surest";

export interface Narrowing {
  /** As the API takes them. */
  readonly given: Parameters;
  readonly order: Order;
  readonly setOrder: (order: Order) => void;
  readonly status: string | null;
  readonly setStatus: (status: string | null) => void;
  readonly property: string | null;
  readonly setProperty: (name: string | null) => void;
  readonly relationClass: string | null;
  readonly setRelationClass: (name: string | null) => void;
  /** Whether the filters of the scene narrow the list. */
  readonly isFiltered: boolean;
  readonly isUnfiltered: boolean;
  /** Leaves the filters of the scene out of account, or heeds them again. */
  readonly setUnfiltered: (isUnfiltered: boolean) => void;
}

/** Begins with the filters of the scene, the newest first. Between two entities their types narrow nothing. */
export function useNarrowing(filters: Filters, isBetweenTwo: boolean): Narrowing {
  const [order, setOrder] = useState<Order>("newest");
  const [status, setStatus] = useState<string | null>(null);
  const [relationClass, setRelationClass] = useState<string | null>(null);
  const [property, setProperty] = useState<string | null>(null);
  const [isUnfiltered, setUnfiltered] = useState(false);
  const heeded = isBetweenTwo ? { ...filters, type: [] } : filters;
  const ofScene = isUnfiltered ? NO_FILTERS : heeded;
  const narrowed = {
    ...ofScene,
    status: status === null ? ofScene.status : [status],
    property: property === null ? ofScene.property : [property],
    relation_class: relationClass === null ? ofScene.relation_class : [relationClass],
  };
  return {
    given: { ...parametersOfFilters(narrowed), order },
    order, setOrder, status, setStatus, property, setProperty, relationClass, setRelationClass,
    isFiltered: filtersSet(ofScene) > 0,
    isUnfiltered: isUnfiltered && filtersSet(heeded) > 0,
    setUnfiltered,
  };
}
