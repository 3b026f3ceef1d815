import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { onOtherGeneration } from "../src/api/generation";
import { ask, parametersOf, Refusal, token } from "../src/api/client";

const real = globalThis.fetch;
afterEach(() => void (globalThis.fetch = real));

/** Answers one after the other, and what was asked. */
function answering(...answers: readonly (Response | Error)[]): string[] {
  const asked: string[] = [];
  globalThis.fetch = ((address: string, options: RequestInit) => {
    asked.push(`${options.method ?? "GET"} ${address}`);
    const answer = answers[asked.length - 1]!;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  }) as typeof fetch;
  return asked;
}

const json = (value: unknown, headers: Record<string, string> = {}) => new Response(JSON.stringify(value), { headers });
const refused = (status: number, headers: Record<string, string> = {}, extra: object = {}) =>
  new Response(JSON.stringify({ title: "No", status, detail: "Say why.", ...extra }), { status, headers: { "Content-Type": "application/problem+json", ...headers } });

test("a busy server is asked once again after the time that it wants", async () => {
  const asked = answering(refused(503, { "Retry-After": "0" }), json({ a: 1 }));
  assert.deepEqual(await ask("overview"), { a: 1 });
  assert.equal(asked.length, 2);
});

test("a server that stays busy is not asked for ever", async () => {
  const asked = answering(refused(429, { "Retry-After": "0" }), refused(429, { "Retry-After": "0" }));
  await assert.rejects(ask("overview"), { status: 429, message: "Say why." });
  assert.equal(asked.length, 2);
});

test("nobody waits for minutes", async () => {
  const asked = answering(refused(503, { "Retry-After": "300" }));
  await assert.rejects(ask("overview"), { status: 503, retryAfter: 300 });
  assert.equal(asked.length, 1);
});

test("waiting ends where nobody wants the answer any more", async () => {
  answering(refused(503, { "Retry-After": "9" }));
  const abort = new AbortController();
  const asking = ask("overview", {}, abort.signal);
  setTimeout(() => abort.abort());
  await assert.rejects(asking, { name: "AbortError" });
});

test("a refusal has what is missing", async () => {
  answering(refused(404, {}, { missing: ["x"] }));
  await assert.rejects(ask("network"), { missing: ["x"] });
});

test("a server that is gone, and one that is another, are told apart", async () => {
  answering(new TypeError("fetch failed"), new Response("<html>"));
  await assert.rejects(ask("overview"), (error: unknown) => error instanceof Refusal && error.status === 0 && error.message.includes("cannot be reached"));
  await assert.rejects(ask("overview"), (error: unknown) => error instanceof Refusal && error.message.includes("not `kg serve`"));
});

test("what is long is posted as a form", async () => {
  const asked = answering(json({}));
  await ask("network", { entity: Array.from({ length: 1_000 }, (_, place) => `entity${place}`) });
  assert.deepEqual(asked, ["POST api/network"]);
});

test("empty values are left out", () => {
  assert.equal(parametersOf({ a: null, b: "", c: [], d: ["1", "2"], e: 0 }).toString(), "d=1&d=2&e=0");
});

test("only what can be a token is kept", () => {
  assert.ok(!token.set("über geheim"));
  assert.ok(token.set(" abc.DEF-123== "));
  assert.equal(token.get(), "abc.DEF-123==");
});

test("another state of the graph is told once", async () => {
  let told = 0;
  const stop = onOtherGeneration(() => (told += 1));
  answering(...["1", "1", "2", "3"].map((generation) => json({}, { "Kg-Generation": generation })));
  for (let asked = 0; asked < 4; asked += 1) await ask("overview");
  stop();
  assert.equal(told, 1);
});
