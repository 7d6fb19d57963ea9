import express, { type Express, type RequestHandler } from "express";
import type { Log } from "../kit/log";
import { refused } from "./web";

/** What a desk's call may hold at most, in bytes; as in services/providers/webhook.routes.ts. */
const mostBytes = 1_048_576;
/** What belongs to one connection and not to the call. */
const ownHeaders = new Set([
  ...["connection", "content-length", "expect", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"],
]);

/**
 * Passes what help desks call in at `/webhooks/...` on to the providers' process as it is: the public address is the
 * gateway's, and the proof is checked where the credentials are.
 */
export function passWebhooks(options: { providersUrl: string; log: Log }): (web: Express) => void {
  const { providersUrl, log } = options;
  const read = express.raw({ type: () => true, limit: mostBytes, inflate: false });
  const raw: RequestHandler = (request, response, next) =>
    read(request, response, (error?: unknown) =>
      next(error ? refused((error as { status?: number }).status ?? 400, "The body cannot be taken.") : undefined),
    );
  return (web) => {
    web.all("/webhooks/:provider/:connectionId", raw, async (request, response) => {
      const headers = new Headers();
      for (const [name, value] of Object.entries(request.headers))
        if (value !== undefined && !ownHeaders.has(name)) headers.set(name, String(value));
      headers.set("x-forwarded-proto", request.protocol);
      headers.set("x-forwarded-host", request.get("host") ?? "localhost");
      const body = Buffer.isBuffer(request.body) && request.body.length > 0 ? new Uint8Array(request.body) : null;
      const answer = await fetch(new URL(request.originalUrl, providersUrl), {
        method: request.method === "HEAD" ? "GET" : request.method,
        headers,
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(10_000),
      }).catch((error: unknown) => {
        log.warn({ err: error }, "a webhook call could not be passed on");
        return null;
      });
      // 503: the desk calls again.
      if (!answer) throw refused(503, "Webhooks cannot be taken at the moment; call again later.");
      response.status(answer.status).type(answer.headers.get("content-type") ?? "application/json");
      response.send(Buffer.from(await answer.arrayBuffer()));
    });
  };
}
