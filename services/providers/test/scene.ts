import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { type Clock, systemClock } from "../../../kit/clock";
import { createSilentLog, type Log } from "../../../kit/log";
import type { Viewer } from "../../../kit/viewer";
import { type EventOf, newEvent } from "../../../schema/events/catalogue";
import type { ControlHolder, HandoverStatus } from "../../../schema/words";
import { type Stage, stage } from "../../../test/support/stage";
import { exampleHanding } from "../handing.example";
import { defineProvider, type Provider } from "../provider";
import { createProviders, providersTables } from "../service";
import { defaultSettings, type Settings } from "../settings";

export const credentialsKey = "a key for tests, with at least 32 characters";

/** The provider with calls of its desk whose body is what they tell, whether that is an event or not. */
export function telling(provider: Provider): Provider {
  return defineProvider<unknown>({
    ...(provider as Provider<unknown>),
    webhook: {
      proof: "SECRET",
      authentic: () => true,
      callId: () => null,
      parse: async ({ body }) => JSON.parse(body.toString()),
    },
  });
}

/** Providers on a stage, impatient enough for tests. */
export function openStage(
  more: {
    providers?: Provider[];
    settings?: Partial<Omit<Settings, "patience">> & { patience?: Partial<Settings["patience"]> };
    log?: Log;
    clock?: Clock;
    providerPackages?: string[];
  } = {},
): Promise<Stage> {
  return stage("providers", providersTables, (parts) =>
    createProviders({
      ...parts,
      clock: more.clock ?? systemClock,
      log: more.log ?? createSilentLog(),
      credentialsKey,
      settings: {
        summaryWaitMs: 60_000,
        stepTimeoutMs: 300,
        firstRetryMs: 10,
        pollMs: 50,
        ...more.settings,
        patience: { ...defaultSettings.patience, ...more.settings?.patience },
      },
      ...(more.providers ? { providers: more.providers } : {}),
      ...(more.providerPackages ? { providerPackages: more.providerPackages } : {}),
    }),
  );
}

/** Serves what the service answers over HTTP, where desks call. */
export async function serve({ service }: Stage): Promise<{ origin: string; stop(): Promise<void> }> {
  const app = express();
  service.routes?.(app);
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** A workspace, and what its other services say of a handover in it. */
export function aHandover(workspaceId: string = randomUUID()) {
  const handing = exampleHanding();
  const { handoverId, conversationId, customer, summary } = handing;
  const facts = { workspaceId, conversationId };
  const conversation = (control: ControlHolder) => ({
    id: conversationId,
    channel: "CHAT" as const,
    language: "en",
    control,
    epoch: 1,
    assistantMode: "BUILT_IN" as const,
    customer,
  });
  const handover = (status: HandoverStatus, agentName: string | null = null) => ({
    id: handoverId,
    status,
    reason: "CANNOT_ANSWER" as const,
    messageId: null,
    ending: null,
    agentName,
    requestedAt: "2026-01-01T12:00:00.000Z",
  });
  if (!summary) throw new Error("the example has a summary");
  return {
    workspaceId,
    conversationId,
    handoverId,
    customer: { role: "CUSTOMER", workspaceId, conversationId, customerId: customer.id } as Viewer,
    agent: (agentId = "ines", name = "Ines"): Viewer => ({ role: "AGENT", workspaceId, agentId, name }),
    service: { role: "SERVICE", workspaceId, name: "shop" } as Viewer,
    requested: newEvent("handover.requested", {
      ...facts,
      data: { conversation: conversation("QUEUE"), handover: handover("REQUESTED"), transcript: handing.transcript },
    }),
    summarized: newEvent("summary.written", {
      ...facts,
      data: { conversation: conversation("QUEUE"), handoverId, summary },
    }),
    changed: (
      status: HandoverStatus,
      agentName: string | null = null,
      from: HandoverStatus | null = null,
    ): EventOf<"handover.changed"> =>
      newEvent("handover.changed", {
        ...facts,
        data: { conversation: conversation("AGENT"), handover: handover(status, agentName), from },
      }),
    identified: (email: string | null, name: string | null = customer.name): EventOf<"customer.identified"> =>
      newEvent("customer.identified", {
        ...facts,
        data: { conversation: { ...conversation("QUEUE"), customer: { ...customer, email, name } } },
      }),
    wrote: (sequence: number, text: string): EventOf<"message.posted"> =>
      newEvent("message.posted", {
        ...facts,
        data: {
          conversation: conversation("AGENT"),
          message: {
            id: randomUUID(),
            sequence,
            author: "CUSTOMER",
            authorName: null,
            text,
            postedAt: "2026-01-01T12:01:00.000Z",
            inReplyTo: null,
            answered: null,
          },
        },
      }),
  };
}
export type AHandover = ReturnType<typeof aHandover>;

export interface ShownDelivery {
  provider: string;
  status: string;
  externalId: string | null;
  url: string | null;
  steps: { name: string; done: boolean }[];
  attempts: { step: string; attempt: number; outcome: string; error: string | null }[];
}

const handoverFields = `deliveries { provider status externalId url steps { name done } attempts { step attempt outcome error } }
  link { url copyText }`;

/** What a viewer sees of a handover's deliveries, as the gateway asks for it. */
export async function handoverSeenBy(on: Stage, viewer: Viewer, handoverId: string) {
  const { _entities } = await on.ask<{
    _entities: [{ deliveries: ShownDelivery[]; link: { url: string; copyText: string | null } | null }];
  }>(
    viewer,
    `{ _entities(representations: [{ __typename: "Handover", id: "${handoverId}" }]) { ... on Handover { ${handoverFields} } } }`,
  );
  return _entities[0];
}

/** Connects a provider and returns the connection's id. */
export async function connect(
  on: Stage,
  { service }: Pick<AHandover, "service">,
  provider: string,
  config: Record<string, unknown>,
): Promise<string> {
  const { connectProvider } = await on.ask<{ connectProvider: { id: string } }>(
    service,
    `mutation ($input: ConnectProviderInput!) { connectProvider(input: $input) { id } }`,
    { input: { provider, config } },
  );
  return connectProvider.id;
}

export const deskConfig = { subdomain: "shop", apiKey: "very-secret-api-key" };
export const linkConfig = {
  urlTemplate: "https://help.example.com/contact?email={email}&subject={headline}",
  allowedHosts: ["help.example.com"],
};

/** Nothing is due and nothing runs: whatever comes next comes by time or by an event. */
export async function atRest(on: Stage, now: Date): Promise<boolean> {
  const [{ busy }] = await on.db.query(
    "select exists (select from delivery where due_at <= $1 or leased_until > clock_timestamp()) as busy",
    [now],
  );
  return !busy;
}
