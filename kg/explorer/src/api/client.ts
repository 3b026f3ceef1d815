// Asks the server's API. Answers are JSON objects (see types.ts); refusals become `Refusal`, whose message says what to do.
import type { Problem } from "./types";

/** What an address may be asked with; empty values are left out. */
export type Parameters = Readonly<Record<string, string | number | null | undefined | readonly (string | number)[]>>;

/** The server's refusal, with the text of its problem document (RFC 9457). */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** Seconds after which to try again; null where that would not help. */
    readonly retryAfter: number | null = null,
    /** The whole problem document; of a query that is wrong it says the `line` and the `column`. */
    readonly problem: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = "Refusal";
  }

  get wantsToken(): boolean {
    return this.status === 401 || this.status === 403;
  }
}

const TOKEN = "kg.token";
/** Characters of a request's line beyond which parameters go into the body: the server takes 16 KiB with the headers. */
const LONGEST_LINE = 6_000;

/** The token that the person gave for this tab; it is forgotten with the tab. */
export const token = {
  get: (): string | null => sessionStorage.getItem(TOKEN),
  set: (value: string): void => sessionStorage.setItem(TOKEN, value),
};

export function parametersOf(given: Parameters): URLSearchParams {
  const found = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) {
    const values = Array.isArray(value) ? value : [value];
    for (const one of values) if (one !== null && one !== undefined && one !== "") found.append(name, String(one));
  }
  return found;
}

/** Headers of every request. */
export function headers(more: Record<string, string> = {}): Record<string, string> {
  const known = token.get();
  return known === null ? more : { ...more, Authorization: `Bearer ${known}` };
}

/**
 * The answer of an endpoint, such as `ask<Hits>("search", { words: "norw" })`.
 *
 * @throws Refusal where the server says no or cannot be reached; DOMException `AbortError` where `signal` says so.
 */
export async function ask<Answer>(endpoint: string, given: Parameters = {}, signal?: AbortSignal): Promise<Answer> {
  const said = parametersOf(given);
  const isLong = said.toString().length > LONGEST_LINE;
  const address = isLong || said.size === 0 ? `api/${endpoint}` : `api/${endpoint}?${said}`;
  const options: RequestInit = isLong ? { method: "POST", body: said } : {};
  const answer = await reached(address, { ...options, headers: headers({ Accept: "application/json" }) }, signal);
  return (await answer.json()) as Answer;
}

/** A response of the server that is no refusal. */
export async function reached(address: string, options: RequestInit, signal?: AbortSignal): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(address, signal === undefined ? options : { ...options, signal });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Refusal(0, "The server cannot be reached; see whether `kg serve` still runs, then try again.");
  }
  if (!answer.ok) throw await refusalOf(answer);
  return answer;
}

async function refusalOf(answer: Response): Promise<Refusal> {
  const after = Number(answer.headers.get("Retry-After") ?? Number.NaN);
  const isProblem = (answer.headers.get("Content-Type") ?? "").includes("problem+json");
  const problem = isProblem ? ((await answer.json()) as Problem) : null;
  const detail = problem?.detail ?? `The server answers ${answer.status}; try again.`;
  return new Refusal(answer.status, detail, Number.isNaN(after) ? null : after, { ...problem });
}
