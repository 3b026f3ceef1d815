// A scene as the part of the address behind `#`, and back: short for people, the same for the same scene.
import type { EntityType, Status } from "../api/types";
import { FIRST_SCENE, MOST_CHOSEN, NO_FILTERS, type ColourBy, type Filters, type Id, type Point, type Scene, type Selection, type ShownAs, type SizeBy } from "./scene";

const LISTS = ["relation_class", "property", "status", "type", "publisher"] as const;
const COLOURS: readonly ColourBy[] = ["type", "community"];
const SIZES: readonly SizeBy[] = ["relations", "degree", "pagerank", "betweenness"];
const MOST_NODES = 50_000;
/** What the API takes of one filter, and of one name; more would be refused as a whole. */
const [MOST_VALUES, LONGEST_VALUE, LONGEST_ID] = [100, 200, 2_000];
const STATUSES: readonly string[] = ["asserted", "planned", "possible", "negated", "requested"] satisfies readonly Status[];
const TYPES: readonly string[] = ["person", "country", "organization", "place", "group", "event", "thing"] satisfies readonly EntityType[];

/** What stands behind `#` for a scene; empty for the first one. */
export function addressOf(scene: Scene): string {
  const said = new URLSearchParams();
  const put = (name: string, value: string | null, usual: string | null = null) => {
    if (value !== null && value !== usual) said.append(name, value);
  };
  for (const id of scene.chosen) said.append("entity", id);
  if (scene.chosen.length === 0) put("most", String(scene.most), String(FIRST_SCENE.most));
  for (const id of scene.hidden) said.append("hide", id);
  for (const [id, point] of scene.pinned) said.append("pin", `${Math.round(point.x)},${Math.round(point.y)},${id}`);
  for (const name of LISTS) for (const value of scene.filters[name]) said.append(name, value);
  put("since", scene.filters.since);
  put("until", scene.filters.until);
  put("min_confidence", String(scene.filters.min_confidence), "0");
  for (const [name, value] of selected(scene.selection)) said.append(name, value);
  if (scene.route !== null) {
    said.append("from", scene.route.from);
    said.append("to", scene.route.to);
    put("longest", scene.route.longest === null ? null : String(scene.route.longest));
    for (const id of scene.route.way.slice(1, -1)) said.append("via", id);
    if (scene.route.way.length === 2) said.append("via", "");
  }
  put("colour", scene.colourBy, FIRST_SCENE.colourBy);
  put("size", scene.sizeBy, FIRST_SCENE.sizeBy);
  put("as", scene.shownAs, FIRST_SCENE.shownAs);
  return said.toString();
}

/** The scene of what stands behind `#`; what is not understood is left out, since addresses are edited by hand. */
export function sceneOf(hash: string): Scene {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const most = Number(said.get("most"));
  return {
    ...FIRST_SCENE,
    chosen: [...new Set(said.getAll("entity").filter(isId))].slice(0, MOST_CHOSEN),
    most: Number.isInteger(most) && most >= 1 ? Math.min(most, MOST_NODES) : FIRST_SCENE.most,
    hidden: new Set(said.getAll("hide").filter(isId)),
    pinned: new Map(said.getAll("pin").flatMap(pin)),
    filters: filtersOf(said),
    selection: selectionOf(said),
    route: routeOf(said),
    colourBy: COLOURS.find((one) => one === said.get("colour")) ?? FIRST_SCENE.colourBy,
    sizeBy: SIZES.find((one) => one === said.get("size")) ?? FIRST_SCENE.sizeBy,
    shownAs: said.get("as") === "table" ? "table" : ("drawing" satisfies ShownAs),
  };
}

function filtersOf(said: URLSearchParams): Filters {
  const confidence = Number(said.get("min_confidence"));
  const [one, other] = [day(said.get("since")), day(said.get("until"))];
  const isTurned = one !== null && other !== null && one > other;
  return {
    ...NO_FILTERS,
    ...Object.fromEntries(LISTS.map((name) => [name, valuesOf(name, said)])),
    since: isTurned ? other : one,
    until: isTurned ? one : other,
    min_confidence: confidence > 0 && confidence <= 1 ? Math.round(1_000 * confidence) / 1_000 : 0,
  };
}

function valuesOf(name: (typeof LISTS)[number], said: URLSearchParams): readonly string[] {
  const values = [...new Set(said.getAll(name))].filter((value) => value !== "" && value.length <= LONGEST_VALUE);
  const known = { status: STATUSES, type: TYPES, relation_class: null, property: null, publisher: null }[name];
  return values.filter((value) => known?.includes(value) ?? true).slice(0, MOST_VALUES);
}

const isId = (id: Id): boolean => id !== "" && id.length <= LONGEST_ID;

function selected(selection: Selection): readonly (readonly [string, string])[] {
  switch (selection.kind) {
    case "entity":
      return [["selected", selection.entity]];
    case "edge":
      return [["selected", selection.source], ["with", selection.target]];
    case "relation":
      return [["relation", selection.relation]];
    case "article":
      return [["article", selection.article], ...(selection.relation === null ? [] : [["relation", selection.relation] as const])];
    case "nothing":
      return [];
  }
}

function selectionOf(said: URLSearchParams): Selection {
  const [entity, other] = [said.get("selected"), said.get("with")];
  const [article, relation] = [said.get("article"), said.get("relation")];
  if (article) return { kind: "article", article, relation };
  if (relation) return { kind: "relation", relation };
  if (entity && other) return { kind: "edge", source: entity, target: other };
  return entity ? { kind: "entity", entity } : { kind: "nothing" };
}

function routeOf(said: URLSearchParams): Scene["route"] {
  const [from, to, longest] = [said.get("from"), said.get("to"), Number(said.get("longest"))];
  if (!from || !to) return null;
  const via = said.getAll("via");
  const way = via.length === 0 ? [] : [from, ...via.filter(Boolean), to];
  return { from, to, longest: Number.isInteger(longest) && longest >= 1 ? longest : null, way };
}

function pin(text: string): readonly (readonly [Id, Point])[] {
  const found = /^(-?\d+),(-?\d+),(.+)$/.exec(text);
  return found === null || !isId(found[3]!) ? [] : [[found[3]!, { x: Number(found[1]), y: Number(found[2]) }]];
}

/** A day that there is, from year 1 on, as the API takes it. */
function day(text: string | null): string | null {
  const time = text === null ? Number.NaN : Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text && text > "0001" ? text : null;
}
