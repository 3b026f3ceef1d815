// Choosing a time with the pointer: across the bars for a new one, within it to move it, at its ends to change it.
import { useRef, useState } from "preact/hooks";
import { moved, ordered, type Range } from "./scale";

/** What a drag does. */
export type Grip = "new" | "whole" | "first" | "last";

interface Drag {
  readonly grip: Grip;
  readonly pointer: number;
  /** Place and pixel where it began. */
  readonly place: number;
  readonly x: number;
  readonly from: Range;
}

/** Pixels that a hand moves in a click. */
const STILL = 4;

export interface Brush {
  /** What is being chosen; null where nothing is under way. */
  readonly draft: Range | null;
  readonly begin: (event: PointerEvent, grip: Grip) => void;
  readonly go: (event: PointerEvent) => void;
  readonly end: (event: PointerEvent) => void;
  readonly cancel: () => void;
}

interface Given {
  readonly bounds: Range;
  /** What is chosen now; all where nothing is. */
  readonly range: Range;
  /** Place under a pixel of the page. */
  readonly placeAt: (x: number) => number;
  readonly onRange: (range: Range) => void;
}

export function useBrush({ bounds, range, placeAt, onRange }: Given): Brush {
  const [draft, setDraft] = useState<Range | null>(null);
  const drag = useRef<Drag | null>(null);
  const cancel = () => {
    drag.current = null;
    setDraft(null);
  };
  return {
    draft,
    cancel,
    begin: (event, grip) => {
      if (event.button !== 0 || drag.current !== null) return;
      event.stopPropagation();
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
      drag.current = { grip, pointer: event.pointerId, place: placeAt(event.clientX), x: event.clientX, from: range };
    },
    go: (event) => {
      const now = drag.current;
      if (now === null || now.pointer !== event.pointerId || Math.abs(event.clientX - now.x) < STILL) return;
      setDraft(dragged(now, placeAt(event.clientX), bounds));
    },
    end: (event) => {
      const now = drag.current;
      if (now === null || now.pointer !== event.pointerId) return;
      const isClick = Math.abs(event.clientX - now.x) < STILL;
      // Browsers take a finger near a handle for one on it.
      const isAcross = now.grip === "new" || now.grip === "whole" || event.pointerType === "touch";
      if (!isClick) onRange(dragged(now, placeAt(event.clientX), bounds));
      else if (isAcross) onRange(ordered(now.place, now.place, bounds));
      cancel();
    },
  };
}

function dragged({ grip, place, from }: Drag, now: number, bounds: Range): Range {
  if (grip === "new") return ordered(place, now, bounds);
  if (grip === "whole") return moved(from, now - place, bounds);
  return grip === "first" ? ordered(Math.min(now, from.last), from.last, bounds) : ordered(from.first, Math.max(now, from.first), bounds);
}

/** Where a key takes an end of the range; null for keys that do nothing. */
export function keyed(key: string, range: Range, end: "first" | "last", bounds: Range): Range | null {
  const ways: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };
  const by = ways[key] ?? (key === "Home" ? -Infinity : key === "End" ? Infinity : null);
  if (by === null) return null;
  const [least, most] = end === "first" ? [bounds.first, range.last] : [range.first, bounds.last];
  return { ...range, [end]: Math.min(most, Math.max(least, range[end] + by)) };
}
