// What each filter can be set to, with counts; and the steps that set it. No filter is set while all of its values count.
import type { Facet, Facets, Overview, Term } from "../../api/types";
import type { Filters } from "../../state/scene";
import { filter, type Step } from "../../state/steps";

export type ListName = "relation_class" | "property" | "status" | "type" | "publisher";

/** A value that a filter can have. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  /** Empty where nothing is to be said of it. */
  readonly definition: string;
  readonly colour: string | null;
  /** How many relations it would leave, with all other filters as they are; null until that is known. */
  readonly count: number | null;
  readonly isOn: boolean;
}

export interface Group {
  /** Empty where values are not grouped. */
  readonly label: string;
  readonly choices: readonly Choice[];
}

export interface ChoiceList {
  readonly name: ListName;
  readonly title: string;
  readonly groups: readonly Group[];
  /** All values, as the server takes them. */
  readonly values: readonly string[];
  readonly isSet: boolean;
  /** Relations that have no value at all. */
  readonly without: number;
  /** What those are, such as `no publisher`. */
  readonly withoutLabel: string;
}

/** The server takes no more values of one filter (MOST_VALUES of kg/server/api/asked.py). */
export const MOST_VALUES = 100;

/** The four kinds of events, as PLOVER's manual has them, then states. */
const KINDS: readonly (readonly [string, (term: Term) => boolean])[] = [
  ["Verbal cooperation", (term) => term.quad_class === 1],
  ["Material cooperation", (term) => term.quad_class === 2],
  ["Verbal conflict", (term) => term.quad_class === 3],
  ["Material conflict", (term) => term.quad_class === 4],
  ["Other events", (term) => term.kind === "event" && !term.quad_class],
  ["Lasting ties", (term) => term.kind !== "event"],
];

const TITLES: Readonly<Record<ListName, string>> = {
  relation_class: "Class",
  property: "Property",
  status: "Status",
  type: "Entity type",
  publisher: "Source",
};

export const titleOf = (name: ListName): string => TITLES[name];

/** All lists of values, in the order in which they stand on the page. */
export function listsOf(overview: Overview, facets: Facets | null, filters: Filters): readonly ChoiceList[] {
  const { legend, totals } = overview;
  const classes = choicesOf(legend.relation_classes, facets?.relation_classes, filters.relation_class);
  const kinds = KINDS.map(([label, fits]) => {
    const names = new Set(legend.relation_classes.filter(fits).map((term) => term.name));
    return { label, choices: classes.filter((choice) => names.has(choice.value)) };
  });
  const used = new Set([...valuesOf(totals.properties), ...filters.property]);
  const properties = legend.properties.filter((term) => used.has(term.name));
  const sources = [...new Set([...valuesOf(totals.publishers), ...valuesOf(facets?.publishers), ...filters.publisher])];
  const publishers = sources.map((name): Term => ({ name, iri: "", label: name, definition: "" }));
  return [
    list("type", plain(choicesOf(legend.types, facets?.types, filters.type)), facets?.types, filters),
    list("status", plain(choicesOf(legend.statuses, facets?.statuses, filters.status)), facets?.statuses, filters),
    list("relation_class", kinds.filter((group) => group.choices.length > 0), facets?.relation_classes, filters),
    list("property", plain(byCount(choicesOf(properties, facets?.properties, filters.property))), facets?.properties, filters),
    list("publisher", plain(byCount(choicesOf(publishers, facets?.publishers, filters.publisher))), facets?.publishers, filters),
  ];
}

const plain = (choices: readonly Choice[]): readonly Group[] => [{ label: "", choices }];

function list(name: ListName, groups: readonly Group[], facet: Facet | undefined, filters: Filters): ChoiceList {
  return {
    name,
    title: TITLES[name],
    groups,
    values: groups.flatMap((group) => group.choices.map((choice) => choice.value)),
    isSet: filters[name].length > 0,
    without: facet?.counts?.find((one) => one.value === null)?.count ?? 0,
    withoutLabel: name === "publisher" ? "source not named" : "no property",
  };
}

