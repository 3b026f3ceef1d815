// The links between the pages of the server, the same on each.
import { token } from "../api/client";

export type Place = "explorer" | "query";

export function Navigation({ here }: { here: Place }) {
  const isOpen = token.get() === null; // a link cannot send a token
  const current = (place: Place) => (place === here ? { "aria-current": "page" as const } : {});
  return (
    <nav class="places" aria-label="Pages">
      <a href="./" {...current("explorer")}>
        Explorer
      </a>
      <a href="query" {...current("query")}>
        Query
      </a>
      {isOpen && <a href="graph">Drawing</a>}
      {isOpen && <a href="api/openapi.json">API</a>}
    </nav>
  );
}
