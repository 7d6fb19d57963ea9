import type { DataSource } from "typeorm";
import type { Bus } from "../../kit/bus";
import type { Clock } from "../../kit/clock";
import { createInbox } from "../../kit/inbox";
import type { Log } from "../../kit/log";
import { createOutbox } from "../../kit/outbox";
import { OutboxAndInbox1700000000000 } from "../../kit/outbox-and-inbox.migration";
import type { Service, Tables } from "../../kit/service";
import { buildSubgraph } from "../../kit/subgraph";
import { createSweep } from "../../kit/sweep";
import type { ProviderName } from "../../schema/words";
import { createAccounts } from "./accounts";
import { AlarmResolver } from "./alarm.resolver";
import { forgetOldRequests } from "./attempt.rows";
import { Connection } from "./connection.entity";
import { ConnectionResolver } from "./connection.resolver";
import { createConnections } from "./connections";
import { createCredentials } from "./credentials";
import { createDeliver } from "./deliver";
import { CarriedHandover, Delivery } from "./delivery.entity";
import { createLoaders, mayFollow } from "./delivery.loaders";
import { CarriedHandoverResolver, DeliveryAttemptResolver, DeliveryResolver } from "./delivery.resolver";
import { createDeliveryWorker } from "./delivery.worker";
import { DeliveryAttempt, DeliveryRequest } from "./delivery-attempt.entity";
import { DeskResolver } from "./desk.resolver";
import { createLookAgain, forgetLooks } from "./look-again";
import { MatrixResolver } from "./matrix.resolver";
import { Deliveries1767225600001 } from "./migrations/0001-deliveries";
import { Webhooks1767225600002 } from "./migrations/0002-webhooks";
import { WhatConnectionsTake1767225600003 } from "./migrations/0003-what-connections-take";
import { WhatWasSent1767225600004 } from "./migrations/0004-what-was-sent";
import { TriedAgain1767225600005 } from "./migrations/0005-tried-again";
import { Patience1767225600006 } from "./migrations/0006-patience";
import { NobodyCame1767225600007 } from "./migrations/0007-nobody-came";
import { WhatIsMeasured1767225600008 } from "./migrations/0008-what-is-measured";
import { Masking1767225600009 } from "./migrations/0009-masking";
import { OfficeHours1767225600010 } from "./migrations/0010-office-hours";
import { OfficeHoursResolver } from "./office-hours.resolver";
import { onConversationClosed } from "./on-conversation-closed";
import { onCustomerIdentified } from "./on-customer-identified";
import { onHandoverChanged } from "./on-handover-changed";
import { onHandoverRequested } from "./on-handover-requested";
import { onMaskingChanged } from "./on-masking-changed";
import { onMessagePosted } from "./on-message-posted";
import { onSummaryWritten } from "./on-summary-written";
import { openDesks } from "./open-desks";
import { PatienceResolver } from "./patience.resolver";
import type { Provider } from "./provider";
import { createConsole } from "./providers/console";
import { link } from "./providers/link";
import { resealAll } from "./reseal";
import { defaultSettings, type Settings } from "./settings";
import { measureDeliveries } from "./undelivered";
import { webhookRoutes } from "./webhook.routes";
import { forgetOldCalls } from "./webhook.rows";
import { createWebhookWorker } from "./webhook.worker";

const service = "providers";

export const providersTables: Tables = {
  entities: [Connection, Delivery, DeliveryAttempt, DeliveryRequest],
  migrations: [
    OutboxAndInbox1700000000000,
    Deliveries1767225600001,
    Webhooks1767225600002,
    WhatConnectionsTake1767225600003,
    WhatWasSent1767225600004,
    TriedAgain1767225600005,
    Patience1767225600006,
    NobodyCame1767225600007,
    WhatIsMeasured1767225600008,
    Masking1767225600009,
    OfficeHours1767225600010,
  ],
};

export interface ProvidersParts {
  /** Open and migrated. */
  db: DataSource;
  bus: Bus;
  clock: Clock;
  log: Log;
  /** Encrypts the connections' credentials; at least 32 characters, kept as long as the database. */
  credentialsKey: string;
  /** Keys that were in use before: what they sealed is opened, and sealed anew with the key in use. */
  formerCredentialsKeys?: string[];
  settings?: Partial<Settings>;
  /** Names or absolute paths of packages with further providers. */
  providerPackages?: string[];
  /** Further providers, or others in the place of Baton's own. */
  providers?: Provider[];
}

