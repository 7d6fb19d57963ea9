import { randomUUID } from "node:crypto";
import { createHttp, type HttpServer } from "../../kit/http";
import { createSilentLog, type Log } from "../../kit/log";
import { serveSubgraph } from "../../kit/subgraph.server";
import { signToken, type Viewer } from "../../kit/viewer";
import { composeSupergraph } from "../../schema/compose";
import { type EventType, newEvent, topicOf } from "../../schema/events/catalogue";
import type { Limits } from "../limits";
import { createGateway, type Gateway } from "../server";
import type { SourceConfig } from "../subgraphs/source";
import { createFakeBus, type FakeBus } from "./bus.fake";
import { createTinyWorld, type TinyWorld, tinyConversations, tinyPolicy } from "./tiny-subgraphs";

export const secrets = {
  token: "a secret of the tests that clients' tokens are signed with",
  internal: "a secret of the tests that the gateway shows to subgraphs",
};

export interface Answer {
  status: number;
  headers: Headers;
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: unknown; extensions: Record<string, unknown> }[];
}

export interface TinyGraph {
  world: TinyWorld;
  bus: FakeBus;
  gateway: Gateway;
  url: string;
  /** The subgraph processes, when the subgraphs are remote. */
  processes: Record<string, HttpServer>;
  ask(query: string, options?: { viewer?: Viewer; token?: string; variables?: object }): Promise<Answer>;
  /** Says on the bus that something happened in a conversation. */
  happened(type: "message.posted" | "control.changed", workspaceId: string, conversationId: string): Promise<void>;
  stop(): Promise<void>;
}

/** Two subgraphs behind a gateway: in this process, or each on a port of its own. */
export async function createTinyGraph(
  options: { remote?: boolean; limits?: Partial<Limits>; log?: Log } = {},
): Promise<TinyGraph> {
  const log = options.log ?? createSilentLog();
  const world = createTinyWorld();
  const bus = createFakeBus();
  const subgraphs = { conversations: await tinyConversations(world), policy: await tinyPolicy() };
  const supergraphSdl = composeSupergraph(
    Object.entries(subgraphs).map(([name, { sdl }]) => ({ name, sdl, url: `http://${name}/graphql` })),
  );
  const processes: Record<string, HttpServer> = {};
  const sources: Record<string, SourceConfig> = {};
  for (const [name, { schema }] of Object.entries(subgraphs)) {
    sources[name] = { schema };
    if (!options.remote) continue;
    const http = createHttp({ port: 0, host: "127.0.0.1", checks: {}, log });
    await serveSubgraph({ http, schema, internalSecret: secrets.internal, log });
    await http.listen();
    processes[name] = http;
    sources[name] = { url: `http://127.0.0.1:${http.port}/graphql` };
  }
  const gateway = await createGateway({ supergraphSdl, sources, bus, secrets, log, limits: options.limits ?? {} });
  const { url } = await gateway.listen(0);
  return {
    ...{ world, bus, gateway, processes },
    url: `${url}/graphql`,
    async ask(query, { viewer, token, variables } = {}) {
      const bearer = token ?? (viewer ? await tokenFor(viewer) : null);
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, headers: response.headers, ...((await response.json()) as object) };
    },
    happened: (type, workspaceId, conversationId) => publish(bus, type, workspaceId, conversationId),
    async stop() {
      await gateway.stop();
      await Promise.all(Object.values(processes).map((http) => http.stop()));
    },
  };
}

export const tokenFor = (viewer: Viewer, seconds = 60) => signToken(secrets.token, "outer", viewer, seconds);

export const agentOf = (workspaceId: string): Viewer => ({ role: "AGENT", workspaceId, agentId: "a1", name: "Ada" });

export const customerOf = (workspaceId: string, conversationId: string): Viewer => ({
  ...{ role: "CUSTOMER" as const, workspaceId, conversationId },
  customerId: randomUUID(),
});

async function publish(bus: FakeBus, type: EventType, workspaceId: string, conversationId: string) {
  const conversation = {
    ...{ id: conversationId, channel: "CHAT", language: "en", control: "ASSISTANT", epoch: 0 },
    assistantMode: "BUILT_IN",
    customer: { id: randomUUID(), name: null, email: null, externalId: null },
  };
  const message = {
    ...{ id: randomUUID(), sequence: 1, author: "CUSTOMER", authorName: null, text: "hello" },
    ...{ postedAt: new Date().toISOString(), inReplyTo: null, answered: null, citations: [] },
  };
  const data = type === "control.changed" ? { conversation, from: "QUEUE" } : { conversation, message };
  const event = newEvent(type, { workspaceId, conversationId, data: data as never });
  await bus.publish([{ topic: topicOf(type), key: conversationId, value: JSON.stringify(event) }]);
}

/** Polls until it holds; fails after 20 seconds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`never came true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
