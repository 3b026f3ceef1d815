// What is shown as a file, a query or a link.
import { useState } from "preact/hooks";
import { csvOf } from "../../export/csv";
import { download, textFile } from "../../export/download";
import { graphmlOf } from "../../export/graphml";
import type { State } from "../../state/store";
import { counted } from "../filters/format";
import { CopyField } from "./CopyField";
import { Picture } from "./Picture";
import { QueryField } from "./QueryField";

export function Export({ state }: { state: State }) {
  const { network } = state;
  const [said, say] = useState("");
  const isEmpty = network.nodes.length === 0;
  const what = `${counted(network.nodes.length, "entity", "entities")} and ${counted(network.edges.length, "edge")}`;
  const save = (ending: string, content: Blob) => {
    const name = nameOf(ending);
    download(name, content);
    say(`${name} is saved.`);
  };
  return (
    <div class="export">
      <section>
        <h3>Link to this view</h3>
        <CopyField label="Link" text={location.href} />
        <p class="nothing">It holds what is shown, the filters and what is selected; whoever can reach this server sees the same.</p>
      </section>
      <section>
        <h3>Data of what is shown</h3>
        <div class="row">
          <button type="button" disabled={isEmpty} onClick={() => save("csv", textFile(`\uFEFF${csvOf(network)}`, "text/csv"))}>
            CSV
          </button>
          <button type="button" disabled={isEmpty} onClick={() => save("graphml", textFile(graphmlOf(network), "application/xml"))}>
            GraphML
          </button>
        </div>
        <p class="nothing">{isEmpty ? "Nothing is shown; clear filters or add entities first." : `${what}. CSV opens in a spreadsheet, GraphML in networkx, Gephi or yEd.`}</p>
      </section>
      <Picture isEmpty={isEmpty || state.history.now.shownAs === "table"} save={save} say={say} />
      <QueryField state={state} />
      <p class="said" role="status">
        {said}
      </p>
    </div>
  );
}

/** As `graph 2031-05-02 14.03.csv`: what was saved later stands below. */
function nameOf(ending: string): string {
  const now = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString();
  return `graph ${now.slice(0, 10)} ${now.slice(11, 16).replace(":", ".")}.${ending}`;
}
