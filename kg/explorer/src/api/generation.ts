// Which state of the graph the server answers from: a page that was opened on another one says so.

const HEADER = "Kg-Generation";
let first: string | null = null;
let isOther = false;
const listeners = new Set<() => void>();

/** Looks at an answer; the first one tells the state that the page shows. */
export function seeGeneration(headers: Headers): void {
  const generation = headers.get(HEADER);
  if (generation === null) return;
  first ??= generation;
  if (isOther || generation === first) return;
  isOther = true;
  for (const listener of listeners) listener();
}

/** Calls a listener when the graph has changed since the page was opened. */
export function onOtherGeneration(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
