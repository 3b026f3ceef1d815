// A chart of rows: bars for labels, a line through times. The table says the same in words.
import { useMemo, useState } from "preact/hooks";
import { Bars } from "./Bars";
import { barsOf, choicesOf, firstLabel, pointsOf } from "./charts";
import type { Column } from "./columns";
import type { Rows } from "./formats";
import { Line } from "./Line";
import type { Prefixes } from "./terms";

interface Given {
  readonly rows: Rows;
  readonly columns: readonly Column[];
  readonly prefixes: Prefixes;
}

/** The bars that a screen shows legibly. */
const MOST_BARS = 40;

export function Chart({ rows, columns, prefixes }: Given) {
  const choices = useMemo(() => choicesOf(columns), [columns]);
  const [label, setLabel] = useState(() => firstLabel(choices));
  const [value, setValue] = useState<Column | null>(() => choices.values.find((column) => column !== firstLabel(choices)) ?? null);
  if (label === null) return <p class="empty">There is no column to draw.</p>;
  const of = value === null ? "Rows" : value.name;
  const title = `${of.charAt(0).toUpperCase()}${of.slice(1)} by ${label.name}`;
  return (
    <figure class="chart">
      <div class="choosing">
        <Choice words="For each" columns={choices.labels} chosen={label} onChoose={(column) => column !== null && setLabel(column)} />
        <Choice words="draw" columns={choices.values} chosen={value} none="the number of rows" onChoose={setValue} />
      </div>
      {label.isDate ? <Line points={pointsOf(rows, label, value)} undated={rows.rows.length - label.filled} isCount={value === null} title={title} /> : <Bars bars={barsOf(rows, label, value, prefixes)} most={MOST_BARS} title={title} prefixes={prefixes} />}
    </figure>
  );
}

interface ChoiceGiven {
  readonly words: string;
  readonly columns: readonly Column[];
  readonly chosen: Column | null;
  /** What stands for no column; left out where there must be one. */
  readonly none?: string;
  readonly onChoose: (column: Column | null) => void;
}

function Choice({ words, columns, chosen, none, onChoose }: ChoiceGiven) {
  return (
    <label>
      {words}{" "}
      <select
        value={chosen === null ? "" : String(chosen.place)}
        onChange={(event) => onChoose(columns.find((column) => String(column.place) === event.currentTarget.value) ?? null)}
      >
        {none !== undefined && <option value="">{none}</option>}
        {columns.map((column) => (
          <option key={column.place} value={String(column.place)}>
            {column.name}
          </option>
        ))}
      </select>
    </label>
  );
}
