// The bars with what is chosen over them.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Legend, Split, Timeline } from "../../api/types";
import { rectangles, saidOf, type Rectangle } from "./bars";
import { keyed, useBrush, type Brush, type Grip } from "./brush";
import { firstDay, lastDay, nameOf, placeOf, ticks, type Range } from "./scale";
import { useWidth } from "./width";

const HEIGHT = 64;
const AXIS = 20;
/** Pixels that a place has at least; what then has no room is scrolled. */
const LEAST = 5;
/** Pixels that a place has at most. */
const MOST = 120;

interface Props {
  readonly timeline: Timeline;
  readonly bounds: Range;
  readonly legend: Legend;
  readonly split: Split;
  /** What is chosen; null where all is. */
  readonly range: Range | null;
  readonly onRange: (range: Range) => void;
  readonly onSay: (words: string | null) => void;
}

export function Plot({ timeline, bounds, legend, split, range, onRange, onSay }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const track = useRef<HTMLDivElement>(null);
  const room = useWidth(scroller);
  const places = bounds.last - bounds.first + 1;
  const pixels = Math.min(MOST, Math.max(LEAST, room / places));
  const width = places * pixels;
  const placeAt = (x: number) => bounds.first + Math.floor((x - (track.current?.getBoundingClientRect().left ?? 0)) / pixels);
  const brush = useBrush({ bounds, range: range ?? bounds, placeAt, onRange });
  const [keying, setKeying] = useState<Range | null>(null);
  const shown = brush.draft ?? keying ?? range ?? bounds;
  const bars = useMemo(() => <Bars timeline={timeline} bounds={bounds} legend={legend} pixels={pixels} />, [timeline, legend, pixels, bounds.first, bounds.last]);
  const axis = useMemo(() => <Axis timeline={timeline} bounds={bounds} pixels={pixels} />, [timeline, pixels, bounds.first, bounds.last]);
  useSight(scroller, timeline, bounds, range, pixels, room);
  const isChosen = brush.draft !== null || keying !== null || range !== null;
  const [x, end] = [(shown.first - bounds.first) * pixels, (shown.last + 1 - bounds.first) * pixels];
  const say = (place: number) => onSay(saidOf(timeline.bars.find((bar) => placeOf(timeline.unit, bar.time) === place), place, timeline.unit, split, legend));
  const handle = (edge: "first" | "last", label: string) => (
    <Handle
      x={edge === "first" ? x : end}
      label={label}
      edge={edge}
      shown={shown}
      bounds={bounds}
      timeline={timeline}
      brush={brush}
      onDraft={setKeying}
      onDone={() => {
        if (keying !== null) onRange(keying);
        setKeying(null);
      }}
    />
  );
  return (
    <div class="plot" ref={scroller}>
      <div
        class={width > room + 1 ? "track is-long" : "track"}
        ref={track}
        style={{ width: `${width}px` }}
        onPointerDown={(event) => brush.begin(event, gripAt(placeAt(event.clientX), range))}
        onPointerMove={(event) => {
          brush.go(event);
          say(Math.min(bounds.last, Math.max(bounds.first, placeAt(event.clientX))));
        }}
        onPointerUp={brush.end}
        onPointerCancel={brush.cancel}
        onPointerLeave={() => onSay(null)}
        onKeyDown={(event) => event.key === "Escape" && brush.draft !== null && (event.stopPropagation(), brush.cancel())}
      >
        <svg width={width} height={HEIGHT + AXIS} aria-hidden="true">
          {bars}
          {isChosen && (
            <>
              <rect class="veil" x="0" y="0" width={Math.max(0, x)} height={HEIGHT} />
              <rect class="veil" x={end} y="0" width={Math.max(0, width - end)} height={HEIGHT} />
              <rect class="chosen" x={x} y="0.5" width={Math.max(1, end - x)} height={HEIGHT - 1} />
            </>
          )}
          {axis}
        </svg>
        {handle("first", "First day")}
        {handle("last", "Last day")}
      </div>
    </div>
  );
}

const gripAt = (place: number, range: Range | null): Grip => (range !== null && place >= range.first && place <= range.last ? "whole" : "new");

