// What can be done with a timeline: its unit, its colours, playing, clearing.
import type { Split, Unit } from "../../api/types";
import type { Film } from "./film";

interface Props {
  /** Null for the one that suits. */
  readonly unit: Unit | null;
  /** The one that is shown. */
  readonly shown: Unit | null;
  readonly split: Split;
  readonly film: Film;
  readonly hasBars: boolean;
  readonly isTable: boolean;
  readonly isSet: boolean;
  readonly onUnit: (unit: Unit | null) => void;
  readonly onSplit: (split: Split) => void;
  readonly onTable: (isTable: boolean) => void;
  readonly onClear: () => void;
}

const UNITS = ["year", "month", "day"] as const;

export function Controls(props: Props) {
  const { unit, shown, split, film, hasBars, isTable, isSet, onUnit, onSplit, onTable, onClear } = props;
  return (
    <div class="controls">
      <div class="switch" role="group" aria-label="Unit">
        {UNITS.map((one) => (
          <button key={one} type="button" aria-pressed={(unit ?? shown) === one} onClick={() => onUnit(unit === one ? null : one)}>
            {one[0]!.toUpperCase() + one.slice(1)}
          </button>
        ))}
      </div>
      <label class="by">
        <span>Colour by</span>
        <select value={split} onChange={(event) => onSplit(event.currentTarget.value === "status" ? "status" : "relation_class")}>
          <option value="status">status</option>
          <option value="relation_class">class</option>
        </select>
      </label>
      <div class="film" role="group" aria-label="Move through time">
        <button type="button" disabled={!hasBars} aria-label="Earlier" onClick={() => film.turn(-1)}>
          <Icon path="M9 3L5 8l4 5" />
        </button>
        {!prefersStill() && (
          <button type="button" class="play" aria-label={film.isPlaying ? "Pause" : "Play"} disabled={!hasBars} onClick={film.isPlaying ? film.pause : film.play}>
            <Icon path={film.isPlaying ? "M5.5 3.5v9M10.5 3.5v9" : "M5 3l8 5-8 5z"} />
            <span>{film.isPlaying ? "Pause" : "Play"}</span>
          </button>
        )}
        <button type="button" disabled={!hasBars} aria-label="Later" onClick={() => film.turn(1)}>
          <Icon path="M7 3l4 5-4 5" />
        </button>
      </div>
      <button type="button" aria-pressed={isTable} onClick={() => onTable(!isTable)}>
        Table
      </button>
      {isSet && (
        <button type="button" onClick={onClear}>
          Clear time
        </button>
      )}
    </div>
  );
}

/** Whoever wants no motion turns the pages by hand. */
const prefersStill = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

function Icon({ path }: { path: string }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
