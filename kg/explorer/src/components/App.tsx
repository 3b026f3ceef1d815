// The whole page: where its parts stand. What each does stands in a file of its own.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Selection } from "../state/scene";
import { select } from "../state/steps";
import { useShared, useStateOf } from "./context";
import { Drawing } from "./Drawing";
import { ActiveFilters } from "./filters/ActiveFilters";
import { Filters } from "./filters/Filters";
import { Header } from "./Header";
import { Help } from "./Help";
import { useKeys } from "./keys";
import { Legend } from "./legend/Legend";
import { Nothing } from "./Nothing";
import { Notices } from "./Notices";
import { Panel } from "./Panel";
import { Search } from "./Search";
import { StatusLine } from "./StatusLine";
import { Tables } from "./table/Tables";
import { Timeline } from "./timeline/Timeline";
import { Toolbar } from "./Toolbar";

/** The graph's name, which the page is called by before it shows anything. */
const NAME = document.title;

export function App() {
  const { store } = useShared();
  const state = useStateOf(store);
  const [isHelping, setHelping] = useState(false);
  const [field, main] = [useRef<HTMLInputElement>(null), useRef<HTMLElement>(null)];
  const { selection } = state.history.now;
  const isOpen = selection.kind !== "nothing";
  useTitle(selection, store.nameOf);
  useKeys(store, {
    search: () => field.current?.select(),
    help: () => setHelping(true),
    leave: () => isOpen && store.take(select({ kind: "nothing" })),
  });
  const skip = (event: Event) => {
    event.preventDefault(); // what stands behind # is the scene
    main.current?.focus();
  };
  return (
    <div class="page">
      <a class="skip" href="#graph" onClick={skip}>
        Skip to the graph
      </a>
      <Header name={NAME} search={<Search field={field} />} toolbar={<Toolbar state={state} />} onHelp={() => setHelping(true)} />
      <div class="middle">
        <main class="graph" id="graph" ref={main} tabIndex={-1} aria-label="Graph" aria-busy={state.isLoading}>
          <Filters state={state} />
          <div class="centre">
            <ActiveFilters state={state} />
            <div class="view">
              {state.history.now.shownAs === "table" ? <Tables state={state} /> : <Drawing state={state} />}
              <Nothing state={state} />
              <Notices state={state} />
              <Legend state={state} />
            </div>
            <Timeline state={state} />
          </div>
        </main>
        <Panel state={state} />
      </div>
      <StatusLine state={state} />
      {isHelping && <Help onClose={() => setHelping(false)} />}
    </div>
  );
}

/** Calls the page by what is open, so that the browser's history can be read. */
function useTitle(selection: Selection, nameOf: (id: string) => string): void {
  const name = selection.kind === "entity" ? nameOf(selection.entity) : selection.kind === "edge" ? `${nameOf(selection.source)} – ${nameOf(selection.target)}` : null;
  const title = name === null ? NAME : `${name.slice(0, 80)} · ${NAME}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}
