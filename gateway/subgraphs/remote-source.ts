import { GraphQLError } from "graphql";
import { Pool } from "undici";
import { refuse } from "../../kit/errors";
import type { Log } from "../../kit/log";
import type { Viewer } from "../../kit/viewer";
import { backoff } from "../../kit/wake";
import { createBoundedCache } from "../bounded-cache";
import { hasCode, internalError } from "../errors-that-leave";
import type { Source } from "./source";

export interface RemoteSourceOptions {
  name: string;
  url: string;
  log: Log;
  /** Signs what the subgraph is shown for this viewer. */
  internalToken(viewer: Viewer): Promise<string>;
  /** Milliseconds until the headers, and between parts of the body. */
  timeoutMs?: number;
}

/** The connection broke or never came to be, so a query can be asked again. */
const connectionLost = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "UND_ERR_SOCKET", "UND_ERR_CONNECT_TIMEOUT"]);
const QUERY_ATTEMPTS = 3;

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
}

/**
 * A subgraph over HTTP, on a pool of kept connections. The JSON of each operation's text is made once. Nothing of
 * the client's request travels but the viewer, as an internal token.
 */
export function createRemoteSource({ name, url, log, internalToken, timeoutMs = 10_000 }: RemoteSourceOptions): Source {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, {
    connections: 64,
    // Shorter than a subgraph keeps idle connections (see kit), so that we never write into one that is closing.
    keepAliveTimeout: 4_000,
    connect: { timeout: 3_000 },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const texts = createBoundedCache<string>(2_000);

  async function ask(query: string, variables: unknown, viewer: Viewer): Promise<Answer> {
    let text = texts.get(query);
    if (!text) {
      text = JSON.stringify(query);
      texts.set(query, text);
    }
    const attempts = query.startsWith("mutation") ? 1 : QUERY_ATTEMPTS;
    const body = `{"query":${text},"variables":${JSON.stringify(variables ?? {})}}`;
    const headers = {
      "content-type": "application/json",
      accept: "application/json",
      authorization: `Bearer ${await internalToken(viewer)}`,
    };
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await pool.request({ path: pathname + search, method: "POST", headers, body });
        return read(response.statusCode, await response.body.text());
      } catch (error) {
        const code = error instanceof Error && "code" in error ? String(error.code) : "";
        if (connectionLost.has(code) && attempt < attempts) {
          await new Promise((resolve) => setTimeout(resolve, backoff(attempt, 50, 500)));
          continue;
        }
        if (error instanceof GraphQLError) throw error;
        log.warn({ subgraph: name, err: error }, "a subgraph did not answer");
        throw unavailable();
      }
    }
  }

  function read(status: number, text: string): Answer {
    if (status === 401 || status === 403) {
      const hint = "Do INTERNAL_SECRET of the gateway and of the subgraph differ, or their clocks?";
      throw internalError(`${name} refused the internal token (${status}). ${hint}`, log);
    }
    const answer = parsed(text);
    // A 5xx that still speaks GraphQL is the subgraph's own sentence; a proxy's page is not.
    if (answer && (answer.data !== undefined || answer.errors !== undefined)) return answer;
    log.warn({ subgraph: name, status, text: text.slice(0, 300) }, "a subgraph did not answer in GraphQL");
    throw unavailable();
  }

  function unavailable() {
    return refuse("UNAVAILABLE", `The subgraph "${name}" does not answer. Try again.`, { subgraph: name });
  }

  return {
    async process({ request, context }) {
      const { data, errors } = await ask(request.query ?? "", request.variables, context.viewer);
      if (!errors) return { data } as never;
      return { data, errors: errors.map(seen) } as never;
    },
    async ping() {
      const headers = {
        "content-type": "application/json",
        authorization: `Bearer ${await internalToken({ role: "ANONYMOUS" })}`,
      };
      const body = '{"query":"{__typename}"}';
      const options = { headersTimeout: 2_000, bodyTimeout: 2_000 };
      const response = await pool.request({ path: pathname + search, method: "POST", headers, body, ...options });
      const answer = parsed(await response.body.text());
      if (!answer?.data) throw unavailable();
    },
    close: () => pool.destroy(),
  };

  function seen(error: NonNullable<Answer["errors"]>[number]) {
    if (hasCode(error.extensions)) return error;
    return { ...error, ...internalError(`${name} said: ${error.message}`, log).toJSON() };
  }
}

function parsed(text: string): Answer | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Answer) : null;
  } catch {
    return null;
  }
}
