// What is asked as the address of the page, and back.
import type { Asked } from "./asking";

/** Characters of an address beyond which a query stands behind `#`, which no server reads: ours takes 16 KiB with the headers. */
const LONGEST = 6_000;

/** How an answer is looked at. */
export type View = "table" | "chart" | "graph" | "text";
const VIEWS: readonly View[] = ["table", "chart", "graph", "text"];

/** The address of something asked, relative to the server's. */
export function addressOf(asked: Asked, view: View = "table"): string {
  const said = new URLSearchParams();
  if (asked.kind === "sparql") said.append("query", asked.query);
  else {
    said.append("question", asked.name);
    for (const [name, value] of Object.entries(asked.values)) if (value !== "") said.append(name, value);
  }
  if (view !== "table") said.append("as", view);
  return said.toString().length > LONGEST ? `query#${said}` : `query?${said}`;
}

/** What an address asks; null where it asks nothing. */
export function askedOf(address: URL): { readonly asked: Asked; readonly view: View } | null {
  const said = new URLSearchParams(address.search || address.hash.slice(1));
  const view = VIEWS.find((one) => one === said.get("as")) ?? "table";
  const name = said.get("question");
  if (name) {
    const values = Object.fromEntries([...said].filter(([key]) => key !== "question" && key !== "as"));
    return { asked: { kind: "question", name, values }, view };
  }
  const query = said.get("query");
  return query ? { asked: { kind: "sparql", query }, view } : null;
}
