// Chips that narrow a list of relations by status and class, its order, and what the scene's filters leave out.
import type { Facet, Facets, Term } from "../../api/types";
import { labelOf } from "../../drawing/looks";
import { counted, number } from "./words";
import { useShared } from "../context";
import type { Narrowing, Order } from "./narrowing";
import { StatusMark } from "./Terms";

const ORDERS: readonly (readonly [Order, string])[] = [
  ["newest", "Newest first"],
  ["oldest", "Oldest first"],
  ["surest", "Surest first"],
];

export function StatusChips({ facets, narrowing }: { facets: Facets; narrowing: Narrowing }) {
  const { overview } = useShared();
  const { status, setStatus, property } = narrowing;
  const counts = countsOf(facets.statuses);
  if (counts.length < 2 && status === null && property === null) return null;
  return (
    <div class="status-chips" role="group" aria-label="Status">
      {counts.map(({ value, count }) => (
        <button key={value} type="button" class={`status-chip ${value}`} aria-pressed={value === status} title={counted(count, "relation")} onClick={() => setStatus(value === status ? null : value)}>
          <StatusMark status={value} />
          {labelOf(overview.legend.statuses, value)} <span class="tally">{number(count)}</span>
        </button>
      ))}
    </div>
  );
}

/** Properties that stand as chips; the rest come when they are asked for. */
const FEW = 5;

/** What it is about, as "meets 12": the way to whom somebody met. */
export function PropertyChips({ facets, narrowing }: { facets: Facets; narrowing: Narrowing }) {
  const { overview } = useShared();
  const { property, setProperty, isAll, setAll } = narrowing;
  const counts = countsOf(facets.properties);
  if (counts.length < 2 && property === null) return null;
  const shown = isAll || counts.length <= FEW + 1 ? counts : counts.filter(({ value }, place) => place < FEW || value === property);
  return (
    <div class="property-chips" role="group" aria-label="What it did">
      {shown.map(({ value, count }) => (
        <button key={value} type="button" class="property-chip" aria-pressed={value === property} title={counted(count, "relation")} onClick={() => setProperty(value === property ? null : value)}>
          {labelOf(overview.legend.properties, value)} <span class="tally">{number(count)}</span>
        </button>
      ))}
      {counts.length > FEW + 1 && (
        <button type="button" class="link" aria-expanded={isAll} onClick={() => setAll(!isAll)}>
          {isAll ? "Fewer" : `${number(counts.length - shown.length)} more`}
        </button>
      )}
    </div>
  );
}

export function ClassChoice({ facets, narrowing }: { facets: Facets; narrowing: Narrowing }) {
  const { overview } = useShared();
  const { relationClass, setRelationClass } = narrowing;
  const choices = classes(facets.relation_classes, overview.legend.relation_classes, relationClass);
  if (choices.length < 2) return null;
  return (
    <label>
      <span class="unseen">Class</span>
      <select value={relationClass ?? ""} onChange={(event) => setRelationClass(event.currentTarget.value || null)}>
        <option value="">All classes</option>
        {choices.map(({ value, label, count }) => (
          <option key={value} value={value}>
            {label} ({counted(count, "relation")})
          </option>
        ))}
      </select>
    </label>
  );
}

export function OrderChoice({ narrowing }: { narrowing: Narrowing }) {
  return (
    <label>
      <span class="unseen">Order</span>
      <select value={narrowing.order} onChange={(event) => narrowing.setOrder(event.currentTarget.value as Order)}>
        {ORDERS.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Says that the scene's filters leave some out, with the way to all; `total` is how many there are without filters. */
export function FilterNotice({ narrowing, fitting, total }: { narrowing: Narrowing; fitting: number | null; total: number | null }) {
  if (narrowing.isUnfiltered) {
    return (
      <p class="panel-note">
        Filters are left out of account here.{" "}
        <button type="button" class="link" onClick={() => narrowing.setUnfiltered(false)}>
          Heed the filters
        </button>
      </p>
    );
  }
  if (!narrowing.isFiltered || fitting === null || total === null) return null;
  const verb = total === 1 ? "fits" : "fit";
  return (
    <p class="panel-note">
      {fitting === total ? `All ${counted(total, "relation")} ${verb} the filters.` : `${number(fitting)} of ${counted(total, "relation")} fit the filters.`}{" "}
      {fitting < total && (
        <button type="button" class="link" onClick={() => narrowing.setUnfiltered(true)}>
          Show all
        </button>
      )}
    </p>
  );
}

interface Counted {
  readonly value: string;
  readonly count: number;
}

const countsOf = (facet: Facet): readonly Counted[] =>
  (facet.counts ?? []).flatMap(({ value, count }) => (value === null ? [] : [{ value, count }]));

/** The classes with their labels; the chosen one even where nothing of it is left. */
function classes(facet: Facet, terms: readonly Term[], chosen: string | null): readonly (Counted & { label: string })[] {
  const counts = countsOf(facet);
  const isThere = chosen === null || counts.some(({ value }) => value === chosen);
  const all = isThere ? counts : [...counts, { value: chosen, count: 0 }];
  return all.map((one) => ({ ...one, label: labelOf(terms, one.value) }));
}
