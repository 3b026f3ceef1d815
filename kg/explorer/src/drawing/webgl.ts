// Draws with sigma.js, in WebGL.
import Graph from "graphology";
import Sigma from "sigma";
import type { Id, Point } from "../state/scene";
import type { Gestures, Picture, Renderer } from "./renderer";

export function webglRenderer(container: HTMLElement, gestures: Gestures): Renderer {
  const graph = new Graph({ multi: false, type: "undirected" });
  const sigma = new Sigma(graph, container, {
    allowInvalidContainer: true,
    renderEdgeLabels: true,
    enableEdgeEvents: true,
    labelDensity: 0.6,
    labelRenderedSizeThreshold: 7,
    zIndex: true,
    ...colours(),
  });
  sigma.on("clickNode", ({ node }) => gestures.onNode(node, "select"));
  sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
    preventSigmaDefault();
    gestures.onNode(node, "expand");
  });
  sigma.on("clickEdge", ({ edge }) => gestures.onEdge(edge));
  sigma.on("clickStage", () => gestures.onGround());
  sigma.on("enterNode", ({ node }) => gestures.onHover(node));
  sigma.on("leaveNode", () => gestures.onHover(null));

  function draw(picture: Picture): void {
    graph.clear();
    for (const node of picture.nodes) {
      const look = picture.lookOfNode(node);
      const point = picture.positions.get(node.id) ?? { x: 0, y: 0 };
      graph.addNode(node.id, { ...point, label: look.label, size: look.radius, color: look.colour, highlighted: picture.selected === node.id });
    }
    for (const edge of picture.edges) {
      if (edge.source === edge.target) continue;
      const look = picture.lookOfEdge(edge);
      graph.addEdgeWithKey(edge.key, edge.source, edge.target, { label: look.label, size: look.width, color: look.colour });
    }
  }

  return {
    name: "webgl",
    draw,
    move: (positions: ReadonlyMap<Id, Point>) => {
      graph.updateEachNodeAttributes((id, held) => ({ ...held, ...positions.get(id) }), { attributes: ["x", "y"] });
    },
    fit: () => void sigma.getCamera().animatedReset(),
    zoom: (factor: number) => void sigma.getCamera().animatedZoom(factor),
    png: () => Promise.reject(new Error("not drawn yet")),
    destroy: () => sigma.kill(),
  };
}

function colours(): { labelColor: { color: string }; edgeLabelColor: { color: string } } {
  const text = getComputedStyle(document.documentElement).getPropertyValue("--text").trim() || "#1a1a1a";
  return { labelColor: { color: text }, edgeLabelColor: { color: text } };
}