/** Where do the people work? Carries every handover into a help desk, step by step, and never loses one. */
export async function createProviders(parts: ProvidersParts): Promise<Service> {
  const { db, bus, clock, log } = parts;
  const settings = { ...defaultSettings, ...parts.settings };
  const own = [...openDesks(parts.providerPackages), link, createConsole({ db, now: () => clock.now() })];
  const providers = new Map<ProviderName, Provider>(
    [...own, ...(parts.providers ?? [])].map((provider) => [provider.name, provider]),
  );
  const credentials = createCredentials(parts.credentialsKey, parts.formerCredentialsKeys);
  const accounts = createAccounts({ db, credentials, clock });
  const connections = createConnections({ providers, credentials, accounts, clock });
  const outbox = createOutbox({ service, db, bus, log });
  const known = { db: db.manager, outbox, clock, log, providers, connections, accounts, settings };
  const carry = createDeliver(known);
  const webhooks = createWebhookWorker(known);
  const lookAgain = createLookAgain({
    db: db.manager,
    clock,
    log,
    providers,
    everyMs: settings.lookAgainMs,
    wake: webhooks.wake,
  });
  const worker = createDeliveryWorker({ db: db.manager, clock, log, settings, carry });
  const heard = {
    db: db.manager,
    clock,
    log,
    connections,
    providers,
    summaryWaitMs: settings.summaryWaitMs,
    wake: worker.wakeIn,
  };
  const inbox = createInbox({
    service,
    db,
    outbox,
    bus,
    log,
    clock,
    handlers: {
      "masking.changed": onMaskingChanged(),
      "handover.requested": onHandoverRequested(heard),
      "summary.written": onSummaryWritten(heard),
      "handover.changed": onHandoverChanged(heard),
      "message.posted": onMessagePosted(heard),
      "customer.identified": onCustomerIdentified(heard),
      "conversation.closed": onConversationClosed(heard),
    },
  });
  const loaders = createLoaders(db);
  const { sdl, schema } = await buildSubgraph({
    resolvers: [
      new MatrixResolver(providers),
      new ConnectionResolver({ db, clock, providers, connections, accounts, testTimeoutMs: settings.stepTimeoutMs }),
      new PatienceResolver({ db, clock, byDefault: settings.patience, wake: worker.wakeIn }),
      new OfficeHoursResolver(db),
      new DeskResolver({ db, outbox, clock }),
      new AlarmResolver(db),
      new CarriedHandoverResolver(loaders),
      new DeliveryResolver({ db, outbox, clock, loaders, providers, wake: worker.wakeIn }),
      new DeliveryAttemptResolver(loaders),
    ],
    references: {
      Handover: ({ id }) => new CarriedHandover(String(id)),
      Delivery: async ({ id }, { viewer }) => {
        const delivery = await loaders.byId.load(String(id));
        return delivery && mayFollow(viewer, delivery) ? delivery : null;
      },
      Connection: ({ id }, { viewer }) =>
        viewer.role === "SERVICE" ? connections.find(db.manager, viewer.workspaceId, String(id)) : null,
    },
  });
  const erasing = createSweep({
    name: "kept-data",
    everyMs: 3_600_000,
    run: async () => {
      await connections.eraseDeleted(db.manager);
      const resealed = await resealAll(db, credentials);
      if (resealed > 0) log.info({ resealed }, "Credentials were sealed anew with the key in use.");
      await forgetOldCalls(db.manager, clock.now());
      await forgetLooks(db.manager, clock.now(), settings.lookAgainMs);
      await forgetOldRequests(db.manager, clock.now(), settings.requestsKeptMs);
    },
    log,
  });
  const measuring = createSweep({
    name: "measuring",
    everyMs: 15_000,
    run: () => measureDeliveries(db.manager, clock.now()),
    log,
  });
  return {
    name: service,
    sdl,
    schema,
    routes: webhookRoutes({ db: db.manager, clock, log, providers, connections, wake: webhooks.wake }),
    async start() {
      await outbox.start();
      worker.start();
      webhooks.start();
      lookAgain.start();
      erasing.start();
      measuring.start();
      await inbox.start();
    },
    async stop() {
      await Promise.all([inbox.stop(), erasing.stop(), measuring.stop(), lookAgain.stop()]);
      await Promise.all([worker.stop(), webhooks.stop()]);
      await accounts.settled();
      await outbox.stop();
    },
  };
}
