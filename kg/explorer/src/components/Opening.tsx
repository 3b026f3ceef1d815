// What stands on the page until the graph is there: that it is loading, why it is not, or that a token is wanted.
import { Refusal, token } from "../api/client";
import { useLong } from "./keys";
import { TokenForm } from "./TokenForm";

const [SLOW, LONG] = [1_000, 10_000];

export function Opening({ error, onRetry }: { error?: unknown; onRetry?: () => void }) {
  return (
    <main class="opening">
      <h1>{document.title}</h1>
      {error === undefined ? <Waiting /> : <Failure error={error} onRetry={() => onRetry?.()} />}
    </main>
  );
}

function Waiting() {
  const [isSlow, isLong] = [useLong(true, SLOW), useLong(true, LONG)];
  return (
    <div role="status">
      <p>Opening the graph …</p>
      {isSlow && !isLong && <p class="quiet">A large graph takes some seconds.</p>}
      {isLong && <p class="quiet">This takes long. The server may be busy; wait, or see what `kg serve` logs.</p>}
    </div>
  );
}

function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (error instanceof Refusal && error.wantsToken) return <TokenForm isWrong={token.get() !== null} onGiven={onRetry} />;
  return (
    <>
      <p role="alert">{error instanceof Refusal ? error.message : `The page made a mistake (${String(error)}); reload it.`}</p>
      <button type="button" class="primary" onClick={onRetry}>
        Try again
      </button>
    </>
  );
}
