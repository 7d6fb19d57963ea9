import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { startInOneProcess } from "../../commands/one-process";
import { createGraphClient, type GraphClient } from "../../demo/client";
import { type Desk, openDesk } from "../../demo/desk";
import { openWidget, type Widget } from "../../demo/widget";
import type { Clock } from "../../kit/clock";
import { createSilentLog } from "../../kit/log";
import type { Model } from "../../kit/model";
import { projectPath } from "../../kit/project";
import { signToken, type Viewer } from "../../kit/viewer";
import { postgresAddress } from "./env";
import { dropDatabase } from "./postgres";

/** The whole of Baton in this process, on databases and a port of its own: what the journeys travel through. */
export interface House {
  url: string;
  /** The address of a service's database. */
  databaseUrl(service: string): string;
  tokenSecret: string;
  token(viewer: Viewer): Promise<string>;
  /** A client of the public graph; without a viewer, an anonymous one. */
  as(viewer?: Viewer): Promise<GraphClient>;
  /** A new company, with what the test wants to know about it. */
  newWorkspace(name?: string): Promise<TestWorkspace>;
  stop(): Promise<void>;
}

export interface TestWorkspace {
  id: string;
  widgetKey: string;
  agent: Viewer;
  service: GraphClient;
  openWidget(options?: { channel?: "CHAT" | "TICKET"; language?: string }): Promise<Widget>;
  openDesk(): Promise<Desk>;
}

export async function startHouse(options: { model?: Model | null; clock?: Clock } = {}): Promise<House> {
  const log = createSilentLog();
  const own = randomBytes(6).toString("hex");
  const databases = new Set<string>();
  const databaseOf = (name: string) => {
    databases.add(`${name}_${own}`);
    return `${name}_${own}`;
  };
  const stops: (() => Promise<unknown>)[] = [];
  const secrets = {
    tokenSecret: randomUUID() + randomUUID(),
    internalSecret: randomUUID() + randomUUID(),
    credentialsKey: randomBytes(32).toString("base64"),
    formerCredentialsKeys: [],
  };
  const opened: (GraphClient | Widget | Desk)[] = [];

  async function stop(): Promise<void> {
    for (const client of opened) await client.close();
    for (let next = stops.pop(); next; next = stops.pop()) await next();
    await Promise.all([...databases].map(dropDatabase));
  }

  const { url } = await startInOneProcess({
    databaseUrl: postgresAddress.get(),
    databaseOf,
    secrets,
    model: options.model ?? null,
    supergraphSdl: readFileSync(projectPath("schema/supergraph.graphql"), "utf8"),
    port: 0,
    host: "127.0.0.1",
    log,
    clock: options.clock,
    onStop: (_name, end) => stops.push(end),
  }).catch(async (error) => {
    await stop();
    throw error;
  });

  const token = (viewer: Viewer) => signToken(secrets.tokenSecret, "outer", viewer, 3_600);
  async function as(viewer?: Viewer): Promise<GraphClient> {
    const client = createGraphClient(url, viewer && (await token(viewer)));
    opened.push(client);
    return client;
  }

  return {
    url,
    databaseUrl: (service) => postgresAddress.get() + databaseOf(service),
    tokenSecret: secrets.tokenSecret,
    token,
    as,
    stop,
    async newWorkspace(name = "A shop") {
      const operator = await as({ role: "OPERATOR" });
      const { createWorkspace } = await operator.run<{ createWorkspace: { id: string; widgetKey: string } }>(
        "mutation ($name: String!) { createWorkspace(name: $name) { id widgetKey } }",
        { name },
      );
      const { id, widgetKey } = createWorkspace;
      const agent: Viewer = { role: "AGENT", workspaceId: id, agentId: "ada", name: "Ada" };
      return {
        id,
        widgetKey,
        agent,
        service: await as({ role: "SERVICE", workspaceId: id, name: "the shop" }),
        async openWidget(more = {}) {
          const widget = await openWidget({ url, widgetKey, ...more });
          opened.push(widget);
          return widget;
        },
        async openDesk() {
          const desk = openDesk({ url, token: await token(agent) });
          opened.push(desk);
          return desk;
        },
      };
    },
  };
}
