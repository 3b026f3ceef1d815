// What all panels have: a heading that takes the focus, a way back, a close button, and a size.
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { select } from "../../state/steps";
import { useShared } from "../context";
import { isByKeyboard } from "./focus";
import { Glyph } from "./Glyph";
import type { Trail } from "./trail";

export interface Framed {
  /** What kind of thing it is, above the heading. */
  readonly kind: ComponentChildren;
  readonly heading: ComponentChildren;
  readonly children: ComponentChildren;
}

/** The panel around the selection. */
export function Frame({ kind, heading, children, trail }: Framed & { trail: Trail }) {
  const { store } = useShared();
  const [isLarge, setLarge] = useState(trail.isLarge);
  const panel = useRef<HTMLElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const resize = () => {
    trail.isLarge = !isLarge;
    setLarge(trail.isLarge);
  };
  const close = () => {
    store.take(select({ kind: "nothing" }));
    trail.leave();
  };
  const leave = () => {
    const before = trail.before();
    if (before === null) close();
    else store.take(select(before));
  };
  useEffect(() => leavingByEscape(panel.current!, leave), []);
  useEffect(() => keptPlace(body.current!, trail), []);
  return (
    <aside class={isLarge ? "panel large" : "panel"} ref={panel} aria-labelledby="panel-heading">
      <header class="panel-head">
        <div class="panel-kind">
          <BackButton trail={trail} />
          <span class="kind">{kind}</span>
          <button type="button" class="panel-button" aria-pressed={isLarge} onClick={resize} title={isLarge ? "Make smaller" : "Make larger"}>
            <Glyph sign="size" />
            <span class="unseen">Large panel</span>
          </button>
          <button type="button" class="panel-button" onClick={close} title="Close">
            <Glyph sign="cross" />
            <span class="unseen">Close the panel</span>
          </button>
        </div>
        <Heading>{heading}</Heading>
      </header>
      <div class="panel-body" ref={body}>
        {children}
      </div>
    </aside>
  );
}

/** The heading, which is focused when the panel opens by keyboard: it is made anew for each selection. */
function Heading({ children }: { children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (isByKeyboard()) heading.current?.focus();
  }, []);
  return (
    <h2 id="panel-heading" tabIndex={-1} ref={heading} dir="auto">
      {children}
    </h2>
  );
}

function BackButton({ trail }: { trail: Trail }) {
  const { store } = useShared();
  const before = trail.before();
  if (before === null) return null;
  return (
    <button type="button" class="panel-button" onClick={() => store.take(select(before))} title="Back to what this panel showed before">
      <Glyph sign="back" />
      <span class="unseen">Back</span>
    </button>
  );
}

/** Goes back at Escape, or closes, unless something within or outside of the panel has its own use for it. */
function leavingByEscape(panel: HTMLElement, leave: () => void): () => void {
  const listen = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    const isOther = !panel.contains(target) && target.closest("input, select, textarea, dialog, [role=dialog]") !== null;
    if (event.key !== "Escape" || event.defaultPrevented || isOther) return;
    event.preventDefault();
    leave();
  };
  document.addEventListener("keydown", listen);
  return () => document.removeEventListener("keydown", listen);
}

/** Scrolls to where the selection was left, once so much of it is there; keeps the place when it is left. */
function keptPlace(body: HTMLElement, trail: Trail): () => void {
  const selection = trail.now();
  if (selection === null) return () => undefined;
  const wanted = trail.placeOf(selection);
  const growing = new MutationObserver(() => {
    if (body.scrollHeight - body.clientHeight < wanted) return;
    body.scrollTop = wanted;
    growing.disconnect();
  });
  if (wanted > 0) growing.observe(body, { childList: true, subtree: true });
  const note = () => trail.keepPlace(selection, body.scrollTop);
  const byHand = () => growing.disconnect();
  body.addEventListener("scroll", note, { passive: true });
  body.addEventListener("wheel", byHand, { passive: true });
  return () => {
    growing.disconnect();
    body.removeEventListener("scroll", note);
    body.removeEventListener("wheel", byHand);
  };
}
