// What the query page makes of texts and answers.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { QuestionShown } from "../src/api/types";
import { addressOf, askedOf } from "../src/query/address";
import { barsOf, binsOf, pointsOf, ticksOf } from "../src/query/charts";
import { columnsOf, containing, ordered } from "../src/query/columns";
import { csvText, jsonText, type Rows, rowsOf, triplesOf, turtleText } from "../src/query/formats";
import { graphOf, placed } from "../src/query/graphs";
import { written } from "../src/query/questions";
import { linkOf, literal, shortIri, type Term, writtenIri } from "../src/query/terms";
import { offsetOf, tokensOf, variablesOf } from "../src/query/tokens";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const PREFIXES = {
  ent: "https://example.org/entity/",
  rel: "https://example.org/relation/",
  art: "https://example.org/article/",
  kg: "https://example.org/ontology#",
  xsd: XSD,
};
const iri = (value: string): Term => ({ type: "iri", value });
const entity = (id: string): Term => iri(PREFIXES.ent + id);
const number = (value: number): Term => literal(String(value), `${XSD}integer`);
const kinds = (text: string) => tokensOf(text).map((token) => token.kind);

test("tokens are those of SPARQL", () => {
  assert.deepEqual(kinds("SELECT ?a WHERE"), ["keyword", "variable", "keyword"]);
  assert.deepEqual(kinds("kg:meets/ent:Zo%C3%AB :x a"), ["name", "mark", "name", "name", "keyword"]);
  assert.deepEqual(kinds('"a \\" b"@en-GB 1.5e3 <http://a/b>'), ["string", "language", "number", "iri"]);
  assert.deepEqual(kinds("?a < 3 && ?b > 4 # <x>"), ["variable", "mark", "number", "mark", "variable", "mark", "number", "comment"]);
  assert.deepEqual(kinds('"""two\nlines " here""" .'), ["string", "mark"]);
  assert.deepEqual(kinds("'open"), ["string"]);
});

test("nothing of a text is lost between tokens, whatever it is", () => {
  const text = 'SELECT * { ?ä ent:Zoë.x "\\" 🙂 <<( >> \u0000 \'\'\' ';
  assert.equal(tokensOf(text).map((token) => token.text).join("").replace(/\s/g, ""), text.replace(/\s/g, ""));
});

test("variables are found once, and not in strings and comments", () => {
  assert.deepEqual(variablesOf('SELECT ?a $b { ?a ?c "?d" } # ?e'), ["?a", "?b", "?c"]);
});

test("columns count characters, not code units", () => {
  assert.equal(offsetOf('a\n"🙂" x', 2, 5), 'a\n"🙂" '.length);
  assert.equal(offsetOf("ab", 1, 9), 2);
  assert.equal(offsetOf("ab", 7, 1), 2);
});

const QUESTION: QuestionShown = {
  name: "who",
  title: "Who",
  description: "Who is it.",
  parameters: [
    { name: "actor", kind: "text", required: false, description: "a name" },
    { name: "since", kind: "date", required: false, description: "a day" },
    { name: "property", kind: "iri", required: false, description: "a property" },
  ],
  query: `# title: Who
# parameter actor: text, optional; a name
SELECT ?who ?actor ?since WHERE {
  ?who ?property ?name . FILTER(CONTAINS(?name, ?actor) && ?day >= ?since) # ?actor
  FILTER("?actor" != ?who)
}
GROUP BY ?who ?actor ?since
ORDER BY ?who`,
};

test("values stand in the SPARQL of a question, and parameters are no columns", () => {
  const text = written(QUESTION, { actor: 'A "b" \\', since: "2031-05-02", property: "https://example.org/p" });
  assert.equal(
    text,
    `# Who
SELECT ?who WHERE {
  ?who <https://example.org/p> ?name . FILTER(CONTAINS(?name, "A \\"b\\" \\\\") && ?day >= "2031-05-02"^^xsd:date) # ?actor
  FILTER("?actor" != ?who)
}
GROUP BY ?who
ORDER BY ?who`,
  );
});

test("a value cannot leave its place in the SPARQL", () => {
  const text = written(QUESTION, { actor: '")) } DROP ALL #', property: "https://a/> } #" });
  assert.deepEqual(tokensOf(text).filter((token) => token.kind === "word"), []);
  assert.match(text, /"\\"\)\) } DROP ALL #"/);
  assert.match(text, /<https:\/\/a\/%3E%20%7D%20#>/);
});

