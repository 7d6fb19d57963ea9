import { randomUUID } from "node:crypto";
import { type GraphQLSchema, type GraphQLUnionType, getNamedType } from "graphql";
import { createFakeClock } from "../../../kit/clock";
import { createSilentLog, type Log } from "../../../kit/log";
import type { Viewer } from "../../../kit/viewer";
import { type BatonEvent, type EventOf, type EventType, newEvent } from "../../../schema/events/catalogue";
import type { AssistantMode, Author, ControlHolder, Decision, HandoverStatus, Reason } from "../../../schema/words";
import { type Stage, stage, until } from "../../../test/support/stage";
import { Conversation } from "../conversation.entity";
import { factsOfConversation, factsOfMessage } from "../facts";
import { Message } from "../message.entity";
import { conversationsTables, createConversations } from "../service";
import type { Settings } from "../settings";

export const tokenSecret = "a secret of at least thirty-two characters";

export const operator: Viewer = { role: "OPERATOR" };
export const anonymous: Viewer = { role: "ANONYMOUS" };

type Answer = Record<string, unknown> & { __typename: string };

export interface Shown {
  control: ControlHolder;
  epoch: number;
  status: string;
  messages: {
    id: string;
    sequence: number;
    author: Author;
    authorName: string | null;
    text: string;
    answered: boolean | null;
  }[];
  handover: {
    id: string;
    status: HandoverStatus;
    reason: Reason;
    ending: string | null;
    agentName: string | null;
    note: string | null;
  } | null;
  handovers: { id: string; status: HandoverStatus; reason: Reason }[];
}

/** One conversation of a test, and everybody who can do something in it. */
export interface Talk {
  id: string;
  workspaceId: string;
  token: string;
  customer: Viewer;
  agent: Viewer;
  service: Viewer;
  /** Runs a mutation on this conversation and gives its union's member. */
  do(viewer: Viewer, mutation: string, args?: Record<string, unknown>): Promise<Answer>;
  /** The customer says something; the message's id. */
  say(text: string): Promise<string>;
  shown(viewer?: Viewer): Promise<Shown>;
  /** An event of another service about this conversation. */
  event<Type extends EventType>(type: Type, data: EventOf<Type>["data"]): EventOf<Type>;
  /** Policy's word on a customer's message, as of now. */
  assessed(
    messageId: string,
    decision: Decision,
    reason?: Reason,
    /** Topics, with how sure policy is of each. */
    tags?: Record<string, number>,
  ): Promise<EventOf<"message.assessed">>;
  /** Policy's word on a draft for a customer's message, as of now. */
  answerAssessed(
    messageId: string,
    decision: Decision,
    answer?: { text?: string; answered?: boolean; epoch?: number; reason?: Reason; answerId?: string },
  ): Promise<EventOf<"answer.assessed">>;
  /** The types of the events said about this conversation, in order, once there are at least `count`. */
  told(count: number): Promise<string[]>;
  /** The events of one type said about this conversation, in order, once there are at least `count`. */
  toldOf<Type extends EventType>(type: Type, count?: number): Promise<EventOf<Type>[]>;
}

export interface ConversationsStage extends Stage {
  clock: ReturnType<typeof createFakeClock>;
  workspace(assistantMode?: AssistantMode): Promise<{ id: string; widgetKey: string }>;
  talk(options?: { workspace?: { id: string; widgetKey: string }; input?: Record<string, unknown> }): Promise<Talk>;
}

