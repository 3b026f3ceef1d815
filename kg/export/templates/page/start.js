// Begins: the view, what is chosen, and the address that says so.
const MARGIN = 22; // pixels around what is fitted in
const CLOSEST = 1.2, READABLE = 0.5, FURTHEST = 0.01;
const known = new vis.DataSet(nodes.map(({ index, x, y }) => ({ id: index, x, y })));
let version = 0; // of what is drawn where; names are placed anew when it rises
const renderer = ({ ctx, id, x, y }) => {
  const node = nodes[id], extent = (2 * radiusOf(node)) / view.scale;
  return { drawNode: () => paintNode(ctx, node, x, y, 1 / view.scale), nodeDimensions: { width: extent, height: extent } };
};
const options = { ...data.options, nodes: { shape: "custom", ctxRenderer: renderer } };
readTheme();
edges.forEach(bend);
const network = new vis.Network(graph, { nodes: known }, options);

const refresh = () => {
  version += 1;
  looks = sortByLook(edges);
  network.redraw();
};
// Bounds of nodes with their names, whose size does not depend on the scale.
const bounds = (some, scale) => some.reduce((box, node) => {
  const half = Math.min(Math.max(...node.lines.map((line) => line.length)) * 3.8, graph.clientWidth * 0.12);
  const reach = half / scale, low = (20 + 15 * node.lines.length) / scale;
  return { left: Math.min(box.left, node.x - reach), right: Math.max(box.right, node.x + reach),
    top: Math.min(box.top, node.y - 16 / scale), bottom: Math.max(box.bottom, node.y + low) };
}, { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity });
const isNarrow = () => window.innerWidth <= 700;
// What the panel covers of the stage: the right of it, or the bottom where it is narrow.
const covered = () => {
  if (panel.hidden) return { x: 0, y: 0 };
  return isNarrow() ? { x: 0, y: panel.offsetHeight } : { x: panel.offsetWidth, y: 0 };
};
// The scale at which all fit follows from their bounds, and these from the scale: a few steps suffice.
const fitting = (some, closest) => {
  const over = covered();
  const width = graph.clientWidth - over.x - 2 * MARGIN, height = graph.clientHeight - over.y - 2 * MARGIN;
  let scale = closest, box = bounds(some, scale);
  for (let step = 0; step < 12; step += 1) {
    scale = Math.max(FURTHEST, Math.min(closest, width / (box.right - box.left), height / (box.bottom - box.top)));
    box = bounds(some, scale);
  }
  return { scale, x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
};
const moveTo = ({ x, y, scale }, over = { x: 0, y: 0 }) => network.moveTo({
  position: { x: x + over.x / 2 / scale, y: y + over.y / 2 / scale }, scale,
  animation: isStarted && !stillness.matches && { duration: 350, easingFunction: "easeInOutQuad" },
});
const fit = () => {
  const shown = nodes.filter((node) => !node.hidden);
  if (shown.length) moveTo(fitting(shown, CLOSEST), covered());
};
// To what is near, where that fits in while names can be read; else to the entity itself.
const goTo = ({ node, edge }) => {
  const found = fitting(edge ? [edge.from, edge.to] : [...litBy({ node }).nodes], 1);
  if (!node || found.scale >= READABLE) moveTo(found, covered());
  else moveTo({ x: node.x, y: node.y, scale: READABLE }, covered());
};

const isOutside = (node) => {
  const { x, y } = screen(node.x, node.y), over = covered();
  return x < 0 || y < 0 || x > graph.clientWidth - over.x - MARGIN || y > graph.clientHeight - over.y - MARGIN;
};

const choose = ({ node = null, edge = null }, { goes = false, isNew = true } = {}) => {
  if ([node, edge && edge.from, edge && edge.to].some((one) => one && one.hidden) || (edge && edge.hidden)) showAll();
  Object.assign(chosen, { node, edge });
  Object.assign(pointed, { node: null, edge: null });
  tip.hidden = true;
  if (node) showNode(node);
  else if (edge) showEdge(edge);
  else hide();
  if (isNew) writeAddress(true);
  const ends = node ? [node] : edge ? [edge.from, edge.to] : [];
  if (ends.length && (goes || ends.some(isOutside))) goTo(chosen);
  network.redraw();
};
const carry = (moved) => {
  const places = network.getPositions(moved);
  moved.forEach((number) => Object.assign(nodes[number], places[number]));
  moved.forEach((number) => nodes[number].edges.forEach(bend));
  version += 1;
};
const zoom = (how) => {
  if (how === "fit") return fit();
  return moveTo({ ...network.getViewPosition(), scale: network.getScale() * Number(how) });
};
const KEYS = { 0: fit, "/": () => field.focus(), Escape: () => choose({}) };
const isTyping = ({ target, ctrlKey, metaKey, altKey }) => target.matches?.("input[type=search]") || ctrlKey || metaKey || altKey;

network.on("beforeDrawing", paintBeneath);
network.on("afterDrawing", paintAbove);
network.on("dragging", ({ nodes: moved }) => { if (moved.length) carry(moved); });
network.on("click", ({ pointer, event }) => choose(meant(pointer.DOM, event.pointerType === "touch" ? REACH_OF_FINGERS : REACH)));
document.querySelectorAll("[data-zoom]").forEach((one) => one.addEventListener("click", () => zoom(one.dataset.zoom)));
window.addEventListener("popstate", readAddress);
window.addEventListener("keydown", (event) => {
  if (isTyping(event) || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});
darkness.addEventListener("change", () => { readTheme(); drawSigns(); network.redraw(); });

let isStarted = false;
const prepare = () => {
  const stage = graph.firstElementChild; // the part of vis-network that takes the keys
  stage.setAttribute("role", "application");
  stage.setAttribute("aria-label", `Drawing of ${count(nodes.length, "entity", "entities")}: arrow keys move it, + and − zoom, 0 shows everything, / searches names`);
  if (isNarrow()) byId("legend").open = false;
  drawSigns();
  offerLeast();
  refresh();
};
const start = () => {
  fit();
  if (location.hash) readAddress();
  network.once("afterDrawing", () => { document.body.dataset.drawn = String(nodes.length); }); // for tests: the drawing is there
  network.redraw();
  isStarted = true;
};
// A frame that is not shown yet has no size to fit into.
const waitForSize = new ResizeObserver(() => {
  if (!graph.clientWidth || !graph.clientHeight) return;
  waitForSize.disconnect();
  start();
});
prepare();
waitForSize.observe(graph);
