import type { DataSource } from "typeorm";
import type { Bus } from "../../kit/bus";
import type { Clock } from "../../kit/clock";
import { createInbox } from "../../kit/inbox";
import { loadOne } from "../../kit/load-rows";
import type { Log } from "../../kit/log";
import type { Model } from "../../kit/model";
import { createOutbox } from "../../kit/outbox";
import { OutboxAndInbox1700000000000 } from "../../kit/outbox-and-inbox.migration";
import type { Service, Tables } from "../../kit/service";
import { buildSubgraph } from "../../kit/subgraph";
import { AnswerDeltaResolver, AnsweredConversation } from "./answer-delta.resolver";
import { Article } from "./article.entity";
import { ArticleResolver } from "./article.resolver";
import { ArticleVersion } from "./article-version.entity";
import { ArticleVersionResolver } from "./article-version.resolver";
import { seen } from "./find-article";
import { GapResolver } from "./gap.resolver";
import { Articles1767225600002 } from "./migrations/0001-articles";
import { GapsAndTone1767225600003 } from "./migrations/0002-gaps-and-tone";
import { AnswerDelta1767225600005 } from "./migrations/0003-answer-delta";
import { Briefs1767225600007 } from "./migrations/0004-briefs";
import { ArticleVersions1767225600009 } from "./migrations/0005-article-versions";
import { onBriefWritten } from "./on-brief-written";
import { onHandoverRequested } from "./on-handover-requested";
import { onMessageAssessed } from "./on-message-assessed";

const service = "assistant";

export const assistantTables: Tables = {
  entities: [Article, ArticleVersion],
  migrations: [
    OutboxAndInbox1700000000000,
    Articles1767225600002,
    GapsAndTone1767225600003,
    AnswerDelta1767225600005,
    Briefs1767225600007,
    ArticleVersions1767225600009,
  ],
};

export interface AssistantParts {
  /** Open and migrated. */
  db: DataSource;
  bus: Bus;
  clock: Clock;
  log: Log;
  /** Null: every answer is the best passage. */
  model: Model | null;
}

/** The AI first line: knows the workspace's articles and drafts answers from them, or says that it cannot. */
export async function createAssistant({ db, bus, clock, log, model }: AssistantParts): Promise<Service> {
  const outbox = createOutbox({ service, db, bus, log });
  const inbox = createInbox({
    service,
    db,
    outbox,
    bus,
    log,
    clock,
    handlers: {
      "message.assessed": onMessageAssessed({ db, outbox, model, log, clock }),
      "handover.requested": onHandoverRequested(),
      "brief.written": onBriefWritten(),
    },
  });
  const articles = loadOne(db, Article);
  const { sdl, schema } = await buildSubgraph({
    resolvers: [
      new ArticleResolver({ db, clock }),
      new ArticleVersionResolver({ db, clock }),
      new GapResolver({ db, clock }),
      new AnswerDeltaResolver(db),
    ],
    orphanedTypes: [AnsweredConversation],
    references: {
      Article: async ({ id }, { viewer }) => seen(viewer, await articles.load(String(id))),
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
