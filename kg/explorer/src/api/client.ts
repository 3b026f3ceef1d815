// Asks the server's API. Answers are JSON objects (see types.ts); refusals become `Refusal`, whose message says what to do.
import { seeGeneration } from "./generation";
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

  /** Entities that were asked for and that the graph lacks. */
  get missing(): readonly string[] {
    const said = this.problem["missing"];
    return Array.isArray(said) ? said.map(String) : [];
  }

  get wantsToken(): boolean {
    return this.status === 401;
  }
}

const TOKEN = "kg.token";
/** Characters of a request's line beyond which parameters go into the body: the server takes 16 KiB with the headers. */
const LONGEST_LINE = 6_000;

/** Characters that a token may have (RFC 6750, section 2.1); others reach no server. */
const WRITTEN = /^[A-Za-z0-9._~+/-]+=*$/;
/** Seconds that a busy server may ask to wait for; after more, the person decides. */
const LONGEST_WAIT = 10;
const BUSY: readonly number[] = [429, 503];

let given: string | null = null;

/** The token that the person gave for this tab; it is forgotten with the tab. */
export const token = {
  get: (): string | null => {
    try {
      return sessionStorage.getItem(TOKEN) ?? given;
    } catch {
      return given;
    }
  },
  /** Keeps a token; false where it cannot be one. */
  set: (value: string): boolean => {
    const written = value.trim();
    if (!WRITTEN.test(written)) return false;
    given = written;
    try {
      sessionStorage.setItem(TOKEN, written);
    } catch {
      // Storage is shut off: the page alone keeps it.
    }
    return true;
  },
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
 * @throws Refusal where the server says no or cannot be reached; what `signal` was aborted with (else DOMException `AbortError`).
 */
export async function ask<Answer>(endpoint: string, given: Parameters = {}, signal?: AbortSignal): Promise<Answer> {
  const said = parametersOf(given);
  const isLong = said.toString().length > LONGEST_LINE;
  const address = isLong || said.size === 0 ? `api/${endpoint}` : `api/${endpoint}?${said}`;
  const options: RequestInit = isLong ? { method: "POST", body: said } : {};
  const answer = await reached(address, { ...options, headers: headers({ Accept: "application/json" }) }, signal);
  return (await bodyOf(answer, signal)) as Answer;
}

/** A response of the server that is no refusal; of a busy one the second, after the time that it asks to wait. */
export async function reached(address: string, options: RequestInit, signal?: AbortSignal): Promise<Response> {
  const answer = await fetched(address, options, signal);
  const seconds = answer.headers.get("Retry-After");
  if (BUSY.includes(answer.status) && seconds !== null && Number(seconds) <= LONGEST_WAIT) {
    await answer.body?.cancel();
    await waited(Number(seconds), signal);
    return checked(await fetched(address, options, signal));
  }
  return checked(answer);
}

async function checked(answer: Response): Promise<Response> {
  if (!answer.ok) throw await refusalOf(answer);
  seeGeneration(answer.headers);
  return answer;
}

async function fetched(address: string, options: RequestInit, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(address, signal === undefined ? options : { ...options, signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw lost(error);
  }
}

async function bodyOf(answer: Response, signal?: AbortSignal): Promise<unknown> {
  try {
    return await answer.json();
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof SyntaxError) throw new Refusal(answer.status, "What answers here is not `kg serve`; see whether the address is right.");
    throw lost(error);
  }
}

function lost(error: unknown): unknown {
  return error instanceof TypeError ? new Refusal(0, "The server cannot be reached; see whether `kg serve` still runs, then try again.") : error;
}

/** Ends after so many seconds. */
function waited(seconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, 1_000 * seconds);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}

async function refusalOf(answer: Response): Promise<Refusal> {
  const after = Number(answer.headers.get("Retry-After") ?? Number.NaN);
  const isProblem = (answer.headers.get("Content-Type") ?? "").includes("problem+json");
  const problem = isProblem ? ((await bodyOf(answer)) as Problem) : null;
  const detail = problem?.detail ?? `The server answers ${answer.status}; try again.`;
  return new Refusal(answer.status, detail, Number.isNaN(after) ? null : after, { ...problem });
}
