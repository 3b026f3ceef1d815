import assert from "node:assert/strict";
import { test } from "node:test";
import type { EntityType, Legend } from "../src/api/types";
import { edgeRows, entityRows, extentsOf, found, sorted } from "../src/components/table/rows";
import { NOTHING, edgeKey, type Edge, type Network } from "../src/state/network";

const LEGEND: Legend = { types: [], statuses: [], relation_classes: [], properties: [], sectors: [] };
const node = (id: string, weight = 1) => ({ id, iri: `ent:${id}`, name: id, type: "person" as EntityType, weight });
const edge = (source: string, target: string, forward: number, backward: number): Edge => ({
  key: edgeKey(source, target), source, target, weight: 3, forward, backward, relationClass: "CONSULT", status: "asserted",
});
const network = (edges: readonly Edge[]): Network => ({ ...NOTHING, nodes: ["Ana", "Bo", "Cy"].map((id) => node(id)), edges });

test("edges are told from who does what they stand for", () => {
  const rows = edgeRows(network([edge("Ana", "Bo", 0, 3), edge("Ana", "Cy", 2, 1), edge("Bo", "Cy", 0, 0)]), LEGEND, new Map());
  assert.deepEqual(rows.map((row) => [row.from, row.to, row.isOneWay]), [["Bo", "Ana", true], ["Ana", "Cy", false], ["Bo", "Cy", false]]);
  assert.equal(rows[0]!.key, edgeKey("Ana", "Bo"));
});

test("entities count the neighbours that are shown, themselves once", () => {
  const rows = entityRows(network([edge("Ana", "Bo", 1, 0), edge("Ana", "Ana", 1, 0)]), LEGEND, new Map());
  assert.deepEqual(rows.map((row) => row.neighbours), [2, 1, 0]);
});

test("values that are missing come last either way, equals stay as they were", () => {
  const rows = [{ n: null, at: 0 }, { n: 2, at: 1 }, { n: 1, at: 2 }, { n: 2, at: 3 }];
  assert.deepEqual(sorted(rows, (row) => row.n, true).map((row) => row.at), [2, 1, 3, 0]);
  assert.deepEqual(sorted(rows, (row) => row.n, false).map((row) => row.at), [1, 3, 2, 0]);
});

test("names sort without regard to case and accents, numbers in them by value", () => {
  const names = ["zoe", "Émile", "Unit 10", "eva", "Unit 9"].map((name) => ({ name }));
  assert.deepEqual(sorted(names, (row) => row.name, true).map((row) => row.name), ["Émile", "eva", "Unit 9", "Unit 10", "zoe"]);
});

test("rows are found by all words, without accents", () => {
  const rows = [{ name: "Zoë Ğuliç" }, { name: "Bo Cole" }];
  assert.deepEqual(found(rows, "gulic ZOE", (row) => [row.name]), [rows[0]]);
  assert.equal(found(rows, "  ", (row) => [row.name]).length, 2);
  assert.deepEqual(found(rows, "zoe cole", (row) => [row.name]), []);
});

test("days stand by entity and by edge, null where none is known", () => {
  const said = {
    entities: [node("Bo"), node("Ana")], weights: [1, 1], relation_classes: ["CONSULT"], statuses: ["asserted"], relations: 1, entities_total: 2, relations_total: 1,
    edges: { source: [0], target: [1], weight: [1], forward: [1], backward: [0], relation_class: [0], status: [0] },
    facets: { relation_classes: {}, properties: {}, statuses: {}, types: {}, publishers: {}, years: {} },
    days_of_entities: { first: ["2031-05-02", null], last: ["2031-05-03", null] }, days_of_edges: { first: ["2031-05-02"], last: ["2031-05-03"] },
  };
  const extents = extentsOf(said);
  assert.deepEqual(extents.get("Ana"), { first: null, last: null });
  assert.deepEqual(extents.get(edgeKey("Ana", "Bo")), { first: "2031-05-02", last: "2031-05-03" });
  assert.equal(extentsOf(null).size, 0);
});
