// What the page does to the drawing that is there, from outside of it.
import type { Id } from "../state/scene";

export interface Handle {
  /** Comes nearer for factors under 1, as the renderer does. */
  zoom(factor: number): void;
  fit(ids?: readonly Id[]): void;
  /** Lays out all that is not pinned, from the beginning. */
  layOut(): void;
}

/** The handle of the drawing; null while there is none. */
export const handle: { current: Handle | null } = { current: null };
