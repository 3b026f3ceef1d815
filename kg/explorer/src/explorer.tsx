// Starts the explorer.
import "./style/explorer.css";
import { render } from "preact";
import { ask } from "./api/client";
import type { Overview } from "./api/types";
import { App } from "./components/App";
import { SharedProvider } from "./components/context";
import { Opening } from "./components/Opening";
import { Store } from "./state/store";

async function open(root: HTMLElement): Promise<void> {
  render(<Opening />, root);
  try {
    const overview = await ask<Overview>("overview");
    const store = new Store(location.hash);
    render(
      <SharedProvider value={{ store, overview }}>
        <App />
      </SharedProvider>,
      root,
    );
    store.start();
  } catch (error) {
    render(<Opening error={error} onRetry={() => void open(root)} />, root);
  }
}

void open(document.getElementById("page")!);
