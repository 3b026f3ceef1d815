import assert from "node:assert/strict";
import { test } from "node:test";
import type { Overview } from "../src/api/types";
import { cell, csvOf } from "../src/export/csv";
import { graphmlOf, xml } from "../src/export/graphml";
import { literal, MOST_NAMED, queryOf } from "../src/export/sparql";
import { NOTHING, edgeKey, type Network, type Node } from "../src/state/network";
import { FIRST_SCENE, NO_FILTERS } from "../src/state/scene";

const node = (id: string, name: string): Node => ({ id, iri: `https://example.org/${id}`, name, type: "person", weight: 2, country: null, sector: null });
const NETWORK: Network = {
  ...NOTHING,
  nodes: [node("ana", '=HYPERLINK("x")'), node("bo", "Bo, the <2nd>")],
  edges: [{ key: edgeKey("ana", "bo"), source: "ana", target: "bo", weight: 2, forward: 1, backward: 0, relationClass: "CONSULT", status: "asserted" }],
  relations: 2,
  entitiesTotal: 9,
};
const OVERVIEW = {
  legend: { types: [], statuses: [{ name: "planned", iri: "https://example.org/Planned", label: "planned", definition: "" }], relation_classes: [], properties: [] },
  prefixes: { kg: "https://example.org/kg#", skos: "https://example.org/skos#", unused: "https://example.org/unused#" },
} as unknown as Overview;

test("formulas are taken as text", () => {
  for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1"]) assert.ok(cell(text).replace(/^"/, "").startsWith("'"), text);
  assert.equal(cell("Ana-Bell = Bo"), "Ana-Bell = Bo");
  assert.equal(cell(-3), "-3");
});

test("cells are quoted where they must be", () => {
  assert.equal(cell('a "b", c'), '"a ""b"", c"');
  assert.equal(cell("two\nlines"), '"two\nlines"');
  assert.equal(cell("plain"), "plain");
});

test("edges come as lines under their columns", () => {
  const lines = csvOf(NETWORK).split("\r\n");
  assert.equal(lines.length, 3);
  assert.equal(lines[1], `ana,"'=HYPERLINK(""x"")",person,bo,"Bo, the <2nd>",person,2,1,0,CONSULT,asserted`);
});

test("what XML cannot say is replaced, what it reads otherwise is escaped", () => {
  assert.equal(xml("a\u0000b\uD800c\uFFFF"), "a\uFFFDb\uFFFDc\uFFFD");
  assert.equal(xml(`<a b="c">&\n🕊️`), "&lt;a b=&quot;c&quot;&gt;&amp;&#10;🕊️");
  assert.ok(graphmlOf(NETWORK).includes("Bo, the &lt;2nd&gt;"));
});

test("a query names the entities that are drawn and declares the prefixes that it uses", () => {
  const { text, isWider } = queryOf(FIRST_SCENE, NETWORK, OVERVIEW);
  assert.ok(text.includes("VALUES ?s { <https://example.org/ana> <https://example.org/bo> }"));
  assert.deepEqual([...text.matchAll(/PREFIX (\w+):/g)].map((found) => found[1]), ["kg", "skos"]);
  assert.equal(isWider, false);
});

test("a query of all entities names none; of too many it says that it is wider", () => {
  assert.ok(!queryOf(FIRST_SCENE, { ...NETWORK, entitiesTotal: 2 }, OVERVIEW).text.includes("VALUES"));
  const many = { ...NETWORK, nodes: Array.from({ length: MOST_NAMED + 1 }, (_, place) => node(`n${place}`, "N")), entitiesTotal: 9_999 };
  assert.equal(queryOf(FIRST_SCENE, many, OVERVIEW).isWider, true);
});

test("values cannot leave their place in a query", () => {
  assert.equal(literal('a"} DROP ALL #\\\n'), '"a\\"} DROP ALL #\\\\\\n"');
  const filters = { ...NO_FILTERS, publisher: ['x" } #'] };
  assert.ok(queryOf({ ...FIRST_SCENE, filters }, NETWORK, OVERVIEW).text.includes('{ "x\\" } #" }'));
  const hostile = { ...NETWORK, nodes: [{ ...NETWORK.nodes[0]!, iri: "https://example.org/a> } #" }] };
  assert.ok(queryOf(FIRST_SCENE, hostile, OVERVIEW).text.includes("<https://example.org/a%3E%20%7D%20#>"));
});
