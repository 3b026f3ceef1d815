// What is drawn as GraphML (Brandes et al., "GraphML Progress Report", 2002), which networkx, Gephi and yEd open.
import type { Edge, Network, Node } from "../state/network";

interface Key<Thing> {
  readonly name: string;
  readonly type: "string" | "int";
  readonly of: (thing: Thing) => string | number | null | undefined;
}

const OF_NODES: readonly Key<Node>[] = [
  { name: "name", type: "string", of: (node) => node.name },
  { name: "type", type: "string", of: (node) => node.type },
  { name: "iri", type: "string", of: (node) => node.iri },
  { name: "country", type: "string", of: (node) => node.country },
  { name: "sector", type: "string", of: (node) => node.sector },
  { name: "relations", type: "int", of: (node) => node.weight },
];
const OF_EDGES: readonly Key<Edge>[] = [
  { name: "weight", type: "int", of: (edge) => edge.weight },
  { name: "from_source", type: "int", of: (edge) => edge.forward },
  { name: "from_target", type: "int", of: (edge) => edge.backward },
  { name: "main_class", type: "string", of: (edge) => edge.relationClass },
  { name: "status", type: "string", of: (edge) => edge.status },
];

export function graphmlOf({ nodes, edges }: Network): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...OF_NODES.map((key, place) => `  <key id="n${place}" for="node" attr.name="${key.name}" attr.type="${key.type}"/>`),
    ...OF_EDGES.map((key, place) => `  <key id="e${place}" for="edge" attr.name="${key.name}" attr.type="${key.type}"/>`),
    '  <graph id="shown" edgedefault="undirected">',
    ...nodes.map((node) => `    <node id="${xml(node.id)}">${said(OF_NODES, "n", node)}</node>`),
    ...edges.map((edge) => `    <edge source="${xml(edge.source)}" target="${xml(edge.target)}">${said(OF_EDGES, "e", edge)}</edge>`),
    "  </graph>",
    "</graphml>",
  ];
  return `${lines.join("\n")}\n`;
}

function said<Thing>(keys: readonly Key<Thing>[], prefix: string, thing: Thing): string {
  return keys
    .map((key, place) => {
      const value = key.of(thing);
      return value === null || value === undefined ? "" : `<data key="${prefix}${place}">${xml(String(value))}</data>`;
    })
    .join("");
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;" };

/** A text in XML 1.0: characters that XML cannot say (section 2.2) become U+FFFD. */
export function xml(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, "\uFFFD") // halves of a pair
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "\uFFFD")
    .replace(/[&<>"\t\n\r]/g, (one) => ESCAPES[one]!);
}
