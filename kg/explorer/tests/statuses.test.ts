import assert from "node:assert/strict";
import { test } from "node:test";
import { statusOf, statusesOf } from "../src/components/paths/statuses";

const step = (...statuses: readonly (readonly [string | null, number])[]) => ({ statuses: statuses.map(([value, count]) => ({ value, count })) });
const said = (...statuses: readonly (readonly [string | null, number])[]) => statusesOf(step(...statuses), (name) => name).map(({ text }) => text);

test("a step of one status says it once; of what may never be, that there is no more", () => {
  assert.deepEqual(said(["asserted", 3]), ["asserted"]);
  assert.deepEqual(said(["planned", 2]), ["only planned"]);
  assert.deepEqual(said(["possible", 1]), ["only possible"]);
  assert.deepEqual(said(["requested", 1]), ["only requested"]);
  assert.deepEqual(said(["negated", 1]), ["negated"]);
  assert.deepEqual(said(), []);
});

test("a step of several says how many of each, what is asserted first", () => {
  assert.deepEqual(said(["planned", 1200], ["asserted", 2], ["negated", 1]), ["2 asserted", "1,200 planned", "1 negated"]);
});

test("a step looks like its edge: asserted where any relation is, else the most frequent", () => {
  assert.equal(statusOf(step(["planned", 9], ["asserted", 1])), "asserted");
  assert.equal(statusOf(step(["negated", 2], ["possible", 1])), "negated");
});
