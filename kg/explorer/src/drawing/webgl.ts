// Paints with sigma.js, in WebGL. Gestures, labels and what stands out are the stage's; so sigma's own are off.
import Graph from "graphology";
import Sigma from "sigma";
import { edgeAlpha } from "./bulk";
import { DashedEdgeProgram } from "./dashes";
import type { Painter } from "./painter";
import type { Picture, Points } from "./renderer";
import { mixed, type Theme } from "./theme";
import { sizeFactor, type View } from "./view";

/** Half of the side of the square of the drawing that sigma scales to 0–1. */
const HALF = 1_000;
/** Sigma's edges fade to their rims, and so look thinner than they are. */
const THICKER = 1.5;
/** Its coordinates grow upward, ours downward. */
const DOWN = -1;

export function webglPainter(container: HTMLElement): Painter {
  const element = document.createElement("div");
  element.className = "drawing-bulk drawing-bulk-webgl";
  container.append(element);
  return new WebglPainter(element);
}

class WebglPainter implements Painter {
  readonly name = "webgl";
  readonly element: HTMLElement;
  readonly #graph = new Graph({ type: "undirected", multi: true });
  readonly #sigma: Sigma;
  #factor = 1;
  #isStale = true;

  constructor(element: HTMLElement) {
    this.element = element;
    this.#sigma = new Sigma(this.#graph, element, {
      allowInvalidContainer: true,
      renderLabels: false,
      renderEdgeLabels: false,
      enableEdgeEvents: false,
      stagePadding: 0,
      minEdgeThickness: 1.2,
      minCameraRatio: null,
      maxCameraRatio: null,
      zIndex: false,
      defaultEdgeType: "dashed",
      edgeProgramClasses: { dashed: DashedEdgeProgram },
      zoomToSizeRatioFunction: () => 1 / this.#factor,
    });
    this.#sigma.setCustomBBox({ x: [-HALF, HALF], y: [-HALF, HALF] });
  }

  load(picture: Picture, points: Points, theme: Theme): void {
    const alpha = edgeAlpha(picture.edges.length);
    this.#graph.clear();
    picture.nodes.forEach((node, place) => {
      const at = { x: points[2 * place]!, y: DOWN * points[2 * place + 1]! };
      this.#graph.addNode(place, { ...at, size: node.radius, color: node.colour });
    });
    for (const edge of picture.edges) {
      if (edge.source === edge.target) continue;
      const colour = mixed(theme.ground, edge.colour, alpha);
      this.#graph.addEdge(edge.source, edge.target, { size: THICKER * edge.width, color: colour, line: edge.line });
    }
    this.#isStale = true;
  }

  move(points: Points): void {
    if (points.length !== 2 * this.#graph.order) return;
    this.#graph.updateEachNodeAttributes(
      (key, held) => ({ ...held, x: points[2 * Number(key)]!, y: DOWN * points[2 * Number(key) + 1]! }),
      { attributes: ["x", "y"] },
    );
    this.#isStale = true;
  }

  paint(view: View): void {
    const { width, height } = this.#sigma.getDimensions();
    if (width !== view.width || height !== view.height) this.#sigma.resize(true);
    this.#factor = sizeFactor(view.scale);
    // At a ratio of 1 the square fills the smaller side of the view.
    const side = Math.min(view.width, view.height);
    const at = { x: 0.5 + view.x / (2 * HALF), y: 0.5 + (DOWN * view.y) / (2 * HALF) };
    this.#sigma.getCamera().setState({ ...at, angle: 0, ratio: side / (2 * HALF * view.scale) });
    if (this.#isStale) this.#sigma.refresh();
    else this.#sigma.scheduleRender();
    this.#isStale = false;
  }

  destroy(): void {
    this.#sigma.kill();
    this.element.remove();
  }
}
