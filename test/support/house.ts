import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync } from "node:fs";
import { chmod, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startInOneProcess } from "../../commands/one-process";
import { createGraphClient, type GraphClient } from "../../demo/client";
import { type Desk, openDesk } from "../../demo/desk";
import { openWidget, type Widget } from "../../demo/widget";
import type { Clock } from "../../kit/clock";
import { startEmbeddedPostgres } from "../../kit/database.embedded";
import { createSilentLog } from "../../kit/log";
import type { Model } from "../../kit/model";
import { projectPath } from "../../kit/project";
import { signToken, type Viewer } from "../../kit/viewer";

/** The whole of Baton in this process, on a Postgres and a port of its own: what the journeys travel through. */
export interface House {
  url: string;
  /** The address of the Postgres server, with one database per service. */
  databaseUrl: string;
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
  const folder = mkdtempSync(join(tmpdir(), "baton-house-"));
  // Where root runs the tests, Postgres runs as nobody and must be able to go in.
  await chmod(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ folder, durable: false, log });
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
    await postgres.stop("now");
    await rm(folder, { recursive: true, force: true });
  }

  const { url } = await startInOneProcess({
    databaseUrl: postgres.url("postgres"),
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
    databaseUrl: postgres.url("postgres"),
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
