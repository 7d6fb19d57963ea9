import { type Client, createClient } from "graphql-ws";
import WebSocket from "ws";

/** A caller of the public graph: queries and mutations over HTTP, subscriptions over WebSocket. */
export interface GraphClient {
  /** Runs a query or mutation. Throws with the first error's sentence and code. */
  run<Data = Record<string, unknown>>(document: string, variables?: Record<string, unknown>): Promise<Data>;
  /** Calls `onData` with every answer until `stop` is called; `onEnd` when the server ends it, with its error if any. */
  live<Data = Record<string, unknown>>(
    document: string,
    variables: Record<string, unknown>,
    onData: (data: Data) => void,
    onEnd?: (error?: Error) => void,
  ): () => void;
  close(): Promise<void>;
}

/** @param url the graph's HTTP address, such as http://localhost:4000/graphql */
export function createGraphClient(url: string, token?: string): GraphClient {
  const headers = { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) };
  let socket: Client | undefined;
  return {
    async run<Data>(document: string, variables: Record<string, unknown> = {}) {
      const response = await fetch(url, {
        method: "POST",
        headers,
        body: JSON.stringify({ query: document, variables }),
        signal: AbortSignal.timeout(20_000),
      });
      const body = (await response.json()) as { data?: Data; errors?: GraphFault[] };
      if (body.errors?.length) throw toError(body.errors);
      return body.data as Data;
    },
    live<Data>(
      document: string,
      variables: Record<string, unknown>,
      onData: (data: Data) => void,
      onEnd: (error?: Error) => void = () => {},
    ) {
      socket ??= createClient({
        url: url.replace(/^http/, "ws"),
        webSocketImpl: WebSocket,
        connectionParams: token ? { authorization: `Bearer ${token}` } : {},
        retryAttempts: 3,
      });
      return socket.subscribe(
        { query: document, variables },
        {
          next: (result) => {
            if (result.errors?.length) onEnd(toError(result.errors as unknown as GraphFault[]));
            else onData(result.data as Data);
          },
          error: (error) =>
            onEnd(Array.isArray(error) ? toError(error as unknown as GraphFault[]) : new Error(describe(error))),
          complete: () => onEnd(),
        },
      );
    },
    async close() {
      await socket?.dispose();
    },
  };
}

interface GraphFault {
  message: string;
  extensions?: { code?: string };
}

function toError(faults: GraphFault[]): Error {
  return new Error(faults.map((fault) => `${fault.extensions?.code ?? "ERROR"}: ${fault.message}`).join("; "));
}

function describe(error: unknown): string {
  if (error instanceof Error) return error.message;
  const { code, reason } = error as { code?: number; reason?: string };
  return `the socket was closed: ${code ?? "?"} ${reason ?? ""}`.trim();
}
