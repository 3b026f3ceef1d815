// Where the focus goes when panels open and close.

/** What had the focus before a panel opened. */
export interface Origin {
  element: Element | null;
}

let byKeyboard = false;

/** Keeps in mind what people use; until what is given back is called. */
export function watchInput(): () => void {
  const key = (event: KeyboardEvent) => {
    // Undoing by Ctrl+Z, or from the toolbar, goes on where it is.
    const isElsewhere = event.ctrlKey || event.metaKey || event.altKey || document.activeElement?.closest("[role=toolbar]") != null;
    byKeyboard = !isElsewhere;
  };
  const pointer = () => {
    byKeyboard = false;
  };
  document.addEventListener("keydown", key, true);
  document.addEventListener("pointerdown", pointer, true);
  return () => {
    document.removeEventListener("keydown", key, true);
    document.removeEventListener("pointerdown", pointer, true);
  };
}

/** Whether the last thing that was used is the keyboard, outside of the toolbar. */
export const isByKeyboard = (): boolean => byKeyboard;

/** Gives the focus back to what had it, or where that is gone to the part of the page that the panel stood beside. */
export function returnFocus(origin: Origin): void {
  const { element } = origin;
  if (element instanceof HTMLElement && element.isConnected && element !== document.body) {
    element.focus();
    return;
  }
  const main = document.querySelector("main");
  if (main === null) return;
  main.tabIndex = -1;
  main.focus({ preventScroll: true });
}
