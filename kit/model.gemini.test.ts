import { z } from "zod";
import { createSilentLog } from "./log";
import { configuredModel, createGeminiModel } from "./model.gemini";
import { type FakeGemini, startFakeGemini } from "./model.gemini.fake";
import { geminiSchema } from "./model.gemini.schema";

const log = createSilentLog();
const schema = z.object({ answered: z.boolean(), text: z.string() });
const good = { answered: true, text: "Five days." };
let fake: FakeGemini;

beforeEach(async () => {
  fake = await startFakeGemini();
});
afterEach(() => fake.close());

const model = (breaker?: { failures: number; restMs: number }) =>
  createGeminiModel({ apiKey: "key-1", model: "some-model", baseUrl: fake.url, log, ...(breaker && { breaker }) });
const question = (over: { budgetMs?: number; signal?: AbortSignal } = {}) => ({
  prompt: "answer/1",
  system: "Answer.",
  input: "How long?",
  schema,
  budgetMs: 3000,
  ...over,
});

test("an answer that fits comes back, asked with our schema and key", async () => {
  fake.script({ json: good });
  expect(await model().ask(question())).toEqual({ ok: true, answer: good, model: "some-model" });
  const [request] = fake.requests;
  expect(request).toMatchObject({ model: "some-model", apiKey: "key-1", system: "Answer.", input: "How long?" });
  expect(request?.body.generationConfig).toMatchObject({
    responseMimeType: "application/json",
    responseSchema: { type: "object", required: ["answered", "text"] },
  });
});

test("JSON inside a Markdown fence is still JSON", async () => {
  fake.script({ text: `\`\`\`json\n${JSON.stringify(good)}\n\`\`\`` });
  expect(await model().ask(question())).toMatchObject({ ok: true });
});

test.each([
  [{ blocked: "SAFETY" }, "BLOCKED"],
  [{ blocked: "RECITATION" }, "BLOCKED"],
  [{ promptBlocked: "PROHIBITED_CONTENT" }, "BLOCKED"],
  [{ truncated: '{"answered": tr' }, "TRUNCATED"],
  [{ status: 400 }, "UNAVAILABLE"],
  [{ status: 404 }, "UNAVAILABLE"],
] as const)("%j is %s, asked once", async (answer, failure) => {
  fake.script(answer);
  expect(await model().ask(question())).toMatchObject({ ok: false, failure, model: "some-model" });
  expect(fake.requests).toHaveLength(1);
});

test.each([[{ text: "Five days, I think." }], [{ text: "" }], [{ json: { answered: "yes" } }]] as const)(
  "%j is MALFORMED after one more try",
  async (answer) => {
    fake.script(answer);
    expect(await model().ask(question())).toMatchObject({ ok: false, failure: "MALFORMED" });
    expect(fake.requests).toHaveLength(2);
  },
);

test("a malformed answer mended at the second try counts", async () => {
  fake.script({ text: "hm" }, { json: good });
  expect(await model().ask(question())).toMatchObject({ ok: true, answer: good });
});

test("a server that is down for a moment is asked again", async () => {
  fake.script({ status: 503 }, { reset: true }, { json: good });
  expect(await model().ask(question())).toMatchObject({ ok: true });
  expect(fake.requests).toHaveLength(3);
});

test("a server that stays down is UNAVAILABLE within the budget", async () => {
  fake.script({ status: 500 });
  // Given up before the budget ends: a TIMEOUT would have waited for it.
  expect(await model().ask(question({ budgetMs: 2_000 }))).toMatchObject({ ok: false, failure: "UNAVAILABLE" });
  expect(fake.requests.length).toBeGreaterThan(1);
});

test("nobody listening is UNAVAILABLE, and the key is in no detail", async () => {
  const nobody = createGeminiModel({ apiKey: "key-1", model: "m", baseUrl: "http://127.0.0.1:1/key-1", log });
  const outcome = await nobody.ask(question({ budgetMs: 300 }));
  expect(outcome).toMatchObject({ ok: false, failure: "UNAVAILABLE" });
  expect(JSON.stringify(outcome)).not.toContain("key-1");
});

test("the server's own delay is kept", async () => {
  fake.script({ status: 429, retryDelay: "0.2s" }, { json: good });
  const begun = Date.now();
  expect(await model().ask(question())).toMatchObject({ ok: true });
  expect(Date.now() - begun).toBeGreaterThanOrEqual(195);
});

test("a delay beyond the budget is RATE_LIMITED at once, and nothing is asked until it is over", async () => {
  fake.script({ status: 429, retryDelay: "40s" });
  const limited = model();
  const begun = Date.now();
  expect(await limited.ask(question())).toMatchObject({ ok: false, failure: "RATE_LIMITED" });
  expect(await limited.ask(question())).toMatchObject({ ok: false, failure: "RATE_LIMITED" });
  expect(Date.now() - begun).toBeLessThan(1000);
  expect(fake.requests).toHaveLength(1);
});

