// The relations that are drawn as a SPARQL query: the same entities, the same filters.
import type { Legend, Overview, Term } from "../api/types";
import type { Network } from "../state/network";
import type { Filters, Scene } from "../state/scene";

/** Entities that are named one by one: more make an address that no server takes. */
export const MOST_NAMED = 150;

export interface Query {
  readonly text: string;
  /** Whether it asks for more than is drawn, since that would be too many to name. */
  readonly isWider: boolean;
}

/** The query for what is drawn; it finds each relation once, with its time, confidence and article. */
export function queryOf(scene: Scene, network: Network, overview: Overview): Query {
  const { filters } = scene;
  const ends = endsOf(scene, network);
  const lines = [
    ...(ends.isWider ? [`# All relations that fit the filters: ${network.nodes.length} entities are too many to name.`] : []),
    "SELECT DISTINCT ?relation ?subject ?predicate ?object ?class ?status ?day ?confidence ?article WHERE {",
    ...ends.lines,
    ...narrowed("class", filters.relation_class, overview.legend.relation_classes),
    ...narrowed("property", filters.property, overview.legend.properties),
    ...narrowed("state", filters.status, overview.legend.statuses),
    "  GRAPH ?article { ?relation a kg:Relation, ?class ; kg:predicate ?predicate ; kg:status ?state }",
    "  FILTER(?class != kg:Relation)",
    ...(filters.property.length > 0 ? ["  ?relation kg:property ?property ."] : []),
    "  ?relation kg:subject ?s ; kg:object ?o .",
    ...(ends.isClosed ? [] : ["  MINUS { ?s kg:mergedInto ?subjectShown }", "  MINUS { ?o kg:mergedInto ?objectShown }"]),
    "  ?s skos:prefLabel ?subject .",
    "  ?o skos:prefLabel ?object .",
    "  OPTIONAL { ?relation kg:time ?time }",
    "  OPTIONAL { ?article schema:datePublished ?published }",
    "  OPTIONAL { ?relation kg:confidence ?sure }",
    "  BIND(STR(COALESCE(?time, ?published)) AS ?day)",
    "  BIND(COALESCE(?sure, 1.0) AS ?confidence)",
    '  BIND(LCASE(STRAFTER(STR(?state), "#")) AS ?status)',
    ...filtersOf(filters, overview.legend),
    "}",
    "ORDER BY DESC(?day) ?subject ?object ?predicate ?relation",
  ];
  const body = `${lines.join("\n")}\n`;
  return { text: `${prefixes(body, overview.prefixes)}${body}`, isWider: ends.isWider };
}

interface Ends {
  readonly lines: readonly string[];
  readonly isWider: boolean;
  /** Whether entities are named; they are those that others are shown as. */
  readonly isClosed: boolean;
}

function endsOf(scene: Scene, { nodes, entitiesTotal }: Network): Ends {
  const isAll = nodes.length > 0 && scene.chosen.length === 0 && nodes.length >= entitiesTotal;
  if (isAll && scene.hidden.size === 0) return { lines: [], isWider: false, isClosed: false };
  if (nodes.length > MOST_NAMED) return { lines: [], isWider: true, isClosed: false };
  const drawn = nodes.map((node) => iri(node.iri));
  return { lines: [`  VALUES ?s { ${drawn.join(" ")} }`, `  VALUES ?o { ${drawn.join(" ")} }`], isWider: false, isClosed: true };
}

function narrowed(variable: string, names: readonly string[], terms: readonly Term[]): readonly string[] {
  if (names.length === 0) return [];
  const found = terms.filter((term) => names.includes(term.name)).map((term) => iri(term.iri));
  return [`  VALUES ?${variable} { ${found.join(" ")} }`];
}

function filtersOf(filters: Filters, legend: Legend): readonly string[] {
  const { publisher, type, since, until, min_confidence: least } = filters;
  const lines: string[] = [];
  if (publisher.length > 0) {
    lines.push(`  VALUES ?publisher { ${publisher.map(literal).join(" ")} }`, "  ?article schema:publisher ?source .", "  FILTER(STR(?source) = ?publisher)");
  }
  if (type.length > 0) {
    const types = legend.types.filter((term) => type.includes(term.name)).map((term) => iri(term.iri));
    for (const end of ["s", "o"]) lines.push(`  FILTER EXISTS { VALUES ?${end}Type { ${types.join(" ")} } ?${end} a ?${end}Type }`);
  }
  // Of a year or month, some day must lie within: it is compared as far as it is known.
  if (since !== null) lines.push(`  FILTER(?day >= SUBSTR(${literal(since)}, 1, STRLEN(?day)))`);
  if (until !== null) lines.push(`  FILTER(?day <= ${literal(until)})`);
  if (least > 0) lines.push(`  FILTER(?confidence >= ${least})`);
  return lines;
}

/** An IRI; what none may have (SPARQL 1.1, production 139) is percent-encoded. */
function iri(text: string): string {
  return `<${text.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`)}>`;
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A text as a literal (SPARQL 1.1, section 4.1.2). */
export function literal(text: string): string {
  return `"${text.replace(/[\\"\n\r\t]/g, (one) => ESCAPES[one]!)}"`;
}

/** Declarations of the prefixes that a query uses. */
function prefixes(body: string, known: Readonly<Record<string, string>>): string {
  const used = Object.entries(known).filter(([prefix]) => new RegExp(`(?<![\\w:<"])${prefix}:`).test(body));
  return used.map(([prefix, base]) => `PREFIX ${prefix}: <${base}>\n`).join("");
}

