// Paints on a canvas, for machines without a graphics processor.
import { grouped, paintAll, type Groups, type Reach } from "./bulk";
import type { Painter } from "./painter";
import { canvasPen } from "./pen";
import type { Picture, Points } from "./renderer";
import type { Theme } from "./theme";
import { boxOf, screenX, screenY, type View } from "./view";

/**
 * Nodes and edges beyond which a painting is shifted and stretched while people move, and painted anew when they rest. Not by the time
 * that it takes, of which most passes after the call, when the browser puts the strokes down.
 */
const FEW = 3_500;
/** Milliseconds. */
const REST = 90;
/** Of the view, on each side: what is painted beyond it, so that there is something to shift in. */
const BEYOND = 0.25;
/** By how much a painting is stretched at most. */
const MOST_STRETCH = 1.6;

export function canvasPainter(container: HTMLElement): Painter {
  const canvas = document.createElement("canvas");
  canvas.className = "drawing-bulk";
  container.append(canvas);
  return new CanvasPainter(canvas);
}

class CanvasPainter implements Painter {
  readonly name = "canvas";
  readonly element: HTMLCanvasElement;
  #picture: Picture = { nodes: [], edges: [] };
  #groups: Groups = { nodes: [], edges: [] };
  #points: Points = new Float32Array();
  #theme: Theme | null = null;
  /** What was painted last; null where it is of other nodes or places. */
  #painted: View | null = null;
  /** Whether all there is was painted, so that there is nothing beyond it. */
  #isWhole = false;
  #waiting = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.element = canvas;
  }

  load(picture: Picture, points: Points, theme: Theme): void {
    [this.#picture, this.#points, this.#theme] = [picture, points, theme];
    this.#groups = grouped(picture);
    this.#painted = null;
  }

  move(points: Points): void {
    this.#points = points;
    this.#painted = null;
  }

  paint(view: View): void {
    clearTimeout(this.#waiting);
    if (this.#painted === view) return;
    const isQuick = this.#picture.nodes.length + this.#picture.edges.length <= FEW;
    if (this.#painted === null || isQuick || !isNear(this.#painted, view, this.#isWhole)) return this.#paint(view);
    this.#shift(this.#painted, view);
    this.#waiting = window.setTimeout(() => this.#paint(view), REST);
  }

  destroy(): void {
    clearTimeout(this.#waiting);
    this.element.remove();
  }

  #paint(view: View): void {
    if (this.#theme === null) return;
    const [beside, above] = [Math.round(view.width * BEYOND), Math.round(view.height * BEYOND)];
    const [width, height] = [view.width + 2 * beside, view.height + 2 * above];
    const context = sized(this.element, width, height);
    this.element.style.left = `${-beside}px`;
    this.element.style.top = `${-above}px`;
    this.element.style.transform = "";
    context.translate(beside, above);
    const reach = { left: -beside, top: -above, right: view.width + beside, bottom: view.height + above };
    paintAll(canvasPen(context), this.#picture, this.#groups, this.#points, view, this.#theme, reach);
    this.#painted = view;
    this.#isWhole = holds(reach, view, this.#points);
  }

  /** Shows what was painted where it is now. */
  #shift(from: View, to: View): void {
    const stretch = to.scale / from.scale;
    const x = screenX(to, from.x) - from.width / 2;
    const y = screenY(to, from.y) - from.height / 2;
    this.element.style.transform = `translate(${x}px, ${y}px) scale(${stretch})`;
  }
}

/** Gives a canvas the size of some pixels of the page, cleared; what is drawn is in these. */
export function sized(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
  const ratio = Math.min(globalThis.devicePixelRatio || 1, 2);
  const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext("2d")!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/** Whether all nodes lie within. */
function holds(reach: Reach, view: View, points: Points): boolean {
  const box = boxOf(points);
  if (box === null) return true;
  const isAcross = screenX(view, box.left) >= reach.left && screenX(view, box.right) <= reach.right;
  return isAcross && screenY(view, box.top) >= reach.top && screenY(view, box.bottom) <= reach.bottom;
}

function isNear(from: View, to: View, isWhole: boolean): boolean {
  const stretch = to.scale / from.scale;
  if (from.width !== to.width || from.height !== to.height) return false;
  if (stretch > MOST_STRETCH || stretch < 1 / MOST_STRETCH) return false;
  if (isWhole) return true;
  const [across, down] = [Math.abs(to.x - from.x) * to.scale, Math.abs(to.y - from.y) * to.scale];
  return across < from.width * BEYOND * 1.5 && down < from.height * BEYOND * 1.5;
}
