// The whole page: where its parts stand. What each does stands in a file of its own.
import { useShared, useStateOf } from "./context";
import { Drawing } from "./Drawing";
import { Panel } from "./Panel";
import { Search } from "./Search";
import { StatusLine } from "./StatusLine";
import { Tables } from "./table/Tables";
import { Toolbar } from "./Toolbar";

export function App() {
  const { store } = useShared();
  const state = useStateOf(store);
  return (
    <div class="page">
      <header class="top">
        <Search />
        <Toolbar state={state} />
      </header>
      <main class="middle">
        {state.history.now.shownAs === "table" ? <Tables state={state} /> : <Drawing state={state} />}
        <Panel state={state} />
      </main>
      <StatusLine state={state} />
    </div>
  );
}
