// The pointer: what it is over, what it chooses, and the tooltip.
const REACH = 7; // pixels within which an edge is meant
const REACH_OF_FINGERS = 16;
const tip = byId("tip");
const graph = byId("graph");

const placeOf = (event) => {
  const box = graph.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
};
const meant = (point, reach) => {
  const number = network.getNodeAt(point);
  if (number !== undefined) return { node: nodes[number], edge: null };
  return { node: null, edge: edgeAt(point, reach) };
};

const tipOfNode = (node) => [element("strong", node.name),
  element("p", [node.type.label, node.country, count(node.relations, "relation")].filter(Boolean).join(" · ")),
  ...(node.aliases.length ? [element("p", `also ${shorten(node.aliases.join(", "), 120)}`)] : [])];
const tipOfEdge = (edge) => {
  const [first] = edge.evidence, [subject, object] = endsOf(edge, first), { title, source, date } = data.articles[first.article];
  const more = edge.weight > 1 ? [element("p", `and ${count(edge.weight - 1, "relation")} more`)] : [];
  return [element("strong", `${subject.name} — ${edge.predicates.join(", ")} — ${object.name}`),
    element("p", "", badge(edge.mode.label, edge.status), badge(edge.kind.label, "")),
    element("blockquote", shorten(first.text, 300)),
    element("p", [title, source, date || "no date"].filter(Boolean).join(" · ")), element("p", claimOf(first)), ...more];
};
const showTip = ({ node, edge }, { x, y }) => {
  tip.hidden = !(node || edge);
  if (tip.hidden) return;
  tip.replaceChildren(...(node ? tipOfNode(node) : tipOfEdge(edge)));
  const isRight = x > (view.width - covered().x) / 2, isLow = y > view.height / 2;
  Object.assign(tip.style, {
    left: isRight ? "" : `${x + 14}px`, right: isRight ? `${view.width - x + 14}px` : "",
    top: isLow ? "" : `${y + 14}px`, bottom: isLow ? `${view.height - y + 14}px` : "",
  });
};
const point = (found, place) => {
  const isSame = found.node === pointed.node && found.edge === pointed.edge;
  if (isSame) return;
  Object.assign(pointed, found);
  showTip(found, place);
  graph.style.cursor = found.node || found.edge ? "pointer" : "";
  network.redraw();
};

let waiting = null;
graph.addEventListener("pointermove", (event) => {
  if (event.pointerType === "touch") return;
  if (event.buttons) return point({ node: null, edge: null }, placeOf(event));
  if (!waiting) requestAnimationFrame(() => { const last = waiting; waiting = null; point(meant(placeOf(last), REACH), placeOf(last)); });
  waiting = event;
});
graph.addEventListener("pointerleave", (event) => point({ node: null, edge: null }, placeOf(event)));
