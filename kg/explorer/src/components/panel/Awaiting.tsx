// What stands where an answer will be: a skeleton, that it is slow, or why there is none.
import type { Awaited } from "./asking";

/** Nothing where the answer is there. */
export function Awaiting({ awaited, lines = 4 }: { awaited: Awaited<unknown>; lines?: number }) {
  const { refusal, isLoading, isSlow, answer } = awaited;
  if (refusal !== null) {
    return (
      <div class="refusal" role="alert">
        <p>{refusal.message}</p>
        <button type="button" onClick={awaited.again}>
          Try again
        </button>
      </div>
    );
  }
  if (!isLoading) return null;
  return (
    <div class="awaiting">
      {answer === null && (
        <div class="skeleton" aria-hidden="true">
          {Array.from({ length: lines }, (_, place) => (
            <span key={place} />
          ))}
        </div>
      )}
      <p role="status">{isSlow ? "This takes longer than usual; the server is still working." : <span class="unseen">Loading …</span>}</p>
    </div>
  );
}
