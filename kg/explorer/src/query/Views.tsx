// Tabs for the ways to look at an answer (ARIA Authoring Practices Guide, tabs with automatic activation).
import type { View } from "./address";

const WORDS: Readonly<Record<View, string>> = { table: "Table", chart: "Chart", graph: "Graph", text: "Turtle" };
const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

interface Given {
  readonly views: readonly View[];
  readonly shown: View;
  readonly onLook: (view: View) => void;
}

export function Views({ views, shown, onLook }: Given) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = views[(views.indexOf(shown) + step + views.length) % views.length]!;
    onLook(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div role="tablist" aria-label="Shown as" class="tabs" onKeyDown={onKeyDown}>
      {views.map((view) => (
        <button
          type="button"
          role="tab"
          key={view}
          id={`tab-${view}`}
          aria-selected={view === shown}
          aria-controls={view === shown ? `panel-${view}` : undefined}
          tabIndex={view === shown ? 0 : -1}
          onClick={() => onLook(view)}
        >
          {WORDS[view]}
        </button>
      ))}
    </div>
  );
}