/** The service alone, on real Postgres and a real bus, with a clock that is moved by hand. */
export async function openStage(
  settings: Partial<Settings> = {},
  log: Log = createSilentLog(),
): Promise<ConversationsStage> {
  const clock = createFakeClock(new Date());
  const set = await stage("conversations", conversationsTables, ({ db, bus }) =>
    createConversations({
      db,
      bus,
      clock,
      log,
      tokenSecret,
      settings: { sweepEveryMs: 20, ...settings },
    }),
  );

  const order: BatonEvent[] = [];
  const listening = await set.bus.subscribe({
    group: "order",
    topics: ["conversations"],
    from: "end",
    async onBatch(records) {
      for (const record of records) order.push(JSON.parse(record.value));
    },
  });

  async function workspace(assistantMode: AssistantMode = "BUILT_IN") {
    const { createWorkspace } = await set.ask<{ createWorkspace: { id: string; widgetKey: string } }>(
      operator,
      'mutation ($mode: AssistantMode!) { createWorkspace(name: "Lumen", assistantMode: $mode) { id widgetKey } }',
      { mode: assistantMode },
    );
    return createWorkspace;
  }

  async function talk(options: Parameters<ConversationsStage["talk"]>[0] = {}): Promise<Talk> {
    const { id: workspaceId, widgetKey } = options.workspace ?? (await workspace());
    const { startConversation } = await set.ask<{
      startConversation: { token: string; conversation: { id: string; customer: { id: string } } };
    }>(
      anonymous,
      `mutation ($input: StartConversationInput!) {
        startConversation(input: $input) { token conversation { id customer { id } } }
      }`,
      { input: { widgetKey, ...options.input } },
    );
    const { token, conversation } = startConversation;
    const { id } = conversation;
    const customer: Viewer = {
      role: "CUSTOMER",
      workspaceId,
      conversationId: id,
      customerId: conversation.customer.id,
    };
    const agent: Viewer = { role: "AGENT", workspaceId, agentId: "agent-1", name: "Ada" };
    const service: Viewer = { role: "SERVICE", workspaceId, name: "Back office" };

    async function facts() {
      const row = await set.db.getRepository(Conversation).findOneByOrFail({ id });
      const [{ assistant_mode }] = await set.db.query("select assistant_mode from workspace where id = $1", [
        workspaceId,
      ]);
      return factsOfConversation(row, assistant_mode);
    }
    function event<Type extends EventType>(type: Type, data: EventOf<Type>["data"]): EventOf<Type> {
      return newEvent<Type>(type, { workspaceId, conversationId: id, data: data as never });
    }
    const assessment = (decision: Decision, reason: Reason | null, tags: Record<string, number> = {}) => ({
      id: randomUUID(),
      decision,
      reason,
      signals: Object.entries(tags).map(([text, score]) => ({
        ...{ name: "TAG" as const, score, evidence: [] },
        rule: { id: randomUUID(), version: 1, text },
      })),
      detector: "test/1",
    });

    const talk: Talk = {
      id,
      workspaceId,
      token,
      customer,
      agent,
      service,
      async do(viewer, mutation, args = {}) {
        const answer = await set.ask<{ result: Answer }>(viewer, documentOf(set.service.schema, mutation), {
          ...args,
          conversationId: id,
        });
        return answer.result;
      },
      async say(text) {
        const posted = await talk.do(customer, "postMessage", { text });
        if (posted.__typename !== "Message") throw new Error(`postMessage was refused: ${posted.why}`);
        return posted.id as string;
      },
      async shown(viewer = agent) {
        const { conversation } = await set.ask<{ conversation: Shown }>(
          viewer,
          `query ($id: ID!) { conversation(id: $id) {
            control epoch status
            messages { id sequence author authorName text answered }
            handover { id status reason ending agentName note }
            handovers { id status reason }
          } }`,
          { id },
        );
        return conversation;
      },
      event,
      async assessed(messageId, decision, reason, tags) {
        const message = await set.db.getRepository(Message).findOneByOrFail({ id: messageId });
        return event("message.assessed", {
          conversation: await facts(),
          message: factsOfMessage(message),
          recent: [factsOfMessage(message)],
          assessment: assessment(decision, reason ?? null, tags),
        });
      },
      async answerAssessed(messageId, decision, answer = {}) {
        const conversation = await facts();
        return event("answer.assessed", {
          conversation,
          answer: {
            answerId: answer.answerId ?? randomUUID(),
            messageId,
            epoch: answer.epoch ?? conversation.epoch,
            answered: answer.answered ?? true,
            text: answer.text ?? "Within two days.",
            citations: [],
            coverage: null,
          },
          assessment: assessment(decision, answer.reason ?? null),
        });
      },
      async told(count) {
        const mine = () => order.filter(({ subject }) => subject === id).map(({ type }) => type);
        await until(`${count} events of the conversation`, () => mine().length >= count);
        return mine();
      },
      toldOf: (type, count) => set.said(type, id, count),
    };
    return talk;
  }

  return {
    ...set,
    clock,
    workspace,
    talk,
    async close() {
      await listening.stop();
      await set.close();
    },
  };
}

/** What a test reads of each possible answer of a mutation. */
const selections: Record<string, string> = {
  Message: "id sequence author authorName text",
  Handover: "id status reason ending agentName",
  Conversation: "id control epoch status customer { name email externalId }",
  SubmittedAnswer: "id answered",
  AlreadyHandedOver: "why: message handover { id status }",
  MessageTooLong: "why: message limit length",
  StaleEpoch: "why: message epoch control",
};

/** A mutation with all its arguments as variables, and every member of the union it answers with. */
function documentOf(schema: GraphQLSchema, mutation: string): string {
  const field = schema.getMutationType()?.getFields()[mutation];
  if (!field) throw new Error(`there is no mutation ${mutation}`);
  const union = getNamedType(field.type) as GraphQLUnionType;
  const members = union.getTypes().map(({ name }) => `... on ${name} { ${selections[name] ?? "why: message"} }`);
  return `mutation (${field.args.map(({ name, type }) => `$${name}: ${type}`).join(", ")}) {
    result: ${mutation}(${field.args.map(({ name }) => `${name}: $${name}`).join(", ")}) { __typename ${members.join(" ")} }
  }`;
}
