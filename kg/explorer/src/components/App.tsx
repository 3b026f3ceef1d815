// The whole page: where its parts stand. What each does stands in a file of its own.
import { useShared, useStateOf } from "./context";
import { Drawing } from "./Drawing";
import { ActiveFilters } from "./filters/ActiveFilters";
import { Filters } from "./filters/Filters";
import { Legend } from "./legend/Legend";
import { Panel } from "./Panel";
import { Search } from "./Search";
import { StatusLine } from "./StatusLine";
import { Timeline } from "./timeline/Timeline";
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
        <Filters state={state} />
        <div class="centre">
          <ActiveFilters state={state} />
          <div class="view">
            <Drawing state={state} />
            <Legend state={state} />
          </div>
          <Timeline state={state} />
        </div>
        <Panel state={state} />
      </main>
      <StatusLine state={state} />
    </div>
  );
}
