import type { DataSource } from "typeorm";
import type { Bus } from "../../kit/bus";
import type { Clock } from "../../kit/clock";
import { createInbox } from "../../kit/inbox";
import type { Log } from "../../kit/log";
import type { Model } from "../../kit/model";
import { createOutbox } from "../../kit/outbox";
import { OutboxAndInbox1700000000000 } from "../../kit/outbox-and-inbox.migration";
import type { Service, Tables } from "../../kit/service";
import { buildSubgraph } from "../../kit/subgraph";
import { Brief } from "./brief.entity";
import { CorrectionResolver } from "./correction.resolver";
import { HeardConversation, HeardMessage } from "./heard.entity";
import { Summaries1767225600001 } from "./migrations/0001-summaries";
import { VersionsAndStrikes1767225600004 } from "./migrations/0002-versions-and-strikes";
import { Briefs1767225600006 } from "./migrations/0003-briefs";
import { Masking1767225600008 } from "./migrations/0004-masking";
import { onConversationTold } from "./on-conversation-told";
import { onHandoverChanged } from "./on-handover-changed";
import { onHandoverRequested } from "./on-handover-requested";
import { onMaskingChanged } from "./on-masking-changed";
import { onMessagePosted } from "./on-message-posted";
import { createSummarize } from "./summarize";
import { SummarizedConversation, SummarizedHandover, Summary } from "./summary.entity";
import { createLoaders } from "./summary.loaders";
import { SummarizedConversationResolver, SummarizedHandoverResolver, SummaryResolver, seen } from "./summary.resolver";
import { SummarySettingsResolver } from "./summary-settings.resolver";

const service = "summarization";

export const summarizationTables: Tables = {
  entities: [Brief, HeardConversation, HeardMessage, Summary],
  migrations: [
    OutboxAndInbox1700000000000,
    Summaries1767225600001,
    VersionsAndStrikes1767225600004,
    Briefs1767225600006,
    Masking1767225600008,
  ],
};

export interface SummarizationParts {
  /** Open and migrated. */
  db: DataSource;
  bus: Bus;
  clock: Clock;
  log: Log;
  /** Null: every summary is the extract. */
  model: Model | null;
}

/** What must the person know? Writes a summary for every handover, and for whoever asks. */
export async function createSummarization({ db, bus, clock, log, model }: SummarizationParts): Promise<Service> {
  const outbox = createOutbox({ service, db, bus, log });
  const summarize = createSummarize({ model, clock, log });
  const inbox = createInbox({
    service,
    db,
    outbox,
    bus,
    log,
    clock,
    handlers: {
      "masking.changed": onMaskingChanged(),
      "conversation.started": onConversationTold(),
      "customer.identified": onConversationTold(),
      "message.posted": onMessagePosted(),
      "handover.requested": onHandoverRequested({ db: db.manager, summarize }),
      "handover.changed": onHandoverChanged({ db: db.manager, summarize, clock }),
    },
  });
  const loaders = createLoaders(db);
  const { sdl, schema } = await buildSubgraph({
    resolvers: [
      new SummaryResolver({ db, outbox, summarize }, loaders),
      new CorrectionResolver({ db, outbox, summarize, clock }),
      new SummarySettingsResolver(db),
      new SummarizedConversationResolver(loaders),
      new SummarizedHandoverResolver(loaders),
    ],
    orphanedTypes: [SummarizedConversation, SummarizedHandover],
    references: {
      Conversation: ({ id }) => ({ id }),
      Handover: ({ id }) => ({ id }),
      Summary: ({ id }, { viewer }) => seen(viewer, loaders.byId.load(String(id))),
    },
  });
  return {
    name: service,
    sdl,
    schema,
    async start() {
      await outbox.start();
      await inbox.start();
    },
    async stop() {
      await inbox.stop();
      await outbox.stop();
    },
  };
}
