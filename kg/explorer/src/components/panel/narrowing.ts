// Which of the relations of a panel are listed: by the filters of the scene, and by what is narrowed in the panel itself.
import { useEffect, useState } from "preact/hooks";
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
  /** Whether all properties stand as chips. */
  readonly isAll: boolean;
  readonly setAll: (isAll: boolean) => void;
  readonly relationClass: string | null;
  readonly setRelationClass: (name: string | null) => void;
  /** Whether the filters of the scene narrow the list. */
  readonly isFiltered: boolean;
  readonly isUnfiltered: boolean;
  /** Leaves the filters of the scene out of account, or heeds them again. */
  readonly setUnfiltered: (isUnfiltered: boolean) => void;
}

interface Narrowed {
  readonly whose: string;
  readonly order: Order;
  readonly status: string | null;
  readonly relationClass: string | null;
  readonly property: string | null;
  readonly isAll: boolean;
}

const WHOLE: Narrowed = { whose: "", order: "newest", status: null, relationClass: null, property: null, isAll: false };
/** The list that was narrowed last: whoever opens a relation of it and comes back finds it as it was. */
let last = WHOLE;

/**
 * Begins with the filters of the scene, the newest first; or as the list was left, if none was narrowed since.
 *
 * `whose` is the entity of the list, or the two. Between two their types narrow nothing.
 */
export function useNarrowing(filters: Filters, whose: string, isBetweenTwo: boolean): Narrowing {
  const known = last.whose === whose ? last : WHOLE;
  const [order, setOrder] = useState<Order>(known.order);
  const [status, setStatus] = useState<string | null>(known.status);
  const [relationClass, setRelationClass] = useState<string | null>(known.relationClass);
  const [property, setProperty] = useState<string | null>(known.property);
  const [isAll, setAll] = useState(known.isAll);
  useEffect(() => {
    last = { whose, order, status, relationClass, property, isAll };
  }, [whose, order, status, relationClass, property, isAll]);
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
    order, setOrder, status, setStatus, property, setProperty, isAll, setAll, relationClass, setRelationClass,
    isFiltered: filtersSet(ofScene) > 0,
    isUnfiltered: isUnfiltered && filtersSet(heeded) > 0,
    setUnfiltered,
  };
}
