import type { Server as HttpServer, IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type ExecutionArgs, GraphQLError, type GraphQLSchema } from "graphql";
import { CloseCode, handleProtocols, makeServer } from "graphql-ws";
import { type WebSocket, WebSocketServer } from "ws";
import { refuse } from "../../kit/errors";
import type { Log } from "../../kit/log";
import { errorThatLeaves } from "../errors-that-leave";
import type { Identify, Identity } from "../identity";
import type { CountRequest, Limits } from "../limits";
import { gatewayMetrics } from "../metrics";
import type { Read } from "./read";
import { type Live, type Prepare, startLive } from "./subscribe";
import type { AsQuery } from "./to-query";
import type { Sleepers } from "./who-to-wake";

/** A socket that answers no ping for this long is gone. */
const KEEP_ALIVE_MS = 12_000;
const MAX_TIMER_MS = 2 ** 31 - 1;

interface Extra {
  socket: WebSocket;
  address: string;
  identity: Identity;
}

export interface SocketOptions {
  path: string;
  schema: GraphQLSchema;
  prepare: Prepare;
  sleepers: Sleepers;
  read: Read;
  identify: Identify;
  countRequest: CountRequest;
  /** The address of the client of an upgrade request. */
  addressOf(request: IncomingMessage): string;
  limits: Limits;
  log: Log;
}

export interface Sockets {
  /** Takes the upgrades of this server. */
  attach(server: HttpServer): void;
  stop(): Promise<void>;
}

/** What the graphql-ws hooks hand from `onSubscribe` on. `live` is null for queries and mutations. */
interface Operation {
  text: string;
  variables: Record<string, unknown>;
  identity: Identity;
  live: Live | null;
}

