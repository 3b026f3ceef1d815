// Which rows of how many are shown, and the way to the others.
import { counted, number } from "../panel/words";

interface Paged {
  readonly page: number;
  readonly pages: number;
  /** Place of the first row that is shown. */
  readonly begin: number;
  /** Place after the last one. */
  readonly end: number;
  readonly total: number;
  readonly one: string;
  readonly many: string;
  readonly onPage: (page: number) => void;
}

export function Paging({ page, pages, begin, end, total, one, many, onPage }: Paged) {
  const range = pages === 1 ? counted(total, one, many) : `${number(begin + 1)}–${number(end)} of ${counted(total, one, many)}`;
  return (
    <div class="paging">
      <span role="status">{range}</span>
      {pages > 1 && (
        <>
          <button type="button" disabled={page === 0} onClick={() => onPage(page - 1)}>
            Previous
          </button>
          <button type="button" disabled={page === pages - 1} onClick={() => onPage(page + 1)}>
            Next
          </button>
        </>
      )}
    </div>
  );
}
