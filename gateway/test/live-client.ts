import { type Client, createClient, type ExecutionResult } from "graphql-ws";
import WebSocket from "ws";
import type { Viewer } from "../../kit/viewer";
import { tokenFor, until } from "./tiny-graph";

export interface Watched {
  /** What came, in order. */
  results: ExecutionResult<Record<string, unknown>>[];
  /** Set when it ended: null for a regular end. */
  ended: unknown;
  stop(): void;
  /** Resolves to the `count`-th result. */
  result(count: number): Promise<ExecutionResult<Record<string, unknown>>>;
}

export interface LiveClient {
  watch(query: string, variables?: Record<string, unknown>): Watched;
  closed: { code: number; reason: string }[];
  socket(): WebSocket;
  stop(): Promise<void>;
}

/** A widget's side of a subscription: the ordinary graphql-ws client. */
export async function liveClient(
  url: string,
  who: { viewer?: Viewer; token?: string; seconds?: number; params?: Record<string, unknown> },
): Promise<LiveClient> {
  const token = who.token ?? (who.viewer ? await tokenFor(who.viewer, who.seconds) : null);
  const closed: LiveClient["closed"] = [];
  let socket: WebSocket | null = null;
  const client: Client = createClient({
    url: url.replace("http", "ws"),
    webSocketImpl: WebSocket,
    connectionParams: who.params ?? (token ? { authorization: `Bearer ${token}` } : {}),
    retryAttempts: 0,
    // Long enough for the next subscription of a test, short enough not to keep jest waiting.
    lazyCloseTimeout: 1_000,
    on: {
      opened: (opened) => {
        socket = opened as WebSocket;
      },
      closed: (event) => void closed.push(event as { code: number; reason: string }),
    },
  });
  return {
    closed,
    socket: () => socket as WebSocket,
    watch(query, variables = {}) {
      const watched: Watched = {
        results: [],
        ended: undefined,
        stop: () => {},
        async result(count) {
          await until(`result ${count} of ${query}: ${JSON.stringify(watched)}`, () => watched.results.length >= count);
          return watched.results[count - 1] as ExecutionResult<Record<string, unknown>>;
        },
      };
      watched.stop = client.subscribe<Record<string, unknown>>(
        { query, variables },
        {
          next: (result) => void watched.results.push(result as ExecutionResult<Record<string, unknown>>),
          error: (error) => {
            watched.ended = error;
          },
          complete: () => {
            watched.ended ??= null;
          },
        },
      );
      return watched;
    },
    stop: async () => client.dispose(),
  };
}
