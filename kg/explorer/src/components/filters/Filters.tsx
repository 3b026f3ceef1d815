// The tools at the side of the drawing: filters with the legend, paths, and what is done with the view. One is open at a time.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { filtersSet } from "../../state/scene";
import type { State } from "../../state/store";
import { Export } from "../export/Export";
import { Paths } from "../paths/Paths";
import { Cross } from "./ActiveFilters";
import { FilterPanel } from "./FilterPanel";

type View = "filters" | "paths" | "save";

const TITLES: Readonly<Record<View, string>> = { filters: "Filters and legend", paths: "Paths", save: "Save and share" };
const NAMES: Readonly<Record<View, string>> = { filters: "Filters", paths: "Paths", save: "Save" };
const ICONS: Readonly<Record<View, string>> = {
  filters: "M3 5h14M6 10h8M8.5 15h3",
  paths: "M4 16a2 2 0 1 0 0-.1M16 4a2 2 0 1 0 0 .1M5.5 14.5C9 12 8 8 14.4 5.4",
  save: "M10 3v9m-3.5-3.5L10 12l3.5-3.5M4 14v3h12v-3",
};

/** Pixels from which on the filters stand open at first. */
const WIDE = "(min-width: 1100px)";
/** Pixels below which they are a sheet over the drawing; the same in style/filters.css. */
const NARROW = "(max-width: 700px)";

export function Filters({ state }: { state: State }) {
  const scene = state.history.now;
  const [view, setView] = useState<View | null>(() => viewAtFirst(scene.route !== null));
  const set = filtersSet(scene.filters);
  const buttons = useRef(new Map<View, HTMLButtonElement>());
  const { route, selection } = scene;
  useLater(() => route !== null && setView("paths"), [route?.from, route?.to]);
  useLater(() => matchMedia(NARROW).matches && setView(null), [route?.way, selection]);
  const close = () => {
    if (view !== null) buttons.current.get(view)?.focus();
    setView(null);
  };
  return (
    <div class={view === null ? "tools" : `tools is-open shows-${view}`}>
      <div class="rail" role="group" aria-label="Tools">
        {(["filters", "paths", "save"] as const).map((one) => (
          <button
            key={one}
            ref={(button) => void (button === null ? buttons.current.delete(one) : buttons.current.set(one, button))}
            type="button"
            aria-expanded={view === one}
            aria-controls={view === one ? "tools" : undefined}
            onClick={() => setView(view === one ? null : one)}
          >
            <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
              <path d={ICONS[one]} fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
            </svg>
            {NAMES[one]}
            {one === "filters" && set > 0 && (
              <span class="badge">
                {set}
                <span class="unseen"> set</span>
              </span>
            )}
          </button>
        ))}
      </div>
      {view !== null && (
        <Sheet key={view} title={TITLES[view]} onClose={close}>
          {view === "filters" && <FilterPanel state={state} />}
          {view === "paths" && <Paths state={state} />}
          {view === "save" && <Export state={state} />}
        </Sheet>
      )}
    </div>
  );
}

/** Does something at each change, but not at first. */
function useLater(run: () => unknown, changing: readonly unknown[]): void {
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current) run();
    isFirst.current = false;
  }, [...changing]);
}

function viewAtFirst(hasRoute: boolean): View | null {
  if (!matchMedia(WIDE).matches) return null;
  return hasRoute ? "paths" : "filters";
}

function Sheet({ title, onClose, children }: { title: string; onClose: () => void; children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(document.activeElement === document.body);
  useEffect(() => {
    if (!isFirst.current) heading.current?.focus();
  }, []);
  return (
    <section id="tools" class="sheet" aria-label={title} onKeyDown={(event) => event.key === "Escape" && (event.stopPropagation(), onClose())}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" class="close" aria-label={`Close ${title.toLowerCase()}`} onClick={onClose}>
          <Cross />
        </button>
      </header>
      <div class="sheet-body">{children}</div>
    </section>
  );
}
