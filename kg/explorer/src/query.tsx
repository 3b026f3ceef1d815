// Starts the query page.
import "./style/query.css";
import { type ComponentChildren, render } from "preact";
import { ask } from "./api/client";
import type { Ontology, Overview, Questions } from "./api/types";
import { Navigation } from "./components/Navigation";
import { Opening } from "./components/Opening";
import { Page } from "./query/Page";
import { Querying } from "./query/state";

async function open(root: HTMLElement, name: string, querying: Querying): Promise<void> {
  const show = (content: ComponentChildren) => {
    if (root.querySelector("form[action=sparql]") !== null) root.replaceChildren(); // the form that works without scripts
    render(<Framed name={name}>{content}</Framed>, root);
  };
  try {
    const [overview, ontology, { questions }] = await Promise.all([
      ask<Overview>("overview"),
      ask<Ontology>("ontology"),
      ask<Questions>("questions"),
    ]);
    show(<Page querying={querying} overview={overview} terms={ontology.terms} questions={questions} />);
    querying.start();
  } catch (error) {
    show(<Opening error={error} onRetry={() => void open(root, name, querying)} />);
  }
}

function Framed({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <>
      <header class="head">
        <h1 dir="auto">{name}</h1>
        <Navigation here="query" />
      </header>
      {children}
    </>
  );
}

const page = document.getElementById("page")!;
const written = page.querySelector("textarea")!.value.trim();
void open(page, page.dataset["name"] ?? "", new Querying(written));
