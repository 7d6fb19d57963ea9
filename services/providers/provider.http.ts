import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { z } from "zod";
import { type DeskAccount, ProviderFailure } from "./provider";
import { beginExchange } from "./provider.record";

export interface DeskHttpOptions {
  /** With the path all calls begin with, without a slash at the end. https, or http to this machine. */
  baseUrl: string;
  account: DeskAccount;
  /**
   * Sent with every request. A function is asked before each; after a 401 it is asked once more with `refused`, to get
   * a new token, and the request is repeated.
   */
  headers: Record<string, string> | ((refused: boolean, signal: AbortSignal) => Promise<Record<string, string>>);
  /** What must never stand in an error: keys, passwords, tokens. */
  secrets: string[];
  /** Of one request, in milliseconds; shorter than a step's (10 s), so that a lost answer is known as one. */
  timeoutMs?: number;
  /** Requests of this connection per minute at most. */
  perMinute?: number;
  /** The desk's own headers: how long to leave it alone from now on, in milliseconds; null: they do not say. */
  pauseMs?(headers: Headers): number | null;
  /** What the desk says is wrong: its codes and names of fields only, for its sentences may hold personal text. */
  problem?(body: unknown): string | null;
  /** The header with the desk's name for the request, in its answers. */
  requestIdHeader?: string;
}

export interface DeskRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `baseUrl`; parts that come from outside through `encodeURIComponent`. */
  path: string;
  query?: Record<string, string | number | undefined>;
  /** At most one of the three. */
  json?: unknown;
  form?: Record<string, string>;
  multipart?: FormData;
  headers?: Record<string, string>;
  /** Statuses besides 2xx that are an answer and no failure: 404, 409. */
  allow?: number[];
  /** A 429 may mean too many changes of this one item only: the account's other requests go on. */
  limitOfItem?: boolean;
  signal: AbortSignal;
}

export interface DeskAnswer {
  status: number;
  /** Parsed JSON; null when there is none. */
  body: unknown;
  headers: Headers;
  requestId: string | null;
}

/** Asks a desk over HTTP. Whatever goes wrong is a `ProviderFailure` that tells whether and when to try again. */
export interface DeskHttp {
  request(request: DeskRequest): Promise<DeskAnswer>;
  /** The body of a 2xx answer, which must have this shape. */
  ask<Body>(shape: z.ZodType<Body>, request: DeskRequest): Promise<Body>;
}

const mostBytes = 20_000_000;

export function createDeskHttp(options: DeskHttpOptions): DeskHttp {
  const base = checkedBase(options.baseUrl);
  const { account, timeoutMs = 8_000 } = options;

  async function request(asked: DeskRequest): Promise<DeskAnswer> {
    await takeTurn(account.connectionId, options.perMinute);
    const answer = await send(asked, false);
    if (answer.status === 401 && typeof options.headers === "function") return settle(asked, await send(asked, true));
    return settle(asked, answer);
  }

  async function send(asked: DeskRequest, refused: boolean): Promise<DeskAnswer> {
    const own = typeof options.headers === "function" ? await options.headers(refused, asked.signal) : options.headers;
    const url = new URL(`${base}${asked.path}`);
    for (const [name, value] of Object.entries(asked.query ?? {}))
      if (value !== undefined) url.searchParams.set(name, String(value));
    const sent = contentOf(asked);
    const { method, path, query = {} } = asked;
    const end = beginExchange({ method, path, query, sent: recorded(asked), secrets: options.secrets });
    try {
      const response = await fetch(url, {
        method: asked.method,
        headers: { accept: "application/json", ...sent.headers, ...own, ...asked.headers },
        ...(sent.body === undefined ? {} : { body: sent.body }),
        // A redirect would carry the credentials elsewhere.
        redirect: "manual",
        signal: AbortSignal.any([asked.signal, AbortSignal.timeout(timeoutMs)]),
      });
      if (Number(response.headers.get("content-length") ?? 0) > mostBytes)
        throw failure(asked, "answered with too much", { retry: false });
      const text = await response.text();
      const { status, headers } = response;
      const requestId = options.requestIdHeader ? headers.get(options.requestIdHeader) : null;
      const body = parsed(text);
      end({ status, answered: body, requestId });
      return { status, body, headers, requestId };
    } catch (error) {
      end({ status: null, answered: null, requestId: null });
      if (error instanceof ProviderFailure) throw error;
      throw failure(asked, `got no answer: ${reasonOf(error)}`, { retry: true });
    }
  }

  /** An answer, or the failure it means. */
  function settle(asked: DeskRequest, answer: DeskAnswer): DeskAnswer {
    const { status, headers, body, requestId } = answer;
    const wished = options.pauseMs?.(headers) ?? null;
    const pause = status === 429 ? (retryAfterMs(headers) ?? wished ?? 1_000) : wished;
    const ofAccount = status !== 429 || !asked.limitOfItem;
    if (ofAccount && pause !== null && pause > 0) leaveAlone(account.connectionId, pause);
    if ((status >= 200 && status < 300) || asked.allow?.includes(status)) return answer;
    const problem = status >= 300 && status < 400 ? "a redirect: is the address right?" : options.problem?.(body);
    throw failure(asked, `answered ${status}${problem ? `: ${problem}` : ""}`, {
      retry: status === 408 || status === 425 || status === 429 || status >= 500,
      // A permission, too, can be given back: see `ProviderFailure.access`.
      access: status === 401 || status === 403,
      ...(status === 429
        ? { afterMs: pause ?? 1_000 }
        : status === 503 && retryAfterMs(headers) !== null
          ? { afterMs: retryAfterMs(headers) ?? 0 }
          : {}),
      ...(requestId ? { requestId } : {}),
    });
  }

  function failure(asked: DeskRequest, words: string, facts: ConstructorParameters<typeof ProviderFailure>[1]) {
    return new ProviderFailure(withoutSecrets(`${asked.method} ${asked.path} ${words}`, options.secrets), facts);
  }

  return {
    request,
    async ask(shape, asked) {
      const { body, requestId } = await request(asked);
      const result = shape.safeParse(body);
      if (result.success) return result.data;
      const field = result.error.issues[0]?.path.join(".") || "the body";
      throw failure(asked, `answered in a shape that is not known: ${field}`, {
        retry: false,
        ...(requestId ? { requestId } : {}),
      });
    },
  };
}

