
"use strict";
(() => {
  // Whatever comes from articles is shown by textContent or on the canvas, never parsed as markup.
  const data = JSON.parse(document.getElementById("data").textContent);
  const legend = document.getElementById("legend");
  if (window.innerWidth <= 700) legend.open = false;
  // The layout is wider than high; a narrow screen gets it turned.
  if (window.innerHeight > window.innerWidth) data.nodes.forEach((node) => Object.assign(node, { x: node.y / 1.5, y: node.x }));
  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(data.edges);
  const network = new vis.Network(document.getElementById("graph"), { nodes, edges }, data.options);
  const panel = document.getElementById("panel");
  const reading = document.getElementById("reading");

  const element = (tag, text, ...children) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    made.append(...children);
    return made;
  };
  const name = (id) => nodes.get(id).name;
  const say = (edge) => `${name(edge.from)} — ${edge.predicate} — ${name(edge.to)}`;

  const quote = (evidence) => {
    const shown = element("div", "", element("blockquote", evidence.text),
      element("cite", `${evidence.source} — ${evidence.claim}`));
    if (evidence.url) {
      const link = element("a", " open the article");
      link.href = evidence.url;
      link.target = "_blank";
      link.rel = "noreferrer noopener";
      shown.append(link);
    }
    return shown;
  };
  const relation = (edge) => element("article", "",
    element("strong", say(edge)),
    element("p", `${edge.kind} · ${edge.statusLabel}`),
    ...edge.evidence.map(quote));
  const read = (title, line, rows) => {
    reading.replaceChildren(element("h2", title), element("p", line), ...rows.map(relation));
    panel.hidden = false;
    panel.scrollTop = 0;
  };
  const readNode = (id) => {
    const node = nodes.get(id);
    const others = node.aliases.filter((alias) => alias !== node.name);
    const line = [node.kind, node.country, others.length ? `also ${others.join(", ")}` : ""].filter(Boolean).join(" · ");
    const near = new Set(network.getConnectedEdges(id));
    read(node.name, line, edges.get({ filter: (edge) => near.has(edge.id) && !edge.hidden }));
  };
  const choose = ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) readNode(node);
    else if (edge !== undefined) read(edges.get(edge).kind, "", [edges.get(edge)]);
    else panel.hidden = true;
  };
  network.on("click", choose);
  document.getElementById("close").addEventListener("click", () => { panel.hidden = true; });

  const list = document.getElementById("names");
  data.nodes.forEach((node) => { list.append(Object.assign(document.createElement("option"), { value: node.name })); });
  const find = () => {
    const wanted = document.getElementById("wanted").value.trim().toLowerCase();
    const hits = wanted ? data.nodes.filter((node) => [node.name, ...node.aliases].join("\n").toLowerCase().includes(wanted)) : [];
    const hit = hits.find((node) => node.name.toLowerCase() === wanted) || hits[0];
    if (!hit) return;
    network.selectNodes([hit.id]);
    readNode(hit.id);
    // To the middle of what the panel leaves free.
    const isNarrow = window.innerWidth <= 700;
    const offset = { x: isNarrow ? 0 : -panel.offsetWidth / 2, y: isNarrow ? -panel.offsetHeight / 2 : 0 };
    network.focus(hit.id, { scale: Math.max(network.getScale(), 0.6), offset });
  };
  document.getElementById("search").addEventListener("submit", (event) => { event.preventDefault(); find(); });
  document.getElementById("wanted").addEventListener("change", find);

  const boxes = [...document.querySelectorAll("#legend input")];
  const filter = () => {
    const off = (field) => new Set(boxes.filter((box) => !box.checked && box.dataset.field === field).map((box) => box.value));
    const statuses = off("status"), classes = off("class");
    edges.update(data.edges.map((edge) => ({ id: edge.id, hidden: statuses.has(edge.status) || classes.has(edge.class) })));
    const used = new Set(edges.get({ filter: (edge) => !edge.hidden }).flatMap((edge) => [edge.from, edge.to]));
    nodes.update(data.nodes.map((node) => ({ id: node.id, hidden: !used.has(node.id) })));
  };
  boxes.forEach((box) => box.addEventListener("change", filter));

  // vis-network turns to its own view when it first has its size, so ours comes after it.
  network.once("afterDrawing", () => setTimeout(() => {
    network.fit();
    network.moveTo({ scale: network.getScale() * 0.9 }); // names reach further out than their nodes
    network.redraw();
    // graph.html#NAME opens with that entity chosen.
    if (location.hash) {
      document.getElementById("wanted").value = decodeURIComponent(location.hash.slice(1));
      find();
    }
  }, 100));
  // For tests: the drawing is there.
  network.once("afterDrawing", () => { document.body.dataset.drawn = String(nodes.length); });
})();
