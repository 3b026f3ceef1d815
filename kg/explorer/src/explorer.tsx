// Starts the explorer.
import "./style/explorer.css";
import { render } from "preact";
import { ask, Refusal } from "./api/client";
import type { Overview } from "./api/types";
import { App } from "./components/App";
import { Boundary } from "./components/Boundary";
import { SharedProvider } from "./components/context";
import { Opening } from "./components/Opening";
import { Store } from "./state/store";
import { applyTheme } from "./state/theme";

async function open(root: HTMLElement, store: Store): Promise<void> {
  render(<Opening />, root);
  void store.load(); // at the same time as the overview
  try {
    const overview = await ask<Overview>("overview");
    render(
      <Boundary>
        <SharedProvider value={{ store, overview }}>
          <App />
        </SharedProvider>
      </Boundary>,
      root,
    );
  } catch (error) {
    if (!(error instanceof Refusal)) console.error(error);
    render(<Opening error={error} onRetry={() => void open(root, store)} />, root);
  }
}

/** Tells of what the server refused where nobody waited for it. */
function tellForgotten(store: Store): void {
  addEventListener("unhandledrejection", (event) => {
    const { reason } = event as PromiseRejectionEvent;
    if (!(reason instanceof Refusal) && !(reason instanceof DOMException && reason.name === "AbortError")) return;
    event.preventDefault();
    if (reason instanceof Refusal) store.refuse(reason);
  });
}

/** Lets Esc hide what is told beside a button (WCAG 2.2, 1.4.13), until another one is pointed at. */
function hideTipsByKey(): void {
  const { classList } = document.documentElement;
  addEventListener("keydown", (event) => (event as KeyboardEvent).key === "Escape" && classList.add("no-tips"));
  for (const what of ["pointerout", "focusin"]) addEventListener(what, () => classList.remove("no-tips"));
}

applyTheme();
hideTipsByKey();
const store = new Store(location.hash);
store.start();
tellForgotten(store);
void open(document.getElementById("page")!, store);
