// How much of how much is shown, and the way to more.
import type { Pages } from "./asking";
import { counted, number } from "./words";

interface Paged {
  readonly pages: Pages<unknown, unknown>;
  /** What one is called, such as `relation`. */
  readonly one: string;
}

const STEP = 20;

export function Pager({ pages, one }: Paged) {
  const { items, total, more, isLoading } = pages;
  if (items.length === 0) return null;
  const left = Math.min(STEP, total - items.length);
  return (
    <div class="pager">
      <span role="status">{items.length === total ? `${counted(total, one)} shown` : `${number(items.length)} of ${counted(total, one)} shown`}</span>
      {items.length < total && (
        <button type="button" disabled={more === null} onClick={() => more?.()}>
          {isLoading ? "Loading …" : `Show ${left} more`}
        </button>
      )}
    </div>
  );
}
