// Asks for what panels show: one answer, or pages that are put together. Says when it is slow, and asks again.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ask, Refusal, type Parameters } from "../../api/client";

export interface Awaited<Answer> {
  /** Null until there is one; the old one while the same is asked anew. */
  readonly answer: Answer | null;
  readonly isLoading: boolean;
  /** Whether it takes longer than people wait without a word. */
  readonly isSlow: boolean;
  readonly refusal: Refusal | null;
  readonly again: () => void;
}

/** Milliseconds without a word (Nielsen, 1993: attention is lost after ten seconds, the flow of thought after one). */
const PATIENCE = 2_500;

/** What an endpoint answers; null for what is given asks nothing. */
export function useAnswer<Answer>(endpoint: string, given: Parameters | null): Awaited<Answer> {
  const [held, set] = useState<{ key: string; answer: Answer } | null>(null);
  const [refused, setRefused] = useState<{ key: string; refusal: Refusal } | null>(null);
  const [round, setRound] = useState(0);
  const key = given === null ? "" : `${endpoint} ${JSON.stringify(given)}`;
  useEffect(() => {
    if (given === null) return undefined;
    const abort = new AbortController();
    setRefused(null);
    ask<Answer>(endpoint, given, abort.signal).then(
      (answer) => set({ key, answer }),
      (error: unknown) => error instanceof Refusal && setRefused({ key, refusal: error }),
    );
    return () => abort.abort();
  }, [key, round]);
  const refusal = refused?.key === key ? refused.refusal : null;
  const isLoading = given !== null && held?.key !== key && refusal === null;
  return { answer: held?.answer ?? null, isLoading, isSlow: useSlowness(isLoading), refusal, again: () => setRound(round + 1) };
}

/** One page, as the API gives them. */
export interface PageOf<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  readonly next: string | null;
}

export interface Pages<Answer, Item> extends Awaited<Answer> {
  /** All pages so far, in their order. */
  readonly answers: readonly Answer[];
  /** Of all of them. */
  readonly items: readonly Item[];
  readonly total: number;
  /** Asks for the next page; null where there is none. */
  readonly more: (() => void) | null;
}

/** Pages of an endpoint, put together as they are asked for. */
export function usePages<Answer, Item>(endpoint: string, given: Parameters | null, pageOf: (answer: Answer) => PageOf<Item>): Pages<Answer, Item> {
  const key = JSON.stringify([endpoint, given]);
  const [turned, setTurned] = useState<{ key: string; after: string | null }>({ key, after: null });
  const after = turned.key === key ? turned.after : null;
  const awaited = useAnswer<Answer>(endpoint, given === null ? null : { ...given, after });
  const pages = useRef<{ key: string; answers: Map<string, Answer> }>({ key, answers: new Map() });
  const isStale = pages.current.key !== key && awaited.isLoading;
  if (given !== null && awaited.answer !== null && !awaited.isLoading && awaited.refusal === null) {
    if (pages.current.key !== key) pages.current = { key, answers: new Map() };
    pages.current.answers.set(after ?? "", awaited.answer);
  }
  const answers = [...pages.current.answers.values()];
  const all = answers.map(pageOf);
  const last = all.at(-1);
  const turn = useCallback((next: string) => setTurned({ key, after: next }), [key]);
  const next = last?.next ?? null;
  return {
    ...awaited,
    answer: answers[0] ?? null,
    answers,
    items: all.flatMap((page) => page.items),
    total: last?.total ?? 0,
    more: next === null || isStale || awaited.isLoading ? null : () => turn(next),
  };
}

function useSlowness(isLoading: boolean): boolean {
  const [isSlow, set] = useState(false);
  useEffect(() => {
    set(false);
    if (!isLoading) return undefined;
    const timer = setTimeout(() => set(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [isLoading]);
  return isSlow;
}
