// Names beside nodes and words along edges. A name is written where it covers no other, the best connected first;
// the closer one looks, the more there is room for.
const CELL = 80;
const FONT = 12;
const NEAR = 0.55; // of natural size: from there on edges bear their words
const AIR = 9; // pixels between names where one looks from far, so that the drawing is seen between them
let placed = { key: "", names: [], words: [] };

class Room {
  constructor() { this.cells = new Map(); }

  cellsOf({ left, top, right, bottom }) {
    const found = [];
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x += 1) {
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y += 1) found.push(x * 65536 + y);
    }
    return found;
  }

  isFree(box) {
    return this.cellsOf(box).every((cell) => (this.cells.get(cell) || []).every((other) =>
      box.left >= other.right || box.right <= other.left || box.top >= other.bottom || box.bottom <= other.top));
  }

  take(box) {
    this.cellsOf(box).forEach((cell) => {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push(box);
    });
  }
}

const sizeOf = (node) => FONT + Math.min(4, Math.floor((node.size - 10) / 4));
const fontOf = (node) => `${node.size > 20 ? 600 : 400} ${sizeOf(node)}px ${theme.font}`;
const measure = (pen, node) => {
  if (node.width) return node.width;
  pen.font = fontOf(node);
  node.width = Math.max(...node.lines.map((line) => pen.measureText(line).width));
  return node.width;
};
const square = (x, y, half) => ({ left: x - half, right: x + half, top: y - half, bottom: y + half });
const airNow = () => Math.max(0, AIR * (1 - 2 * view.scale));
const boxAt = (x, y, width, height, air = 0) => ({
  left: x - width / 2 - 3 - air, right: x + width / 2 + 3 + air, top: y - air, bottom: y + height + air,
});
// Beneath, above, to the right, to the left. Places are relative to the origin, so that they hold while the view moves.
const placesOf = (node, width, height) => {
  const x = node.x * view.scale, y = node.y * view.scale, reach = radiusOf(node) * 1.15 + 3;
  return [[x, y + reach], [x, y - reach - height], [x + reach + 3 + width / 2, y - height / 2],
    [x - reach - 3 - width / 2, y - height / 2]];
};
const placeName = (pen, node, room) => {
  const width = measure(pen, node), height = node.lines.length * sizeOf(node) * 1.2;
  for (const [x, y] of placesOf(node, width, height)) {
    const box = boxAt(x, y, width, height);
    if (room.isFree(box)) {
      room.take(boxAt(x, y, width, height, airNow()));
      return { node, x, y };
    }
  }
  return null;
};
const placeNames = (pen, some, room) => {
  const shown = [...some].filter((node) => !node.hidden).sort((one, other) => other.relations - one.relations);
  shown.forEach((node) => {
    const radius = radiusOf(node);
    if (radius > 5) room.take(square(node.x * view.scale, node.y * view.scale, radius * 0.8));
  });
  return shown.map((node) => placeName(pen, node, room)).filter(Boolean);
};

const directionOf = (edge) => {
  if (isLoop(edge)) return 0;
  const angle = Math.atan2(edge.to.y - edge.from.y, edge.to.x - edge.from.x);
  return Math.abs(angle) > Math.PI / 2 ? angle + Math.PI : angle; // never upside down
};
const placeWords = (pen, edge, room) => {
  const width = pen.measureText(edge.label).width, angle = directionOf(edge), middle = middleOf(edge);
  const length = Math.hypot(edge.to.x - edge.from.x, edge.to.y - edge.from.y) * view.scale;
  if (!isLoop(edge) && width + radiusOf(edge.from) + radiusOf(edge.to) + 8 > length) return null;
  const x = middle.x - view.x, y = middle.y - view.y, steps = Math.ceil(width / 12);
  const boxes = Array.from({ length: steps + 1 }, (_, step) => {
    const along = (step / steps - 0.5) * width;
    return square(x + along * Math.cos(angle), y + along * Math.sin(angle), 6);
  });
  if (!boxes.every((box) => room.isFree(box))) return null;
  boxes.forEach((box) => room.take(box));
  return { edge, x, y, angle };
};
const placeLabels = (pen, lit) => {
  const key = [view.scale, version, lit ? chosen.node?.index ?? `e${chosen.edge?.index}` : ""].join(" ");
  if (placed.key === key) return;
  const room = new Room();
  const names = placeNames(pen, lit ? lit.nodes : nodes, room);
  pen.font = `${FONT - 1}px ${theme.font}`;
  const worded = lit ? [...lit.edges] : view.scale >= NEAR ? edges : [];
  const words = worded.filter((edge) => !edge.hidden).map((edge) => placeWords(pen, edge, room)).filter(Boolean);
  placed = { key, names, words };
};

const write = (pen, text, x, y) => {
  pen.strokeText(text, x, y);
  pen.fillText(text, x, y);
};
const writeName = (pen, { node, x, y }) => {
  const size = sizeOf(node);
  pen.font = fontOf(node);
  node.lines.forEach((line, number) => write(pen, line, x + view.x, y + view.y + (number + 0.5) * size * 1.2));
};
const writeWords = (pen, { edge, x, y, angle }) => {
  pen.save();
  pen.translate(x + view.x, y + view.y);
  pen.rotate(angle);
  write(pen, edge.label, 0, 0);
  pen.restore();
};
const isOnScreen = ({ x, y }) => x + view.x > -200 && x + view.x < view.width + 200 && y + view.y > -50 && y + view.y < view.height + 50;
const paintLabels = (pen, lit) => {
  placeLabels(pen, lit);
  Object.assign(pen, { textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 3.5, strokeStyle: theme.paper });
  pen.fillStyle = theme.soft;
  pen.font = `${FONT - 1}px ${theme.font}`;
  placed.words.filter(isOnScreen).forEach((one) => writeWords(pen, one));
  pen.fillStyle = theme.ink;
  placed.names.filter(isOnScreen).forEach((one) => writeName(pen, one));
};
