// The edges that are drawn as comma-separated values (RFC 4180), safe to open in a spreadsheet.
import type { Network } from "../state/network";

const COLUMNS = [
  "source", "source_name", "source_type", "target", "target_name", "target_type",
  "relations", "from_source", "from_target", "main_class", "status",
] as const;

/** A line for each edge, under a line of names; lines end with CR LF, as the RFC has it. */
export function csvOf({ nodes, edges }: Network): string {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const rows = edges.map((edge): readonly (string | number)[] => {
    const [source, target] = [known.get(edge.source), known.get(edge.target)];
    return [
      edge.source, source?.name ?? "", source?.type ?? "", edge.target, target?.name ?? "", target?.type ?? "",
      edge.weight, edge.forward, edge.backward, edge.relationClass, edge.status,
    ];
  });
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/**
 * A cell: quoted where it must be; a text that a spreadsheet would take for a formula begins with an apostrophe
 * (OWASP, "CSV Injection").
 */
export function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const guarded = /^\s*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(guarded) || guarded !== guarded.trim() ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
