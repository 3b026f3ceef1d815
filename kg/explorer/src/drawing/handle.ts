// The drawing that is on the page, for the parts that act on it without being a part of it.
import type { Id } from "../state/scene";

export interface DrawingHandle {
  /** The view as it is, as PNG. */
  png(): Promise<Blob>;
  /** The view as it is, as an SVG document. */
  svg(): string;
  /** Shows all entities, or brings some into view. */
  fit(ids?: readonly Id[]): void;
  /** Places all entities anew but those that are pinned. */
  layOutAnew(): void;
}

let current: DrawingHandle | null = null;

/** Null while no drawing is shown, as where the table stands in its place. */
export const currentDrawing = (): DrawingHandle | null => current;

/** Said by the drawing itself. */
export function setCurrentDrawing(handle: DrawingHandle | null): void {
  current = handle;
}
