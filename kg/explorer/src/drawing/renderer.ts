// What draws a network. There is one with WebGL, and one on a canvas for machines whose WebGL is software only.
import type { Edge, Node } from "../state/network";
import type { Id, Point } from "../state/scene";

/** How a node looks; the renderer adds what is hovered or selected. */
export interface NodeLook {
  /** As `#rrggbb`. */
  readonly colour: string;
  /** Radius in pixels at usual zoom. */
  readonly radius: number;
  readonly label: string;
  readonly isPinned: boolean;
  /** Whether it recedes, since something else is in focus. */
  readonly isFaint: boolean;
}

export interface EdgeLook {
  readonly colour: string;
  /** Pixels. */
  readonly width: number;
  readonly label: string;
  /** Relations that are only planned, possible or requested are dashed, negated ones dotted. */
  readonly line: "solid" | "dashed" | "dotted";
  readonly hasArrowAtSource: boolean;
  readonly hasArrowAtTarget: boolean;
  readonly isFaint: boolean;
}

export interface Picture {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly positions: ReadonlyMap<Id, Point>;
  readonly lookOfNode: (node: Node) => NodeLook;
  readonly lookOfEdge: (edge: Edge) => EdgeLook;
  /** Id of the selected entity or key of the selected edge. */
  readonly selected: string | null;
}

/** What people do to a drawing. */
export interface Gestures {
  readonly onNode: (id: Id, gesture: "select" | "expand") => void;
  readonly onEdge: (key: string) => void;
  readonly onGround: () => void;
  /** A node was dragged and dropped. */
  readonly onDrop: (id: Id, point: Point) => void;
  readonly onHover: (what: string | null) => void;
}

export interface Renderer {
  readonly name: "webgl" | "canvas";
  draw(picture: Picture): void;
  /** Moves nodes without looking at anything else, as a layout does many times a second. */
  move(positions: ReadonlyMap<Id, Point>): void;
  /** Shows all nodes, or brings some into view. */
  fit(ids?: readonly Id[]): void;
  zoom(factor: number): void;
  /** The view as it is, as PNG. */
  png(): Promise<Blob>;
  destroy(): void;
}

export type MakeRenderer = (container: HTMLElement, gestures: Gestures) => Renderer;
