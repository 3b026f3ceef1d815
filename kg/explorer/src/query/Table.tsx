// The rows of an answer: sorted by a column, narrowed by a text, a hundred at a time.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Cell, type Showing } from "./Cell";
import { type Column, containing, type Order, ordered } from "./columns";
import type { Rows } from "./formats";

interface Given {
  readonly rows: Rows;
  readonly columns: readonly Column[];
  readonly showing: Showing;
  readonly isOfQuestion: boolean;
}

/** Rows of a page: what is laid out at once in a few milliseconds. */
const PAGE = 100;

export function Table({ rows, columns, showing, isOfQuestion }: Given) {
  const { prefixes } = showing;
  const [order, setOrder] = useState<Order | null>(null);
  const [text, setText] = useState("");
  const [first, setFirst] = useState(0);
  const sorted = useMemo(() => ordered(rows, order, prefixes), [rows, order, prefixes]);
  const found = useMemo(() => containing(rows, sorted, text, prefixes), [rows, sorted, text, prefixes]);
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => setFirst(0), [order, text]);
  const turn = (place: number) => {
    setFirst(place);
    top.current?.scrollTo({ top: 0 });
  };
  const shown = found.slice(first, first + PAGE);
  return (
    <>
      <div class="narrowing">
        <input type="search" aria-label="Find in these rows" placeholder="Find in these rows" value={text} onInput={(event) => setText(event.currentTarget.value)} />
        <Pages first={first} total={found.length} all={rows.rows.length} onTurn={turn} />
      </div>
      <div class="scrolled" ref={top} tabIndex={0} role="region" aria-label="Rows">
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <Head key={column.name} column={column} order={order} onOrder={setOrder} />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((place) => (
              <tr key={place}>
                {columns.map((column) => (
                  <td key={column.name} class={column.isNumber ? "number" : column.isLong ? "long" : undefined}>
                    <Cell
                      term={rows.rows[place]![column.place] ?? null}
                      showing={showing}
                      isNoted={column.note === null}
                      isArticle={isOfQuestion && column.name === "article"}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

interface HeadGiven {
  readonly column: Column;
  readonly order: Order | null;
  readonly onOrder: (order: Order | null) => void;
}

function Head({ column, order, onOrder }: HeadGiven) {
  const mine = order?.column.place === column.place ? order : null;
  const sort = mine === null ? undefined : mine.isDescending ? "descending" : "ascending";
  // Ascending, descending, and back to the order of the answer.
  const next = mine === null ? { column, isDescending: false } : mine.isDescending ? null : { column, isDescending: true };
  return (
    <th scope="col" aria-sort={sort} class={column.isNumber ? "number" : undefined}>
      <button type="button" onClick={() => onOrder(next)}>
        {column.name}
        <span class="sorted" aria-hidden="true">
          {mine === null ? "" : mine.isDescending ? "▾" : "▴"}
        </span>
      </button>
      {column.note !== null && column.note !== "" && <small class="note">{column.note}</small>}
    </th>
  );
}

interface PagesGiven {
  readonly first: number;
  readonly total: number;
  readonly all: number;
  readonly onTurn: (first: number) => void;
}

function Pages({ first, total, all, onTurn }: PagesGiven) {
  const last = Math.min(first + PAGE, total);
  const said = total === 0 ? "No row has this text" : `${(first + 1).toLocaleString("en")}–${last.toLocaleString("en")} of ${total.toLocaleString("en")}`;
  return (
    <div class="pages">
      <span role="status">
        {said}
        {total < all && total > 0 && ` (${all.toLocaleString("en")} in all)`}
      </span>
      {total > PAGE && (
        <>
          <button type="button" disabled={first === 0} onClick={() => onTurn(Math.max(0, first - PAGE))}>
            Previous
          </button>
          <button type="button" disabled={last === total} onClick={() => onTurn(first + PAGE)}>
            Next
          </button>
        </>
      )}
    </div>
  );
}
