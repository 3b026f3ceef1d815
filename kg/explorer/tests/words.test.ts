import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOfLink, webAddress } from "../src/components/panel/links";
import { calledBeside, counted, day, days, kindOf, sourceOf, sureness, told, whenOf } from "../src/components/panel/words";

const article = { id: "a1", iri: "art:a1", published: "2031-07-01", date_basis: "dateline" as const };

test("days are said as exactly as they are known", () => {
  assert.deepEqual(["2031-05-02", "2031-05", "2031", "soon"].map(day), ["2 May 2031", "May 2031", "2031", "soon"]);
  assert.equal(days("2031-05-02", "2032-01-08"), "2 May 2031 – 8 January 2032");
  assert.equal(days("2031-05-02", "2031-05-02"), "2 May 2031");
  assert.equal(days(null, null), "");
});

test("a relation's time says what it rests on", () => {
  assert.deepEqual(whenOf({ time: "2031-06", when: null, article }), { time: "June 2031", basis: "as the article says" });
  const when = { first: "2031-07-01", last: "2031-07-01", precision: "day", basis: "article" } as const;
  assert.deepEqual(whenOf({ time: null, when, article }), { time: "1 July 2031", basis: "the article's date; it says no other" });
  assert.equal(whenOf({ time: null, when: null, article: { ...article, published: null } }).time, "not known");
});

test("confidences are said in words", () => {
  assert.deepEqual([1, 0.9, 0.76, 0.73, 0.6, 0.2, 0].map(sureness), ["very sure", "very sure", "fairly sure", "fairly sure", "unsure", "doubtful", "doubtful"]);
});

test("numbers are counted in words", () => {
  assert.deepEqual([counted(1, "relation"), counted(1312, "relation"), counted(2, "entity", "entities")], ["1 relation", "1,312 relations", "2 entities"]);
});

test("an entity is said by type, country and sector", () => {
  const entity = { id: "a", iri: "ent:a", name: "Ana", type: "person", country: "NOR", sector: "GOV" } as const;
  const term = (name: string, label: string) => ({ name, iri: "", label, definition: "" });
  const legend = { types: [term("person", "person")], statuses: [], relation_classes: [], properties: [], sectors: [term("GOV", "government")] };
  assert.equal(kindOf(entity, legend), "person · NOR · government");
  assert.equal(kindOf({ ...entity, country: null, sector: "XYZ" }, legend), "person · XYZ");
  assert.equal(kindOf({ ...entity, sector: null }, legend), "person · NOR");
});

test("only addresses of the web are links", () => {
  for (const harm of ["javascript:alert(1)", "data:text/html,x", " JaVaScript:alert(1)", "file:///etc/passwd", "vik", "", null]) {
    assert.equal(webAddress(harm), null, String(harm));
  }
  assert.equal(webAddress("https://example.org/a"), "https://example.org/a");
});

test("links are called by their host, Wikidata's by their id", () => {
  assert.equal(nameOfLink("http://www.wikidata.org/entity/Q1"), "Wikidata Q1");
  assert.equal(nameOfLink("https://www.example.org/ana"), "example.org");
});

test("articles that repeat a report are not counted as independent", () => {
  assert.equal(told({ articles: 3, reports: 2 }), "3 articles, 2 independent");
  assert.equal(told({ articles: 1312, reports: 1 }), "1,312 articles, 1 independent");
  assert.equal(told({ articles: 1, reports: 1 }), "1 article");
});

test("a copy names who printed the report first, a version its title, as far as they are known", () => {
  const about = { id: "a1", title: "Talks", publisher: "Fjord Agency" };
  assert.equal(calledBeside({ ...about, kind: "copy" }), "Fjord Agency");
  assert.equal(calledBeside({ ...about, kind: "version" }), "Talks");
  assert.equal(calledBeside({ id: "a1", kind: "copy", title: "Talks", publisher: null }), "Talks");
  assert.equal(calledBeside({ id: "a1", kind: "version" }), "a1");
});

test("a source is the publisher, else the title, else the id", () => {
  assert.equal(sourceOf({ ...article, publisher: "Vik Post", title: "Talks" }), "Vik Post");
  assert.equal(sourceOf({ ...article, publisher: null, title: "Talks" }), "Talks");
  assert.equal(sourceOf(article), "a1");
});
