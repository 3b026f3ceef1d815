// What draws a network. There is one with WebGL, and one on a canvas for machines whose WebGL is software only.
import type { Id, Point } from "../state/scene";

/** A node as it looks; the renderer adds what is hovered or selected. */
export interface DrawnNode {
  readonly id: Id;
  readonly label: string;
  /** As `#rrggbb`. */
  readonly colour: string;
  /** Radius in pixels at usual zoom. */
  readonly radius: number;
  readonly isPinned: boolean;
}

export type Line = "solid" | "dashed" | "long" | "short" | "dotted";

/** All relations between two entities as they look. */
export interface DrawnEdge {
  readonly key: string;
  /** Places of its ends among the nodes. */
  readonly source: number;
  readonly target: number;
  readonly colour: string;
  /** Pixels. */
  readonly width: number;
  readonly label: string;
  readonly count: number;
  /** Relations that are only planned have long dashes, possible ones short, requested ones middling; negated ones are dotted. */
  readonly line: Line;
  readonly hasArrowAtSource: boolean;
  readonly hasArrowAtTarget: boolean;
}

export interface Picture {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
}

/** x and y of each node in turn, by its place. */
export type Points = Float32Array;

/** What stands out. */
export interface Marks {
  /** Id of the selected entity or key of the selected edge. */
  readonly selected: string | null;
  /** Id of the entity that the keyboard is at. */
  readonly cursor: Id | null;
}

/** What people do to a drawing. */
export interface Gestures {
  readonly onNode: (id: Id, gesture: "select" | "expand") => void;
  readonly onEdge: (key: string) => void;
  readonly onGround: () => void;
  /** A node was dragged and dropped. */
  readonly onDrop: (id: Id, point: Point) => void;
}

export interface Renderer {
  readonly name: "webgl" | "canvas";
  /** Draws other nodes and edges, or the same that look otherwise. */
  draw(picture: Picture, points: Points): void;
  /** Moves the nodes; softly where that is not too much, and people have not asked for less motion. */
  move(points: Points, isSoft: boolean): void;
  mark(marks: Marks): void;
  /** Shows all nodes, or brings some into view. */
  fit(ids?: readonly Id[]): void;
  /** Whether a node is in view. */
  shows(id: Id): boolean;
  /** What is selected stays where it is, else the middle. */
  zoom(factor: number): void;
  /** By pixels of the screen. */
  pan(x: number, y: number): void;
  /** The view as it is, as PNG. */
  png(): Promise<Blob>;
  /** The view as it is, as an SVG document. */
  svg(): string;
  destroy(): void;
}

export type MakeRenderer = (container: HTMLElement, gestures: Gestures) => Renderer;
