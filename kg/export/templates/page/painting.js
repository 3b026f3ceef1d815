// Paints the graph. vis-network moves the view and asks for each node; edges are painted here, by their look.
const view = { scale: 1, x: 0, y: 0, width: 0, height: 0 };
const FINE = 0.3; // of natural size: below it arrows and crosses are too small to be seen
const MANY = 400; // edges from which on they are drawn fainter
const ARROW = 8, CROSS = 4, WIDEST = 4;
const BESIDE_WORDS = 0.24; // of an edge's way, since its words stand in the middle
const SIDES = {
  square: [[-1, -1], [1, -1], [1, 1], [-1, 1]],
  diamond: [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
  triangle: [[0, -1.2], [1.15, 0.85], [-1.15, 0.85]],
  triangleDown: [[0, 1.2], [1.15, -0.85], [-1.15, -0.85]],
  hexagon: [[1.1, 0], [0.55, 0.95], [-0.55, 0.95], [-1.1, 0], [-0.55, -0.95], [0.55, -0.95]],
  star: [...Array(10).keys()].map((corner) => {
    const reach = corner % 2 ? 0.6 : 1.35, angle = (corner * Math.PI) / 5;
    return [reach * Math.sin(angle), -reach * Math.cos(angle)];
  }),
};

const traceShape = (pen, shape, x, y, radius) => {
  if (!SIDES[shape]) pen.arc(x, y, radius, 0, 2 * Math.PI);
  else SIDES[shape].forEach(([across, along], corner) => {
    const reach = 0.9 * radius;
    if (corner) pen.lineTo(x + reach * across, y + reach * along);
    else pen.moveTo(x + reach * across, y + reach * along);
  });
  pen.closePath();
};
const paintNode = (pen, node, x, y, unit) => {
  pen.beginPath();
  traceShape(pen, node.type.shape, x, y, radiusOf(node) * unit);
  pen.fillStyle = node.type.colour;
  pen.lineWidth = (node === chosen.node || data.around.includes(node.id) ? 3.5 : 1.2) * unit;
  pen.strokeStyle = node === chosen.node ? theme.accent : data.around.includes(node.id) ? theme.ink : theme.paper;
  pen.fill();
  pen.stroke();
};

const widthOf = (edge) => Math.min(0.8 + 0.5 * edge.weight, WIDEST);
let looks = [];
const sortByLook = (some) => {
  const found = new Map();
  some.filter((edge) => !edge.hidden).forEach((edge) => {
    const look = `${edge.class} ${edge.status} ${widthOf(edge)}`;
    if (!found.has(look)) found.set(look, { kind: edge.kind, mode: edge.mode, width: widthOf(edge), edges: [] });
    found.get(look).edges.push(edge);
  });
  return [...found.values()];
};
const traceEdge = (pen, edge, curve) => {
  if (isLoop(edge)) {
    const loop = loopOf(edge);
    pen.moveTo(loop.x + loop.radius, loop.y);
    pen.arc(loop.x, loop.y, loop.radius, 0, 2 * Math.PI);
    return;
  }
  pen.moveTo(curve.start.x, curve.start.y);
  if (edge.slot) pen.quadraticCurveTo(curve.via.x, curve.via.y, curve.end.x, curve.end.y);
  else pen.lineTo(curve.end.x, curve.end.y);
};
const traceArrow = (pen, edge, curve) => {
  const angle = Math.atan2(curve.end.y - curve.via.y, curve.end.x - curve.via.x), gap = radiusOf(edge.to) + 2;
  const tip = { x: curve.end.x - gap * Math.cos(angle), y: curve.end.y - gap * Math.sin(angle) };
  pen.moveTo(tip.x, tip.y);
  [-0.4, 0.4].forEach((turn) => pen.lineTo(tip.x - ARROW * Math.cos(angle + turn), tip.y - ARROW * Math.sin(angle + turn)));
  pen.closePath();
};
const traceCross = (pen, edge) => {
  const { x, y } = isLoop(edge) ? middleOf(edge) : pointOn(curveOf(edge), BESIDE_WORDS);
  [1, -1].forEach((side) => { pen.moveTo(x - CROSS, y - side * CROSS); pen.lineTo(x + CROSS, y + side * CROSS); });
};
const paintLook = (pen, look, isStrong) => {
  const seen = look.edges.map((edge) => [edge, curveOf(edge)]).filter(([, curve]) => isInView(curve));
  pen.strokeStyle = pen.fillStyle = lift(look.kind.colour);
  pen.lineWidth = look.width + (isStrong ? 0.8 : 0);
  pen.setLineDash(look.mode.dashes);
  // A path each: one of all is far slower where the processor draws.
  seen.forEach(([edge, curve]) => { pen.beginPath(); traceEdge(pen, edge, curve); pen.stroke(); });
  pen.setLineDash([]);
  if (view.scale < FINE && !isStrong) return;
  pen.beginPath();
  seen.forEach(([edge, curve]) => { if (edge.directed && !isLoop(edge)) traceArrow(pen, edge, curve); });
  pen.fill();
  if (look.mode.key === "negated") paintCrosses(pen, seen);
};
const paintCrosses = (pen, seen) => {
  pen.beginPath();
  seen.forEach(([edge]) => traceCross(pen, edge));
  pen.strokeStyle = theme.denied;
  pen.lineWidth = 2.2;
  pen.stroke();
};
const faintness = () => (edges.length > MANY && view.scale < FINE * 2 ? 0.45 : 0.85);

const onScreen = (pen, paint) => {
  const ratio = pen.canvas.width / pen.canvas.clientWidth;
  pen.save();
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  paint(ratio);
  pen.restore();
};
const readView = () => {
  const scale = network.getScale(), middle = network.getViewPosition(), width = graph.clientWidth, height = graph.clientHeight;
  Object.assign(view, { scale, width, height, x: width / 2 - middle.x * scale, y: height / 2 - middle.y * scale });
};
const paintBeneath = (pen) => {
  readView();
  graph.dataset.view = [view.scale, view.x, view.y].join(" "); // for tests: where things are drawn
  onScreen(pen, (ratio) => paintLayer(pen, ratio));
};
// What is chosen stands out, since a veil is laid over the rest.
const paintAbove = (pen) => onScreen(pen, () => {
  const lit = litNow();
  if (lit) {
    if (chosen.node || chosen.edge) paintVeil(pen);
    sortByLook([...lit.edges]).forEach((look) => paintLook(pen, look, true));
    lit.nodes.forEach((node) => { const { x, y } = screen(node.x, node.y); paintNode(pen, node, x, y, 1); });
  }
  paintLabels(pen, chosen.node || chosen.edge ? lit : null);
});
const paintVeil = (pen) => {
  pen.globalAlpha = 0.82;
  pen.fillStyle = theme.paper;
  pen.fillRect(0, 0, view.width, view.height);
  pen.globalAlpha = 1;
};

// What is chosen, and what the pointer is over; each a node, an edge, or nothing.
const chosen = { node: null, edge: null };
const pointed = { node: null, edge: null };
const litBy = ({ node, edge }) => {
  if (edge) return { nodes: new Set([edge.from, edge.to]), edges: new Set([edge]) };
  const near = node ? node.edges.filter((one) => !one.hidden) : [];
  return { nodes: new Set([...near.flatMap((one) => [one.from, one.to]), ...(node ? [node] : [])]), edges: new Set(near) };
};
const litNow = () => {
  if (![chosen.node, chosen.edge, pointed.node, pointed.edge].some(Boolean)) return null;
  const one = litBy(chosen), other = litBy(pointed);
  return { nodes: new Set([...one.nodes, ...other.nodes]), edges: new Set([...one.edges, ...other.edges]) };
};