function Bars({ timeline, bounds, legend, pixels }: { timeline: Timeline; bounds: Range; legend: Legend; pixels: number }) {
  const gap = pixels > 8 ? 2 : pixels > 4 ? 1 : 0;
  const wide = Math.min(pixels - gap, 48);
  return (
    <g>
      {within(rectangles(timeline, legend, HEIGHT - 2), bounds).map(({ key, place, y, height, colour }) => (
        <rect key={key} x={(place - bounds.first) * pixels + (pixels - wide) / 2} y={y + 2} width={wide} height={height} fill={colour} />
      ))}
    </g>
  );
}

const within = (found: readonly Rectangle[], { first, last }: Range) => found.filter(({ place }) => place >= first && place <= last);

/** Pixels that half a label needs. */
const HALF = 34;

function Axis({ timeline, bounds, pixels }: { timeline: Timeline; bounds: Range; pixels: number }) {
  const width = (bounds.last - bounds.first + 1) * pixels;
  const isMiddle = timeline.unit !== "day" && pixels >= 24;
  return (
    <g class="axis">
      <line x1="0" x2={width} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} />
      {ticks(timeline.unit, bounds, pixels).filter(({ place }) => (bounds.last + 1 - place) * pixels > 40 || isMiddle).map(({ place, label }) => {
        const x = (place - bounds.first + (isMiddle ? 0.5 : 0)) * pixels;
        return (
          <g key={place}>
            {!isMiddle && <line x1={x + 0.5} x2={x + 0.5} y1={HEIGHT} y2={HEIGHT + 5} />}
            <text x={isMiddle ? Math.max(HALF, Math.min(width - HALF, x)) : x + 4} y={HEIGHT + 15} text-anchor={isMiddle ? "middle" : "start"}>
              {label}
            </text>
          </g>
        );
      })}
    </g>
  );
}

interface HandleProps {
  readonly x: number;
  readonly label: string;
  readonly edge: "first" | "last";
  readonly shown: Range;
  readonly bounds: Range;
  readonly timeline: Timeline;
  readonly brush: Brush;
  readonly onDraft: (range: Range) => void;
  readonly onDone: () => void;
}

/** An end of what is chosen: a slider (ARIA Authoring Practices Guide); it takes effect when the key is let go. */
function Handle({ x, label, edge, shown, bounds, timeline, brush, onDraft, onDone }: HandleProps) {
  const { unit } = timeline;
  const place = shown[edge];
  return (
    <div
      class={`handle is-${edge}`}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-orientation="horizontal"
      aria-valuemin={bounds.first}
      aria-valuemax={bounds.last}
      aria-valuenow={place}
      aria-valuetext={unit === "day" ? nameOf(unit, place) : `${nameOf("day", placeOf("day", edge === "first" ? firstDay(unit, place) : lastDay(unit, place)))}`}
      style={{ left: `${x}px` }}
      onPointerDown={(event) => brush.begin(event, edge)}
      onPointerMove={brush.go}
      onPointerUp={brush.end}
      onPointerCancel={brush.cancel}
      onKeyDown={(event) => {
        const next = keyed(event.key, shown, edge, bounds);
        if (next === null) return;
        event.preventDefault();
        onDraft(next);
      }}
      onKeyUp={onDone}
      onBlur={onDone}
    />
  );
}

/** Scrolls to what is chosen, else to where most is. */
function useSight(scroller: { current: HTMLDivElement | null }, timeline: Timeline, bounds: Range, range: Range | null, pixels: number, room: number): void {
  useEffect(() => {
    const element = scroller.current;
    if (element === null || element.scrollWidth <= element.clientWidth) return;
    const place = range?.first ?? placeOf(timeline.unit, timeline.bars.reduce((most, bar) => (bar.count > most.count ? bar : most)).time);
    const x = (place - bounds.first) * pixels;
    if (x < element.scrollLeft || x > element.scrollLeft + element.clientWidth - pixels) element.scrollLeft = x - element.clientWidth / 3;
  }, [timeline.unit, bounds.first, bounds.last, range?.first, pixels, room]);
}
