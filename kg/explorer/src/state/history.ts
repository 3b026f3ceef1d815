// Undo and redo over scenes.

export interface History<State> {
  readonly past: readonly State[];
  readonly now: State;
  readonly future: readonly State[];
}

/** Steps that can be undone. */
const MOST = 200;

export const beginning = <State>(now: State): History<State> => ({ past: [], now, future: [] });

/** The history after a step to another state; what had been undone is forgotten. */
export function followed<State>(history: History<State>, now: State): History<State> {
  return now === history.now ? history : { past: [...history.past, history.now].slice(-MOST), now, future: [] };
}

/** The history where the last step goes on, so that undo takes back all of it. */
export function continued<State>(history: History<State>, now: State): History<State> {
  return now === history.now ? history : { past: history.past, now, future: [] };
}

export function undone<State>(history: History<State>): History<State> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future] };
}

export function redone<State>(history: History<State>): History<State> {
  const [after, ...rest] = history.future;
  if (after === undefined) return history;
  return { past: [...history.past, history.now], now: after, future: rest };
}
