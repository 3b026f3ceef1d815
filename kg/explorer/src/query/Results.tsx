// An answer, looked at as a table, a chart, a graph or a text, and what can be taken away of it.
import { useMemo } from "preact/hooks";
import type { Answer, Asked } from "./asking";
import { addressOf, type View } from "./address";
import type { Showing } from "./Cell";
import { Chart } from "./Chart";
import { columnsOf } from "./columns";
import { csvText, jsonText, turtleText } from "./formats";
import { GraphView } from "./GraphView";
import { graphOf } from "./graphs";
import { Table } from "./Table";
import { Taking } from "./Taking";
import { Text } from "./Text";
import { Views } from "./Views";

interface Given {
  readonly asked: Asked;
  readonly answer: Answer;
  readonly view: View;
  readonly showing: Showing;
  readonly onLook: (view: View) => void;
}

export function Results({ asked, answer, view, showing, onLook }: Given) {
  const { prefixes } = showing;
  const { found } = answer;
  const columns = useMemo(() => (found.kind === "boolean" ? [] : columnsOf(found.rows, prefixes)), [found, prefixes]);
  const graph = useMemo(() => graphOf(answer, columns, prefixes), [answer, columns, prefixes]);
  const turtle = useMemo(() => (found.kind === "triples" ? turtleText(found.triples, prefixes) : ""), [found, prefixes]);
  if (found.kind === "boolean") return <p class={found.is ? "verdict yes" : "verdict no"}>{found.is ? "Yes" : "No"}</p>;
  const { rows } = found;
  if (rows.rows.length === 0) return <p class="empty">Nothing fits. Ask for less, or see whether names and terms are spelled as the graph has them.</p>;
  const views: readonly View[] = [
    "table",
    ...(found.kind === "rows" ? (["chart"] as const) : []),
    ...(graph.edges.length > 0 ? (["graph"] as const) : []),
    ...(found.kind === "triples" ? (["text"] as const) : []),
  ];
  const shown = views.includes(view) ? view : "table";
  const files = [
    { name: "CSV", file: "answer.csv", type: "text/csv", text: () => csvText(rows) },
    ...(found.kind === "triples"
      ? [{ name: "Turtle", file: "answer.ttl", type: "text/turtle", text: () => turtle }]
      : [{ name: "JSON", file: "answer.srj", type: "application/sparql-results+json", text: () => jsonText(rows) }]),
  ];
  return (
    <>
      <div class="looking">
        <Views views={views} shown={shown} onLook={onLook} />
        <Taking files={files} address={addressOf(asked, shown)} />
      </div>
      <div role="tabpanel" id={`panel-${shown}`} aria-labelledby={`tab-${shown}`} class="panel">
        {shown === "table" && <Table rows={rows} columns={columns} showing={showing} isOfQuestion={asked.kind === "question"} />}
        {shown === "chart" && <Chart rows={rows} columns={columns} prefixes={prefixes} />}
        {shown === "graph" && <GraphView graph={graph} types={showing.types} />}
        {shown === "text" && <Text text={turtle} label="The answer as Turtle" />}
      </div>
    </>
  );
}