test("parameters without a value stay variables", () => {
  assert.match(written(QUESTION, {}), /SELECT \?who WHERE {\n {2}\?who \?property \?name . FILTER\(CONTAINS\(\?name, \?actor\)/);
});

test("an address asks again what it was made of", () => {
  const query = { kind: "sparql", query: "ASK { ?a ?b 'é&#+' }" } as const;
  const question = { kind: "question", name: "who", values: { actor: "Zoë & Bo", since: "" } } as const;
  const back = (address: string) => askedOf(new URL(address, "http://host/"));
  assert.deepEqual(back(addressOf(query, "chart")), { asked: query, view: "chart" });
  assert.deepEqual(back(addressOf(question))?.asked, { ...question, values: { actor: "Zoë & Bo" } });
  assert.equal(back("query"), null);
  assert.equal(back("query?query=ASK{}&as=nonsense")?.view, "table");
});

test("a long query stands behind #, which no server reads", () => {
  const query = { kind: "sparql", query: `ASK { ${"?a ?b ?c . ".repeat(1_000)} }` } as const;
  assert.match(addressOf(query), /^query#query=/);
  assert.deepEqual(askedOf(new URL(addressOf(query), "http://host/"))?.asked, query);
});

test("IRIs are short, and written so that they are read again", () => {
  assert.equal(shortIri(`${PREFIXES.ent}Zo%C3%AB_Bell`, PREFIXES), "ent:Zoë_Bell");
  assert.equal(shortIri(`${PREFIXES.ent}100%`, PREFIXES), "ent:100%");
  assert.equal(writtenIri(`${PREFIXES.ent}Ana_Bell`, PREFIXES), "ent:Ana_Bell");
  assert.equal(writtenIri(`${PREFIXES.ent}A(b)`, PREFIXES), `<${PREFIXES.ent}A(b)>`);
  assert.equal(writtenIri(PREFIXES.ent, PREFIXES), `<${PREFIXES.ent}>`);
});

test("links lead to the explorer or outside, and nowhere else", () => {
  const href = (value: string) => linkOf(value, PREFIXES);
  assert.deepEqual(href(`${PREFIXES.ent}Zo%C3%AB`), { href: "./#selected=Zo%C3%AB", leads: "explorer" });
  assert.equal(href(`${PREFIXES.rel}1f`)?.href, `./#${new URLSearchParams({ relation: `${PREFIXES.rel}1f` })}`);
  assert.equal(href(`${PREFIXES.art}a1#char=1,2`)?.href, `./#${new URLSearchParams({ article: `${PREFIXES.art}a1` })}`);
  assert.equal(href("https://elsewhere.example/x")?.leads, "outside");
  for (const bad of ["javascript:alert(1)", "data:text/html,x", "urn:a", "http:", "file:///etc", " https://a"]) assert.equal(href(bad), null, bad);
});

const ROWS: Rows = {
  columns: ["who", "n", "day", "whom"],
  rows: [
    [entity("Ana"), number(10), literal("2031-05-02", `${XSD}date`), entity("Bo")],
    [entity("Cy"), number(9), literal("2031-06", `${XSD}gYearMonth`), entity("Ana")],
    [entity("Ana"), null, null, entity("Bo")],
  ],
};

test("columns know what they hold", () => {
  const columns = columnsOf(ROWS, PREFIXES);
  assert.deepEqual(columns.map((one) => [one.isEntity, one.isNumber, one.isDate, one.filled, one.note]), [
    [true, false, false, 3, ""],
    [false, true, false, 2, "xsd:integer"],
    [false, false, true, 2, "xsd:date, xsd:gYearMonth"],
    [true, false, false, 3, ""],
  ]);
});

test("rows are sorted as numbers, times or words, those without a value last", () => {
  const columns = columnsOf(ROWS, PREFIXES);
  const by = (place: number, isDescending: boolean) => ordered(ROWS, { column: columns[place]!, isDescending }, PREFIXES);
  assert.deepEqual(by(1, false), [1, 0, 2]);
  assert.deepEqual(by(1, true), [0, 1, 2]);
  assert.deepEqual(by(2, true), [1, 0, 2]);
  assert.deepEqual(by(0, false), [0, 2, 1]);
  assert.deepEqual(ordered(ROWS, null, PREFIXES), [0, 1, 2]);
});

test("rows are found by a text in any column", () => {
  assert.deepEqual(containing(ROWS, [2, 1, 0], "CY", PREFIXES), [1]);
  assert.deepEqual(containing(ROWS, [2, 1, 0], " ", PREFIXES), [2, 1, 0]);
});

test("bars sum, or count, and points stand in order of time", () => {
  const columns = columnsOf(ROWS, PREFIXES);
  assert.deepEqual(barsOf(ROWS, columns[0]!, columns[1]!, PREFIXES).map((bar) => [bar.label, bar.value]), [["ent:Ana", 10], ["ent:Cy", 9]]);
  assert.deepEqual(barsOf(ROWS, columns[0]!, null, PREFIXES).map((bar) => bar.value), [2, 1]);
  assert.deepEqual(pointsOf(ROWS, columns[2]!, null).map((point) => [point.label, point.value]), [["2031-05-02", 1], ["2031-06", 1]]);
});

test("counts are of days, months or years, those of nothing too", () => {
  const day = (text: string) => Date.parse(text) / 86_400_000;
  const point = (text: string, value = 1) => ({ day: day(text), label: text, value });
  assert.deepEqual(binsOf([point("2031-05-30"), point("2031-06-01", 2)]), [point("2031-05-30"), point("2031-05-31", 0), point("2031-06-01", 2)]);
  const months = binsOf([point("2031-11-05"), point("2031-11-20"), point("2032-02-01")])!;
  assert.deepEqual(months.map((one) => [one.label, one.value]), [["2031-11", 2], ["2031-12", 0], ["2032-01", 0], ["2032-02", 1]]);
  assert.deepEqual(binsOf([point("1999-05-05"), point("2032-02-01")])?.length, 34);
  assert.equal(binsOf([point("1066-10-14"), point("2032-02-01")]), null);
  assert.equal(binsOf([]), null);
});

test("ticks are round and hold all values", () => {
  assert.deepEqual(ticksOf(0, 97), [0, 20, 40, 60, 80, 100]);
  assert.deepEqual(ticksOf(0, 1, 1), [0, 1]);
  assert.deepEqual(ticksOf(-3, 4), [-4, -2, 0, 2, 4]);
  assert.deepEqual(ticksOf(0, 0), [0, 0.2]);
});

test("a graph has an edge for each pair, whichever way round", () => {
  const graph = graphOf({ found: { kind: "rows", rows: ROWS }, milliseconds: 1, total: 3, cut: null }, columnsOf(ROWS, PREFIXES), PREFIXES);
  assert.deepEqual(graph.nodes.map((node) => node.id), ["Ana", "Bo", "Cy"]);
  assert.deepEqual(graph.edges.map((edge) => [edge.source, edge.target, edge.weight]), [["Ana", "Bo", 2], ["Cy", "Ana", 1]]);
  const places = placed(graph);
  assert.deepEqual(places, placed(graph));
  for (const { x, y } of places.values()) assert.ok(x >= 0 && x <= 1 && y >= 0 && y <= 1);
});

const JSON_RESULTS = {
  head: { vars: ["a", "b"] },
  results: {
    bindings: [
      { a: { type: "uri", value: "https://example.org/x" }, b: { type: "literal", value: 'say "hi",\nBo', "xml:lang": "en" } },
      { a: { type: "bnode", value: "b0" } },
      { b: { type: "literal", value: "3", datatype: `${XSD}integer` } },
    ],
  },
};

test("JSON is read and written again", () => {
  assert.deepEqual(JSON.parse(jsonText(rowsOf(JSON_RESULTS))), JSON_RESULTS);
});

test("CSV has values alone, quoted where they must be", () => {
  assert.equal(csvText(rowsOf(JSON_RESULTS)), 'a,b\r\nhttps://example.org/x,"say ""hi"",\nBo"\r\n_:b0,\r\n,3\r\n');
});

test("N-Triples are read, triples in triples too, and written as Turtle", () => {
  const triples = triplesOf(
    [
      `<${PREFIXES.ent}Ana> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <${PREFIXES.kg}Person> .`,
      `<${PREFIXES.ent}Ana> <${PREFIXES.kg}says> "a \\"b\\"\\n\\u00E9 > ."@en .`,
      `<${PREFIXES.ent}Ana> <${PREFIXES.kg}age> "3"^^<${XSD}integer> .`,
      `_:b1 <${PREFIXES.kg}of> <<( <${PREFIXES.ent}A(b)> <${PREFIXES.kg}p> "x" )>> .`,
      "",
    ].join("\n"),
  );
  assert.equal(triples.length, 4);
  assert.deepEqual(triples[1]!.object, literal('a "b"\né > .', "", "en"));
  assert.equal(triples[3]!.object.type, "triple");
  assert.equal(
    turtleText(triples, PREFIXES),
    `@prefix ent: <${PREFIXES.ent}> .
@prefix kg: <${PREFIXES.kg}> .
@prefix xsd: <${XSD}> .

ent:Ana a kg:Person ;
  kg:says "a \\"b\\"\\né > ."@en ;
  kg:age "3"^^xsd:integer .

_:b1 kg:of <<( <${PREFIXES.ent}A(b)> kg:p "x" )>> .
`,
  );
});

test("what is no N-Triples is told", () => {
  assert.throws(() => triplesOf("nonsense"), SyntaxError);
});
