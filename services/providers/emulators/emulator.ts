import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import type { ProviderName } from "../../../schema/words";

/**
 * How a request goes wrong: too many of them, a fault of the desk's, no answer before or after it took effect, a
 * connection that breaks before or after it did, a token that is no longer good.
 */
export type EmulatorFault =
  | "rate-limited"
  | "error"
  | "no-answer"
  | "lost-answer"
  | "reset"
  | "reset-after"
  | "expired-token";

/** What a desk holds of one handover, told in the same way for every desk. */
export interface EmulatedItem {
  externalId: string;
  /** Everything that holds the handover's mark or id, so that a test finds the item. */
  marks: string[];
  /** Texts only agents see, in order: transcript and summary. */
  notes: string[];
  /** What the customer wrote, in order. */
  customerMessages: string[];
  /** What agents wrote to the customer, in order. */
  replies: string[];
  tags: string[];
  /** A team or an agent has been asked to look at it. */
  assigned: boolean;
  closed: boolean;
  /** Of the customer, as the desk knows it. */
  email: string | null;
}

/** An agent at the emulated desk; each act changes the desk and sends the webhooks that it would send. */
export interface EmulatedAgent {
  take(externalId: string, name: string): Promise<void>;
  reply(externalId: string, name: string, text: string): Promise<void>;
  /** A private note: no customer may see it. */
  note(externalId: string, name: string, text: string): Promise<void>;
  /** Gives it back to the assistant by the desk's own means; absent where it has none. */
  giveBack?(externalId: string, name: string): Promise<void>;
  close(externalId: string, name: string): Promise<void>;
}

export interface ReceivedRequest {
  at: Date;
  method: string;
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  /** Parsed JSON or form; text for the rest. */
  body: unknown;
  /** Null while it runs, and when no answer left. */
  status: number | null;
  fault: EmulatorFault | null;
}

export interface SentWebhook {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  /** What came back; null when nobody listened. */
  status: number | null;
}

/** What an emulator's own part gets. */
export interface EmulatorTools {
  /** Routes go here; bodies are parsed already (JSON, forms), `request.rawBody` is untouched. */
  app: Express;
  /** http://127.0.0.1:<port>, once it listens. */
  url(): string;
  /** Sends a webhook to where they go; `headersFor` signs the raw body. */
  send(body: unknown, headersFor?: (raw: string, url: string) => Record<string, string>): Promise<void>;
  /** The next of the desk's ids. */
  nextId(): number;
}

/** One desk's part of the common emulator. */
export interface EmulatedDesk {
  /** A configuration of the provider's that connects to this emulator. */
  config(): Record<string, unknown>;
  items(): EmulatedItem[];
  agent: EmulatedAgent;
  /** The desk's own words for a fault of each kind. */
  rateLimited(response: Response): void;
  error(response: Response): void;
  /** Makes all access tokens given so far worthless; absent where the desk has keys only. */
  expireTokens?(): void;
}

export interface EmulatorDefinition {
  name: ProviderName;
  title: string;
  /** The folder of its descriptions for `npm run check:requests`, when it is not named like the provider. */
  specs?: string;
  /**
   * Requests, as "METHOD /path", that the vendor's pages name and machine-readable descriptions leave out:
   * `npm run check:requests` lists them instead of calling them unknown.
   */
  undescribed?: RegExp[];
  /** Its access tokens end (OAuth); then `expireTokens` is there. */
  expires?: boolean;
  open(tools: EmulatorTools): EmulatedDesk;
}

export interface Emulator extends EmulatedDesk {
  name: ProviderName;
  title: string;
  url: string;
  received: ReceivedRequest[];
  sent: SentWebhook[];
  /** Where webhooks go from now on; null: nowhere, they are only listed in `sent`. */
  webhooksTo(url: string | null): void;
  /** Keeps webhooks back until `release`, which sends them in the order they came, the other way round, or twice. */
  hold(): void;
  release(order: "in-order" | "reversed" | "twice"): Promise<void>;
  /** The request that comes after `skip` others from now on goes wrong in this way, and `times` - 1 after it. */
  fail(fault: EmulatorFault, skip?: number, times?: number): void;
  /** Told of each request that gets no answer, once it has had its effect if it has one; its connection ends soon after. */
  onUnanswered(tell: () => void): void;
  /** Faults that were asked for and did not happen yet are forgotten. */
  mend(): void;
  /** Answers `GET /path` (with the query, if given) with this body instead of its own. */
  answer(methodAndPath: string, body: unknown): void;
  stop(): Promise<void>;
}

