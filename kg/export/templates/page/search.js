// Search with suggestions, after the combobox pattern of the ARIA Authoring Practices Guide. Names come with their
// spellings as plain words, made where the page was; here only what is typed is folded.
const SUGGESTED = 8;
const field = byId("wanted");
const list = byId("found");
const suggestions = byId("suggestions");
const LETTERS = { ı: "i", ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ß: "ss" };
let hits = [];
let current = -1;

const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")
  .replace(/[ıłøđðþæœß]/g, (letter) => LETTERS[letter]).replace(/['’.]/g, "").replace(/[^a-z0-9]+/g, " ").trim();
const rank = (spelling, wanted) => {
  if (spelling === wanted) return 0;
  if (spelling.startsWith(wanted)) return 1;
  const words = spelling.split(" ");
  if (wanted.split(" ").every((part) => words.some((word) => word.startsWith(part)))) return 2;
  return spelling.includes(wanted) ? 3 : Infinity;
};
// What is not in Latin letters is compared as it is typed.
const rankOf = (node, typed, wanted) => {
  const raw = [node.name, ...node.aliases].some((name) => name.toLowerCase().includes(typed)) ? 3 : Infinity;
  return wanted ? Math.min(raw, ...node.spellings.map((spelling) => rank(spelling, wanted))) : raw;
};
const find = (text) => {
  const typed = text.trim().toLowerCase(), wanted = plain(text);
  const ranked = nodes.map((node) => [typed ? rankOf(node, typed, wanted) : 0, node]).filter(([order]) => order < Infinity);
  return ranked.sort((one, other) => one[0] - other[0] || other[1].relations - one[1].relations).map(([, node]) => node);
};

const option = (node, number) => {
  const made = element("li", "", element("span", node.name),
    element("small", [node.type.label, count(node.relations, "relation"), node.hidden ? "hidden by filters" : ""].filter(Boolean).join(" · ")));
  Object.assign(made, { id: `found-${number}`, role: "option" });
  made.setAttribute("aria-selected", "false");
  made.addEventListener("pointerdown", (event) => { event.preventDefault(); take(node); });
  return made;
};
const suggest = () => {
  hits = find(field.value);
  current = -1;
  list.replaceChildren(...hits.slice(0, SUGGESTED).map(option));
  byId("found-count").textContent = hits.length > SUGGESTED ? `${SUGGESTED} of ${hits.length.toLocaleString("en")} shown; type more to narrow them` : hits.length ? "" : "Nobody and nothing here bears that name.";
  open(true);
};
const open = (isOpen) => {
  suggestions.hidden = !isOpen;
  field.setAttribute("aria-expanded", String(isOpen));
  if (!isOpen) field.removeAttribute("aria-activedescendant");
};
const move = (step) => {
  const shown = [...list.children];
  if (!shown.length) return;
  current = (current + step + shown.length + (current < 0 && step < 0 ? 1 : 0)) % shown.length;
  shown.forEach((one, number) => one.setAttribute("aria-selected", String(number === current)));
  field.setAttribute("aria-activedescendant", shown[current].id);
  shown[current].scrollIntoView({ block: "nearest" });
};
const take = (node) => {
  field.value = node.name;
  open(false);
  choose({ node }, { goes: true });
};
const takeBest = () => {
  if (suggestions.hidden) suggest();
  const hit = hits[Math.max(current, 0)];
  if (hit) take(hit);
};

field.addEventListener("input", suggest);
field.addEventListener("focus", () => { field.select(); suggest(); });
field.addEventListener("blur", () => open(false));
field.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (suggestions.hidden) suggest();
    move(event.key === "ArrowDown" ? 1 : -1);
  }
  if (event.key === "Enter") takeBest();
  if (event.key === "Escape" && suggestions.hidden) choose({});
  else if (event.key === "Escape") open(false);
});
