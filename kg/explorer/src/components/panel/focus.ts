// Where the focus goes when panels open and close.

let byKeyboard = false;

/** From the beginning, since the first panel may open by a key that is pressed before there was any. */
document.addEventListener(
  "keydown",
  (event) => {
    // Undoing by Ctrl+Z, or from the toolbar, goes on where it is.
    const isElsewhere = event.ctrlKey || event.metaKey || event.altKey || document.activeElement?.closest(".toolbar") != null;
    byKeyboard = !isElsewhere;
  },
  true,
);
document.addEventListener("pointerdown", () => void (byKeyboard = false), true);

/** Whether the last thing that was used is the keyboard, outside of the toolbar. */
export const isByKeyboard = (): boolean => byKeyboard;

/** Gives the focus back to what had it, or where that is gone to the part of the page that the panel stood beside. */
export function returnFocus(element: Element | null): void {
  if (element instanceof HTMLElement && element.isConnected && element !== document.body) {
    element.focus();
    return;
  }
  const main = document.querySelector("main");
  if (main === null) return;
  main.tabIndex = -1;
  main.focus({ preventScroll: true });
}
