import assert from "node:assert/strict";
import { test } from "node:test";
import { Arrangement } from "../src/drawing/arrangement";
import { clustered } from "../src/drawing/clusters";
import { adjacencyOf, componentsOf, type Asked, type Edges, type Found } from "../src/drawing/columns";
import { isSoftware } from "../src/drawing/software";
import { nodeAt, namedAt, edgeAt } from "../src/drawing/hits";
import { placed, shortened, overlap, type Labelled } from "../src/drawing/labels";
import { measured } from "../src/drawing/measures";
import { packed } from "../src/drawing/packing";
import type { DrawnEdge, DrawnNode, Picture } from "../src/drawing/renderer";
import { dashes } from "../src/drawing/pen";
import { escaped, svgPen } from "../src/drawing/svg";
import { channels, mixed } from "../src/drawing/theme";
import { drawingPoint, fitted, panned, screenX, screenY, zoomedAt, type View } from "../src/drawing/view";

const VIEW: View = { x: 10, y: -20, scale: 2, width: 800, height: 600 };

function edgesOf(pairs: readonly (readonly [number, number])[]): Edges {
  return {
    sources: Uint32Array.from(pairs, ([one]) => one),
    targets: Uint32Array.from(pairs, ([, other]) => other),
    weights: new Float32Array(pairs.length).fill(1),
  };
}

/** The last answer of a layout. */
function laidOut(nodes: number, pairs: readonly (readonly [number, number])[], known: readonly (readonly [number, number, number])[] = []): Promise<Float32Array> {
  const points = new Float32Array(2 * nodes).fill(Number.NaN);
  for (const [node, x, y] of known) points.set([x, y], 2 * node);
  const asked: Asked = { kind: "layout", run: 1, points, radii: new Float32Array(nodes).fill(8), edges: edgesOf(pairs), aspect: 1.6 };
  return new Promise((resolve) => new Arrangement(asked, (found: Found) => found.isDone && resolve(found.points)));
}

const WHEEL: (readonly [number, number])[] = [...Array(12).keys()].map((node) => [0, node + 1] as const);
const SPLIT: (readonly [number, number])[] = [...WHEEL, [13, 14], [14, 15], [16, 17]];

function middleOf(points: Float32Array): readonly [number, number] {
  let [x, y] = [0, 0];
  for (let at = 0; at < points.length; at += 2) [x, y] = [x + points[at]!, y + points[at + 1]!];
  return [(2 * x) / points.length, (2 * y) / points.length];
}

function nearest(points: Float32Array): number {
  let least = Infinity;
  for (let one = 0; one < points.length; one += 2) {
    for (let other = one + 2; other < points.length; other += 2) {
      least = Math.min(least, Math.hypot(points[one]! - points[other]!, points[one + 1]! - points[other + 1]!));
    }
  }
  return least;
}

test("a layout is the same each time, and no two nodes lie on each other", async () => {
  const first = await laidOut(20, SPLIT);
  assert.deepEqual(await laidOut(20, SPLIT), first);
  assert.ok(nearest(first) >= 16, `two nodes of radius 8 are ${nearest(first)} apart`);
});

test("communities of a large network begin apart", () => {
  const [groups, size] = [5, 400];
  const pairs = [...Array(groups * size).keys()].flatMap((node): [number, number][] => {
    const start = node - (node % size);
    const within: [number, number][] = [1, 7, 31, 57, 101, 173].map((step) => [node, start + ((node - start + step) % size)]);
    return node % 50 === 0 ? [...within, [node, (node + size) % (groups * size)]] : within;
  });
  const found = clustered(groups * size, pairs, pairs.map(() => 1), 9)!;
  const middles = [...Array(groups).keys()].map((group) => middleOf(found.places.subarray(2 * group * size, 2 * (group + 1) * size)));
  const ways = middles.flatMap((one, at) => middles.slice(at + 1).map((other) => Math.hypot(one[0] - other[0], one[1] - other[1])));
  assert.ok(Math.min(...ways) > 9 * Math.sqrt(size), `two middles are ${Math.min(...ways)} apart`);
});

test("a small part that is one community has no clusters", () => {
  const pairs = [...Array(10).keys()].flatMap((one) => [...Array(one).keys()].map((other): [number, number] => [one, other]));
  assert.equal(clustered(10, pairs, pairs.map(() => 1), 9), null);
});

test("parts that nothing connects stay close", async () => {
  const points = await laidOut(40, SPLIT);
  const far = Math.max(...points.map(Math.abs));
  assert.ok(far < 800, `something is ${far} pixels away`);
});

