// The way by which one came to what the panel shows, and where the focus was before.
import type { Selection } from "../../state/scene";
import { returnFocus } from "./focus";

/** What the panel showed since it opened, from one selection to the next. */
export class Trail {
  #origin: Element | null = null;
  #shown: Selection[] = [];
  #places = new Map<string, number>();
  /** Whether the panel is large, for as long as it is open. */
  isLarge = false;

  /** Follows to a selection; back to the one before shortens the trail, nothing ends it. */
  follow(selection: Selection): void {
    const last = this.#shown.at(-1);
    if (selection.kind === "nothing") this.#forget();
    else if (last === undefined) {
      this.#origin = document.activeElement;
      this.#shown = [selection];
    } else if (isSame(selection, this.#shown.at(-2))) this.#shown.pop();
    else if (!isSame(selection, last)) this.#shown.push(selection);
  }

  /** What was shown before; null where the panel opened with what it shows. */
  before(): Selection | null {
    return this.#shown.at(-2) ?? null;
  }

  /** Keeps how far what is shown was scrolled, in pixels. */
  keepPlace(selection: Selection, pixels: number): void {
    this.#places.set(JSON.stringify(selection), pixels);
  }

  /** How far a selection was scrolled when it was left, in pixels. */
  placeOf(selection: Selection): number {
    return this.#places.get(JSON.stringify(selection)) ?? 0;
  }

  #forget(): void {
    this.#shown = [];
    this.#places.clear();
    this.isLarge = false;
  }

  /** What is shown now; null where nothing is. */
  now(): Selection | null {
    return this.#shown.at(-1) ?? null;
  }

  /** Gives the focus back to what had it before the panel opened. */
  leave(): void {
    returnFocus(this.#origin);
  }
}

const isSame = (one: Selection, other: Selection | undefined): boolean => JSON.stringify(one) === JSON.stringify(other);
