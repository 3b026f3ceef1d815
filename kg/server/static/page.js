// Sends the query of the form to the SPARQL service and shows what it answers. Text enters the page as text only.
"use strict";

const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9";
const MOST_ROWS = 1000; // more make a page slow to scroll; the service has them all

const find = (id) => document.getElementById(id);

const element = (name, text) => {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  return made;
};

const tell = (text, isWrong = false) => {
  find("told").textContent = text;
  find("told").className = isWrong ? "wrong" : "";
};

const show = (...parts) => {
  find("answer").replaceChildren(...parts);
  find("answer").hidden = parts.length === 0;
};

const row = (cells, name) => {
  const made = element("tr");
  made.append(...cells.map((text) => element(name, text)));
  return made;
};

const table = (names, bindings) => {
  const made = element("table");
  made.createTHead().append(row(names, "th"));
  const valueOf = (binding) => names.map((name) => (name in binding ? words(binding[name]) : ""));
  made.createTBody().append(...bindings.slice(0, MOST_ROWS).map((binding) => row(valueOf(binding), "td")));
  return made;
};

// A term; a triple within one (SPARQL 1.2) holds three more.
const words = (term) =>
  term.type === "triple" ? ["subject", "predicate", "object"].map((part) => words(term.value[part])).join(" ") : term.value;

const counted = (count, what) => `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;

const showRows = (found) => {
  if ("boolean" in found) {
    show(element("p", found.boolean ? "yes" : "no"));
    return "";
  }
  const bindings = found.results.bindings;
  show(table(found.head.vars, bindings));
  return counted(bindings.length, "row") + (bindings.length > MOST_ROWS ? `, the first ${MOST_ROWS} shown` : "");
};

const showAnswer = async (answer) => {
  const type = answer.headers.get("Content-Type") ?? "";
  if (type.includes("json")) return showRows(await answer.json());
  show(element("pre", await answer.text()));
  return "";
};

const problemOf = async (answer) => {
  const type = answer.headers.get("Content-Type") ?? "";
  return type.includes("problem+json") ? (await answer.json()).detail : `The server answers ${answer.status}.`;
};

const request = (signal) => {
  const token = find("token")?.value;
  return fetch("sparql", {
    method: "POST",
    body: new URLSearchParams({ query: find("query").value }),
    headers: { Accept: ACCEPT, ...(token ? { Authorization: `Bearer ${token}` } : {}) },
    signal,
  });
};

const ask = async (signal) => {
  const started = performance.now();
  const answer = await request(signal);
  if (!answer.ok) {
    show();
    tell(await problemOf(answer), true);
    return;
  }
  const said = await showAnswer(answer);
  const cut = answer.headers.get("Kg-Truncated");
  const time = `${Math.round(performance.now() - started)} ms`;
  tell([said, time, cut && `cut at the limit of the server (${cut})`].filter(Boolean).join(", "));
};

const onSubmit = async (event) => {
  event.preventDefault();
  const stop = new AbortController();
  find("stop").onclick = () => stop.abort();
  find("stop").hidden = false;
  find("run").disabled = true;
  tell("Asking …");
  try {
    await ask(stop.signal);
  } catch (error) {
    tell(error.name === "AbortError" ? "Stopped." : "The server cannot be reached, or its answer was cut.", true);
  } finally {
    find("stop").hidden = true;
    find("run").disabled = false;
  }
};

const onKey = (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) find("ask").requestSubmit();
};

find("ask").addEventListener("submit", onSubmit);
find("query").addEventListener("keydown", onKey);
