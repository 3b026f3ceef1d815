// The pages of the server; shared by them all.
import { token } from "../api/client";

const PAGES = [
  ["explorer", "./", "Explorer"],
  ["query", "query", "Query"],
  ["drawing", "graph", "Drawing"],
  ["api", "api/openapi.json", "API"],
] as const;

/** Links to the pages, of which those are left out that cannot send the token that this server wants. */
export function Pages({ here }: { here: "explorer" | "query" }) {
  const isOpen = token.get() === null;
  const shown = PAGES.filter(([name]) => isOpen || name === "explorer" || name === "query");
  return (
    <nav class="pages" aria-label="Pages">
      <ul>
        {shown.map(([name, address, label]) => (
          <li key={name}>
            <a href={address} aria-current={name === here ? "page" : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
