import assert from "node:assert/strict";
import { test } from "node:test";
import type { HitShown } from "../src/api/types";
import { KINDS, pieces, sectionOf, told } from "../src/components/searching";

const HIT: HitShown = {
  iri: "urn:a", id: "a", name: "Ana Bell", type: "person", matched: "Ana Bell", spans: [], other_names: 0,
  country: null, wikidata: null, relations: 1, mentions: 1, score: 1,
};
const span = (start_utf16: number, end_utf16: number) => ({ start: 0, end: 0, start_utf16, end_utf16 });
const found = (count: number, total: number) => ({
  kind: "ready" as const,
  answer: { words: "a", hits: { items: Array.from({ length: count }, () => HIT), total, next: null } },
});

test("marked pieces make up the whole text", () => {
  assert.deepEqual(pieces("🕊️ Peace Party", [span(4, 9)]), [["🕊️ ", false], ["Peace", true], [" Party", false]]);
  assert.deepEqual(pieces("Oslo", [span(0, 2), span(2, 4)]), [["Os", true], ["lo", true]]);
  assert.deepEqual(pieces("Oslo", []), [["Oslo", false]]);
});

test("more is offered where there is more", () => {
  const [actors] = KINDS;
  const some = sectionOf(actors!, found(8, 40));
  assert.equal(told(some), "8 of 40 actors");
  assert.equal(some.rows.at(-1)!.kind, "more");
  assert.ok(sectionOf(actors!, found(3, 3)).rows.every((row) => row.kind === "hit"));
  assert.equal(told(sectionOf(actors!, found(1, 1))), "1 actor");
  assert.ok(sectionOf(actors!, found(100, 1_000)).rows.every((row) => row.kind === "hit"), "no page is longer");
});
