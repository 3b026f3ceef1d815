// Asks for the token of a server that answers with it only.
import { useState } from "preact/hooks";
import { token } from "../api/client";

/** `isWrong` where a token was given already, and the server does not take it. */
export function TokenForm({ isWrong, onGiven }: { isWrong: boolean; onGiven: () => void }) {
  const [isUnwritable, setUnwritable] = useState(false);
  const give = (event: SubmitEvent) => {
    event.preventDefault();
    const isSet = token.set(String(new FormData(event.currentTarget as HTMLFormElement).get("token")));
    setUnwritable(!isSet);
    if (isSet) onGiven();
  };
  return (
    <form class="token" onSubmit={give}>
      <p id="token-help">
        {isUnwritable
          ? "A token has letters, digits and . _ ~ + / - only; give it as it was given to you."
          : isWrong
            ? "The server does not take this token; give the one of whoever runs the server."
            : "This server answers with its token only, which whoever runs it gives you. The page keeps it until this tab is closed."}
      </p>
      <label>
        Token <input name="token" type="password" autocomplete="off" required aria-describedby="token-help" aria-invalid={isWrong || isUnwritable} />
      </label>
      <button class="primary">Open</button>
    </form>
  );
}
