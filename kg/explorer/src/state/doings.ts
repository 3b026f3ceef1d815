// What a step did, told by the scenes before and after it: for "Undo hiding Bo Cole", and to tell which steps are one.
import { FIRST_SCENE, type Filters, type Id, type Scene } from "./scene";

/** The name of an entity, or what stands for it where it is not known. */
export type NameOf = (id: Id) => string;

const NUMBER = new Intl.NumberFormat("en");
const SIZES = { relations: "relations", degree: "neighbours", pagerank: "PageRank", betweenness: "betweenness" } as const;
const FILTERS: readonly (readonly [string, readonly (keyof Filters)[]])[] = [
  ["class", ["relation_class"]],
  ["property", ["property"]],
  ["status", ["status"]],
  ["type", ["type"]],
  ["publisher", ["publisher"]],
  ["time", ["since", "until"]],
  ["confidence", ["min_confidence"]],
];

/** Parts of a scene that differ. */
export function changed(before: Scene, after: Scene): ReadonlySet<keyof Scene> {
  const parts = Object.keys(after) as (keyof Scene)[];
  return new Set(parts.filter((part) => !isSame(before[part], after[part])));
}

/** Names of filters that differ, as people call them. */
export function filtersChanged(before: Filters, after: Filters): readonly string[] {
  return FILTERS.filter(([, fields]) => fields.some((field) => !isSame(before[field], after[field]))).map(([name]) => name);
}

/** Whether nothing but the selection differs. */
export function isSelecting(before: Scene, after: Scene): boolean {
  const parts = changed(before, after);
  return parts.size === 1 && parts.has("selection");
}

/** What slides: the one filter that differs, where it is set by dragging; null for all else. */
export function slides(before: Scene, after: Scene): string | null {
  const parts = changed(before, after);
  const [name, ...others] = filtersChanged(before.filters, after.filters);
  const isSlid = parts.size === 1 && others.length === 0 && (name === "time" || name === "confidence");
  return isSlid ? name : null;
}

/** What came of a step, as "hiding Bo Cole". */
export function doingOf(before: Scene, after: Scene, nameOf: NameOf): string {
  if (changed(after, FIRST_SCENE).size === 0 && changed(before, after).size > 1) return "starting anew";
  const said = [whom, filtered, pinned, looks, selected].map((tell) => tell(before, after, nameOf)).find((words) => words !== null);
  return said ?? "a change";
}

type Tell = (before: Scene, after: Scene, nameOf: NameOf) => string | null;

const whom: Tell = (before, after, nameOf) => {
  const gone = [...before.chosen.filter((id) => !after.chosen.includes(id)), ...minus(after.hidden, before.hidden)];
  const come = [...after.chosen.filter((id) => !before.chosen.includes(id)), ...minus(before.hidden, after.hidden)];
  if (after.chosen.length === 0 && before.chosen.length > 0) return "showing the strongest";
  if (after.selection.kind === "entity" && come.length > 1 && after.chosen.includes(after.selection.entity))
    return `showing ${nameOf(after.selection.entity)} with neighbours`;
  if (come.length > 0) return `showing ${listed(come, nameOf)}`;
  if (gone.length > 0) return `hiding ${listed(gone, nameOf)}`;
  return before.most === after.most ? null : `showing the strongest ${NUMBER.format(after.most)}`;
};

const filtered: Tell = (before, after) => {
  const names = filtersChanged(before.filters, after.filters);
  if (names.length === 0) return null;
  return changed(after, { ...after, filters: FIRST_SCENE.filters }).size === 0 ? "removing filters" : `filtering by ${names.join(" and ")}`;
};

const pinned: Tell = (before, after, nameOf) => {
  const held = [...after.pinned.keys()].filter((id) => !isSame(before.pinned.get(id), after.pinned.get(id)));
  const freed = [...before.pinned.keys()].filter((id) => !after.pinned.has(id));
  if (held.length > 0) return `pinning ${listed(held, nameOf)}`;
  return freed.length > 0 ? `releasing ${listed(freed, nameOf)}` : null;
};

const looks: Tell = (before, after) => {
  if (!isSame(before.route, after.route)) return after.route === null ? "leaving the paths" : "finding paths";
  if (before.colourBy !== after.colourBy) return `colouring by ${after.colourBy}`;
  if (before.sizeBy !== after.sizeBy) return `sizing by ${SIZES[after.sizeBy]}`;
  return before.shownAs === after.shownAs ? null : `showing it as a ${after.shownAs}`;
};

const selected: Tell = (before, after, nameOf) => {
  const { selection } = after;
  if (isSame(before.selection, selection)) return null;
  if (selection.kind === "nothing") return "closing the panel";
  if (selection.kind === "entity") return `opening ${nameOf(selection.entity)}`;
  if (selection.kind === "edge") return `opening ${nameOf(selection.source)} – ${nameOf(selection.target)}`;
  return `opening ${selection.kind === "article" ? "an article" : "a relation"}`;
};

function listed(ids: readonly Id[], nameOf: NameOf): string {
  const [first, ...others] = ids;
  if (first === undefined) return "nothing";
  if (others.length === 0) return nameOf(first);
  return `${nameOf(first)} and ${others.length === 1 ? nameOf(others[0]!) : `${NUMBER.format(others.length)} others`}`;
}

const minus = <Value>(one: ReadonlySet<Value>, other: ReadonlySet<Value>): readonly Value[] => [...one].filter((value) => !other.has(value));

/** Whether two plain values are the same through and through. */
export function isSame(one: unknown, other: unknown): boolean {
  return one === other || said(one) === said(other);
}

function said(value: unknown): string | undefined {
  if (value instanceof Set) return JSON.stringify([...value].sort());
  return JSON.stringify(value instanceof Map ? [...value] : value);
}
