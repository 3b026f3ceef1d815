// Values through time: a line, or columns where rows are counted.
import { useMemo } from "preact/hooks";
import { useWidth } from "./Bars";
import { binsOf, type Point, ticksOf } from "./charts";
import { counted } from "./state";

const HEIGHT = 320;
const LEFT = 56;
const RIGHT = 16;
const TOP = 12;
const BOTTOM = 32;
/** Points beyond which they are drawn as a line alone. */
const MOST_DOTS = 150;
const DAY = 86_400_000;
/** Pixels that a time on the axis needs. */
const ROOM = 130;

interface Given {
  readonly points: readonly Point[];
  /** How many rows have no time. */
  readonly undated: number;
  /** Whether values are how many rows there are, of which a time between two has none. */
  readonly isCount: boolean;
  readonly title: string;
}

export function Line({ points, undated, isCount, title }: Given) {
  const [element, width] = useWidth();
  const bins = useMemo(() => (isCount ? binsOf(points) : null), [isCount, points]);
  return (
    <div class="line" ref={element}>
      <figcaption>{title}</figcaption>
      {points.length > 0 && width > 0 && <Drawn points={bins ?? points} isBinned={bins !== null} title={title} width={width} />}
      <p class="quiet">
        {counted(points.length, "different time")}
        {undated > 0 && `; ${counted(undated, "row")} without one ${undated === 1 ? "is" : "are"} not drawn`}.
      </p>
    </div>
  );
}

interface DrawnGiven {
  readonly points: readonly Point[];
  readonly isBinned: boolean;
  readonly title: string;
  readonly width: number;
}

function Drawn({ points, isBinned, title, width }: DrawnGiven) {
  const [from, to] = [points[0]!, points[points.length - 1]!];
  const values = points.map((point) => point.value);
  const ticks = ticksOf(Math.min(0, ...values), Math.max(0, ...values), values.every(Number.isInteger) ? 1 : 0);
  const [least, most] = [ticks[0]!, ticks[ticks.length - 1]!];
  const room = (width - LEFT - RIGHT) / (isBinned ? points.length : 1);
  const x = isBinned
    ? (place: number) => LEFT + (place + 0.5) * room
    : (place: number) => LEFT + ((points[place]!.day - from.day) / (to.day - from.day || 1)) * room;
  const y = (value: number) => TOP + (1 - (value - least) / (most - least)) * (HEIGHT - TOP - BOTTOM);
  const path = points.map(({ value }, place) => `${place === 0 ? "M" : "L"}${x(place).toFixed(1)},${y(value).toFixed(1)}`).join("");
  const greatest = points.reduce((best, point) => (point.value > best.value ? point : best), from);
  const said = `${title}: from ${from.value} at ${from.label} to ${to.value} at ${to.label}; most is ${greatest.value} at ${greatest.label}.`;
  const breadth = Math.max(1, Math.min(48, room * 0.8));
  return (
    <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={said}>
      <Values ticks={ticks} y={y} width={width} />
      {isBinned
        ? points.map(({ day, label, value }, place) => (
            <rect key={day} x={x(place) - breadth / 2} y={y(value)} width={breadth} height={y(0) - y(value)} rx="2">
              <title>{`${label}: ${value.toLocaleString("en")}`}</title>
            </rect>
          ))
        : <path d={path} class="through" />}
      {!isBinned && points.length <= MOST_DOTS &&
        points.map(({ day, label, value }, place) => (
          <circle key={day} cx={x(place)} cy={y(value)} r="3.5">
            <title>{`${label}: ${value.toLocaleString("en")}`}</title>
          </circle>
        ))}
      {isBinned ? <Labels points={points} x={x} width={width} /> : <Times from={from.day} to={to.day} width={width} />}
    </svg>
  );
}

function Values({ ticks, y, width }: { ticks: readonly number[]; y: (value: number) => number; width: number }) {
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} class="grid" />
          <text x={LEFT - 8} y={y(tick)} dy="0.32em" class="end">
            {tick.toLocaleString("en")}
          </text>
        </g>
      ))}
    </>
  );
}

/** Labels below columns, as many as there is room for. */
function Labels({ points, x, width }: { points: readonly Point[]; x: (place: number) => number; width: number }) {
  const step = Math.ceil(points.length / Math.max(1, Math.floor((width - LEFT - RIGHT) / ROOM + 1)));
  const shown = points.map((point, place) => ({ label: point.label, place })).filter(({ place }) => place % step === 0);
  return (
    <>
      {shown.map(({ label, place }) => (
        <text key={place} x={x(place)} y={HEIGHT - 10} class="middle">
          {label}
        </text>
      ))}
    </>
  );
}

/** Some days from the first to the last, both included. */
function Times({ from, to, width }: { from: number; to: number; width: number }) {
  const count = from === to ? 1 : Math.max(2, Math.floor((width - LEFT) / ROOM));
  const days = Array.from({ length: count }, (_, place) => Math.round(from + ((to - from) * place) / Math.max(1, count - 1)));
  const x = (day: number) => LEFT + ((day - from) / (to - from || 1)) * (width - LEFT - RIGHT);
  return (
    <>
      {days.map((day) => (
        <text key={day} x={x(day)} y={HEIGHT - 10} class={day === from ? undefined : day === to ? "end" : "middle"}>
          {new Date(day * DAY).toISOString().slice(0, 10)}
        </text>
      ))}
    </>
  );
}
