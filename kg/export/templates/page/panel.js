// The panel: whoever or whatever is chosen, with the evidence of all its relations.
const AT_ONCE = 40; // relations that are listed before a button asks for more
const panel = byId("panel");
const reading = byId("reading");

const linkTo = (address, text) => Object.assign(element("a", text), { href: address, target: "_blank", rel: "noreferrer noopener" });
const button = (text, act) => {
  const made = Object.assign(element("button", text), { type: "button", className: "entity" });
  made.addEventListener("click", act);
  return made;
};
const badge = (text, name) => Object.assign(element("span", text), { className: `badge ${name}` });

const sourceOf = ({ article }) => {
  const { title, source, date, url } = data.articles[article];
  const line = [source, date || "no date"].filter(Boolean).join(" · ");
  return element("cite", "", url ? linkTo(url, title) : element("span", title), element("span", ` — ${line}`));
};
const claimOf = ({ time, place, by, confidence }) => [
  time && `when: ${time}`, place && `where: ${place}`, by && `said by ${by}`, `confidence ${confidence.toFixed(2)}`,
].filter(Boolean).join(" · ");
const quote = (evidence) => element("div", "",
  element("blockquote", evidence.text), sourceOf(evidence), element("small", claimOf(evidence)));

const endsOf = (edge, evidence) => (evidence.turned ? [edge.to, edge.from] : [edge.from, edge.to]);
const sentenceOf = (edge) => {
  const [subject, object] = endsOf(edge, edge.evidence[0]);
  return element("h3", "", button(subject.name, () => choose({ node: subject })),
    element("span", ` ${edge.predicates.join(", ")} `), button(object.name, () => choose({ node: object })));
};
const relation = (edge) => element("article", "", sentenceOf(edge),
  element("p", "", badge(edge.mode.label, edge.status), badge(edge.kind.label, "")), ...edge.evidence.map(quote));

// So many at once; what is left is said, and shown when asked for.
const listed = (place, some) => {
  place.append(...some.slice(0, AT_ONCE).map(relation));
  const rest = some.slice(AT_ONCE);
  if (!rest.length) return;
  const more = button(`${AT_ONCE} of ${some.length} shown: show ${Math.min(AT_ONCE, rest.length)} more`, () => { more.remove(); listed(place, rest); });
  more.className = "more";
  place.append(more);
};
const show = (heading, line, some) => {
  const list = element("div", ""), hadFocus = panel.contains(document.activeElement);
  listed(list, some);
  reading.replaceChildren(element("h2", heading), ...line, list);
  panel.hidden = false;
  panel.scrollTop = 0;
  if (hadFocus) panel.focus({ preventScroll: true }); // the button that led here is gone
};

const showNode = (node) => {
  const seen = node.edges.filter((edge) => !edge.hidden).sort((one, other) => other.weight - one.weight);
  const total = node.edges.reduce((sum, edge) => sum + edge.weight, 0);
  const shown = seen.reduce((sum, edge) => sum + edge.weight, 0);
  const about = element("p", [node.type.label, node.country].filter(Boolean).join(" · "));
  if (/^Q\d+$/.test(node.wikidata || "")) about.append(" · ", linkTo(`https://www.wikidata.org/wiki/${node.wikidata}`, "Wikidata"));
  const also = node.aliases.length ? [element("p", `also ${node.aliases.join(", ")}`)] : [];
  const hidden = shown < total ? ` of ${total} shown, the others are hidden by filters` : "";
  show(node.name, [about, ...also, element("p", `${count(shown, "relation")}${hidden}`)], seen);
};
const showEdge = (edge) => show(edge.kind.label, [element("p", count(edge.weight, "relation"))], [edge]);
const hide = () => { panel.hidden = true; };
byId("close").addEventListener("click", () => choose({}));
