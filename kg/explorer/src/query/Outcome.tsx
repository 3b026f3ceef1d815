// What came of asking: that it is under way, that it was refused and what to do, or the answer.
import { useEffect, useState } from "preact/hooks";
import type { Refusal } from "../api/client";
import { Opening } from "../components/Opening";
import type { Showing } from "./Cell";
import { Results } from "./Results";
import { type Querying, type State, wordsOf } from "./state";

interface Given {
  readonly state: State;
  readonly querying: Querying;
  readonly showing: Showing;
}

export function Outcome({ state, querying, showing }: Given) {
  const { outcome, view } = state;
  return (
    <section class="outcome" aria-label="Answer">
      <div class="told" role="status">
        {outcome.kind === "asking" && <Asking />}
        {outcome.kind === "stopped" && <p>Stopped. Nothing was changed; run it again whenever you like.</p>}
        {outcome.kind === "answered" && (
          <p>
            <strong>{wordsOf(outcome.answer)}</strong> <span class="quiet">in {time(outcome.answer.milliseconds)}</span>
            {outcome.answer.cut !== null && <span class="wrong"> · {outcome.answer.cut}</span>}
          </p>
        )}
      </div>
      {outcome.kind === "refused" && <Refused refusal={outcome.refusal} onRetry={() => querying.run(outcome.asked)} />}
      {outcome.kind === "answered" && (
        <Results
          key={JSON.stringify(outcome.asked)}
          asked={outcome.asked}
          answer={outcome.answer}
          view={view}
          showing={showing}
          onLook={(other) => querying.look(other)}
        />
      )}
    </section>
  );
}

/** How long it takes already; said once, then only shown. */
function Asking() {
  const [seconds, set] = useState(0);
  useEffect(() => {
    const counting = setInterval(() => set((held) => held + 1), 1_000);
    return () => clearInterval(counting);
  }, []);
  return (
    <p>
      <span class="waiting" aria-hidden="true" /> Asking … <span aria-hidden="true">{seconds > 0 ? `${seconds} s` : ""}</span>
    </p>
  );
}

function Refused({ refusal, onRetry }: { refusal: Refusal; onRetry: () => void }) {
  if (refusal.wantsToken) return <Opening error={refusal} onRetry={onRetry} />;
  const mayHelp = refusal.retryAfter !== null || refusal.status === 0 || refusal.status >= 500;
  return (
    <div class="refused">
      <p role="alert">
        <bdi>{refusal.message}</bdi>
      </p>
      {mayHelp && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}

function time(milliseconds: number): string {
  return milliseconds < 1_000 ? `${milliseconds} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}