test("nodes that have a place keep it when others come", async () => {
  const points = await laidOut(13, WHEEL, [[0, 100, 50], [1, 180, 50]]);
  assert.deepEqual([...points.subarray(0, 4)], [100, 50, 180, 50]);
  assert.ok(points.every((value) => !Number.isNaN(value)));
  const ways = [...Array(11).keys()].map((node) => Math.hypot(points[2 * node + 4]! - 100, points[2 * node + 5]! - 50));
  assert.ok(Math.max(...ways) < 500, "a new node is far from the one that it hangs on");
});

test("components are found, the largest first", () => {
  const found = componentsOf(adjacencyOf(18, edgesOf(SPLIT)));
  assert.deepEqual(found.map((part) => part.length), [13, 3, 2]);
});

test("pieces are packed side by side", () => {
  const piece = () => ({ points: Float32Array.of(0, 0, 60, 0), radii: Float32Array.of(8, 8), edges: [[0, 1]] as const, stays: false });
  const moves = packed([piece(), piece(), piece()], 1.6);
  assert.equal(new Set(moves.map(String)).size, 3);
});

test("a point of the screen is a point of the drawing, and back", () => {
  const at = drawingPoint(VIEW, { x: 100, y: 500 });
  assert.deepEqual([screenX(VIEW, at.x), screenY(VIEW, at.y)], [100, 500]);
});

test("zooming keeps what is under the pointer there", () => {
  const before = drawingPoint(VIEW, { x: 100, y: 500 });
  assert.deepEqual(drawingPoint(zoomedAt(VIEW, { x: 100, y: 500 }, 1.5), { x: 100, y: 500 }), before);
});

test("what fits is in view", () => {
  const points = Float32Array.of(-5000, 0, 3000, 2000);
  const view = fitted(VIEW, points);
  for (const node of [0, 1]) {
    assert.ok(screenX(view, points[2 * node]!) > 0 && screenX(view, points[2 * node]!) < 800);
    assert.ok(screenY(view, points[2 * node + 1]!) > 0 && screenY(view, points[2 * node + 1]!) < 600);
  }
  assert.equal(panned(view, 10, 0).x, view.x - 10 / view.scale);
});

const node = (id: string): DrawnNode => ({ id, label: id, colour: "#000000", radius: 8, isPinned: false });
const edge = (source: number, target: number): DrawnEdge => ({
  key: `${source}\n${target}`, source, target, colour: "#000000", width: 2, label: "meets", count: 1, line: "solid", hasArrowAtSource: false, hasArrowAtTarget: true,
});
const PICTURE: Picture = { nodes: [node("a"), node("b")], edges: [edge(0, 1)] };

test("pointers hit nodes before edges, and nothing beside them", () => {
  const [points, view] = [Float32Array.of(0, 0, 200, 0), { ...VIEW, x: 100, y: 0, scale: 1 }];
  assert.equal(nodeAt(PICTURE, points, view, { x: 302, y: 301 }), 0);
  assert.equal(nodeAt(PICTURE, points, view, { x: 400, y: 300 }), null);
  assert.equal(edgeAt(PICTURE, points, view, { x: 400, y: 303 }), 0);
  assert.equal(edgeAt(PICTURE, points, view, { x: 400, y: 340 }), null);
});

test("a name that is written is a part of its node", () => {
  const names = [{ node: 1, box: { left: 10, right: 90, top: 40, bottom: 56 } }];
  assert.equal(namedAt(names, { x: 85, y: 50 }), 1);
  assert.equal(namedAt(names, { x: 95, y: 50 }), null);
});

const ALL = { left: -1e4, top: -1e4, right: 1e4, bottom: 1e4 };
const label = (x: number, y: number, isForced = false): Labelled => ({ text: "Ana Bell", x, y, radius: 8, width: 60, height: 16, isBeside: false, isForced });

test("labels do not cover each other or nodes", () => {
  const labels = [...Array(40).keys()].map((at) => label((at % 8) * 30, Math.floor(at / 8) * 14));
  const found = placed(labels, [], ALL, 100).map(({ x, y }) => ({ left: x - 30, right: x + 30, top: y - 8, bottom: y + 8 }));
  assert.ok(found.length > 3);
  found.forEach((one, at) => found.slice(at + 1).forEach((other) => assert.ok(!overlap(one, other))));
  const disc = { left: -30, right: 30, top: 10, bottom: 20 };
  assert.ok(placed([label(0, 0)], [disc], ALL, 1).every(({ x, y }) => !overlap({ left: x - 30, right: x + 30, top: y - 8, bottom: y + 8 }, disc)));
});

