import assert from "node:assert/strict";
import { test } from "node:test";
import type { Bar, Timeline } from "../src/api/types";
import { besides, coreOf, rectangles, unitOf } from "../src/components/timeline/bars";
import { keyed } from "../src/components/timeline/brush";
import { rangeOf, timeStep } from "../src/components/timeline/choosing";
import { opening } from "../src/components/timeline/film";
import { FIRST_SCENE, NO_FILTERS } from "../src/state/scene";

const bar = (time: string, count: number): Bar => ({ time, count, by_article: 0, counts: [{ value: "asserted", count }] });
const timeline = (unit: Timeline["unit"], bars: readonly Bar[]): Timeline => ({
  unit, split: "status", bars: [...bars], coarser: 0, undated: 0, total: 0, first: null, last: null,
});
const STRAY = timeline("year", [bar("1920", 1), bar("2030", 60), bar("2031", 60)]);

test("the axis shows where most relations are, and says what lies beside it", () => {
  const core = coreOf(STRAY)!;
  assert.deepEqual(core, { first: 2029, last: 2031 });
  assert.deepEqual(besides(STRAY, core), { before: 1, after: 0 });
});

test("what is spread evenly is shown whole", () => {
  const even = timeline("year", Array.from({ length: 20 }, (_, place) => bar(String(2000 + place), 5)));
  assert.deepEqual(coreOf(even), { first: 2000, last: 2019 });
});

test("a short time is shown by shorter units", () => {
  assert.equal(unitOf(STRAY), "month");
  assert.equal(unitOf(timeline("day", [bar("2030-01-01", 5), bar("2031-01-01", 5)])), "month");
  assert.equal(unitOf(timeline("day", [bar("2031-01-01", 5), bar("2031-02-01", 5)])), "day");
});

test("bars stand on the ground, one part on the other", () => {
  const legend = { types: [], relation_classes: [], properties: [], statuses: [], sectors: [] };
  const two: Bar = { ...bar("2031", 4), counts: [{ value: "asserted", count: 3 }, { value: "planned", count: 1 }] };
  const [low, high] = rectangles(timeline("year", [two]), legend, 40);
  assert.deepEqual([low!.y, low!.height, high!.y, high!.height], [10, 30, 0, 10]);
});

test("keys move one end, and never past the other", () => {
  const bounds = { first: 0, last: 20 };
  assert.deepEqual(keyed("ArrowRight", { first: 5, last: 5 }, "first", bounds), { first: 5, last: 5 });
  assert.deepEqual(keyed("PageUp", { first: 5, last: 15 }, "last", bounds), { first: 5, last: 20 });
  assert.deepEqual(keyed("Home", { first: 5, last: 15 }, "first", bounds), { first: 0, last: 15 });
  assert.equal(keyed("a", { first: 5, last: 15 }, "first", bounds), null);
});

test("an end at the end of time is left open", () => {
  const axis = { unit: "year" as const, whole: { first: 2020, last: 2031 }, bounds: { first: 2029, last: 2031 } };
  const { filters } = timeStep(axis, { first: 2029, last: 2031 })(FIRST_SCENE);
  assert.deepEqual([filters.since, filters.until], ["2029-01-01", null]);
  assert.deepEqual(rangeOf(filters, axis), { first: 2029, last: 2031 });
  assert.equal(rangeOf(NO_FILTERS, axis), null);
});

test("a film begins at the beginning, with a window as long as what was chosen", () => {
  assert.deepEqual(opening({ first: 18, last: 20 }, { first: 0, last: 20 }), { first: 0, last: 2 });
  assert.deepEqual(opening(null, { first: 0, last: 40 }), { first: 0, last: 4 });
});