/** The address of a desk's API in a configuration, for accounts elsewhere than usual and for emulators. */
export function baseUrlField(description: string) {
  return z
    .url()
    .max(500)
    .refine((url) => isSafe(url), "must begin with https:// (http:// to this machine only)")
    .meta({ description });
}

/** What `Retry-After` asks for, as seconds or as a date; null when it is not there. */
export function retryAfterMs(headers: Headers, now = Date.now()): number | null {
  const value = headers.get("retry-after");
  if (value === null) return null;
  if (/^\d+(\.\d+)?$/.test(value.trim())) return Math.ceil(Number(value) * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** Failures that leave open whether the desk did what it was asked: no answer, or one of its own faults. */
export function mayHaveHappened(error: unknown): error is ProviderFailure {
  return error instanceof ProviderFailure && error.retry && !/ answered 4\d\d/.test(error.message);
}

const quietUntil = new Map<string, number>();
const limiters = new Map<number, RateLimiterMemory>();

function leaveAlone(connectionId: string, ms: number): void {
  quietUntil.set(connectionId, Math.max(quietUntil.get(connectionId) ?? 0, Date.now() + ms));
}

/** Counts a request against the connection's limit; throws when it has to wait, for the worker waits better. */
async function takeTurn(connectionId: string, perMinute: number | undefined): Promise<void> {
  const quiet = (quietUntil.get(connectionId) ?? 0) - Date.now();
  if (quiet > 0)
    throw new ProviderFailure("the desk asked to be left alone for a while", { retry: true, afterMs: quiet });
  quietUntil.delete(connectionId);
  if (perMinute === undefined) return;
  const limiter =
    limiters.get(perMinute) ?? new RateLimiterMemory({ keyPrefix: "desk", points: perMinute, duration: 60 });
  limiters.set(perMinute, limiter);
  try {
    await limiter.consume(connectionId);
  } catch (full) {
    if (!(full instanceof RateLimiterRes)) throw full;
    throw new ProviderFailure(`more than ${perMinute} requests a minute`, { retry: true, afterMs: full.msBeforeNext });
  }
}

function contentOf({ json, form, multipart }: DeskRequest): {
  body?: string | FormData;
  headers: Record<string, string>;
} {
  if (multipart) return { body: multipart, headers: {} };
  if (form)
    return {
      body: new URLSearchParams(form).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded" },
    };
  if (json !== undefined) return { body: JSON.stringify(json), headers: { "content-type": "application/json" } };
  return { headers: {} };
}

/** What of a request may be shown once it is masked. */
function recorded({ json, form, multipart }: DeskRequest): unknown {
  if (!multipart) return json ?? form;
  return [...multipart].map(([name, value]) => ({
    name,
    ...(typeof value === "string" ? { value } : { file: value.name, bytes: value.size }),
  }));
}

function checkedBase(baseUrl: string): string {
  if (!isSafe(baseUrl))
    throw new ProviderFailure("the desk's address must begin with https:// (http:// to this machine only)", {
      retry: false,
    });
  return baseUrl.replace(/\/+$/, "");
}

function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username || password) return false;
  return protocol === "https:" || (protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(hostname));
}

function parsed(text: string): unknown {
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function reasonOf(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  if (name === "TimeoutError" || name === "AbortError") return "the time was up";
  return cause?.code ?? "the connection broke";
}

function withoutSecrets(text: string, secrets: string[]): string {
  return secrets.reduce((left, secret) => (secret ? left.replaceAll(secret, "***") : left), text);
}