function choicesOf(terms: readonly Term[], facet: Facet | undefined, chosen: readonly string[]): readonly Choice[] {
  const counts = new Map((facet?.counts ?? []).map((one) => [one.value, one.count]));
  return terms.map((term) => ({
    value: term.name,
    label: term.label,
    definition: term.definition,
    colour: term.colour ?? null,
    count: facet === undefined ? null : (counts.get(term.name) ?? 0),
    isOn: chosen.length === 0 || chosen.includes(term.name),
  }));
}

function byCount(choices: readonly Choice[]): readonly Choice[] {
  return [...choices].sort((one, other) => (other.count ?? 0) - (one.count ?? 0) || one.label.localeCompare(other.label));
}

function valuesOf(facet: Facet | undefined): readonly string[] {
  return (facet?.counts ?? []).flatMap((one) => (one.value === null ? [] : [one.value]));
}

/** Values that are to count, of too many those that are wanted most: none where all do, or where none would be left. */
function kept(list: ChoiceList, values: ReadonlySet<string>, wanted: readonly string[] = []): readonly string[] {
  const found = list.values.filter((value) => values.has(value));
  if (found.length === list.values.length) return [];
  return found.length <= MOST_VALUES ? found : [...wanted, ...found.filter((value) => !wanted.includes(value))].slice(0, MOST_VALUES);
}

/**
 * Lets values count, or count no more.
 *
 * The server takes no more than so many values: of a longer list those of most relations are kept.
 */
export function turn(list: ChoiceList, values: readonly string[], isOn: boolean): Step {
  const on = new Set(list.groups.flatMap((group) => group.choices.filter((choice) => choice.isOn).map((choice) => choice.value)));
  for (const value of values) {
    if (isOn) on.add(value);
    else on.delete(value);
  }
  return filter({ [list.name]: kept(list, on, isOn ? values : []) });
}

export const only = (list: ChoiceList, values: readonly string[]): Step => filter({ [list.name]: kept(list, new Set(values)) });

export const all = (name: ListName): Step => filter({ [name]: [] });

/** A filter that is set, as a chip says it, with the step that takes it away. */
export interface Chip {
  readonly key: string;
  readonly text: string;
  readonly remove: Step;
}

const FEW = 3;

/** What is set, in the order of the page: each value of its own, or how many where they are many. */
export function chipsOf(lists: readonly ChoiceList[], filters: Filters): readonly Chip[] {
  return [...lists.flatMap(chipsOfList), ...chipOfTime(filters), ...chipOfConfidence(filters)];
}

function chipsOfList(list: ChoiceList): readonly Chip[] {
  if (!list.isSet) return [];
  const choices = list.groups.flatMap((group) => group.choices);
  const [on, off] = [choices.filter((choice) => choice.isOn), choices.filter((choice) => !choice.isOn)];
  const whole = list.groups.find((group) => group.label !== "" && group.choices.length === on.length && group.choices.every((one) => one.isOn));
  const chip = (key: string, words: string, remove: Step): Chip => ({ key: `${list.name} ${key}`, text: `${list.title}: ${words}`, remove });
  if (whole !== undefined && on.length > 1) return [chip("group", whole.label.toLowerCase(), all(list.name))];
  if (off.length > 0 && off.length <= FEW && off.length < on.length) {
    return off.map((choice) => chip(choice.value, `not ${choice.label}`, turn(list, [choice.value], true)));
  }
  if (on.length <= FEW) return on.map((choice) => chip(choice.value, choice.label, turn(list, [choice.value], false)));
  return [chip("many", `${on.length} of ${choices.length}`, all(list.name))];
}

function chipOfTime({ since, until }: Filters): readonly Chip[] {
  if (since === null && until === null) return [];
  const words = since === null ? `until ${until}` : until === null ? `since ${since}` : since === until ? since : `${since} – ${until}`;
  return [{ key: "time", text: `Time: ${words}`, remove: filter({ since: null, until: null }) }];
}

function chipOfConfidence({ min_confidence: least }: Filters): readonly Chip[] {
  if (least === 0) return [];
  return [{ key: "confidence", text: `Confidence: ${Math.round(least * 100)} % or more`, remove: filter({ min_confidence: 0 }) }];
}
