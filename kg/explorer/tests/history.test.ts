import assert from "node:assert/strict";
import { test } from "node:test";
import { beginning, continued, followed, redone, undone } from "../src/state/history";

test("undo and redo go back and forth", () => {
  const three = followed(followed(beginning("a"), "b"), "c");
  assert.equal(undone(undone(three)).now, "a");
  assert.equal(redone(undone(three)).now, "c");
});

test("a step forgets what was undone", () => {
  const other = followed(undone(followed(beginning("a"), "b")), "x");
  assert.deepEqual(other.future, []);
  assert.equal(redone(other), other);
});

test("nothing before the first", () => {
  const first = beginning("a");
  assert.equal(undone(first), first);
});

test("what goes on with a step is undone with it", () => {
  const film = continued(continued(followed(beginning("a"), "b"), "c"), "d");
  assert.equal(film.now, "d");
  assert.equal(undone(film).now, "a");
});
