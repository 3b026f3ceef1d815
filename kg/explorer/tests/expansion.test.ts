import assert from "node:assert/strict";
import { test } from "node:test";
import { hangingOn } from "../src/state/expansion";
import { edgeKey, NOTHING, type Edge, type Network } from "../src/state/network";

const edge = (source: string, target: string): Edge => ({
  key: edgeKey(source, target), source, target, weight: 1, forward: 1, backward: 0, relationClass: "CONSULT", status: "asserted",
});
const network = (...pairs: readonly (readonly [string, string])[]): Network => ({ ...NOTHING, edges: pairs.map(([one, other]) => edge(one, other)) });
const gone = (found: Network, kept: readonly string[] = []) => [...hangingOn(found, "a", new Set(kept))].sort();

test("leaves hang on the entity", () => assert.deepEqual(gone(network(["a", "b"], ["c", "a"])), ["b", "c"]));
test("who is connected elsewhere stays", () => assert.deepEqual(gone(network(["a", "b"], ["b", "d"], ["a", "c"])), ["c"]));
test("neighbours that are connected with each other only go together", () => assert.deepEqual(gone(network(["a", "b"], ["a", "c"], ["b", "c"])), ["b", "c"]));
test("one that stays keeps those that hang on it", () => assert.deepEqual(gone(network(["a", "b"], ["a", "c"], ["b", "c"], ["c", "d"])), []));
test("pinned ones stay", () => assert.deepEqual(gone(network(["a", "b"], ["a", "c"]), ["b"]), ["c"]));
test("a relation with itself holds nothing", () => assert.deepEqual(gone(network(["a", "b"], ["b", "b"])), ["b"]));
