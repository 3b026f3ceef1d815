import assert from "node:assert/strict";
import { test } from "node:test";
import { FIRST_SCENE, MOST_CHOSEN } from "../src/state/scene";
import { add, choose, forget, hide, pin, rename, select, showOnly } from "../src/state/steps";

const MANY = Array.from({ length: MOST_CHOSEN }, (_, place) => `e${place}`);

test("what is added is there, and once", () => {
  const { chosen } = add(["b", "c", "c"])(choose(["a", "b"])(FIRST_SCENE));
  assert.deepEqual(chosen, ["a", "b", "c"]);
});

test("what is added shows what was hidden", () => {
  assert.deepEqual(add(["a"])(hide(["a", "b"])(FIRST_SCENE)).hidden, new Set(["b"]));
});

test("the last ones give room where too many are chosen", () => {
  const { chosen } = add(["e1999", "new", "newer"])(choose(MANY)(FIRST_SCENE));
  assert.equal(chosen.length, MOST_CHOSEN);
  for (const id of ["e0", "e1999", "new", "newer"]) assert.ok(chosen.includes(id), id);
  assert.ok(!chosen.includes("e1998") && !chosen.includes("e1997"));
});

test("no more than the most are chosen at once", () => {
  assert.equal(choose([...MANY, "more"])(FIRST_SCENE).chosen.length, MOST_CHOSEN);
  assert.equal(add([...MANY, "more"])(FIRST_SCENE).chosen.length, MOST_CHOSEN);
});

test("hiding the last one does not show the strongest", () => {
  const { chosen, hidden } = hide(["a"])(choose(["a"])(FIRST_SCENE));
  assert.deepEqual([chosen, hidden], [["a"], new Set(["a"])]);
});

test("showing only some leaves filters and lets pins go", () => {
  const before = { ...pin("a", { x: 1, y: 1 })(FIRST_SCENE), filters: { ...FIRST_SCENE.filters, status: ["planned"] } };
  const after = showOnly(["b"])(before);
  assert.deepEqual([after.chosen, after.pinned.size, after.filters], [["b"], 0, before.filters]);
});

test("what the graph lacks is left out wherever it stood", () => {
  const before = { ...pin("x", { x: 1, y: 1 })(choose(["a", "x"])(FIRST_SCENE)), route: { from: "a", to: "x", longest: null, way: [] } };
  const after = forget(new Set(["x"]))(select({ kind: "edge", source: "a", target: "x" })(before));
  assert.deepEqual([after.chosen, after.pinned.size, after.selection, after.route], [["a"], 0, { kind: "nothing" }, null]);
});

test("entities are called as the graph calls them", () => {
  const before = select({ kind: "entity", entity: "urn:a" })(choose(["urn:a", "b"])(FIRST_SCENE));
  const after = rename(new Map([["urn:a", "b"]]))(before);
  assert.deepEqual([after.chosen, after.selection], [["b"], { kind: "entity", entity: "b" }]);
});
