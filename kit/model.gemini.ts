import {
  FinishReason,
  type GenerateContentResponse,
  type GenerativeModel,
  GoogleGenerativeAI,
  GoogleGenerativeAIFetchError,
} from "@google/generative-ai";
import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhenResult } from "cockatiel";
import type { z } from "zod";
import type { Log } from "./log";
import type { Model, ModelFailure, ModelOutcome, ModelRequest } from "./model";
import { geminiSchema } from "./model.gemini.schema";

export interface GeminiOptions {
  apiKey: string;
  /** The model's name, from configuration only: names come and go too fast for a default. */
  model: string;
  /** Another place to ask than Google's: the fake, or a proxy. */
  baseUrl?: string | undefined;
  log: Log;
  /** After so many failures in a row nothing is asked for `restMs`; then one question tries again. */
  breaker?: { failures: number; restMs: number };
}

/** The model that is configured; `null` when there is no key. Throws, in one sentence, when the key has no model. */
export function configuredModel(options: {
  apiKey?: string | undefined;
  model?: string | undefined;
  baseUrl?: string | undefined;
  log: Log;
}): Model | null {
  const { apiKey, model, baseUrl, log } = options;
  if (!apiKey) return null;
  if (!model)
    throw new Error(
      "GEMINI_API_KEY is set but GEMINI_MODEL is not: set it to the name of the model to use, or unset the key.",
    );
  return createGeminiModel({ apiKey, model, baseUrl, log });
}

type Failed = Extract<ModelOutcome<unknown>, { ok: false }>;
/** What one attempt came to; `retryAfterMs` when another one may help (0: at once). */
type Attempt<Answer> = ModelOutcome<Answer> | (Failed & { retryAfterMs: number; serverSaid?: boolean });

/**
 * Gemini as a model. Everything that can go wrong is an outcome: it never throws, never takes longer than the
 * request's budget, and a model that is down costs nothing once the breaker is open.
 */
