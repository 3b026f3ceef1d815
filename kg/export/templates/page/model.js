// The graph: nodes and edges that know each other. Whatever comes from articles is text here, never markup.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const keyed = (entries) => new Map(entries.map((entry) => [entry.key, entry]));
const types = keyed(data.legend.types);
const statuses = keyed(data.legend.statuses);
const classes = keyed(data.legend.classes);

// vis-network keeps nodes in plain objects: numbers as keys are safe there, names such as "__proto__" are not.
const nodes = data.nodes.map((node, index) => ({
  ...node, index, hidden: false, edges: [], lines: node.label.split("\n"), type: types.get(node.group),
}));
const nodeOf = new Map(nodes.map((node) => [node.id, node]));
const edges = data.edges.map((edge, index) => ({
  ...edge, index, hidden: false, from: nodeOf.get(edge.from), to: nodeOf.get(edge.to),
  kind: classes.get(edge.class), mode: statuses.get(edge.status), weight: edge.evidence.length,
  link: [edge.from, edge.class, edge.status, edge.to].join(" · "),
}));
const edgeOf = new Map(edges.map((edge) => [edge.link, edge]));
edges.forEach((edge) => { new Set([edge.from, edge.to]).forEach((end) => end.edges.push(edge)); });

// The layout is wider than high; a screen that is higher than wide gets it turned.
if (window.innerHeight > window.innerWidth) nodes.forEach((node) => { [node.x, node.y] = [node.y, node.x]; });

const otherEnd = (edge, node) => (edge.from === node ? edge.to : edge.from);
const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
const shorten = (text, length) => (text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text);
const element = (tag, text, ...children) => {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
};
