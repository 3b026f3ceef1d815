// Keys that work anywhere on the page, and what they do. Other parts list theirs here too, for the help.
import { useEffect, useState } from "preact/hooks";
import { kept } from "../state/kept";
import type { Store } from "../state/store";

/** Ctrl, or Cmd on Apple's keyboards. */
export const CONTROL = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl+";

export const KEYS: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    "Anywhere",
    [
      ["/", "Search"],
      [`${CONTROL}Z`, "Undo"],
      [`${CONTROL}Shift+Z`, `Redo (also ${CONTROL}Y)`],
      ["Esc", "Close what is open"],
      ["?", "This help"],
    ],
  ],
  [
    "In the search",
    [
      ["↓ ↑", "Go through what is found"],
      ["Enter", "Show it with its strongest neighbours"],
      [`${CONTROL}Enter`, "Show it beside what is there"],
      ["Esc", "Close the list, then empty the field"],
    ],
  ],
  [
    "In the drawing",
    [
      ["Click", "Open an actor, or what connects two"],
      ["Double-click", "Show the next neighbours"],
      ["Drag", "Pin an actor where it is dropped"],
    ],
  ],
];

const NAME = "single-keys";
const PLAIN = "off";

/** Whether keys without Ctrl do anything (WCAG 2.2, 2.1.4: they can be turned off). */
export const singleKeys = {
  get: (): boolean => kept.get(NAME) !== PLAIN,
  set: (isOn: boolean): void => kept.set(NAME, isOn ? null : PLAIN),
};

/** What a key press asks of the page; null where it is meant for something else. */
export function meant(event: KeyboardEvent): "undo" | "redo" | "search" | "help" | "leave" | null {
  const isTyping = event.target instanceof Element && event.target.closest("input:not([type=checkbox],[type=range]), textarea, select, [contenteditable], dialog") !== null;
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && !event.altKey) {
    if (isTyping) return null;
    if (key === "z") return event.shiftKey ? "redo" : "undo";
    return key === "y" ? "redo" : null;
  }
  if (isTyping || event.altKey) return null;
  if (key === "escape") return "leave";
  if (!singleKeys.get()) return null;
  return key === "/" ? "search" : key === "?" ? "help" : null;
}

/** Listens to keys that work anywhere. */
export function useKeys(store: Store, doing: { readonly search: () => void; readonly help: () => void; readonly leave: () => void }): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const what = event.defaultPrevented ? null : meant(event);
      if (what === null) return;
      if (what !== "leave") event.preventDefault();
      if (what === "undo" || what === "redo") store[what]();
      else doing[what]();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  });
}

/** How long something goes on: false, then true after so many milliseconds. */
export function useLong(isOn: boolean, milliseconds: number): boolean {
  const [isLong, set] = useState(false);
  useEffect(() => {
    set(false);
    if (!isOn) return undefined;
    const timer = setTimeout(() => set(true), milliseconds);
    return () => clearTimeout(timer);
  }, [isOn, milliseconds]);
  return isOn && isLong;
}
