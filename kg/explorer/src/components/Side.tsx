// A side of the page that can be folded away; on a phone a sheet at the bottom.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { kept } from "../state/kept";
import { Icon } from "./icons";

/** Pixels below which sides are sheets; the same in style/explorer.css. */
const NARROW = "(max-width: 760px)";

export interface SideProps {
  readonly side: "left" | "right";
  /** What is in it, as in "Hide filters". */
  readonly label: string;
  /** What it shows: it opens when this changes. */
  readonly shows?: string;
  readonly children: ComponentChildren;
}

export function Side({ side, label, shows, children }: SideProps) {
  const name = `side.${side}`;
  const [isOpen, setOpen] = useState(() => (shows !== undefined || kept.get(name) !== "folded") && (side === "right" || !matchMedia(NARROW).matches));
  useEffect(() => {
    if (shows !== undefined) setOpen(true);
  }, [shows]);
  const fold = () => {
    if (!matchMedia(NARROW).matches) kept.set(name, isOpen ? "folded" : null);
    setOpen(!isOpen);
  };
  const id = `side-${side}`;
  return (
    <div class={`side side-${side}`} data-open={isOpen}>
      <button type="button" class="fold" aria-expanded={isOpen} aria-controls={id} aria-label={`${isOpen ? "Hide" : "Show"} ${label.toLowerCase()}`} onClick={fold}>
        <Icon name={isOpen === (side === "right") ? "right" : "left"} />
        <span class="fold-name" aria-hidden="true">
          {label}
        </span>
      </button>
      <div class="side-content" id={id} hidden={!isOpen}>
        {children}
      </div>
    </div>
  );
}
