// Relations by time: a histogram of the graph, of the selected entity or of the selected edge, in which a time is chosen.
import { useState } from "preact/hooks";
import type { Split, Timeline as Said, Unit } from "../../api/types";
import { parametersOfFilters } from "../../state/network";
import type { Filters, Scene, Selection } from "../../state/scene";
import type { State } from "../../state/store";
import { filter, type Step } from "../../state/steps";
import { useAsked, useShared } from "../context";
import { counted } from "../filters/format";
import { boundsOf } from "./bars";
import { Controls } from "./Controls";
import { useFilm } from "./film";
import { Plot } from "./Plot";
import { placeOf, spanOf, type Range } from "./scale";
import { Table } from "./Table";

export function Timeline({ state }: { state: State }) {
  const { store, overview } = useShared();
  const scene = state.history.now;
  const [isOpen, setOpen] = useState(() => matchMedia("(min-width: 701px) and (min-height: 561px)").matches);
  const [unit, setUnit] = useState<Unit | null>(null);
  const [split, setSplit] = useState<Split>("status");
  const [words, say] = useState<string | null>(null);
  const [isTable, setTable] = useState(false);
  const asked = useAsked<Said>("timeline", isOpen ? { ...askedOf(scene), unit, split } : null);
  const said = asked.kind === "ready" ? asked.answer : asked.kind === "loading" ? asked.before : null;
  const bounds = said === null ? null : boundsOf(said);
  const range = said === null || bounds === null ? null : rangeOf(scene.filters, said.unit, bounds);
  const stepTo = (next: Range) => (said === null || bounds === null ? (one: Scene) => one : timeStep(said.unit, next, bounds));
  const film = useFilm({ state, store, bounds, range, stepTo });
  return (
    <section class={isOpen ? "timeline is-open" : "timeline"} aria-label="Timeline">
      <div class="timeline-head">
        <h2>
          <button type="button" class="opener" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            <svg class="chevron" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
              <path d="M4 2l4 4-4 4" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
            </svg>
            Timeline
          </button>
        </h2>
        <span class="of" dir="auto">
          {subjectOf(scene.selection, state)}
        </span>
        {isOpen && (
          <Controls
            unit={unit}
            usual={said?.unit ?? null}
            split={split}
            film={film}
            hasBars={bounds !== null}
            isTable={isTable}
            isSet={scene.filters.since !== null || scene.filters.until !== null}
            onUnit={setUnit}
            onSplit={setSplit}
            onTable={setTable}
            onClear={() => store.take(filter({ since: null, until: null }))}
          />
        )}
      </div>
      {isOpen && asked.kind === "refused" && <p role="alert">{asked.refusal.message}</p>}
      {isOpen && said === null && asked.kind === "loading" && <p class="nothing">Counting relations by time …</p>}
      {isOpen && said !== null && bounds === null && <p class="nothing">None of {counted(said.total, "relation")} has a day; clear filters to see more.</p>}
      {isOpen && said !== null && bounds !== null && (
        <>
          {isTable ? (
            <Table timeline={said} split={split} legend={overview.legend} />
          ) : (
            <Plot
              timeline={said}
              bounds={bounds}
              legend={overview.legend}
              split={said.split ?? split}
              range={range}
              onRange={(next) => {
                film.pause();
                store.take(stepTo(next));
              }}
              onSay={say}
            />
          )}
          <p class="readout">{words ?? summary(said, range)}</p>
        </>
      )}
    </section>
  );
}

/** All filters but the time, and whose relations. */
function askedOf({ filters, selection }: Scene) {
  const said = parametersOfFilters({ ...filters, since: null, until: null });
  if (selection.kind === "entity") return { ...said, entity: selection.entity };
  return selection.kind === "edge" ? { ...said, entity: selection.source, other: selection.target } : said;
}

/** The places that are chosen; null where no time is. */
export function rangeOf({ since, until }: Filters, unit: Unit, bounds: Range): Range | null {
  if (since === null && until === null) return null;
  const within = (place: number) => Math.min(bounds.last, Math.max(bounds.first, place));
  return {
    first: since === null ? bounds.first : within(placeOf(unit, since)),
    last: until === null ? bounds.last : within(placeOf(unit, until)),
  };
}

/** Chooses places; an end that lies at the end of the axis is left open. */
export function timeStep(unit: Unit, range: Range, bounds: Range): Step {
  const { since, until } = spanOf(unit, range);
  return filter({ since: range.first <= bounds.first ? null : since, until: range.last >= bounds.last ? null : until });
}

function subjectOf(selection: Selection, state: State): string {
  const name = (id: string) => state.network.nodes.find((node) => node.id === id || node.iri === id)?.name ?? id;
  if (selection.kind === "entity") return `of ${name(selection.entity)}`;
  return selection.kind === "edge" ? `of ${name(selection.source)} and ${name(selection.target)}` : "of the whole graph";
}

function summary({ total, undated, coarser, unit }: Said, range: Range | null): string {
  const said = [counted(total, "relation")];
  if (undated > 0) said.push(`${counted(undated, "relation")} without a day ${undated === 1 ? "is" : "are"} not on the axis`);
  if (coarser > 0) said.push(`of ${counted(coarser, "relation")} less is known than the ${unit}`);
  if (range === null) said.push("drag across the bars to choose a time");
  return `${said.join("; ")}.`;
}
