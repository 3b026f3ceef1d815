// The columns of the tables.
import type { Legend } from "../../api/types";
import { labelOf } from "../../drawing/looks";
import { Dot, StatusMark } from "../panel/Terms";
import { number } from "../panel/words";
import type { EdgeRow, EntityRow, Extent } from "./rows";
import type { Column } from "./SortableTable";

/** Days as ISO 8601, which line up and sort as they read. */
const DAYS: readonly Column<Extent>[] = [
  { name: "first", label: "First day", value: (row) => row.first, isNumber: true },
  { name: "last", label: "Last day", value: (row) => row.last, isNumber: true },
];

export const entityColumns = (legend: Legend): readonly Column<EntityRow>[] => [
  {
    name: "name",
    label: "Name",
    value: (row) => row.name,
    cell: (row) => (
      <>
        <Dot colour={row.colour} />
        <bdi>{row.name}</bdi>
      </>
    ),
  },
  { name: "type", label: "Type", value: (row) => row.type },
  { name: "relations", label: "Relations", value: (row) => row.relations, cell: (row) => number(row.relations), isNumber: true },
  { name: "neighbours", label: "Neighbours", value: (row) => row.neighbours, cell: (row) => number(row.neighbours), isNumber: true },
  ...DAYS,
  { name: "country", label: "Country", value: (row) => row.country },
  { name: "sector", label: "Sector", value: (row) => row.sector && labelOf(legend.sectors, row.sector) },
];

export const edgeColumns = (legend: Legend): readonly Column<EdgeRow>[] => [
  { name: "from", label: "One", value: (row) => row.from, cell: (row) => <bdi>{row.from}</bdi> },
  { name: "direction", label: "Way", value: (row) => Number(row.isOneWay), cell: (row) => <Arrow isOneWay={row.isOneWay} /> },
  { name: "to", label: "Other", value: (row) => row.to, cell: (row) => <bdi>{row.to}</bdi> },
  {
    name: "class",
    label: "Mostly",
    value: (row) => row.relationClass,
    cell: (row) => (
      <>
        <Dot colour={row.colour} />
        {row.relationClass}
      </>
    ),
  },
  { name: "relations", label: "Relations", value: (row) => row.relations, cell: (row) => number(row.relations), isNumber: true },
  {
    name: "status",
    label: "Status",
    value: (row) => row.status,
    cell: (row) => (
      <span class={`status-cell ${row.status}`}>
        <StatusMark status={row.status} />
        {labelOf(legend.statuses, row.status)}
      </span>
    ),
  },
  ...DAYS,
];

/** The sign alone would be read as nothing. */
function Arrow({ isOneWay }: { isOneWay: boolean }) {
  const said = isOneWay ? "to" : "with";
  return (
    <span title={isOneWay ? "From the one to the other" : "Both ways"}>
      <span aria-hidden="true">{isOneWay ? "→" : "↔"}</span>
      <span class="unseen">{said}</span>
    </span>
  );
}
