import assert from "node:assert/strict";
import { test } from "node:test";
import { changed, doingOf, isSelecting, slides } from "../src/state/doings";
import { FIRST_SCENE, type Scene } from "../src/state/scene";
import { add, change, choose, filter, hide, pin, removeFilters, select, showOnly, showStrongest, startAnew, unpin, type Step } from "../src/state/steps";

const NAMES: Record<string, string> = { a: "Ana Bell", b: "Bo Cole", c: "Oslo" };
const nameOf = (id: string) => NAMES[id] ?? id;
const CHOSEN = choose(["a", "b", "c"])(FIRST_SCENE);

const told = (scene: Scene, ...steps: readonly Step[]) => doingOf(scene, steps.reduce((held, step) => step(held), scene), nameOf);

test("a step is told by what it changed", () => {
  assert.equal(told(FIRST_SCENE, add(["a"])), "showing Ana Bell");
  assert.equal(told(FIRST_SCENE, add(["a", "b"])), "showing Ana Bell and Bo Cole");
  assert.equal(told(CHOSEN, add(["x", "y", "z"])), "showing x and 2 others");
  assert.equal(told(CHOSEN, hide(["b"])), "hiding Bo Cole");
  assert.equal(told(FIRST_SCENE, hide(["b"])), "hiding Bo Cole");
  assert.equal(told(FIRST_SCENE, showOnly(["a", "b"]), select({ kind: "entity", entity: "a" })), "showing Ana Bell with neighbours");
  assert.equal(told(CHOSEN, showStrongest(300)), "showing the strongest");
  assert.equal(told(FIRST_SCENE, showStrongest(1_000)), "showing the strongest 1,000");
  assert.equal(told(CHOSEN, pin("a", { x: 1, y: 2 })), "pinning Ana Bell");
  assert.equal(told(pin("a", { x: 1, y: 2 })(CHOSEN), unpin("a")), "releasing Ana Bell");
  assert.equal(told(CHOSEN, filter({ status: ["planned"], since: "2031-01-01" })), "filtering by status and time");
  assert.equal(told(filter({ status: ["planned"] })(CHOSEN), removeFilters), "removing filters");
  assert.equal(told(CHOSEN, change({ sizeBy: "degree" })), "sizing by neighbours");
  assert.equal(told(CHOSEN, select({ kind: "edge", source: "a", target: "b" })), "opening Ana Bell – Bo Cole");
  assert.equal(told(filter({ status: ["planned"] })(CHOSEN), startAnew), "starting anew");
});

test("only dragging one thing slides", () => {
  assert.equal(slides(CHOSEN, filter({ min_confidence: 0.5 })(CHOSEN)), "confidence");
  assert.equal(slides(CHOSEN, filter({ since: "2031-01-01", until: "2031-02-01" })(CHOSEN)), "time");
  assert.equal(slides(CHOSEN, filter({ status: ["planned"] })(CHOSEN)), null);
  assert.equal(slides(CHOSEN, filter({ min_confidence: 0.5, since: "2031-01-01" })(CHOSEN)), null);
  assert.equal(slides(CHOSEN, CHOSEN), null);
});

test("selecting is told from showing", () => {
  assert.ok(isSelecting(CHOSEN, select({ kind: "entity", entity: "a" })(CHOSEN)));
  assert.ok(!isSelecting(CHOSEN, hide(["a"])(select({ kind: "entity", entity: "a" })(CHOSEN))));
});

test("what is the same in other objects has not changed", () => {
  assert.deepEqual(changed(CHOSEN, { ...CHOSEN, chosen: [...CHOSEN.chosen], hidden: new Set(), pinned: new Map() }), new Set());
});
