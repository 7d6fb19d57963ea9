import "../../schema/words.graph";
import type { DataSource } from "typeorm";
import type { Bus } from "../../kit/bus";
import type { Clock } from "../../kit/clock";
import { createInbox } from "../../kit/inbox";
import type { Log } from "../../kit/log";
import { createOutbox } from "../../kit/outbox";
import { OutboxAndInbox1700000000000 } from "../../kit/outbox-and-inbox.migration";
import type { Service, Tables } from "../../kit/service";
import { buildSubgraph } from "../../kit/subgraph";
import { AgentResolver } from "./agent.resolver";
import { AssistantResolver } from "./assistant.resolver";
import { Conversation } from "./conversation.entity";
import { ConversationResolver } from "./conversation.resolver";
import { CustomerResolver } from "./customer.resolver";
import type { Deps } from "./deps";
import { Handover } from "./handover.entity";
import { HandoverResolver } from "./handover.resolver";
import { createLoaders } from "./loaders";
import { Message } from "./message.entity";
import { MessageResolver } from "./message.resolver";
import { Conversations1700000000001 } from "./migrations/0001-conversations";
import { MaskPatterns1700000000003 } from "./migrations/0002-mask-patterns";
import { Tags1700000000004 } from "./migrations/0003-tags";
import { SlowDeliveries1700000000005 } from "./migrations/0004-slow-deliveries";
import { NobodyThere1700000000007 } from "./migrations/0006-nobody-there";
import { ConversationsByControl1700000000008 } from "./migrations/0007-conversations-by-control";
import { onAgentJoined, onAgentLeft, onAgentReplied } from "./on-agent";
import { onAnswerAssessed } from "./on-answer-assessed";
import { onDeliveryFailed, onDeliveryStarted, onDeliveryUnclaimed, onHandoverDelivered } from "./on-delivery";
import { onMessageAssessed } from "./on-message-assessed";
import { createReferences } from "./references";
import { defaultSettings, type Settings } from "./settings";
import { SubmittedAnswer } from "./submitted-answer.entity";
import { createSweeps } from "./sweeps";
import { Workspace } from "./workspace.entity";
import { WorkspaceResolver } from "./workspace.resolver";

export const conversationsTables: Tables = {
  entities: [Workspace, Conversation, Message, Handover, SubmittedAnswer],
  migrations: [
    OutboxAndInbox1700000000000,
    Conversations1700000000001,
    MaskPatterns1700000000003,
    Tags1700000000004,
    SlowDeliveries1700000000005,
    NobodyThere1700000000007,
    ConversationsByControl1700000000008,
  ],
};

/**
 * Who said what, and who is in control: workspaces, conversations, messages and the lifecycle of handovers.
 * `tokenSecret` signs customers' tokens; the gateway checks them with the same one.
 */
export async function createConversations(options: {
  db: DataSource;
  bus: Bus;
  clock: Clock;
  log: Log;
  tokenSecret: string;
  settings?: Partial<Settings>;
}): Promise<Service> {
  const { db, bus, clock, log, tokenSecret } = options;
  const service = "conversations";
  const outbox = createOutbox({ service, db, bus, log });
  const deps: Deps = { db, outbox, clock, log, settings: { ...defaultSettings, ...options.settings } };
  const handlers = createHandlers(deps);
  const inbox = createInbox({ service, db, outbox, bus, handlers, log, clock });
  const sweeps = createSweeps(deps);
  const loaders = createLoaders(db);
  const { sdl, schema } = await buildSubgraph({
    resolvers: [
      new WorkspaceResolver(deps, loaders),
      new ConversationResolver(deps, loaders),
      new MessageResolver(deps, loaders),
      new HandoverResolver(deps, loaders),
      new CustomerResolver(deps, tokenSecret),
      new AgentResolver(deps),
      new AssistantResolver(deps),
    ],
    references: createReferences(loaders),
  });
  return {
    name: service,
    sdl,
    schema,
    async start() {
      await outbox.start();
      await inbox.start();
      for (const sweep of sweeps) sweep.start();
    },
    async stop() {
      await Promise.all(sweeps.map((sweep) => sweep.stop()));
      await inbox.stop();
      await outbox.stop();
    },
  };
}

/** What this service hears. */
function createHandlers(deps: Deps) {
  return {
    "message.assessed": onMessageAssessed(deps),
    "answer.assessed": onAnswerAssessed(deps),
    "delivery.started": onDeliveryStarted(deps),
    "handover.delivered": onHandoverDelivered(deps),
    "delivery.unclaimed": onDeliveryUnclaimed(deps),
    "delivery.failed": onDeliveryFailed(deps),
    "agent.joined": onAgentJoined(deps),
    "agent.replied": onAgentReplied(deps),
    "agent.left": onAgentLeft(deps),
  };
}
