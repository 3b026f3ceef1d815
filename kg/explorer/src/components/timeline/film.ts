// Plays a window through time: place by place, each when the drawing has caught up, and stops at the end.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Scene } from "../../state/scene";
import type { State, Store } from "../../state/store";
import type { Step } from "../../state/steps";
import { moved, type Range } from "./scale";

/** Milliseconds that each picture stands. */
const STANDS = 900;

export interface Film {
  readonly isPlaying: boolean;
  readonly play: () => void;
  readonly pause: () => void;
  /** One place on, or back; undone by itself. */
  readonly turn: (by: number) => void;
}

interface Given {
  readonly state: State;
  readonly store: Store;
  readonly bounds: Range | null;
  /** What is chosen; null where all is. */
  readonly range: Range | null;
  readonly stepTo: (range: Range) => Step;
}

export function useFilm({ state, store, bounds, range, stepTo }: Given): Film {
  const [isPlaying, setPlaying] = useState(false);
  const shown = useRef<Scene | null>(null);
  const take = (next: Range) => {
    // All pictures are one step, unless something else was done between them.
    if (shown.current === store.scene) store.amend(stepTo(next));
    else store.take(stepTo(next));
    shown.current = store.scene;
  };
  const isReady = isPlaying && bounds !== null && !state.isLoading;
  useEffect(() => {
    if (!isReady || bounds === null) return undefined;
    if (state.problem !== null || range === null || range.last >= bounds.last) {
      setPlaying(false);
      return undefined;
    }
    const timer = setTimeout(() => take(moved(range, 1, bounds)), STANDS);
    return () => clearTimeout(timer);
  }, [isReady, range?.first, range?.last, bounds?.last]);
  return {
    isPlaying,
    play: () => {
      if (bounds === null) return;
      shown.current = null;
      const isOver = range === null || range.last >= bounds.last;
      if (isOver) take(opening(range, bounds));
      setPlaying(true);
    },
    pause: () => setPlaying(false),
    turn: (by) => {
      if (bounds === null) return;
      setPlaying(false);
      store.take(stepTo(range === null ? opening(range, bounds) : moved(range, by, bounds)));
    },
  };
}

/** The first window: as long as the one that is chosen, else a tenth of all. */
export function opening(range: Range | null, bounds: Range): Range {
  const all = bounds.last - bounds.first;
  const length = range === null || range.last - range.first >= all ? Math.floor(all / 10) : range.last - range.first;
  return { first: bounds.first, last: bounds.first + length };
}