test("a label that must be seen is", () => assert.equal(placed([label(0, 0), label(0, 0), label(0, 0), label(0, 0), label(0, 0), label(0, 0, true)], [], ALL, 9).at(-1)!.label.isForced, true));

test("long labels end in an ellipsis, and no character is cut in two", () => {
  assert.doesNotThrow(() => encodeURIComponent(shortened("🕊️".repeat(10_000)))); // half a character cannot be encoded
  assert.ok([...shortened("x".repeat(10_000))].length <= 30);
  assert.equal(shortened("Ana Bell"), "Ana Bell");
});

const STAR = { kind: "measures" as const, run: 1, nodes: 5, edges: edgesOf([[0, 1], [0, 2], [0, 3], [3, 4]]), colourBy: "type" as const };

test("measures are those of the drawn edges", () => {
  assert.deepEqual([...measured({ ...STAR, sizeBy: "degree" }).sizes!], [3, 1, 1, 2, 1]);
  for (const sizeBy of ["pagerank", "betweenness"] as const) {
    const sizes = measured({ ...STAR, sizeBy }).sizes!;
    assert.equal(sizes.indexOf(Math.max(...sizes)), 0);
  }
  assert.equal(measured({ ...STAR, sizeBy: "relations" }).sizes, null);
});

test("betweenness of too many gives way to degree, and says so", () => {
  const pairs = [...Array(9_000).keys()].map((at) => [at % 5_000, (at * 7) % 5_000] as const);
  const found = measured({ ...STAR, nodes: 5_000, edges: edgesOf(pairs), sizeBy: "betweenness" });
  assert.match(found.note!, /5,000/);
  assert.ok(found.sizes!.some((size) => size > 0));
});

test("communities are parts that hang together, the same each time", () => {
  const two = edgesOf([[0, 1], [1, 2], [2, 0], [3, 4], [4, 5], [5, 3], [2, 3]]);
  const ask = () => [...measured({ ...STAR, nodes: 6, edges: two, sizeBy: "relations", colourBy: "community" }).communities!];
  assert.deepEqual(ask(), ask());
  assert.equal(new Set(ask()).size, 2);
  assert.equal(ask()[0], ask()[2]);
});

test("the names that software renderers give themselves are known", () => {
  assert.ok(isSoftware("ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)"));
  assert.ok(isSoftware("llvmpipe (LLVM 15.0.6, 256 bits)"));
  assert.ok(isSoftware("ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11)"));
  assert.ok(!isSoftware("ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)"));
});

test("SVG holds what is said as text, whatever it is", () => {
  assert.equal(escaped('<script>"&"\u0000\ud800'), "&lt;script&gt;&quot;&amp;&quot;\ufffd\ufffd");
  assert.equal(escaped("🕊️"), "🕊️");
  const pen = svgPen(100, 50, "#ffffff", "<b>");
  pen.text(1, 2, "<script>alert(1)</script>", { colour: "#000000", halo: "#ffffff", size: 13, isBold: true });
  pen.lines([0, 0, 1, 1], { colour: "#ff0000", width: 2, line: "dashed", alpha: 0.5 });
  assert.doesNotMatch(pen.document(), /<script>/);
  assert.match(pen.document(), /stroke-dasharray/);
});

test("colours are mixed", () => {
  assert.equal(mixed("#000000", "#ffffff", 0.5), "#808080");
  assert.deepEqual(channels("#fa0"), [255, 170, 0]);
});

test("a name stays within the drawing, as long as it is at its node", () => {
  const within = { left: 0, top: 0, right: 200, bottom: 200 };
  const [one] = placed([label(190, 50)], [], within, 1);
  assert.ok(one!.x + 30 <= 200 && one!.x + 30 > 190, String(one!.x));
});

test("a name of which little would be seen is left out, unless it must be seen", () => {
  const within = { left: 0, top: 0, right: 24, bottom: 40 };
  assert.deepEqual(placed([label(12, 12)], [], within, 1), []);
  assert.equal(placed([label(12, 12, true)], [], within, 1).length, 1);
});

test("a name stands beside its node where an edge goes down from it", () => {
  const [one] = placed([{ ...label(100, 100), isBeside: true }], [], ALL, 1);
  assert.deepEqual([one!.x > 100, one!.y], [true, 100]);
});

test("each kind of line has dashes of its own, at each width", () => {
  for (const width of [1.2, 2, 6]) {
    const found = (["solid", "long", "dashed", "short", "dotted"] as const).map((line) => dashes(line, width).join(" "));
    assert.equal(new Set(found).size, found.length);
  }
});
