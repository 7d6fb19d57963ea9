import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** One scripted answer of the fake. */
export type FakeAnswer =
  | { json: unknown }
  | { text: string }
  /** Its pieces one after the other, where it is asked for as a stream. */
  | { pieces: AsyncIterable<string> }
  /** Cut off at the token limit. */
  | { truncated: string }
  /** The answer was withheld: SAFETY, RECITATION, PROHIBITED_CONTENT ... */
  | { blocked: string }
  /** The prompt was refused. */
  | { promptBlocked: string }
  | { status: number; retryDelay?: string }
  /** The connection is reset after the request was read. */
  | { reset: true }
  /** Says nothing at all for so long, then answers. */
  | { afterMs: number; answer: FakeAnswer };

export interface FakeGeminiRequest {
  model: string;
  apiKey: string;
  system: string;
  input: string;
  /** The whole request body as it came. */
  body: Record<string, unknown>;
}

export interface FakeGemini {
  /** For `baseUrl`. */
  url: string;
  /** Every request, in order. */
  requests: FakeGeminiRequest[];
  /** Adds answers to the script; a function answers from the request. The last one stays in force. */
  script(...answers: (FakeAnswer | ((request: FakeGeminiRequest) => FakeAnswer))[]): void;
  close(): Promise<void>;
}

/** A Gemini server on the loopback interface: REST `generateContent` and `streamGenerateContent` with scripted answers. */
export async function startFakeGemini(): Promise<FakeGemini> {
  const requests: FakeGeminiRequest[] = [];
  const answers: (FakeAnswer | ((request: FakeGeminiRequest) => FakeAnswer))[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const model = /\/models\/([^:]+):(?:generateContent|streamGenerateContent\?alt=sse)$/.exec(
        incoming.url ?? "",
      )?.[1];
      if (!model) return send(404, { error: { code: 404, message: `no such method: ${incoming.url}` } });
      const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Record<string, unknown>;
      const request = {
        model,
        apiKey: String(incoming.headers["x-goog-api-key"] ?? ""),
        system: textOf(body.systemInstruction),
        input: textOf((body.contents as unknown[] | undefined)?.[0]),
        body,
      };
      requests.push(request);
      const next = answers.length > 1 ? answers.shift() : answers[0];
      give(typeof next === "function" ? next(request) : (next ?? { status: 500 }));
    });

    const asStream = incoming.url?.endsWith("?alt=sse");

    function give(answer: FakeAnswer): void {
      if ("afterMs" in answer) {
        const timer = setTimeout(() => {
          timers.delete(timer);
          give(answer.answer);
        }, answer.afterMs);
        timers.add(timer);
      } else if ("reset" in answer) incoming.socket.resetAndDestroy();
      else if ("status" in answer) send(answer.status, errorBody(answer.status, answer.retryDelay));
      else if ("pieces" in answer) void stream(answer.pieces);
      else if ("promptBlocked" in answer) send(200, { promptFeedback: { blockReason: answer.promptBlocked } });
      else if ("blocked" in answer) send(200, { candidates: [{ index: 0, finishReason: answer.blocked }] });
      else if ("truncated" in answer) send(200, candidate(answer.truncated, "MAX_TOKENS"));
      else {
        const text = "json" in answer ? JSON.stringify(answer.json) : answer.text;
        if (asStream) void stream(halves(text));
        else send(200, candidate(text, "STOP"));
      }
    }

    async function stream(pieces: AsyncIterable<string> | Iterable<string>): Promise<void> {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for await (const piece of pieces) response.write(`data: ${JSON.stringify(candidate(piece))}\r\n\r\n`);
      response.end(`data: ${JSON.stringify(candidate("", "STOP"))}\r\n\r\n`);
    }

    function send(status: number, body: unknown): void {
      const json = JSON.stringify(body);
      if (asStream && status === 200)
        response.writeHead(200, { "content-type": "text/event-stream" }).end(`data: ${json}\r\n\r\n`);
      else response.writeHead(status, { "content-type": "application/json" }).end(json);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    script: (...more) => {
      answers.push(...more);
    },
    close: () => {
      for (const timer of timers) clearTimeout(timer);
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function textOf(content: unknown): string {
  const parts = (content as { parts?: { text?: string }[] } | undefined)?.parts ?? [];
  return parts.map((part) => part.text ?? "").join("");
}

const halves = (text: string): string[] => [
  text.slice(0, Math.ceil(text.length / 2)),
  text.slice(Math.ceil(text.length / 2)),
];

function candidate(text: string, finishReason?: string) {
  return { candidates: [{ index: 0, content: { role: "model", parts: [{ text }] }, finishReason }] };
}

function errorBody(status: number, retryDelay: string | undefined) {
  const details = retryDelay ? [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay }] : undefined;
  return { error: { code: status, message: `scripted ${status}`, status: "SCRIPTED", ...(details && { details }) } };
}
