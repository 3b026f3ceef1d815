// Relations by time: a histogram of the graph, of the selected entity or of the selected edge, in which a time is chosen.
import { useState } from "preact/hooks";
import type { Split, Timeline as Said, Unit } from "../../api/types";
import type { Scene, Selection } from "../../state/scene";
import type { State } from "../../state/store";
import { filter } from "../../state/steps";
import { useShared } from "../context";
import { counted, number } from "../filters/format";
import { useName } from "../paths/names";
import { useTimeline } from "./asking";
import { besides, boundsOf, coreOf } from "./bars";
import { rangeOf, timeStep, type Axis } from "./choosing";
import { Refused } from "../filters/Refused";
import { Controls } from "./Controls";
import { useFilm } from "./film";
import { Key } from "./Key";
import { Plot } from "./Plot";
import type { Range } from "./scale";
import { Table } from "./Table";

export function Timeline({ state }: { state: State }) {
  const { store, overview } = useShared();
  const scene = state.history.now;
  const [isOpen, setOpen] = useState(() => matchMedia("(min-width: 701px) and (min-height: 561px)").matches);
  const [unit, setUnit] = useState<Unit | null>(null);
  const [split, setSplit] = useState<Split>("status");
  const [words, say] = useState<string | null>(null);
  const [isTable, setTable] = useState(false);
  const [isWhole, setWhole] = useState(false);
  const { timeline: said, isLoading, refused } = useTimeline(isOpen ? scene : null, unit, split);
  const axis = said === null ? null : axisOf(said, scene, isWhole);
  const range = axis === null ? null : rangeOf(scene.filters, axis);
  const stepTo = (next: Range) => (axis === null ? (one: Scene) => one : timeStep(axis, next));
  const film = useFilm({ state, store, bounds: axis?.bounds ?? null, range, stepTo });
  const isCoarsened = unit !== null && said !== null && !isLoading && said.unit !== unit;
  const isSet = scene.filters.since !== null || scene.filters.until !== null;
  const onRange = (next: Range) => {
    film.pause();
    store.take(stepTo(next));
  };
  return (
    <section class={isOpen ? "timeline is-open" : "timeline"} aria-label="Timeline" aria-busy={isLoading}>
      <div class="timeline-head">
        <Head isOpen={isOpen} onOpen={() => setOpen(!isOpen)} subject={useSubject(scene.selection, state)} />
        {isOpen && (
          <Controls
            {...{ unit: isCoarsened ? null : unit, split, film, isTable, isSet, onUnit: setUnit, onSplit: setSplit, onTable: setTable }}
            shown={said?.unit ?? null}
            hasBars={axis !== null}
            onClear={() => store.take(filter({ since: null, until: null }))}
          />
        )}
      </div>
      {isOpen && refused !== null && state.problem?.message !== refused.refusal.message && <Refused refusal={refused.refusal} onRetry={refused.again} />}
      {isOpen && said === null && isLoading && <p class="no-bars">Counting relations by time …</p>}
      {isOpen && refused === null && said !== null && axis === null && <p class="no-bars">{noBars(said)}</p>}
      {isOpen && refused === null && said !== null && axis !== null && (
        <>
          {isTable ? (
            <Table timeline={said} split={split} legend={overview.legend} />
          ) : (
            <Plot timeline={said} bounds={axis.bounds} legend={overview.legend} split={said.split ?? split} range={range} onRange={onRange} onSay={say} />
          )}
          <p class="readout">
            {words ?? (
              <>
                <span>{summary(said)}</span>
                {isCoarsened && <span>There are too many {unit}s to draw; these are {said.unit}s</span>}
                <Aside said={said} axis={axis} isWhole={isWhole} onWhole={setWhole} />
                {!isTable && <Key timeline={said} legend={overview.legend} />}
                {range === null && !isTable && <span class="hint">Drag across the bars to choose a time.</span>}
              </>
            )}
          </p>
        </>
      )}
    </section>
  );
}

function Head({ isOpen, onOpen, subject }: { isOpen: boolean; onOpen: () => void; subject: string }) {
  return (
    <>
      <h2>
        <button type="button" class="opener" aria-expanded={isOpen} onClick={onOpen}>
          <svg class="chevron" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
            <path d="M4 2l4 4-4 4" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
          </svg>
          Timeline
        </button>
      </h2>
      <span class="of" dir="auto">
        {subject}
      </span>
    </>
  );
}

/** What lies beside the axis, and how it is shown. */
function Aside({ said, axis, isWhole, onWhole }: { said: Said; axis: Axis; isWhole: boolean; onWhole: (isWhole: boolean) => void }) {
  const { before, after } = besides(said, axis.bounds);
  const core = coreOf(said);
  if (isWhole && core !== null && core.first === axis.bounds.first && core.last === axis.bounds.last) return null;
  if (!isWhole && before + after === 0) return null;
  const words = [before > 0 ? `${number(before)} earlier` : "", after > 0 ? `${number(after)} later` : ""].filter(Boolean).join(", ");
  return (
    <>
      {words !== "" && <span>{words}</span>}
      <button type="button" class="plain" onClick={() => onWhole(!isWhole)}>
        {isWhole ? "Show where most are" : "Show all time"}
      </button>
    </>
  );
}

/** Where most relations are, or the whole; and what is chosen in any case. */
function axisOf(said: Said, { filters }: Scene, isWhole: boolean): Axis | null {
  const [whole, core] = [boundsOf(said), coreOf(said)];
  if (whole === null || core === null) return null;
  const chosen = rangeOf(filters, { unit: said.unit, whole, bounds: whole });
  if (isWhole || chosen === null) return { unit: said.unit, whole, bounds: isWhole ? whole : core };
  const first = filters.since === null ? core.first : Math.min(core.first, chosen.first);
  const last = filters.until === null ? core.last : Math.max(core.last, chosen.last);
  return { unit: said.unit, whole, bounds: { first, last } };
}

function useSubject(selection: Selection, state: State): string {
  const [one, other] = selection.kind === "entity" ? [selection.entity, null] : selection.kind === "edge" ? [selection.source, selection.target] : [null, null];
  const names = [useName(state, one), useName(state, other)].filter((name) => name !== null);
  return names.length === 0 ? "of the whole graph" : `of ${names.join(" and ")}`;
}

function noBars({ total }: Said): string {
  return total === 0 ? "No relations fit the filters; clear some to see more." : `None of ${counted(total, "relation")} can be told in this unit; take a longer one.`;
}

function summary({ total, undated, coarser, unit }: Said): string {
  const said = [counted(total, "relation")];
  if (coarser > 0) said.push(`${number(coarser)} without a known ${unit}`);
  if (undated > 0) said.push(`${number(undated)} without a day`);
  return said.join(", ");
}
