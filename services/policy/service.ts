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
import { AssessedMessage, Assessment, TaggedConversation } from "./assessment.entity";
import { createLoaders, inUse } from "./assessment.loaders";
import { AssessedMessageResolver, TaggedConversationResolver } from "./assessment.resolver";
import { GuidanceRule } from "./guidance-rule.entity";
import { GuidanceRuleResolver } from "./guidance-rule.resolver";
import { Policy1767225600002 } from "./migrations/0001-policy";
import { Trust1767225600003 } from "./migrations/0002-trust";
import { onAnswer } from "./on-answer";
import { onControlChanged } from "./on-control-changed";
import { onHandoverChanged } from "./on-handover-changed";
import { onMessagePosted } from "./on-message-posted";
import { PolicyDraftResolver } from "./policy-draft.resolver";
import { StoredSettings } from "./policy-settings.entity";
import { PolicySettingsResolver } from "./policy-settings.resolver";
import { PolicyDraft, PolicyVersion } from "./policy-version.entity";
import { Replay } from "./replay.entity";
import { ReplayResolver } from "./replay.resolver";
import { createReplayWorker } from "./replay.worker";
import { RuleCheckResolver } from "./rule-check.resolver";
import { playPatienceMs } from "./run-scenarios";
import { Scenario } from "./scenario.entity";
import { ScenarioResolver } from "./scenario.resolver";
import { Tag } from "./tag.entity";
import { TagResolver } from "./tag.resolver";
import { TagImportResolver } from "./tag-import.resolver";
import { HandoverVerdict, JudgedHandover } from "./verdict.entity";
import { VerdictResolver } from "./verdict.resolver";

const service = "policy";

export const policyTables: Tables = {
  entities: [
    Assessment,
    GuidanceRule,
    HandoverVerdict,
    PolicyDraft,
    PolicyVersion,
    Replay,
    Scenario,
    StoredSettings,
    Tag,
  ],
  migrations: [OutboxAndInbox1700000000000, Policy1767225600002, Trust1767225600003],
};

export interface PolicyParts {
  /** Open and migrated. */
  db: DataSource;
  bus: Bus;
  clock: Clock;
  log: Log;
  /** Null: the offline signals judge alone. */
  model: Model | null;
  /** How long, in milliseconds, scenarios are played while somebody waits for the answer. */
  playWithinMs?: number;
}

/** Should a person take over? Reads every message of a customer and every drafted answer, and says what it thinks. */
export async function createPolicy(parts: PolicyParts): Promise<Service> {
  const { db, bus, clock, log, model, playWithinMs = playPatienceMs } = parts;
  const outbox = createOutbox({ service, db, bus, log });
  const answered = onAnswer({ db, clock });
  const inbox = createInbox({
    service,
    db,
    outbox,
    bus,
    log,
    clock,
    handlers: {
      "message.posted": onMessagePosted({ db, clock, model }),
      "answer.drafted": answered,
      "answer.submitted": answered,
      "control.changed": onControlChanged(),
      "handover.changed": onHandoverChanged(),
    },
  });
  const worker = createReplayWorker({ db, outbox, clock, log });
  const loaders = createLoaders(db);
  const { sdl, schema } = await buildSubgraph({
    resolvers: [
      new AssessedMessageResolver(loaders),
      new TaggedConversationResolver(loaders),
      new GuidanceRuleResolver({ db, clock }),
      new TagResolver({ db, clock }),
      new PolicySettingsResolver({ db, clock }),
      new PolicyDraftResolver({ db, clock, playWithinMs }),
      new RuleCheckResolver({ db }),
      new ScenarioResolver({ db, clock, playWithinMs }),
      new ReplayResolver({ db, outbox, clock, worker }),
      new VerdictResolver({ db, clock, loaders }),
      new TagImportResolver({ db, clock }),
    ],
    orphanedTypes: [AssessedMessage, JudgedHandover, TaggedConversation],
    references: {
      Message: ({ id }) => ({ id }),
      Conversation: ({ id }) => ({ id }),
      Handover: ({ id }) => ({ id }),
      Tag: async ({ id }, { viewer }) => inUse(viewer, await loaders.tag.load(String(id))),
      GuidanceRule: async ({ id }, { viewer }) => inUse(viewer, await loaders.rule.load(String(id))),
    },
  });
  return {
    name: service,
    sdl,
    schema,
    async start() {
      await outbox.start();
      await inbox.start();
      worker.start();
    },
    async stop() {
      await worker.stop();
      await inbox.stop();
      await outbox.stop();
    },
  };
}
