// The renderer: a painter's layer for the bulk, a canvas on top for what stands out, and what hands do to both.
import { onTheme } from "../state/theme";
import type { Id, Point } from "../state/scene";
import { grouped, paintAll } from "./bulk";
import { sized } from "./canvas";
import { painterFor } from "./choice";
import { listen, type Hands } from "./gestures";
import { edgeAt, namedAt, nodeAt, type NameBox } from "./hits";
import { Incidence } from "./neighbourhood";
import { paintOverlay, type Focus, type Overlaid } from "./overlay";
import type { Painter } from "./painter";
import { canvasPen, fontOf, type Lettering } from "./pen";
import type { Gestures, Marks, Picture, Points, Renderer } from "./renderer";
import { svgPen } from "./svg";
import { themeOf, wantsLessMotion, type Theme } from "./theme";
import { START, between, drawingPoint, eased, fitted, panned, resized, screenX, screenY, zoomedAt, type View } from "./view";

/** Milliseconds of a soft movement, and nodes beyond which there is none. */
const [SOFT, MOST_SOFT] = [450, 3_000];
/** Milliseconds after the view was moved in which nodes stay where they are: to paint them elsewhere takes time that moving needs. */
const HANDS_OFF = 250;
/** Pixels beside an edge, and beside a node, within which fingers hit. */
const [FINGER, FINGER_NODE] = [14, 22];
/** How strongly the rest is drawn while something is hovered or selected. */
const RECEDED = "0.25";

export const createRenderer = (container: HTMLElement, gestures: Gestures): Renderer => new Stage(container, gestures);

class Stage implements Renderer {
  readonly name: "webgl" | "canvas";
  readonly #container: HTMLElement;
  readonly #gestures: Gestures;
  readonly #painter: Painter;
  readonly #canvas: HTMLCanvasElement;
  readonly #ends: (() => void)[] = [];
  readonly #widths = new Map<string, number>();
  #theme: Theme;
  #picture: Picture = { nodes: [], edges: [] };
  #points: Points = new Float32Array();
  #places = new Map<Id, number>();
  #order: Uint32Array = new Uint32Array();
  #incidence = new Incidence(0, []);
  #marks: Marks = { selected: null, cursor: null };
  #hovered: { kind: "node" | "edge"; place: number } | null = null;
  /** Where the names of nodes are, as last painted. */
  #names: readonly NameBox[] = [];
  #view: View = START;
  /** Whether people have moved the view, which then is theirs. */
  #isHeld = false;
  #frame = 0;
  #motion = 0;
  #moved = -HANDS_OFF;
  #waiting = 0;

