// A line through time.
import { useWidth } from "./Bars";
import { type Point, ticksOf } from "./charts";
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
  readonly title: string;
}

export function Line({ points, undated, title }: Given) {
  const [element, width] = useWidth();
  return (
    <div class="line" ref={element}>
      <figcaption>{title}</figcaption>
      {points.length > 0 && width > 0 && <Drawn points={points} title={title} width={width} />}
      <p class="quiet">
        {counted(points.length, "time")}
        {undated > 0 && `; ${counted(undated, "row")} without one ${undated === 1 ? "is" : "are"} not drawn`}.
      </p>
    </div>
  );
}

function Drawn({ points, title, width }: { points: readonly Point[]; title: string; width: number }) {
  const [from, to] = [points[0]!, points[points.length - 1]!];
  const values = points.map((point) => point.value);
  const step = values.every(Number.isInteger) ? 1 : 0;
  const ticks = ticksOf(Math.min(0, ...values), Math.max(0, ...values), step);
  const [least, most] = [ticks[0]!, ticks[ticks.length - 1]!];
  const x = (day: number) => LEFT + ((day - from.day) / (to.day - from.day || 1)) * (width - LEFT - RIGHT);
  const y = (value: number) => TOP + (1 - (value - least) / (most - least)) * (HEIGHT - TOP - BOTTOM);
  const path = points.map((point, place) => `${place === 0 ? "M" : "L"}${x(point.day).toFixed(1)},${y(point.value).toFixed(1)}`).join("");
  const greatest = points.reduce((best, point) => (point.value > best.value ? point : best), from);
  const said = `${title}: from ${from.value} at ${from.label} to ${to.value} at ${to.label}; most is ${greatest.value} at ${greatest.label}.`;
  return (
    <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={said}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} class="grid" />
          <text x={LEFT - 8} y={y(tick)} dy="0.32em" class="end">
            {tick.toLocaleString("en")}
          </text>
        </g>
      ))}
      {timesOf(from.day, to.day, Math.max(2, Math.floor((width - LEFT) / ROOM))).map((day) => (
        <text key={day} x={x(day)} y={HEIGHT - 10} class={day === from.day ? undefined : day === to.day ? "end" : "middle"}>
          {new Date(day * DAY).toISOString().slice(0, 10)}
        </text>
      ))}
      <path d={path} class="through" />
      {points.length <= MOST_DOTS &&
        points.map((point) => (
          <circle key={point.day} cx={x(point.day)} cy={y(point.value)} r="3.5">
            <title>{`${point.label}: ${point.value.toLocaleString("en")}`}</title>
          </circle>
        ))}
    </svg>
  );
}

/** Some days from the first to the last, both included. */
function timesOf(from: number, to: number, count: number): readonly number[] {
  if (from === to) return [from];
  return Array.from({ length: count }, (_, place) => Math.round(from + ((to - from) * place) / (count - 1)));
}
