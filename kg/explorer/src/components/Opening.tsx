// What stands on the page until the graph is there: that it is loading, why it is not, or that a token is wanted.
import { Refusal, token } from "../api/client";

export function Opening({ error, onRetry }: { error?: unknown; onRetry?: () => void }) {
  if (error === undefined) return <p class="opening">Opening the graph …</p>;
  if (!(error instanceof Refusal)) throw error;
  const give = (event: SubmitEvent) => {
    event.preventDefault();
    token.set(String(new FormData(event.currentTarget as HTMLFormElement).get("token")));
    onRetry?.();
  };
  return (
    <div class="opening">
      <p role="alert">{error.message}</p>
      {error.wantsToken ? (
        <form onSubmit={give}>
          <label>
            Token <input name="token" type="password" autocomplete="off" required />
          </label>
          <button>Open</button>
        </form>
      ) : (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