test("a silent server is TIMEOUT when the budget is spent", async () => {
  fake.script({ afterMs: 10_000, answer: { json: good } });
  const begun = Date.now();
  expect(await model().ask(question({ budgetMs: 150 }))).toMatchObject({ ok: false, failure: "TIMEOUT" });
  expect(Date.now() - begun).toBeLessThan(500);
});

test("a caller who gives up is not kept waiting", async () => {
  fake.script({ afterMs: 10_000, answer: { json: good } });
  const controller = new AbortController();
  const asked = model().ask(question({ signal: controller.signal }));
  controller.abort();
  expect(await asked).toMatchObject({ ok: false, failure: "TIMEOUT" });
});

test("a signal that was aborted before asks nothing", async () => {
  expect(await model().ask(question({ signal: AbortSignal.abort() }))).toMatchObject({ ok: false, failure: "TIMEOUT" });
  expect(fake.requests).toHaveLength(0);
});

test("a dead model is not asked again until it has rested, and one answer brings it back", async () => {
  fake.script({ status: 400 }, { status: 400 }, { json: good });
  const dead = model({ failures: 2, restMs: 120 });
  await dead.ask(question());
  await dead.ask(question());
  expect(await dead.ask(question())).toMatchObject({ ok: false, failure: "UNAVAILABLE" });
  expect(fake.requests).toHaveLength(2);
  await until(async () => (await dead.ask(question())).ok);
  expect(fake.requests).toHaveLength(3);
});

test("answers withheld by the model do not open the breaker: it is alive", async () => {
  fake.script({ blocked: "SAFETY" }, { blocked: "SAFETY" }, { json: good });
  const careful = model({ failures: 2, restMs: 60_000 });
  await careful.ask(question());
  await careful.ask(question());
  expect(await careful.ask(question())).toMatchObject({ ok: true });
});

test("no key: no model; a key without a model's name: one sentence", () => {
  expect(configuredModel({ log })).toBeNull();
  expect(() => configuredModel({ apiKey: "k", log })).toThrow(/GEMINI_MODEL/);
  expect(configuredModel({ apiKey: "k", model: "m", log })?.name).toBe("m");
});

test("the schema Gemini gets says closed lists, null and nesting, and nothing it does not know", () => {
  const shape = z.object({
    mood: z.enum(["CALM", "ANGRY"]).describe("how they feel"),
    email: z.string().max(80).nullable(),
    facts: z.array(z.object({ id: z.int() })).max(5),
  });
  expect(geminiSchema(shape)).toEqual({
    type: "object",
    required: ["mood", "email", "facts"],
    properties: {
      mood: { type: "string", format: "enum", enum: ["CALM", "ANGRY"], description: "how they feel" },
      email: { type: "string", nullable: true },
      facts: {
        type: "array",
        maxItems: 5,
        items: { type: "object", required: ["id"], properties: { id: { type: "integer" } } },
      },
    },
  });
  expect(geminiSchema(z.record(z.string(), z.string()))).toBeNull();
  expect(geminiSchema(z.union([z.string(), z.number()]))).toBeNull();
});

async function until(check: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 5000;
  while (!(await check())) {
    if (Date.now() > end) throw new Error("never became true");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("watched while it writes", () => {
  test("its text so far is told, and the outcome is the same as without", async () => {
    const told: string[] = [];
    fake.script({ json: good });
    const outcome = await model().ask({ ...question(), onText: (soFar) => told.push(soFar) });
    expect(outcome).toEqual({ ok: true, answer: good, model: "some-model" });
    expect(told.length).toBeGreaterThan(1);
    expect(told.at(-1)).toBe(JSON.stringify(good));
    expect(told.every((text, at) => at === 0 || text.startsWith(told[at - 1] as string))).toBe(true);
  });

  test.each([
    [{ blocked: "SAFETY" }, "BLOCKED"],
    [{ promptBlocked: "PROHIBITED_CONTENT" }, "BLOCKED"],
    [{ truncated: '{"answered": tr' }, "TRUNCATED"],
    [{ status: 404 }, "UNAVAILABLE"],
  ] as const)("%j is %s here too", async (answer, failure) => {
    fake.script(answer);
    expect(await model().ask({ ...question(), onText: () => {} })).toMatchObject({ ok: false, failure });
  });

  test("one that stops in the middle is given up within the budget", async () => {
    async function* stuck() {
      yield '{"answered": ';
      await new Promise(() => {});
    }
    const told: string[] = [];
    fake.script({ pieces: stuck() });
    const outcome = await model().ask({ ...question({ budgetMs: 300 }), onText: (soFar) => told.push(soFar) });
    expect(outcome).toMatchObject({ ok: false, failure: "TIMEOUT" });
    expect(told).toEqual(['{"answered": ']);
  });
});
