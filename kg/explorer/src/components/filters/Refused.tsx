// What the server refused, with what can be done.
import type { Refusal } from "../../api/client";

export function Refused({ refusal, onRetry }: { refusal: Refusal; onRetry: () => void }) {
  return (
    <p class="refused" role="alert">
      {refusal.message}{" "}
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </p>
  );
}
