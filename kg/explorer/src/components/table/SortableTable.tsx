// A table that is sorted by its heads and read page by page; its rows are one stop of the Tab key, and arrows go on from there.
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { counted } from "../panel/words";
import { Paging } from "./Paging";
import { found, sorted, type Sort, type Value } from "./rows";

export interface Column<Row> {
  readonly name: string;
  readonly label: string;
  readonly value: (row: Row) => Value;
  /** What is shown, where that is not the value. */
  readonly cell?: (row: Row) => ComponentChildren;
  readonly isNumber?: boolean;
}

export interface Listing<Row> {
  readonly caption: string;
  /** What one row is called, such as `entity`, and many. */
  readonly one: string;
  readonly many: string;
  /** Whether other rows are on their way. */
  readonly isLoading: boolean;
  readonly rows: readonly Row[];
  /** The first is the head of each row. */
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  readonly texts: (row: Row) => readonly string[];
  /** What a row says to those who cannot see it; begins with what its first cell shows. */
  readonly said: (row: Row) => string;
  readonly selected: string | null;
  readonly onSelect: (row: Row) => void;
  readonly first: Sort;
}

/** Rows of a page. */
const PAGE = 100;

export function SortableTable<Row>(listing: Listing<Row>) {
  const { rows, columns, texts, one, many } = listing;
  const [sort, setSort] = useState(listing.first);
  const [words, setWords] = useState("");
  const [page, setPage] = useState(0);
  const fitting = useMemo(() => found(rows, words, texts), [rows, words]);
  const column = columns.find((each) => each.name === sort.column) ?? columns[0]!;
  const ordered = useMemo(() => sorted(fitting, column.value, sort.isAscending), [fitting, sort]);
  const pages = Math.max(1, Math.ceil(ordered.length / PAGE));
  const at = Math.min(page, pages - 1);
  const begin = at * PAGE;
  return (
    <>
      <div class="table-tools">
        <label>
          <span class="unseen">Find in the table</span>
          <input
            type="search"
            placeholder="Find in the table"
            value={words}
            onInput={(event) => {
              setWords(event.currentTarget.value);
              setPage(0);
            }}
          />
        </label>
        <Paging page={at} pages={pages} begin={begin} end={Math.min(begin + PAGE, ordered.length)} total={ordered.length} one={one} many={many} onPage={setPage} />
      </div>
      {ordered.length === 0 ? (
        <p class="table-empty">{nothing(listing)}</p>
      ) : (
        <Rows listing={listing} rows={ordered.slice(begin, begin + PAGE)} begin={begin} sort={sort} onSort={setSort} onPage={(by) => setPage(Math.min(Math.max(at + by, 0), pages - 1))} total={ordered.length} />
      )}
    </>
  );
}

/** Why no row is there, and what to do. */
function nothing<Row>({ isLoading, rows, one, many }: Listing<Row>): string {
  if (rows.length > 0) return `No ${one} here has these words. ${counted(rows.length, one, many)} without them.`;
  return isLoading ? "Loading …" : `No ${many} are shown. Search for an actor, or take away a filter.`;
}

interface PageShown<Row> {
  readonly listing: Listing<Row>;
  readonly rows: readonly Row[];
  /** Place of the first one among all. */
  readonly begin: number;
  readonly total: number;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly onPage: (by: number) => void;
}

function Rows<Row>({ listing, rows, begin, total, sort, onSort, onPage }: PageShown<Row>) {
  const { columns, keyOf, selected, onSelect, said } = listing;
  const body = useRef<HTMLTableSectionElement>(null);
  const { at, onKeyDown, onFocusIn } = useRoving(body, rows.length, begin, onPage);
  return (
    <div class="table-scroll">
      <table aria-rowcount={total + 1}>
        <caption class="unseen">{listing.caption}; arrow keys move between rows, Enter opens one</caption>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Head key={column.name} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={onKeyDown} onFocusIn={onFocusIn}>
          {rows.map((row, place) => {
            const key = keyOf(row);
            const [head, ...others] = columns;
            return (
              <tr key={key} class={key === selected ? "selected" : undefined} aria-rowindex={begin + place + 2} onClick={() => onSelect(row)}>
                <th scope="row">
                  <button type="button" class="row-button" tabIndex={place === at ? 0 : -1} aria-label={said(row)} aria-current={key === selected ? "true" : undefined}>
                    {shown(head!, row)}
                  </button>
                </th>
                {others.map((column) => (
                  <td key={column.name} class={column.isNumber ? "number" : undefined}>
                    {shown(column, row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const shown = <Row,>(column: Column<Row>, row: Row): ComponentChildren => (column.cell === undefined ? column.value(row) : column.cell(row));

/** Numbers are sorted from the most at first, all else from its beginning. */
function Head<Row>({ column, sort, onSort }: { column: Column<Row>; sort: Sort; onSort: (sort: Sort) => void }) {
  const isSorted = sort.column === column.name;
  const direction = sort.isAscending ? "ascending" : "descending";
  const next = isSorted ? !sort.isAscending : column.isNumber !== true;
  return (
    <th scope="col" aria-sort={isSorted ? direction : "none"} class={column.isNumber ? "number" : undefined}>
      <button type="button" onClick={() => onSort({ column: column.name, isAscending: next })}>
        {column.label}
      </button>
    </th>
  );
}

/** The row that has the focus: arrows, Home and End move it, Page Up and Page Down turn the page. */
function useRoving(body: { readonly current: HTMLElement | null }, count: number, begin: number, onPage: (by: number) => void) {
  const [at, setAt] = useState(0);
  const isTurning = useRef(false);
  const focus = (place: number) => body.current?.querySelectorAll<HTMLElement>("button.row-button")[place]?.focus();
  useEffect(() => {
    setAt(0);
    if (isTurning.current) focus(0);
    isTurning.current = false;
  }, [begin]);
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: count - 1 };
    const turns: Readonly<Record<string, number>> = { PageDown: 1, PageUp: -1 };
    const [to, by] = [moves[event.key], turns[event.key]];
    if ((to === undefined && by === undefined) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (to !== undefined) focus(Math.min(Math.max(to, 0), count - 1));
    if (by === undefined) return;
    isTurning.current = true;
    onPage(by);
  };
  const onFocusIn = (event: FocusEvent) => {
    const place = [...(body.current?.querySelectorAll("button.row-button") ?? [])].indexOf(event.target as HTMLElement);
    if (place >= 0) setAt(place);
  };
  return { at: Math.min(at, count - 1), onKeyDown, onFocusIn };
}
