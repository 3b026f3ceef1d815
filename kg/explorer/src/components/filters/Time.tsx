// From which day to which day: two fields, the same that the timeline sets.
import type { Filters } from "../../state/scene";
import type { Store } from "../../state/store";
import { filter } from "../../state/steps";
import { Section } from "./Section";

export function Time({ filters, store }: { filters: Filters; store: Store }) {
  const { since, until } = filters;
  const isSet = since !== null || until !== null;
  return (
    <Section title="Time" isSet={isSet} isOpen onAll={() => store.take(filter({ since: null, until: null }))}>
      <Days filters={filters} store={store} />
      {isSet && <p class="nothing">Relations without a day are left out.</p>}
    </Section>
  );
}

/** The two fields. A day after the last one, or before the first, moves the other along. */
export function Days({ filters, store }: { filters: Filters; store: Store }) {
  const { since, until } = filters;
  const from = (day: string | null) => store.take(filter({ since: day, ...(day !== null && until !== null && day > until ? { until: day } : {}) }));
  const to = (day: string | null) => store.take(filter({ until: day, ...(day !== null && since !== null && day < since ? { since: day } : {}) }));
  return (
    <div class="days">
      <Day label="From" value={since} onDay={from} />
      <Day label="To" value={until} onDay={to} />
    </div>
  );
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Takes a day when it is whole: while 2031 is typed, the field says 0002, 0020 and 0203 on the way. */
function Day({ label, value, onDay }: { label: string; value: string | null; onDay: (day: string | null) => void }) {
  const take = (field: HTMLInputElement) => {
    const found = field.value;
    if (found === "" && field.validity.badInput) return;
    if (found !== "" && !DAY.test(found)) return;
    const day = found === "" ? null : found;
    if (day !== value) onDay(day);
  };
  return (
    <label>
      <span>{label}</span>
      <input
        type="date"
        min="0001-01-01"
        max="9999-12-31"
        value={value ?? ""}
        onBlur={(event) => take(event.currentTarget)}
        onKeyDown={(event) => event.key === "Enter" && take(event.currentTarget)}
        onChange={(event) => !/^0/.test(event.currentTarget.value) && take(event.currentTarget)}
      />
    </label>
  );
}
