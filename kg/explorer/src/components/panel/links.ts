// Links out of the page, and within it.
import { addressOf } from "../../state/address";
import type { Scene, Selection } from "../../state/scene";

/** Beside a link to another host (HTML, 4.6.7): it learns nothing of this page. */
export const OUTWARD = { target: "_blank", rel: "noopener noreferrer" } as const;

/** The address where it is one of the web; null for `javascript:` and all else that articles may bring. */
export function webAddress(text: string | null | undefined): string | null {
  if (!text) return null;
  try {
    const { protocol, href } = new URL(text);
    return protocol === "http:" || protocol === "https:" ? href : null;
  } catch {
    return null;
  }
}

/** How a link is called: the host without `www.`, Wikidata with its id. */
export function nameOfLink(address: string): string {
  const { hostname, pathname } = new URL(address);
  const host = hostname.replace(/^www\./, "");
  return host === "wikidata.org" ? `Wikidata ${pathname.split("/").at(-1) ?? ""}`.trim() : host;
}

/** The address of a scene with another selection, for links that can be copied or opened beside. */
export const addressWith = (scene: Scene, selection: Selection): string => `#${addressOf({ ...scene, selection })}`;
