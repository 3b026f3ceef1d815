import assert from "node:assert/strict";
import { test } from "node:test";
import type { Span } from "../src/api/types";
import { contextOf, parts, pieces } from "../src/components/panel/marks";

const span = (start: number, end: number): Span => ({ start, end, start_utf16: start, end_utf16: end });
const mention = (entity: string, text: string, start: number) => ({ entity, kind: "name" as const, text, span: span(start, start + text.length) });
const TEXT = "Ana Bell met Bo Cole. They left.";

test("pieces put together give the text, each with the marks over it", () => {
  const found = pieces(TEXT, [{ span: span(0, 21), is: "sentence" }, { span: span(13, 20), is: "mention" }]);
  assert.equal(found.map((piece) => piece.text).join(""), TEXT);
  assert.deepEqual(found.map((piece) => [piece.text, piece.marks.map((mark) => mark.is)]), [
    ["Ana Bell met ", ["sentence"]],
    ["Bo Cole", ["sentence", "mention"]],
    [".", ["sentence"]],
    [" They left.", []],
  ]);
});

test("marks that are empty or reach beyond the text do no harm", () => {
  const found = pieces("Ana", [{ span: span(1, 1) }, { span: span(2, 99) }]);
  assert.deepEqual(found.map((piece) => piece.text), ["An", "a"]);
});

test("of mentions within one another the longest is a link, once", () => {
  const text = "The League of Lakes met.";
  const mentions = [mention("lakes", "Lakes", 14), mention("league", "League of Lakes", 4)];
  const [part] = parts({ text, mentions, sentences: [] });
  assert.deepEqual(part!.pieces.map((piece) => [piece.text, piece.marks.map((mark) => mark.entity)]), [
    ["The ", []],
    ["League of Lakes", ["league"]],
    [" met.", []],
  ]);
});

test("words that mention several have all of them", () => {
  const mentions = [mention("ana", "They", 22), mention("bo", "They", 22)];
  const all = parts({ text: TEXT, mentions, sentences: [] }).flatMap((part) => part.pieces);
  assert.deepEqual(all.find((piece) => piece.text === "They")!.marks.map((mark) => mark.entity), ["ana", "bo"]);
});

test("mentions stand in the part of their sentence", () => {
  const sentences = [{ relations: ["r1"], span: span(0, 21) }];
  const found = parts({ text: TEXT, mentions: [mention("bo", "Bo Cole", 13), mention("ana", "They", 22)], sentences });
  assert.deepEqual(found.map((part) => [part.sentence?.relations ?? [], part.pieces.filter((piece) => piece.marks.length > 0).map((piece) => piece.text)]), [
    [["r1"], ["Bo Cole"]],
    [[], ["They"]],
  ]);
});

test("a short paragraph is shown whole", () => {
  assert.deepEqual(contextOf(TEXT, span(0, 21), false), { before: "", sentence: "Ana Bell met Bo Cole.", after: " They left.", isCut: false });
});

test("of a long paragraph what is near the sentence is shown, and all when asked", () => {
  const around = "Norland waits for its lake. ".repeat(20);
  const paragraph = `${around}Ana met Bo. ${around}`;
  const place = span(around.length, around.length + 11);
  const near = contextOf(paragraph, place, false);
  assert.equal(near.sentence, "Ana met Bo.");
  assert.ok(near.isCut && near.before.startsWith("… ") && near.after.endsWith(" …"));
  assert.ok(near.before.length < 100 && near.after.length < 100);
  const whole = contextOf(paragraph, place, true);
  assert.equal(whole.before + whole.sentence + whole.after, paragraph);
});