/** Starts a desk's emulator on this machine; `port` 0 takes a free one. */
export async function startEmulator(definition: EmulatorDefinition, port = 0): Promise<Emulator> {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  const server: Server = createServer(app);
  const received: ReceivedRequest[] = [];
  const sent: SentWebhook[] = [];
  /** Of requests by their number, `until` not included; of two, the later holds. */
  let faults: { from: number; until: number; fault: EmulatorFault }[] = [];
  const canned = new Map<string, unknown>();
  let count = 0;
  let id = 1000;
  let target: string | null = null;
  let held: (() => Promise<void>)[] | null = null;
  let url = "";
  let tellUnanswered: (() => void) | undefined;

  app.use(rawBody);
  app.use((request: Request, response, next) => {
    const entry: ReceivedRequest = {
      at: new Date(),
      method: request.method,
      path: request.originalUrl,
      headers: visible(request.headers),
      body: request.body,
      status: null,
      fault: faults.findLast(({ from, until }) => from <= count && count < until)?.fault ?? null,
    };
    count += 1;
    received.push(entry);
    if (received.length > 2_000) received.shift();
    response.once("finish", () => {
      entry.status = response.statusCode;
    });
    const own = canned.get(`${request.method} ${request.originalUrl}`);
    if (entry.fault) goWrong(entry.fault, response, next);
    else if (own === undefined) next();
    else response.json(own);
  });

  const desk = definition.open({
    app,
    url: () => url,
    nextId: () => ++id,
    async send(body, headersFor) {
      const raw = typeof body === "string" ? body : JSON.stringify(body);
      const to = target ?? "http://nowhere.invalid/";
      const signed = headersFor?.(raw, to) ?? {};
      const entry: SentWebhook = {
        method: "POST",
        url: to,
        headers: { "content-type": "application/json", ...signed },
        body: raw,
        status: null,
      };
      sent.push(entry);
      if (held) held.push(() => call(entry));
      else await call(entry);
    },
  });
  app.use((request: Request, response: Response) => {
    response.status(404).json({ message: `The emulator knows no ${request.method} ${request.path}` });
  });

  function goWrong(fault: EmulatorFault, response: Response, next: NextFunction): void {
    if (fault === "rate-limited") desk.rateLimited(response);
    else if (fault === "error") desk.error(response);
    else if (fault === "reset") response.socket?.destroy();
    else if (fault === "expired-token") {
      desk.expireTokens?.();
      next();
    }
    if (fault === "no-answer") leaveUnanswered(response);
    if (fault !== "lost-answer" && fault !== "reset-after") return;
    // It takes effect, and nobody hears of it.
    response.write = () => true;
    response.end = () => {
      if (fault === "reset-after") response.socket?.destroy();
      else leaveUnanswered(response);
      return response;
    };
    next();
  }

  /** Whoever is told of it gives up at once. What waits longer, as asking for tokens does, is cut off a moment later. */
  function leaveUnanswered(response: Response): void {
    if (!tellUnanswered) return;
    tellUnanswered();
    const { socket } = response;
    setTimeout(() => socket?.destroy(), 200);
  }

  async function call(entry: SentWebhook): Promise<void> {
    if (!target) return;
    const { url: to, method, headers, body } = entry;
    const answer = await fetch(to, { method, headers, body, signal: AbortSignal.timeout(5_000) }).catch(() => null);
    entry.status = answer?.status ?? null;
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    ...desk,
    name: definition.name,
    title: definition.title,
    url,
    received,
    sent,
    webhooksTo(to) {
      target = to;
    },
    hold() {
      held ??= [];
    },
    async release(order) {
      const calls = held ?? [];
      held = null;
      const ordered = order === "reversed" ? calls.reverse() : order === "twice" ? [...calls, ...calls] : calls;
      for (const one of ordered) await one();
    },
    fail(fault, skip = 0, times = 1) {
      faults.push({ from: count + skip, until: count + skip + times, fault });
    },
    onUnanswered(tell) {
      tellUnanswered = tell;
    },
    mend() {
      faults = [];
    },
    answer: (methodAndPath, body) => void canned.set(methodAndPath, body),
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Reads the whole body, keeps it, and parses what it says it is. */
function rawBody(request: Request, response: Response, next: NextFunction): void {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const raw = Buffer.concat(chunks);
    Object.assign(request, { rawBody: raw });
    const type = request.headers["content-type"] ?? "";
    const text = raw.toString("utf8");
    if (raw.length === 0) request.body = undefined;
    else if (type.includes("json")) {
      try {
        request.body = JSON.parse(text);
      } catch {
        response.status(400).json({ message: "The body is no JSON." });
        return;
      }
    } else if (type.includes("x-www-form-urlencoded")) request.body = Object.fromEntries(new URLSearchParams(text));
    else request.body = text;
    next();
  });
}

/** The headers without what proves who asks. */
function visible(headers: Request["headers"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      /authorization|key|secret|token|cookie/i.test(name) ? "***" : String(value),
    ]),
  );
}
