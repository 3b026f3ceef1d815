// How nodes and edges look, by the legend of the ontology.
import type { Legend, Term } from "../api/types";
import type { Edge, Node } from "../state/network";
import type { EdgeLook, NodeLook } from "./renderer";

const GREY = "#8a8f98";
const LINES: Readonly<Record<string, EdgeLook["line"]>> = { planned: "dashed", possible: "dashed", requested: "dashed", negated: "dotted" };

export function lookOfNode(node: Node, legend: Legend, most: number): NodeLook {
  return {
    colour: colourOf(legend.types, node.type),
    radius: radius(node.weight, most),
    label: node.name,
    isPinned: false,
    isFaint: false,
  };
}

export function lookOfEdge(edge: Edge, legend: Legend): EdgeLook {
  const label = labelOf(legend.relation_classes, edge.relationClass);
  return {
    colour: colourOf(legend.relation_classes, edge.relationClass),
    width: Math.min(1 + Math.log2(edge.weight), 6),
    label: edge.weight === 1 ? label : `${label} +${edge.weight - 1}`,
    line: LINES[edge.status] ?? "solid",
    hasArrowAtSource: edge.backward > 0,
    hasArrowAtTarget: edge.forward > 0,
    isFaint: false,
  };
}

/** Pixels: the area grows with the value, so that twice as much looks twice as much. */
export function radius(value: number, most: number): number {
  return 5 + 17 * Math.sqrt(Math.max(value, 0) / Math.max(most, 1));
}

export function colourOf(terms: readonly Term[], name: string): string {
  return terms.find((term) => term.name === name)?.colour ?? GREY;
}

export function labelOf(terms: readonly Term[], name: string): string {
  return terms.find((term) => term.name === name)?.label ?? name;
}
