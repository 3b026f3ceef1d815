import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, sceneOf } from "../src/state/address";
import { FIRST_SCENE, type Scene } from "../src/state/scene";

const FULL: Scene = {
  ...FIRST_SCENE,
  chosen: ["Ana_Bell", "country/norland", "x&y=z #1"],
  hidden: new Set(["Bo"]),
  pinned: new Map([["Ana,Bell", { x: -3, y: 40 }]]),
  filters: { ...FIRST_SCENE.filters, status: ["planned"], since: "2024-01-01", min_confidence: 0.5 },
  selection: { kind: "edge", source: "Ana_Bell", target: "x&y=z #1" },
  route: { from: "Ana_Bell", to: "Bo", longest: 3, way: ["Ana_Bell", "x&y=z #1", "Bo"] },
  colourBy: "community",
  sizeBy: "pagerank",
  shownAs: "table",
};

test("a scene comes back from its address", () => {
  assert.deepEqual(sceneOf(`#${addressOf(FULL)}`), FULL);
});

test("a path of one step, and ends without a path, come back", () => {
  for (const way of [["Ana_Bell", "Bo"], []]) {
    const scene: Scene = { ...FIRST_SCENE, route: { from: "Ana_Bell", to: "Bo", longest: null, way } };
    assert.deepEqual(sceneOf(`#${addressOf(scene)}`), scene);
  }
});

test("the first scene has an empty address", () => {
  assert.equal(addressOf(FIRST_SCENE), "");
  assert.deepEqual(sceneOf(""), FIRST_SCENE);
});

test("what is not understood is left out", () => {
  assert.deepEqual(sceneOf("#most=-3&since=yesterday&min_confidence=9&colour=mood&from=a&pin=1,b&as=song"), FIRST_SCENE);
});

test("what the server would refuse is left out", () => {
  const said = new URLSearchParams([
    ["status", "planned"],
    ["status", "dreamt"],
    ["type", "robot"],
    ["since", "2031-02-30"],
    ["until", "0000-01-01"],
    ["min_confidence", "0.12345"],
    ["entity", "x".repeat(2_001)],
    ["publisher", "y".repeat(201)],
  ]);
  assert.deepEqual(sceneOf(`#${said}`), { ...FIRST_SCENE, filters: { ...FIRST_SCENE.filters, status: ["planned"], min_confidence: 0.123 } });
});

test("days the wrong way round are turned", () => {
  const { since, until } = sceneOf("#since=2032-01-01&until=2031-01-01").filters;
  assert.deepEqual([since, until], ["2031-01-01", "2032-01-01"]);
});

test("ids of any characters come back", () => {
  const chosen = ["a b+c", "100%", "%41", "ü/?#&=", "\u202eright", "🕊️", "line\nbreak", "<script>"];
  assert.deepEqual(sceneOf(`#${addressOf({ ...FIRST_SCENE, chosen })}`).chosen, chosen);
});

test("two thousand entities come back", () => {
  const chosen = Array.from({ length: 2_000 }, (_, place) => `entity/${place}`);
  assert.deepEqual(sceneOf(addressOf({ ...FIRST_SCENE, chosen })).chosen, chosen);
});
