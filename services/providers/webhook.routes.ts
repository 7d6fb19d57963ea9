import express, { type Express, type Request, type RequestHandler, type Response } from "express";
import type { EntityManager } from "typeorm";
import type { Clock } from "../../kit/clock";
import { sendError } from "../../kit/http";
import { isId } from "../../kit/is-id";
import type { Log } from "../../kit/log";
import type { ProviderName } from "../../schema/words";
import { Connection } from "./connection.entity";
import type { Connections } from "./connections";
import type { Provider, WebhookRequest } from "./provider";
import { keepCall } from "./webhook.rows";

/** No desk sends more at once; what is larger is refused before it is read. */
const mostBytes = 1_048_576;

/** The path under which a connection's desk calls. */
export function webhookPath({ provider, id }: { provider: ProviderName; id: string }): string {
  return `/webhooks/${provider.toLowerCase().replaceAll("_", "-")}/${id}`;
}

/**
 * Takes what desks call in: proves on the raw bytes that it is from the desk, keeps it, answers, and leaves the rest to
 * the worker. A call that was kept before is answered as if it were new.
 */
export function webhookRoutes(deps: {
  db: EntityManager;
  clock: Clock;
  log: Log;
  providers: Map<ProviderName, Provider>;
  connections: Connections;
  wake: () => void;
}): (app: Express) => void {
  const { db, clock, log, providers, connections } = deps;
  const read = express.raw({ type: () => true, limit: mostBytes, inflate: false });
  const raw: RequestHandler = (request, response, next) =>
    read(request, response, (error?: unknown) => {
      if (!error) return next();
      sendError(response, (error as { status?: number }).status ?? 400, "BAD_INPUT", "The body cannot be taken.");
    });

  async function receive(request: Request, response: Response): Promise<void> {
    const connection = await connectionOf(request);
    const provider = connection && providers.get(connection.provider);
    if (!connection || !provider?.webhook)
      return sendError(response, 404, "NOT_FOUND", "No connection of a help desk has this address.");
    const call = callOf(request, clock.now());
    const config = connections.configOf(connection) as never;
    if (!provider.webhook.authentic(call, config)) {
      log.warn({ connection: connection.id, provider: provider.name }, "a webhook call did not prove where it is from");
      return sendError(response, 401, "UNAUTHENTICATED", "This call does not prove to be from the help desk.");
    }
    const { id, workspaceId } = connection;
    await keepCall(db, {
      connectionId: id,
      workspaceId,
      callId: provider.webhook.callId(call),
      body: call.body,
      receivedAt: call.receivedAt,
    });
    deps.wake();
    response.json({ ok: true });
  }

  async function connectionOf(request: Request): Promise<Connection | null> {
    const { connectionId = "" } = request.params as { connectionId?: string };
    if (!isId(connectionId)) return null;
    const connection = await db.findOneBy(Connection, { id: connectionId });
    // A deleted connection's handovers under way still get their answers, as long as its credentials are there.
    if (!connection || connection.secrets === "" || webhookPath(connection) !== request.path) return null;
    return connection;
  }

  return (app) => {
    app.post("/webhooks/:provider/:connectionId", raw, receive);
    // Some desks ask first whether anybody is there.
    app.get("/webhooks/:provider/:connectionId", async (request, response) => {
      if (await connectionOf(request)) response.json({ ok: true });
      else sendError(response, 404, "NOT_FOUND", "No connection of a help desk has this address.");
    });
  };
}

function callOf(request: Request, receivedAt: Date): WebhookRequest {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
  // Behind the gateway or a load balancer: the address the desk called, which some sign.
  const protocol = headers["x-forwarded-proto"]?.split(",")[0]?.trim() || request.protocol;
  const host = headers["x-forwarded-host"]?.split(",")[0]?.trim() || headers.host || "localhost";
  return {
    method: request.method,
    url: `${protocol}://${host}${request.originalUrl}`,
    headers,
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    receivedAt,
  };
}