export function createGeminiModel(options: GeminiOptions): Model {
  const { apiKey, model: name, baseUrl, log, breaker = { failures: 4, restMs: 30_000 } } = options;
  const client = new GoogleGenerativeAI(apiKey);
  const circuit = circuitBreaker(
    handleWhenResult((outcome) => unreachable(outcome as ModelOutcome<unknown>)),
    { halfOpenAfter: breaker.restMs, breaker: new ConsecutiveBreaker(breaker.failures) },
  );
  /** Gemini said when to come back; until then it is not asked. */
  let restingUntil = 0;

  const fail = (failure: ModelFailure, detail: string): Failed => ({ ok: false, failure, detail, model: name });

  async function ask<Answer>(request: ModelRequest<Answer>): Promise<ModelOutcome<Answer>> {
    const deadline = Date.now() + request.budgetMs;
    // The library listens for "abort" only, so a signal that is aborted already would never be noticed.
    if (request.signal?.aborted) return fail("TIMEOUT", "given up before it was asked");
    if (restingUntil > deadline)
      return fail("RATE_LIMITED", `not asked: resting until ${new Date(restingUntil).toISOString()}`);
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), request.budgetMs);
    const onAbort = () => giveUp.abort();
    request.signal?.addEventListener("abort", onAbort, { once: true });
    try {
      const outcome = await circuit.execute(() => attempts(request, deadline, giveUp.signal));
      if (!outcome.ok)
        log.warn(
          { prompt: request.prompt, model: name, failure: outcome.failure, detail: outcome.detail },
          "no answer from the model",
        );
      return outcome;
    } catch (error) {
      if (error instanceof BrokenCircuitError)
        return fail(
          "UNAVAILABLE",
          `not asked: ${breaker.failures} failures in a row, tried again after ${breaker.restMs} ms`,
        );
      return fail("UNAVAILABLE", String(error));
    } finally {
      clearTimeout(timer);
      request.signal?.removeEventListener("abort", onAbort);
    }
  }

  async function attempts<Answer>(request: ModelRequest<Answer>, deadline: number, signal: AbortSignal) {
    let malformed = 0;
    for (let count = 1; ; count++) {
      const attempt = await once(request, signal);
      if (attempt.ok || !("retryAfterMs" in attempt)) return attempt;
      const { retryAfterMs, serverSaid, ...failed } = attempt;
      if (failed.failure === "MALFORMED" && ++malformed > 1) return failed;
      // The server's own delay is taken as it is; ours doubles, with jitter so that replicas do not march in step.
      const pause = serverSaid ? retryAfterMs : retryAfterMs * 2 ** (count - 1) * (0.75 + Math.random() / 2);
      if (serverSaid) restingUntil = Math.max(restingUntil, Date.now() + retryAfterMs);
      if (count >= maxAttempts || Date.now() + pause >= deadline) return failed;
      await wait(pause, signal);
      if (signal.aborted) return failed;
    }
  }

  async function once<Answer>(request: ModelRequest<Answer>, signal: AbortSignal): Promise<Attempt<Answer>> {
    try {
      const responseSchema = geminiSchema(request.schema);
      const generator = client.getGenerativeModel(
        {
          model: name,
          systemInstruction: request.system,
          generationConfig: {
            temperature: 0,
            responseMimeType: "application/json",
            ...(responseSchema && { responseSchema }),
          },
        },
        baseUrl ? { baseUrl } : {},
      );
      const response = request.onText
        ? await streamed(generator, request.input, request.onText, signal)
        : (await generator.generateContent(request.input, { signal })).response;
      return read(response, request.schema);
    } catch (error) {
      if (signal.aborted) return fail("TIMEOUT", `no answer within ${request.budgetMs} ms`);
      return refused(error);
    }
  }

  function read<Answer>(response: GenerateContentResponse, schema: z.ZodType<Answer>): Attempt<Answer> {
    // `text()` of the library is "" for some blocked answers, so the reasons are looked at first.
    if (response.promptFeedback?.blockReason) return fail("BLOCKED", `prompt: ${response.promptFeedback.blockReason}`);
    const candidate = response.candidates?.[0];
    if (!candidate) return { ...fail("MALFORMED", "an answer without a candidate"), retryAfterMs: 0 };
    const finish = candidate.finishReason ?? FinishReason.STOP;
    if (finish === FinishReason.MAX_TOKENS) return fail("TRUNCATED", finish);
    if (finish !== FinishReason.STOP) return fail("BLOCKED", `answer: ${finish}`);
    const text = (candidate.content?.parts ?? []).map((part) => part.text ?? "").join("");
    if (text.trim() === "") return { ...fail("MALFORMED", "an empty answer"), retryAfterMs: 0 };
    let json: unknown;
    try {
      json = JSON.parse(unfenced(text));
    } catch {
      return { ...fail("MALFORMED", "the answer is not JSON"), retryAfterMs: 0 };
    }
    const parsed = schema.safeParse(json);
    if (parsed.success) return { ok: true, answer: parsed.data, model: name };
    const where = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.code}`).join(", ");
    return { ...fail("MALFORMED", `the answer does not fit: ${where}`), retryAfterMs: 0 };
  }

  function refused(error: unknown): Attempt<never> {
    const detail = (error instanceof Error ? error.message : String(error)).replaceAll(apiKey, "***").slice(0, 500);
    if (!(error instanceof GoogleGenerativeAIFetchError) || error.status === undefined)
      return { ...fail("UNAVAILABLE", detail), retryAfterMs: 150 };
    if (error.status === 429) {
      const asked = retryDelay(error.errorDetails);
      return { ...fail("RATE_LIMITED", detail), retryAfterMs: asked ?? 500, serverSaid: asked !== null };
    }
    if (error.status >= 500 || error.status === 408) return { ...fail("UNAVAILABLE", detail), retryAfterMs: 150 };
    // A bad key or an unknown model does not get better by asking again.
    return fail("UNAVAILABLE", detail);
  }

  return { name, ask };
}

const maxAttempts = 4;

/** The whole response in the end, and its text so far with every piece of it. */
async function streamed(
  generator: GenerativeModel,
  input: string,
  onText: (soFar: string) => void,
  signal: AbortSignal,
): Promise<GenerateContentResponse> {
  const { stream, response } = await generator.generateContentStream(input, { signal });
  // It fails together with the stream, which is where the failure is heard.
  response.catch(() => undefined);
  let soFar = "";
  for await (const piece of stream) {
    soFar += (piece.candidates?.[0]?.content?.parts ?? []).map((part) => part.text ?? "").join("");
    onText(soFar);
  }
  return response;
}

function unreachable(outcome: ModelOutcome<unknown>): boolean {
  return !outcome.ok && ["TIMEOUT", "UNAVAILABLE", "RATE_LIMITED"].includes(outcome.failure);
}

/** Google's `RetryInfo` ("retryDelay": "1.5s"), in milliseconds. The library does not show the Retry-After header. */
function retryDelay(details: { "@type"?: string; [key: string]: unknown }[] | undefined): number | null {
  const info = details?.find((detail) => detail["@type"]?.endsWith("google.rpc.RetryInfo"));
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(String(info?.retryDelay ?? ""))?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
}

/** Some models wrap JSON in a Markdown fence even when told not to. */
function unfenced(text: string): string {
  return /^\s*```(?:json)?\s*([\s\S]*?)\s*```\s*$/.exec(text)?.[1] ?? text;
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
  });
}
