// What stands behind # in the address: what is chosen, and what filters hide; back and forward lead through it, and a link opens it.
const isInFrame = location.protocol === "about:";
const FILTERS = /(?<=^#|&)(hide|least)=([^&]*)&?/g;
const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a name with a % of its own
  }
};
const filtersSaid = () => [
  ...boxes.filter((box) => !box.checked).map((box) => `hide=${groupOf(box)}:${encodeURIComponent(box.value)}`),
  ...(Number(least.value) > 1 ? [`least=${least.value}`] : []),
];
const addressOf = ({ node, edge }) => {
  const said = node ? [`entity=${encodeURIComponent(node.id)}`] : edge ? [`relation=${encodeURIComponent(edge.link)}`] : [];
  return `#${[...said, ...filtersSaid()].join("&")}`;
};
/** Writes it: as a new step of the browser's history, or in place of the last. */
const writeAddress = (isNew) => {
  if (isInFrame || addressOf(chosen) === (location.hash || "#")) return;
  history[isNew ? "pushState" : "replaceState"](null, "", addressOf(chosen));
};
// Values that the page does not have are left out.
const readFilters = () => {
  const found = [...location.hash.matchAll(FILTERS)];
  const off = new Set(found.filter(([, name]) => name === "hide").map(([, , value]) => decoded(value)));
  const [, , wanted = "1"] = found.find(([, name]) => name === "least") || [];
  boxes.forEach((box) => { box.checked = !off.has(`${groupOf(box)}:${box.value}`); });
  least.value = Math.max(1, Number(wanted) || 1); // the slider keeps it within its bounds
  filter();
};
const readAddress = () => {
  readFilters();
  const rest = location.hash.replace(FILTERS, "").replace(/&$/, "");
  const [, kind, text] = /^#(entity=|relation=|)(.*)$/s.exec(rest) || ["", "", ""];
  const wanted = decoded(text);
  const node = kind === "entity=" ? nodeOf.get(wanted) : kind === "" && wanted ? find(wanted)[0] : null;
  choose({ node, edge: kind === "relation=" ? edgeOf.get(wanted) : null }, { goes: Boolean(wanted), isNew: false });
};
const filterBy = (change) => {
  change();
  writeAddress(false);
};
boxes.forEach((box) => box.addEventListener("change", () => filterBy(filter)));
least.addEventListener("input", () => filterBy(filter));
byId("show-all").addEventListener("click", () => filterBy(showAll));
document.querySelectorAll("[data-choose]").forEach((one) => one.addEventListener("click", () => filterBy(() => chooseAll(one))));