/** Subscriptions (and queries and mutations) over `graphql-transport-ws`. */
export function createSockets(options: SocketOptions): Sockets {
  const { path, schema, prepare, sleepers, read, identify, countRequest, addressOf, limits, log } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols,
    maxPayload: limits.bodyBytes,
    perMessageDeflate: false,
  });

  const protocol = makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: 10_000,
    async onConnect({ connectionParams, extra }) {
      try {
        extra.identity = await identify(authorizationIn(connectionParams));
        return true;
      } catch (error) {
        unauthorized(extra.socket, error instanceof Error ? error.message : "bad token");
        return false;
      }
    },
    async onSubscribe({ extra, subscriptions }, _id, payload) {
      try {
        if (Object.keys(subscriptions).length > limits.subscriptionsPerSocket)
          throw refuse("RATE_LIMITED", `A socket carries at most ${limits.subscriptionsPerSocket} subscriptions.`, {
            retryAfterSeconds: 1,
          });
        // GraphiQL can only send its headers with the operation, not with the connection.
        const own = authorizationIn((payload.extensions as { headers?: Record<string, unknown> } | null)?.headers);
        const identity = own ? await identify(own) : extra.identity;
        if (identity.expiresAt && identity.expiresAt.getTime() <= Date.now()) {
          unauthorized(extra.socket, expired().message);
          throw expired();
        }
        await countRequest(identity.viewer, extra.address);
        const prepared = prepare(payload.query, payload.operationName);
        if (!("document" in prepared)) return prepared;
        if (prepared.live && identity.viewer.role === "ANONYMOUS")
          throw refuse(
            "UNAUTHENTICATED",
            "Subscriptions need a token: connectionParams.authorization = `Bearer <token>`.",
          );
        const variables = { ...payload.variables };
        const live = prepared.live && begin(prepared.live, variables, identity, extra.socket);
        const operation: Operation = { text: payload.query, variables, identity, live };
        return {
          schema,
          document: prepared.document,
          operationName: payload.operationName,
          contextValue: operation,
        } as ExecutionArgs;
      } catch (error) {
        return [asGraphQLError(error)];
      }
    },
    subscribe: (args) => (args.contextValue as Operation).live as never,
    async execute({ contextValue, operationName }) {
      const { text, variables, identity } = contextValue as Operation;
      const question = { query: text, operationName, variables, viewer: identity.viewer };
      return (await read(question, null)).result as never;
    },
    onNext: (_context, _id, _payload, _args, result) => result as never,
    onError: (_context, _id, _payload, errors) => errors.map((error) => errorThatLeaves(error, log)),
  });

  function begin(live: AsQuery, variables: Record<string, unknown>, identity: Identity, socket: WebSocket): Live {
    const started = startLive({
      ...{ schema, live, variables, viewer: identity.viewer, sleepers, read },
      onWake: () => cutIfUnread(socket),
      onEnd: () => {
        gatewayMetrics.subscriptions.dec();
        stopTimer();
      },
    });
    gatewayMetrics.subscriptions.inc();
    const stopTimer = at(identity.expiresAt, () => {
      started.fail(expired());
      // The subscription's own error goes first; a client that does not read it is closed all the same.
      setTimeout(() => unauthorized(socket, expired().message), 100).unref();
    });
    return started;
  }

  /** A close frame would queue behind what is not read, so the connection is cut; the client resumes by its cursor. */
  function cutIfUnread(socket: WebSocket) {
    if (socket.bufferedAmount <= limits.unreadBytes || socket.readyState !== socket.OPEN) return;
    gatewayMetrics.cut.inc();
    log.info({ unread: socket.bufferedAmount }, "a socket that does not read was cut");
    socket.terminate();
  }

  sockets.on("connection", (socket, request) => {
    const extra: Extra = {
      socket,
      address: addressOf(request),
      identity: { viewer: { role: "ANONYMOUS" }, expiresAt: null },
    };
    gatewayMetrics.sockets.inc();
    let answered = true;
    const ping = setInterval(() => {
      if (!answered) return socket.terminate();
      answered = false;
      socket.ping();
    }, KEEP_ALIVE_MS);
    socket.on("pong", () => {
      answered = true;
    });
    socket.on("error", (error) => log.debug({ err: error }, "a socket failed"));
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (text) =>
          new Promise((resolve) => {
            if (socket.readyState !== socket.OPEN) return resolve();
            socket.send(text, () => resolve());
          }),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) =>
          socket.on("message", (data) => {
            Promise.resolve(handle(String(data))).catch((error: unknown) => {
              log.error({ err: error }, "an unexpected error on a socket");
              socket.close(CloseCode.InternalServerError, "Internal error");
            });
          }),
      },
      extra,
    );
    socket.once("close", (code, reason) => {
      clearInterval(ping);
      gatewayMetrics.sockets.dec();
      void closed(code, String(reason));
    });
  });

  return {
    attach(server) {
      server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
        if (request.url?.split("?")[0] !== path) {
          stream.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
          return;
        }
        sockets.handleUpgrade(request, stream, head, (socket) => sockets.emit("connection", socket, request));
      });
    },
    async stop() {
      for (const socket of sockets.clients) socket.close(1001, "Going away");
      const late = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, 1_000);
      await new Promise<void>((resolve) => {
        const look = () => (sockets.clients.size === 0 ? resolve() : setTimeout(look, 10));
        look();
      });
      clearTimeout(late);
      sockets.close();
    },
  };
}

/** `authorization` in any spelling, or a bare `token`. */
function authorizationIn(params: Record<string, unknown> | undefined): string | undefined {
  for (const [name, value] of Object.entries(params ?? {})) {
    if (typeof value !== "string" || value === "") continue;
    if (name.toLowerCase() === "authorization") return value;
    if (name === "token") return `Bearer ${value}`;
  }
  return undefined;
}

function expired(): GraphQLError {
  return refuse("UNAUTHENTICATED", "The token has expired. Connect again with a new one.");
}

function unauthorized(socket: WebSocket, sentence: string) {
  // A close reason holds 123 bytes.
  socket.close(CloseCode.Unauthorized, Buffer.from(sentence).subarray(0, 123).toString());
}

function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  return new GraphQLError("unexpected", { originalError: error instanceof Error ? error : new Error(String(error)) });
}

/** Calls back at that time, however far away; returns how to stop. */
function at(time: Date | null, call: () => void): () => void {
  if (!time) return () => {};
  let timer: NodeJS.Timeout;
  const wait = () => {
    const left = time.getTime() - Date.now();
    timer = setTimeout(left > MAX_TIMER_MS ? wait : call, Math.min(Math.max(left, 0), MAX_TIMER_MS));
    timer.unref();
  };
  wait();
  return () => clearTimeout(timer);
}
