// The graph in an answer: its entities and how often they stand together, and where a small drawing puts them.
import type { Column } from "./columns";
import type { Answer } from "./asking";
import { entityOf, type Prefixes, type Term } from "./terms";

export interface Node {
  readonly id: string;
  readonly degree: number;
}

export interface Edge {
  readonly source: string;
  readonly target: string;
  readonly weight: number;
}

export interface Graph {
  /** Those with most edges first. */
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

/** The entities of an answer: of triples both ends, of rows its columns of entities, two by two as they follow. */
export function graphOf({ found }: Answer, columns: readonly Column[], prefixes: Prefixes): Graph {
  if (found.kind === "boolean") return { nodes: [], edges: [] };
  const places = found.kind === "triples" ? [0, 2] : columns.filter((column) => column.isEntity).map((column) => column.place);
  const degrees = new Map<string, number>();
  const edges = new Map<string, Edge>();
  for (const row of found.rows.rows) {
    const ids = places.map((place) => idOf(row[place] ?? null, prefixes));
    for (const id of ids) if (id !== null) degrees.set(id, degrees.get(id) ?? 0);
    for (const [place, target] of ids.entries()) join(ids[place - 1] ?? null, target, edges, degrees);
  }
  const nodes = [...degrees].map(([id, degree]) => ({ id, degree }));
  return { nodes: nodes.sort((one, other) => other.degree - one.degree || (one.id < other.id ? -1 : 1)), edges: [...edges.values()] };
}

function join(source: string | null, target: string | null, edges: Map<string, Edge>, degrees: Map<string, number>): void {
  if (source === null || target === null || source === target) return;
  const key = source < target ? `${source}\n${target}` : `${target}\n${source}`;
  const known = edges.get(key);
  edges.set(key, known === undefined ? { source, target, weight: 1 } : { ...known, weight: known.weight + 1 });
  for (const id of [source, target]) degrees.set(id, (degrees.get(id) ?? 0) + 1);
}

function idOf(term: Term | null, prefixes: Prefixes): string | null {
  return term?.type === "iri" ? entityOf(term.value, prefixes) : null;
}

/** The strongest entities of a graph, and the edges between them. */
export function strongest(graph: Graph, most: number): Graph {
  const nodes = graph.nodes.slice(0, most);
  const kept = new Set(nodes.map((node) => node.id));
  return { nodes, edges: graph.edges.filter((edge) => kept.has(edge.source) && kept.has(edge.target)) };
}

export interface Place {
  x: number;
  y: number;
}

const ROUNDS = 300;
/** Ideal lengths beyond which nodes do not push each other, so that what is not connected stays near. */
const REACH = 2.5;
/** Which part of the way to the middle a node goes in each round. */
const TO_MIDDLE = 0.05;
const TURN = Math.PI * (3 - Math.sqrt(5)); // the golden angle, by which no two nodes begin at one place

/**
 * Places in the unit square by the forces of Fruchterman and Reingold (1991), the same for the same graph.
 * For some dozens of nodes: each round looks at all pairs.
 */
export function placed({ nodes, edges }: Graph): ReadonlyMap<string, Place> {
  const places = new Map(nodes.map(({ id }, place): [string, Place] => [id, spiral(place, nodes.length)]));
  const ideal = 0.9 / Math.sqrt(Math.max(1, nodes.length));
  for (let round = 0; round < ROUNDS; round += 1) {
    const moves = new Map(nodes.map(({ id }): [string, Place] => [id, { x: 0, y: 0 }]));
    push(places, moves, ideal);
    for (const { source, target } of edges) pull(places.get(source)!, places.get(target)!, moves.get(source)!, moves.get(target)!, ideal);
    const heat = 0.1 * (1 - round / ROUNDS);
    for (const [id, move] of moves) shift(places.get(id)!, move, heat);
  }
  return fitted(places);
}

function spiral(place: number, count: number): Place {
  const distance = 0.5 * Math.sqrt((place + 0.5) / count);
  return { x: 0.5 + distance * Math.cos(place * TURN), y: 0.5 + distance * Math.sin(place * TURN) };
}

function push(places: ReadonlyMap<string, Place>, moves: ReadonlyMap<string, Place>, ideal: number): void {
  const listed = [...places];
  for (const [number, [id, one]] of listed.entries()) {
    for (const [otherId, other] of listed.slice(number + 1)) {
      const [x, y] = [one.x - other.x, one.y - other.y];
      if (x * x + y * y > (REACH * ideal) ** 2) continue;
      const force = (ideal * ideal) / Math.max(1e-6, x * x + y * y);
      add(moves.get(id)!, x * force, y * force);
      add(moves.get(otherId)!, -x * force, -y * force);
    }
  }
}

function pull(one: Place, other: Place, moveOne: Place, moveOther: Place, ideal: number): void {
  const [x, y] = [one.x - other.x, one.y - other.y];
  const force = Math.hypot(x, y) / ideal;
  add(moveOne, -x * force, -y * force);
  add(moveOther, x * force, y * force);
}

function add(move: Place, x: number, y: number): void {
  move.x += x;
  move.y += y;
}

/** Moves no farther than the heat allows, and a little towards the middle, so that parts do not fly away. */
function shift(place: Place, move: Place, heat: number): void {
  const length = Math.hypot(move.x, move.y) || 1;
  const step = Math.min(length, heat) / length;
  add(place, move.x * step + (0.5 - place.x) * TO_MIDDLE, move.y * step + (0.5 - place.y) * TO_MIDDLE);
}

function fitted(places: ReadonlyMap<string, Place>): ReadonlyMap<string, Place> {
  const [xs, ys] = [[...places.values()].map((place) => place.x), [...places.values()].map((place) => place.y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left || 1, Math.max(...ys) - top || 1];
  return new Map([...places].map(([id, { x, y }]) => [id, { x: (x - left) / width, y: (y - top) / height }]));
}
