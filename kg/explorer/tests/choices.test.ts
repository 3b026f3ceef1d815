import assert from "node:assert/strict";
import { test } from "node:test";
import type { Facets, Overview, Term } from "../src/api/types";
import { chipsOf, listsOf, only, turn, type ChoiceList, type ListName } from "../src/components/filters/choices";
import { FIRST_SCENE, NO_FILTERS, type Filters } from "../src/state/scene";
import type { Step } from "../src/state/steps";

const term = (name: string, more: Partial<Term> = {}): Term => ({ name, iri: `https://example.org/${name}`, label: name.toLowerCase(), definition: `${name}.`, ...more });
const none = { counts: [], total: 0 };
const OVERVIEW: Overview = {
  totals: {
    articles: 1, copies: 0, entities: 2, relations: 3, merged: 0, types: none, relation_classes: none, statuses: none, years: none,
    properties: { counts: [{ value: "meets", count: 2 }, { value: null, count: 1 }], total: 2 },
    publishers: { counts: [{ value: "Vik Post", count: 3 }], total: 1 },
  },
  legend: {
    sectors: [],
    types: [term("person"), term("country")],
    statuses: [term("asserted"), term("planned"), term("negated"), term("possible"), term("requested")],
    relation_classes: [
      term("CONSULT", { kind: "event", quad_class: 1 }), term("AGREE", { kind: "event", quad_class: 1 }),
      term("ASSAULT", { kind: "event", quad_class: 4 }), term("OTHER", { kind: "state" }),
    ],
    properties: [term("meets", { kind: "CONSULT" }), term("attacks", { kind: "ASSAULT" })],
  },
  prefixes: {},
};
const FACETS: Facets = {
  relation_classes: { counts: [{ value: "CONSULT", count: 5 }] }, statuses: { counts: [{ value: "planned", count: 2 }] },
  properties: { counts: [{ value: "meets", count: 2 }, { value: null, count: 1 }] }, types: none, publishers: none, years: none,
};

const lists = (filters: Filters = NO_FILTERS) => listsOf(OVERVIEW, FACETS, filters);
const named = (name: ListName, filters?: Filters): ChoiceList => lists(filters).find((one) => one.name === name)!;
const after = (step: Step, filters: Filters = NO_FILTERS): Filters => step({ ...FIRST_SCENE, filters }).filters;

test("classes are grouped by quad class, with what they would leave", () => {
  const groups = named("relation_class").groups;
  assert.deepEqual(groups.map((group) => [group.label, group.choices.map((one) => one.value)]), [
    ["Verbal cooperation", ["CONSULT", "AGREE"]], ["Material conflict", ["ASSAULT"]], ["Lasting ties", ["OTHER"]],
  ]);
  assert.deepEqual(groups[0]!.choices.map((one) => one.count), [5, 0]);
});

test("properties are those of the graph; relations without one are counted", () => {
  assert.deepEqual(named("property").values, ["meets"]);
  assert.equal(named("property").without, 1);
});

test("a value turned off leaves all others, and turned on again no filter", () => {
  const off = after(turn(named("status"), ["negated"], false));
  assert.deepEqual(off.status, ["asserted", "planned", "possible", "requested"]);
  assert.deepEqual(after(turn(named("status", off), ["negated"], true), off).status, []);
});

test("the last value turned off lets all count", () => {
  const one: Filters = { ...NO_FILTERS, status: ["planned"] };
  assert.deepEqual(after(turn(named("status", one), ["planned"], false), one).status, []);
});

test("only takes a group alone", () => {
  const list = named("relation_class");
  assert.deepEqual(after(only(list, ["CONSULT", "AGREE"])).relation_class, ["CONSULT", "AGREE"]);
});

test("of a list longer than the server takes, a click leaves those of most relations but the value", () => {
  const many = Array.from({ length: 140 }, (_, place) => ({ value: `P${place}`, count: 140 - place }));
  const overview = { ...OVERVIEW, totals: { ...OVERVIEW.totals, publishers: { counts: many, total: 140 } } };
  const facets = { ...FACETS, publishers: { counts: many, total: 140 } };
  const listed = (filters: Filters) => listsOf(overview, facets, filters).find((one) => one.name === "publisher")!;
  const left = after(turn(listed(NO_FILTERS), ["P7"], false)).publisher;
  assert.deepEqual([left.length, left.includes("P7"), left[0], left.at(-1)], [100, false, "P0", "P100"]);
  const again = after(turn(listed({ ...NO_FILTERS, publisher: left }), ["P139"], true)).publisher;
  assert.deepEqual([again.length, again[0]], [100, "P139"]);
});

test("chips say what is set in as few words as can be", () => {
  const said = (filters: Partial<Filters>) => {
    const whole = { ...NO_FILTERS, ...filters };
    return chipsOf(lists(whole), whole).map((chip) => chip.text);
  };
  assert.deepEqual(said({ relation_class: ["CONSULT", "AGREE"] }), ["Class: verbal cooperation"]);
  assert.deepEqual(said({ status: ["asserted", "planned", "possible", "requested"] }), ["Status: not negated"]);
  assert.deepEqual(said({ status: ["planned", "negated"], since: "2031-01-01", min_confidence: 0.5 }), [
    "Status: planned", "Status: negated", "Time: since 2031-01-01", "Confidence: 50 % or more",
  ]);
});

test("each chip takes away what it says, and nothing else", () => {
  const filters: Filters = { ...NO_FILTERS, status: ["planned", "negated"], min_confidence: 0.5 };
  const [first, , last] = chipsOf(lists(filters), filters);
  assert.deepEqual(after(first!.remove, filters), { ...filters, status: ["negated"] });
  assert.deepEqual(after(last!.remove, filters), { ...filters, min_confidence: 0 });
});
