// Where edges run: straight, bent beside those that are parallel to them, or as loops.
const GAP = 19; // between parallel edges in their middle, as far as their length allows
const SAMPLES = 14;

const radiusOf = (node) => node.size * view.scale ** 0.45; // on the screen: grows slower than the distances
const screen = (x, y) => ({ x: x * view.scale + view.x, y: y * view.scale + view.y });

const bend = (edge) => {
  const { from, to } = edge;
  const across = to.x - from.x, along = to.y - from.y, length = Math.hypot(across, along) || 1;
  const offset = 2 * Math.sign(edge.slot) * Math.min(Math.abs(edge.slot) * GAP, length * 0.8);
  edge.via = { x: (from.x + to.x) / 2 - (along / length) * offset, y: (from.y + to.y) / 2 + (across / length) * offset };
};
const isLoop = (edge) => edge.from === edge.to;
const loopOf = (edge) => {
  const rank = edge.slot > 0 ? 2 * edge.slot - 1 : -2 * edge.slot;
  const radius = (9 + 5 * rank) * Math.max(Math.sqrt(view.scale), 0.5);
  const at = screen(edge.from.x, edge.from.y);
  return { x: at.x, y: at.y - radiusOf(edge.from) - radius * 0.8, radius };
};

// A quadratic curve on the screen, with the bounds that it cannot leave.
const curveOf = (edge) => {
  const start = screen(edge.from.x, edge.from.y), via = screen(edge.via.x, edge.via.y), end = screen(edge.to.x, edge.to.y);
  return { start, via, end };
};
const isInView = ({ start, via, end }) =>
  Math.max(start.x, via.x, end.x) > 0 && Math.min(start.x, via.x, end.x) < view.width &&
  Math.max(start.y, via.y, end.y) > 0 && Math.min(start.y, via.y, end.y) < view.height;
const pointOn = ({ start, via, end }, t) => {
  const one = (1 - t) ** 2, two = 2 * t * (1 - t), three = t ** 2;
  return { x: one * start.x + two * via.x + three * end.x, y: one * start.y + two * via.y + three * end.y };
};
const middleOf = (edge) => {
  if (!isLoop(edge)) return pointOn(curveOf(edge), 0.5);
  const loop = loopOf(edge);
  return { x: loop.x, y: loop.y - loop.radius };
};

const distanceToSegment = (point, one, other) => {
  const across = other.x - one.x, along = other.y - one.y;
  const t = ((point.x - one.x) * across + (point.y - one.y) * along) / (across ** 2 + along ** 2 || 1);
  const held = Math.min(Math.max(t, 0), 1);
  return Math.hypot(point.x - one.x - held * across, point.y - one.y - held * along);
};
const distanceToCurve = (point, curve) => {
  let nearest = Infinity, last = curve.start;
  for (let step = 1; step <= SAMPLES; step += 1) {
    const next = pointOn(curve, step / SAMPLES);
    nearest = Math.min(nearest, distanceToSegment(point, last, next));
    last = next;
  }
  return nearest;
};
const isNear = (point, { start, via, end }, reach) =>
  point.x > Math.min(start.x, via.x, end.x) - reach && point.x < Math.max(start.x, via.x, end.x) + reach &&
  point.y > Math.min(start.y, via.y, end.y) - reach && point.y < Math.max(start.y, via.y, end.y) + reach;
const distanceTo = (edge, point, reach) => {
  if (isLoop(edge)) {
    const loop = loopOf(edge);
    return Math.abs(Math.hypot(point.x - loop.x, point.y - loop.y) - loop.radius);
  }
  const curve = curveOf(edge);
  return isNear(point, curve, reach) ? distanceToCurve(point, curve) : Infinity;
};
const edgeAt = (point, reach) => {
  let nearest = null, least = reach;
  edges.forEach((edge) => {
    const distance = edge.hidden ? Infinity : distanceTo(edge, point, reach);
    if (distance < least) [nearest, least] = [edge, distance];
  });
  return nearest;
};
