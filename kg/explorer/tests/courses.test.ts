import assert from "node:assert/strict";
import { test } from "node:test";
import { courseOf } from "../src/drawing/courses";
import { NOTHING, edgeKey, type Edge, type Network } from "../src/state/network";
import { FIRST_SCENE, type Scene } from "../src/state/scene";

const node = (id: string) => ({ id, iri: `ent:${id}`, name: id, type: "person" as const, weight: 1 });
const edge = (source: string, target: string): Edge => ({
  key: edgeKey(source, target), source, target, weight: 1, forward: 1, backward: 0, relationClass: "CONSULT", status: "asserted",
});
const network = (ids: string, edges: readonly string[]): Network => ({
  ...NOTHING, nodes: [...ids].map(node), edges: edges.map((pair) => edge(pair[0]!, pair[1]!)),
});
const scene = (way: string, chosen = way, longest: number | null = null): Scene => ({
  ...FIRST_SCENE, chosen: [...chosen], route: { from: "a", to: "d", longest, way: [...way] },
});

test("a path stands in a row from the one end to the other", () => {
  const found = courseOf(network("dbca", ["ab", "bc", "cd"]), scene("abcd"), 1.5);
  const xs = [..."abcd"].map((id) => found.get(id)!.x);
  assert.deepEqual([[...xs].sort((one, other) => one - other), new Set([..."abcd"].map((id) => found.get(id)!.y)).size], [xs, 1]);
});

test("on high screens it goes downward", () => {
  const found = courseOf(network("abcd", ["ab", "bc", "cd"]), scene("abcd"), 0.5);
  const ys = [..."abcd"].map((id) => found.get(id)!.y);
  assert.deepEqual([[...ys].sort((one, other) => one - other), new Set(ys).size], [ys, 4]);
});

test("its middle rises where more connects the entities", () => {
  const found = courseOf(network("abcd", ["ab", "bc", "cd", "ac"]), scene("abcd"), 1.5);
  assert.ok(found.get("b")!.y < found.get("a")!.y);
});

test("several paths stand in columns by steps, with the other end last", () => {
  const found = courseOf(network("abxd", ["ab", "ax", "bd", "xd", "ad"]), scene("", "abxd", 2), 1.5);
  const column = (id: string) => found.get(id)!.x;
  assert.deepEqual([column("b"), column("b") < column("d"), column("a") < column("b")], [column("x"), true, true]);
  assert.notEqual(found.get("b")!.y, found.get("x")!.y);
});

test("what is on no path, or not chosen for it, is left to the layout", () => {
  assert.equal(courseOf(network("abdz", ["ab", "bd", "az"]), scene("", "abdz"), 1.5).size, 0);
  assert.equal(courseOf(network("abcd", ["ab", "bc", "cd"]), scene("abcd", ""), 1.5).size, 0);
  assert.equal(courseOf(network("abd", ["ab"]), scene("abcd", "abd"), 1.5).size, 0);
});
