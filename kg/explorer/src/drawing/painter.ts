// What paints the bulk of a drawing: all nodes and edges, without what stands out.
import type { Picture, Points } from "./renderer";
import type { Theme } from "./theme";
import type { View } from "./view";

export interface Painter {
  readonly name: "webgl" | "canvas";
  /** The layer that it paints, which fades where something else is in focus. */
  readonly element: HTMLElement;
  /** Other nodes or edges, or the same that look otherwise. */
  load(picture: Picture, points: Points, theme: Theme): void;
  /** The nodes are elsewhere. */
  move(points: Points): void;
  paint(view: View): void;
  destroy(): void;
}
