// Filters: which edges and nodes are hidden, and how many of each kind would be there.
const boxes = [...document.querySelectorAll("#legend input[type=checkbox]")];
const groupOf = (box) => box.closest("fieldset").dataset.group;
const least = byId("least-relations");
const PASSES = {
  types: (edge, off) => !off.has(edge.from.group) && !off.has(edge.to.group),
  statuses: (edge, off) => !off.has(edge.status),
  classes: (edge, off) => !off.has(edge.class),
};
const pairOf = (edge) => Math.min(edge.from.index, edge.to.index) * nodes.length + Math.max(edge.from.index, edge.to.index);
const sumOf = (some) => some.reduce((sum, edge) => sum + edge.weight, 0);

const offIn = (group) => new Set(boxes.filter((box) => !box.checked && groupOf(box) === group).map((box) => box.value));
const weigh = (some) => {
  const weights = new Map();
  some.forEach((edge) => weights.set(pairOf(edge), (weights.get(pairOf(edge)) || 0) + edge.weight));
  return weights;
};
const passing = (off, except) => edges.filter((edge) =>
  Object.keys(PASSES).every((group) => group === except || PASSES[group](edge, off[group])));

const filter = () => {
  const off = Object.fromEntries(Object.keys(PASSES).map((group) => [group, offIn(group)]));
  const kept = passing(off), weights = weigh(kept), wanted = Number(least.value);
  const seen = new Set(kept.filter((edge) => weights.get(pairOf(edge)) >= wanted));
  const ends = new Set([...seen].flatMap((edge) => [edge.from, edge.to]));
  edges.forEach((edge) => { edge.hidden = !seen.has(edge); });
  const changed = nodes.filter((node) => node.hidden === ends.has(node));
  changed.forEach((node) => { node.hidden = !ends.has(node); });
  known.update(changed.map((node) => ({ id: node.index, hidden: node.hidden })));
  tellCounts(off);
  tellHidden([...seen], ends.size);
  byId("least-value").textContent = count(wanted, "relation");
  refresh();
};
// Beside each box: how many there are, as the other filters stand.
const tellCounts = (off) => {
  const tallies = Object.fromEntries(Object.keys(PASSES).map((group) => [group, tally(passing(off, group), group)]));
  boxes.forEach((box) => {
    const group = groupOf(box), total = data.legend[group].find((entry) => entry.key === box.value).count;
    const now = tallies[group].get(box.value) || 0;
    box.parentElement.querySelector("small").textContent = now === total ? total.toLocaleString("en") : `${now.toLocaleString("en")} of ${total.toLocaleString("en")}`;
  });
};
const tally = (some, group) => {
  const found = new Map();
  const add = (key, number) => found.set(key, (found.get(key) || 0) + number);
  if (group === "types") new Set(some.flatMap((edge) => [edge.from, edge.to])).forEach((node) => add(node.group, 1));
  else some.forEach((edge) => add(group === "classes" ? edge.class : edge.status, edge.weight));
  return found;
};
const tellHidden = (seen, shownNodes) => {
  const total = sumOf(edges), shown = sumOf(seen);
  byId("hiding").hidden = shown === total;
  byId("hidden-count").textContent = `${shown.toLocaleString("en")} of ${count(total, "relation")} and ${shownNodes.toLocaleString("en")} of ${count(nodes.length, "entity", "entities")} shown; filters hide the rest.`;
};
const showAll = () => {
  boxes.forEach((box) => { box.checked = true; });
  least.value = 1;
  filter();
};
const chooseAll = (one) => {
  const group = one.closest("fieldset").dataset.group;
  boxes.filter((box) => groupOf(box) === group).forEach((box) => { box.checked = one.dataset.choose === "all"; });
  filter();
};
const offerLeast = () => {
  const most = [...weigh(edges).values()].reduce((one, other) => Math.max(one, other), 1);
  least.max = Math.min(most, 50);
  byId("least").hidden = most < 2;
  byId("least-value").textContent = count(1, "relation");
};

// What stands beside a word in the legend is drawn as on the canvas.
const drawn = (tag, values) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  Object.entries(values).forEach(([name, value]) => made.setAttribute(name, value));
  return made;
};
const signOf = (group, entry) => {
  if (group === "types" && SIDES[entry.shape]) {
    return [drawn("polygon", { points: SIDES[entry.shape].map(([x, y]) => `${14 + 5.5 * x},${7 + 5.5 * y}`).join(" "), fill: entry.colour })];
  }
  if (group === "types") return [drawn("circle", { cx: 14, cy: 7, r: 6, fill: entry.colour })];
  const colour = group === "classes" ? lift(entry.colour) : theme.soft;
  const line = drawn("line", { x1: 0, y1: 7, x2: 28, y2: 7, stroke: colour, "stroke-width": 2.5, "stroke-dasharray": (entry.dashes || []).join(" ") });
  const cross = drawn("path", { d: "M10 3l8 8m0-8l-8 8", stroke: theme.denied, "stroke-width": 2.2 });
  return entry.key === "negated" ? [line, cross] : [line];
};
const drawSigns = () => boxes.forEach((box) => {
  const group = groupOf(box);
  box.parentElement.querySelector("svg").replaceChildren(...signOf(group, data.legend[group].find((entry) => entry.key === box.value)));
});
