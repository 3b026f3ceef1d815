// How a value looks in the drawing: a dot of its colour for a type, a line for a class or a status.
import type { ListName } from "../filters/choices";

/** Dashes of lines by status, in pixels of a line of two; solid where none is named. */
export const DASHES: Readonly<Record<string, string>> = { planned: "9 3", possible: "3 4", requested: "5 3", negated: "1 3" };

const GREY = "#8a8f98";

/** Nothing for lists whose values look like nothing. */
export function Sample({ list, value, colour }: { list: ListName; value: string; colour: string | null }) {
  if (list === "type") {
    return (
      <svg class="sample" width="12" height="12" aria-hidden="true">
        <circle cx="6" cy="6" r="5" fill={colour ?? GREY} />
      </svg>
    );
  }
  if (list !== "relation_class" && list !== "status") return null;
  const isStatus = list === "status";
  return (
    <svg class="sample" width="24" height="12" aria-hidden="true">
      <line
        x1="1"
        x2="23"
        y1="6"
        y2="6"
        stroke={isStatus ? "currentColor" : (colour ?? GREY)}
        stroke-width={isStatus ? 2 : 4}
        stroke-linecap={value === "negated" ? "round" : "butt"}
        stroke-dasharray={isStatus ? (DASHES[value] ?? "none") : "none"}
      />
    </svg>
  );
}