  constructor(container: HTMLElement, gestures: Gestures) {
    this.#container = container;
    this.#gestures = gestures;
    this.#theme = themeOf(container);
    this.#painter = painterFor(container);
    this.name = this.#painter.name;
    this.#canvas = document.createElement("canvas");
    this.#canvas.className = "drawing-overlay";
    container.append(this.#canvas);
    const sizes = new ResizeObserver(() => this.#resize());
    sizes.observe(container);
    this.#ends.push(() => sizes.disconnect(), onTheme(() => this.#recolour()), listen(container, this.#hands()));
    this.#resize();
  }

  draw(picture: Picture, points: Points): void {
    this.#stop();
    clearTimeout(this.#waiting);
    [this.#picture, this.#points] = [picture, points];
    this.#places = new Map(picture.nodes.map((node, place) => [node.id, place]));
    this.#order = Uint32Array.from(picture.nodes.keys()).sort((one, other) => picture.nodes[other]!.radius - picture.nodes[one]!.radius || one - other);
    this.#incidence = new Incidence(picture.nodes.length, picture.edges);
    this.#hovered = null;
    this.#names = [];
    this.#painter.load(picture, points, this.#theme);
    if (!this.#isHeld) this.#view = this.#fitted(points);
    this.#ask();
  }

  move(points: Points, isSoft: boolean): void {
    clearTimeout(this.#waiting);
    if (points.length !== 2 * this.#picture.nodes.length) return;
    const rest = this.#moved + HANDS_OFF - performance.now();
    if (rest > 0 && this.#picture.nodes.length > MOST_SOFT) {
      this.#waiting = window.setTimeout(() => this.move(points, isSoft), rest);
      return;
    }
    const from = this.#points;
    const [before, after] = [this.#view, this.#isHeld ? null : this.#fitted(points)];
    const isQuick = !isSoft || wantsLessMotion() || this.#picture.nodes.length > MOST_SOFT;
    if (isQuick) {
      if (after !== null) this.#view = after;
      return this.#place(points);
    }
    return this.#animate((share) => {
      if (after !== null && !this.#isHeld) this.#view = { ...between(before, after, share), width: this.#view.width, height: this.#view.height };
      this.#place(share === 1 ? points : points.map((to, at) => from[at]! + (to - from[at]!) * share));
    });
  }

  mark(marks: Marks): void {
    this.#marks = marks;
    this.#ask();
  }

  fit(ids?: readonly Id[]): void {
    this.#isHeld = ids !== undefined;
    const places = ids?.flatMap((id) => this.#places.get(id) ?? []);
    if (places?.length === 0) return;
    const [from, whole] = [this.#view, this.#fitted(this.#points, places)];
    // Some nodes are brought into view at the zoom that is set, if they all fit so.
    const to = places === undefined ? whole : { ...whole, scale: Math.min(whole.scale, from.scale) };
    if (wantsLessMotion()) return this.#look(to);
    this.#animate((share) => this.#look({ ...between(from, to, share), width: this.#view.width, height: this.#view.height }));
  }

  shows(id: Id): boolean {
    const place = this.#places.get(id);
    if (place === undefined) return false;
    const [x, y] = [screenX(this.#view, this.#points[2 * place]!), screenY(this.#view, this.#points[2 * place + 1]!)];
    return x >= 0 && y >= 0 && x <= this.#view.width && y <= openHeight(this.#container);
  }

  zoom(factor: number): void {
    this.#isHeld = true;
    this.#look(zoomedAt(this.#view, this.#anchor(), factor));
  }

  /** Where one looks: at the entity under the keyboard, else at what is selected, if that is in view; else at the middle. */
  #anchor(): Point {
    const { width, height } = this.#view;
    const { cursor } = this.#marks;
    const { node, edge } = this.#selected();
    const ends = edge === null ? [] : [this.#picture.edges[edge]!.source, this.#picture.edges[edge]!.target];
    const places = cursor !== null && this.#places.has(cursor) ? [this.#places.get(cursor)!] : node !== null ? [node] : ends;
    const sum = (one: 0 | 1) => places.reduce((so, place) => so + this.#points[2 * place + one]!, 0) / places.length;
    const at = { x: screenX(this.#view, sum(0)), y: screenY(this.#view, sum(1)) };
    const isInView = at.x >= 0 && at.y >= 0 && at.x <= width && at.y <= height;
    return isInView ? at : { x: width / 2, y: height / 2 };
  }

  pan(x: number, y: number): void {
    this.#isHeld = true;
    this.#moved = performance.now();
    this.#look(panned(this.#view, x, y));
  }

  png(): Promise<Blob> {
    const canvas = document.createElement("canvas");
    const context = sized(canvas, this.#view.width, this.#view.height);
    context.fillStyle = this.#theme.ground;
    context.fillRect(0, 0, this.#view.width, this.#view.height);
    const pen = canvasPen(context);
    const isFocused = this.#focus() !== null;
    if (isFocused) context.filter = `opacity(${RECEDED})`;
    this.#paintBulk(pen);
    context.filter = "none";
    paintOverlay(pen, this.#overlaid());
    return new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob === null ? reject(new Error("The picture is too large for this browser.")) : resolve(blob)), "image/png");
    });
  }

  svg(): string {
    const title = `${this.#picture.nodes.length} entities and ${this.#picture.edges.length} edges between them`;
    const pen = svgPen(this.#view.width, this.#view.height, this.#theme.ground, title);
    const isFocused = this.#focus() !== null;
    if (isFocused) pen.begin(Number(RECEDED));
    this.#paintBulk(pen);
    if (isFocused) pen.end();
    paintOverlay(pen, this.#overlaid());
    return pen.document();
  }

  destroy(): void {
    this.#stop();
    clearTimeout(this.#waiting);
    cancelAnimationFrame(this.#frame);
    for (const end of this.#ends) end();
    this.#painter.destroy();
    this.#canvas.remove();
  }

  #paintBulk(pen: Parameters<typeof paintAll>[0]): void {
    const reach = { left: 0, top: 0, right: this.#view.width, bottom: this.#view.height };
    paintAll(pen, this.#picture, grouped(this.#picture), this.#points, this.#view, this.#theme, reach);
  }

  #hands(): Hands {
    const at = (point: Point) => drawingPoint(this.#view, point);
    return {
      nodeAt: (point, isTouch) => this.#nodeAt(point, isTouch),
      hover: (point) => this.#hover(point),
      click: (point, isTouch) => this.#click(point, isTouch),
      doubleClick: (point, node) => {
        if (node !== null) return this.#gestures.onNode(this.#picture.nodes[node]!.id, "expand");
        this.#isHeld = true;
        return this.#look(zoomedAt(this.#view, point, 1.8));
      },
      pan: (x, y) => this.pan(x, y),
      zoom: (point, factor) => {
        this.#isHeld = true;
        this.#moved = performance.now();
        this.#look(zoomedAt(this.#view, point, factor));
      },
      drag: (node, point) => {
        this.#stop();
        this.#isHeld = true;
        const points = this.#points.slice();
        points.set([at(point).x, at(point).y], 2 * node);
        this.#place(points);
      },
      drop: (node) => {
        const held = this.#picture.nodes[node];
        if (held !== undefined) this.#gestures.onDrop(held.id, { x: this.#points[2 * node]!, y: this.#points[2 * node + 1]! });
      },
    };
  }

  /** The node whose disc or name is at a point, else one near it: a name is a part of its node, and goes before what lies close. */
  #nodeAt(point: Point, isTouch: boolean): number | null {
    const at = (near?: number) => nodeAt(this.#picture, this.#points, this.#view, point, near);
    return at(0) ?? namedAt(this.#names, point) ?? at(isTouch ? FINGER_NODE : undefined);
  }

  #click(point: Point, isTouch: boolean): void {
    const node = this.#nodeAt(point, isTouch);
    if (node !== null) return this.#gestures.onNode(this.#picture.nodes[node]!.id, "select");
    const edge = edgeAt(this.#picture, this.#points, this.#view, point, isTouch ? FINGER : undefined);
    return edge === null ? this.#gestures.onGround() : this.#gestures.onEdge(this.#picture.edges[edge]!.key);
  }

  #hover(point: Point | null): void {
    const node = point === null ? null : this.#nodeAt(point, false);
    const edge = point === null || node !== null ? null : edgeAt(this.#picture, this.#points, this.#view, point);
    const found = node !== null ? { kind: "node" as const, place: node } : edge !== null ? { kind: "edge" as const, place: edge } : null;
    if (found?.kind === this.#hovered?.kind && found?.place === this.#hovered?.place) return;
    this.#hovered = found;
    this.#container.classList.toggle("is-over", found !== null);
    this.#ask();
  }

  /** What is looked at: what is hovered, else what is selected, with all that it is connected with. */
  #focus(): Focus | null {
    const { node, edge } = this.#selected();
    if (this.#hovered !== null) return this.#hovered.kind === "node" ? this.#around(this.#hovered.place) : this.#endsOf(this.#hovered.place);
    if (node !== null) return this.#around(node);
    return edge === null ? null : this.#endsOf(edge);
  }

  #selected(): { node: number | null; edge: number | null } {
    const { selected } = this.#marks;
    if (selected === null) return { node: null, edge: null };
    const node = this.#places.get(selected) ?? null;
    const edge = node === null ? this.#picture.edges.findIndex((one) => one.key === selected) : -1;
    return { node, edge: edge === -1 ? null : edge };
  }

  #around(node: number): Focus {
    const edges = new Set(this.#incidence.of(node));
    const nodes = new Set([node]);
    for (const place of edges) nodes.add(this.#picture.edges[place]!.source).add(this.#picture.edges[place]!.target);
    return { nodes, edges };
  }

  #endsOf(edge: number): Focus {
    const { source, target } = this.#picture.edges[edge]!;
    return { nodes: new Set([source, target]), edges: new Set([edge]) };
  }

  #overlaid(): Overlaid {
    const { node, edge } = this.#selected();
    return {
      picture: this.#picture,
      points: this.#points,
      view: this.#view,
      theme: this.#theme,
      order: this.#order,
      incidence: this.#incidence,
      focus: this.#focus(),
      selectedNode: node,
      selectedEdge: edge,
      hoveredNode: this.#hovered?.kind === "node" ? this.#hovered.place : null,
      hoveredEdge: this.#hovered?.kind === "edge" ? this.#hovered.place : null,
      cursor: this.#marks.cursor === null ? null : (this.#places.get(this.#marks.cursor) ?? null),
      widthOf: (text, lettering) => this.#widthOf(text, lettering),
    };
  }

  #widthOf(text: string, lettering: Lettering): number {
    const font = fontOf(lettering);
    const key = `${font}\n${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    const context = this.#canvas.getContext("2d")!;
    context.font = font;
    const { width } = context.measureText(text);
    this.#widths.set(key, width);
    return width;
  }

  #place(points: Points): void {
    this.#points = points;
    this.#painter.move(points);
    this.#ask();
  }

  #look(view: View): void {
    this.#view = view;
    this.#ask();
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.#container;
    if (clientWidth === this.#view.width && clientHeight === this.#view.height) return;
    const view = resized(this.#view, clientWidth, clientHeight);
    this.#view = view;
    this.#look(this.#isHeld ? view : this.#fitted(this.#points));
  }

  /** A view of some nodes, or of all, in the part of the drawing that nothing lies over. */
  #fitted(points: Points, places?: readonly number[]): View {
    const { height } = this.#view;
    const open = openHeight(this.#container);
    const view = fitted({ ...this.#view, height: open }, points, places);
    return { ...view, height, y: view.y + (height - open) / 2 / view.scale };
  }

  #recolour(): void {
    this.#theme = themeOf(this.#container);
    this.#painter.load(this.#picture, this.#points, this.#theme);
    this.#ask();
  }

  #animate(step: (share: number) => void): void {
    this.#stop();
    const began = performance.now();
    const go = (now: number) => {
      const share = Math.min(Math.max((now - began) / SOFT, 0), 1);
      step(share === 1 ? 1 : eased(share));
      if (share < 1) this.#motion = requestAnimationFrame(go);
    };
    this.#motion = requestAnimationFrame(go);
  }

  #stop(): void {
    cancelAnimationFrame(this.#motion);
  }

  /** Paints at the next frame of the screen. */
  #ask(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #paint(): void {
    const overlaid = this.#overlaid();
    this.#painter.element.style.opacity = overlaid.focus === null ? "1" : RECEDED;
    this.#painter.paint(this.#view);
    this.#names = paintOverlay(canvasPen(sized(this.#canvas, this.#view.width, this.#view.height)), overlaid);
    if (this.#picture.nodes.length > 0) this.#container.dataset["drawn"] = String(this.#picture.nodes.length);
  }
}

/** Pixels from the top of the drawing that no panel lies over, as one does on phones. */
function openHeight(container: HTMLElement): number {
  const [box, panel] = [container.getBoundingClientRect(), document.querySelector("aside.panel")?.getBoundingClientRect()];
  const isOver = panel !== undefined && panel.left < box.right && panel.right > box.left && panel.top > box.top && panel.top < box.bottom;
  return isOver ? Math.max(panel.top - box.top, 1) : Math.max(box.height, 1);
}
