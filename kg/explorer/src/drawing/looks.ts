// How nodes and edges look, by the legend of the ontology.
import { edgesOf } from "../state/route";
import type { Legend, Term } from "../api/types";
import type { Network, Node } from "../state/network";
import type { Scene } from "../state/scene";
import type { Measured } from "./measures";
import type { DrawnEdge, DrawnNode, Line, Picture } from "./renderer";

const GREY = "#8a8f98";
const LINES: Readonly<Record<string, Line>> = { planned: "long", possible: "short", requested: "dashed", negated: "dotted" };
const [SMALLEST, LARGEST] = [5, 24];
const [THINNEST, THICKEST] = [1.2, 6];

/** Colours of communities, the largest first, told apart by the colour-blind too (Tol, 2021: "muted", and four more); beyond, grey. */
export const COMMUNITIES: readonly string[] = [
  "#4477aa", "#cc6677", "#228833", "#aa8f22", "#33a3b5", "#aa4499", "#ee7733", "#6655c2", "#999933", "#882255", "#44aa99", "#b0603a",
];

/** A network as it looks; nodes and edges in the order of the network's. */
export function pictureOf(network: Network, scene: Scene, legend: Legend, measured: Measured | null): Picture {
  const sizes = measured?.sizes ?? Float32Array.from(network.nodes, (node) => node.weight);
  const most = sizes.reduce((largest, size) => Math.max(largest, size), 0);
  const places = new Map(network.nodes.map((node, place) => [node.id, place]));
  const types = coloursOf(legend.types);
  const classes = coloursOf(legend.relation_classes);
  const labels = new Map(legend.relation_classes.map((term) => [term.name, term.label]));
  const nodes = network.nodes.map((node, place): DrawnNode => ({
    id: node.id,
    label: node.name,
    colour: colourOfNode(node, place, types, measured),
    radius: radius(sizes[place]!, most),
    isPinned: scene.pinned.has(node.id),
  }));
  const way = edgesOf(scene.route);
  const edges = network.edges.map((edge): DrawnEdge => {
    const label = labels.get(edge.relationClass) ?? edge.relationClass;
    return {
      key: edge.key,
      source: places.get(edge.source)!,
      target: places.get(edge.target)!,
      colour: classes.get(edge.relationClass) ?? GREY,
      width: way.has(edge.key) ? THICKEST : Math.min(THINNEST + Math.log2(edge.weight), THICKEST),
      label: edge.weight === 1 ? label : `${label} · ${edge.weight}`,
      count: edge.weight,
      line: LINES[edge.status] ?? "solid",
      hasArrowAtSource: edge.backward > 0,
      hasArrowAtTarget: edge.forward > 0,
    };
  });
  return { nodes, edges };
}

/** Radii by place, by how many relations entities have: what layouts make room for, whatever size stands for. */
export function radiiOf(network: Network): Float32Array {
  const most = network.nodes.reduce((largest, node) => Math.max(largest, node.weight), 0);
  return Float32Array.from(network.nodes, (node) => radius(node.weight, most));
}

/** Pixels: the area grows with the value, so that twice as much looks twice as much. */
export function radius(value: number, most: number): number {
  return SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(Math.max(value, 0) / (most || 1));
}

export function colourOf(terms: readonly Term[], name: string): string {
  return terms.find((term) => term.name === name)?.colour ?? GREY;
}

export function labelOf(terms: readonly Term[], name: string): string {
  return terms.find((term) => term.name === name)?.label ?? name;
}

function colourOfNode(node: Node, place: number, types: ReadonlyMap<string, string>, measured: Measured | null): string {
  if (measured?.communities) return COMMUNITIES[measured.communities[place]!] ?? GREY;
  return types.get(node.type) ?? GREY;
}

const coloursOf = (terms: readonly Term[]): ReadonlyMap<string, string> => new Map(terms.map((term) => [term.name, term.colour ?? GREY]));
