import assert from "node:assert/strict";
import { test } from "node:test";
import { beginOf, endOf, firstDay, lastDay, moved, nameOf, ordered, placeOf, spanOf, ticks } from "../src/components/timeline/scale";

test("a place goes to its first day and back, in every unit", () => {
  for (const unit of ["year", "month", "day"] as const) {
    for (const day of ["0099-01-01", "1900-03-01", "2024-02-29", "2031-12-31"]) {
      const place = placeOf(unit, day);
      assert.equal(placeOf(unit, firstDay(unit, place)), place);
      assert.ok(firstDay(unit, place) <= day && day <= lastDay(unit, place));
    }
  }
});

test("months end on their last day", () => {
  assert.equal(lastDay("month", placeOf("month", "2024-02")), "2024-02-29");
  assert.deepEqual(spanOf("month", { first: placeOf("month", "2031-11"), last: placeOf("month", "2032-01") }), { since: "2031-11-01", until: "2032-01-31" });
});

test("a day lies within its month", () => {
  const may = placeOf("month", "2031-05");
  assert.equal(beginOf("month", "2031-05-01"), may);
  assert.equal(endOf("month", "2031-05-31"), may + 1);
  assert.ok(Math.abs(beginOf("month", "2031-05-17") - (may + 16 / 31)) < 1e-9);
});

test("labels have room and begin on whole years", () => {
  const range = { first: placeOf("month", "2029-03"), last: placeOf("month", "2032-12") };
  assert.deepEqual(ticks("month", range, 6).map((tick) => tick.label), ["2030", "2031", "2032"]);
  assert.deepEqual(ticks("year", { first: 1998, last: 2011 }, 20).map((tick) => tick.place), [2000, 2005, 2010]);
  const days = { first: placeOf("day", "2031-01-20"), last: placeOf("day", "2031-03-10") };
  assert.deepEqual(ticks("day", days, 3).map((tick) => tick.label), ["Feb 2031", "Mar 2031"]);
});

test("names are those that people say", () => {
  assert.deepEqual([nameOf("year", 2031), nameOf("month", placeOf("month", "2031-05")), nameOf("day", placeOf("day", "2031-05-02"))], ["2031", "May 2031", "2 May 2031"]);
});

test("ranges stay whole within bounds", () => {
  const bounds = { first: 10, last: 20 };
  assert.deepEqual(ordered(25, 12, bounds), { first: 12, last: 20 });
  assert.deepEqual(moved({ first: 17, last: 19 }, 5, bounds), { first: 18, last: 20 });
  assert.deepEqual(moved({ first: 11, last: 12 }, -5, bounds), { first: 10, last: 11 });
});
