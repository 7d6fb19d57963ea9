import { randomUUID } from "node:crypto";
import { createFakeClock } from "../../../kit/clock";
import { createSilentLog } from "../../../kit/log";
import type { Viewer } from "../../../kit/viewer";
import { newEvent } from "../../../schema/events/catalogue";
import { type Stage, stage } from "../../../test/support/stage";
import { createSummarization, summarizationTables } from "../service";
import { dialogueOf, requestOf } from "./dialogue";

let on: Stage;
beforeAll(async () => {
  on = await stage("summarization", summarizationTables, (parts) =>
    createSummarization({ ...parts, clock: createFakeClock(), log: createSilentLog(), model: null }),
  );
});
afterAll(() => on.close());

const workspaceId = randomUUID();
const agent: Viewer = { role: "AGENT", workspaceId, agentId: "ines", name: "Ines" };

function conversationOf(spoken: Parameters<typeof dialogueOf>[0]) {
  const conversationId = randomUUID();
  const { messages } = dialogueOf(spoken);
  const customerId = randomUUID();
  const conversation = {
    id: conversationId,
    channel: "CHAT" as const,
    language: "en",
    control: "ASSISTANT" as const,
    epoch: 0,
    assistantMode: "BUILT_IN" as const,
    customer: { id: customerId, name: "Mia", email: "mia@example.com", externalId: null },
  };
  const handoverId = randomUUID();
  const facts = { workspaceId, conversationId };
  return {
    conversationId,
    handoverId,
    messages,
    customer: { role: "CUSTOMER", workspaceId, conversationId, customerId } as Viewer,
    started: newEvent("conversation.started", { ...facts, data: { conversation } }),
    posted: messages.map((message) => newEvent("message.posted", { ...facts, data: { conversation, message } })),
    requested: requestOf(workspaceId, conversation, handoverId, messages),
  };
}

const lamp = () =>
  conversationOf([
    ["CUSTOMER", "My lamp arrived broken, can I get a new one?"],
    ["ASSISTANT", "I could not find an answer.", { answered: false }],
    ["CUSTOMER", "talk to a person"],
  ]);

const summarize = `mutation ($id: ID!, $through: Int) { summarize(conversationId: $id, throughSequence: $through) {
  id headline wants { text messageIds } tried { text messageIds } openQuestion { text } mood contact language writtenBy
  throughSequence writtenAt text } }`;

test("every handover gets exactly one summary, however often it is heard", async () => {
  const { requested, handoverId, messages, conversationId } = lamp();
  await on.hear(requested);
  await on.hear({ ...requested, id: randomUUID() });
  const said = await on.said("summary.written", conversationId);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatchObject({
    causationid: requested.id,
    correlationid: requested.correlationid,
    data: {
      handoverId,
      summary: {
        headline: "My lamp arrived broken, can I get a new one?",
        wants: { messageIds: [messages[0]?.id] },
        contact: "Mia (mia@example.com)",
        throughSequence: 3,
        writtenBy: "extract/3",
      },
    },
  });
});

test("an agent who takes the conversation over gets a summary too, once", async () => {
  const { started, posted, requested, conversationId, handoverId } = lamp();
  const { conversation, handover } = requested.data;
  const tookOver = newEvent("handover.changed", {
    workspaceId,
    conversationId,
    data: {
      conversation: { ...conversation, control: "AGENT" },
      handover: { ...handover, status: "ACTIVE", reason: "AGENT_TOOK_OVER", agentName: "Ines" },
      from: null,
    },
  });
  await on.hear(started, ...posted, tookOver, { ...tookOver, id: randomUUID() });
  const said = await on.said("summary.written", conversationId);
  expect(said).toHaveLength(1);
  expect(said[0]?.data).toMatchObject({ handoverId, summary: { throughSequence: 3 } });
});

test("a handover's transcript without its oldest messages is completed from what was heard", async () => {
  const { posted, requested, messages, conversationId } = lamp();
  await on.hear(...posted);
  requested.data.transcript = messages.slice(1);
  await on.hear(requested);
  const [said] = await on.said("summary.written", conversationId);
  expect(said?.data.summary.headline).toBe("My lamp arrived broken, can I get a new one?");
});

test("on demand: written once, and again only when messages arrived", async () => {
  const { started, posted, conversationId, customer } = lamp();
  await on.hear(started, ...posted.slice(0, 1));
  const { summarize: first } = await on.ask<{ summarize: { id: string; throughSequence: number } }>(
    customer,
    summarize,
    {
      id: conversationId,
    },
  );
  expect(first).toMatchObject({ throughSequence: 1, headline: "My lamp arrived broken, can I get a new one?" });
  expect(await on.ask(customer, summarize, { id: conversationId })).toEqual({ summarize: first });
  await on.hear(...posted.slice(1));
  const { summarize: second } = await on.ask<{ summarize: { id: string } }>(agent, summarize, { id: conversationId });
  expect(second).toMatchObject({ throughSequence: 3 });
  expect(second.id).not.toBe(first.id);
  expect(
    await on.ask(agent, `query ($id: ID!) { summary(conversationId: $id) { id } }`, { id: conversationId }),
  ).toEqual({
    summary: { id: second.id },
  });
  const said = await on.said("summary.written", conversationId, 2);
  expect(said.map(({ data }) => data.handoverId)).toEqual([null, null]);
});

test("asked for twice at once, it is written once", async () => {
  const { posted, conversationId, customer } = lamp();
  await on.hear(...posted);
  const answers = await Promise.all([1, 2, 3].map(() => on.ask(customer, summarize, { id: conversationId })));
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});

test("a customer's summary waits for the message they have just posted", async () => {
  const { posted, conversationId, customer } = lamp();
  const asked = on.ask(customer, summarize, { id: conversationId, through: 3 });
  await on.hear(...posted);
  expect(await asked).toMatchObject({ summarize: { throughSequence: 3 } });
});

test("nobody sees a summary of another conversation or workspace", async () => {
  const { requested, conversationId, handoverId, customer } = lamp();
  await on.hear(requested);
  const strangers: Viewer[] = [
    { role: "CUSTOMER", workspaceId, conversationId: randomUUID(), customerId: randomUUID() },
    { role: "AGENT", workspaceId: randomUUID(), agentId: "eve", name: "Eve" },
    { role: "SERVICE", workspaceId: randomUUID(), name: "other" },
  ];
  const read = `query ($id: ID!, $handoverId: ID!) {
    summary(conversationId: $id) { id }
    _entities(representations: [{ __typename: "Handover", id: $handoverId }, { __typename: "Conversation", id: $id }]) {
      ... on Handover { summary { id } } ... on Conversation { summary { id } } } }`
    .replace("$handoverId }", `"${handoverId}" }`)
    .replace("id: $id }]", `id: "${conversationId}" }]`)
    .replace(", $handoverId: ID!", "");
  const own = await on.ask<{ summary: { id: string } }>(agent, read, { id: conversationId });
  expect(own).toEqual({ summary: own.summary, _entities: [{ summary: own.summary }, { summary: own.summary }] });
  for (const stranger of strangers) {
    expect(await on.ask(stranger, read, { id: conversationId })).toEqual({
      summary: null,
      _entities: [{ summary: null }, { summary: null }],
    });
    expect((await on.refusal(stranger, summarize, { id: conversationId }))?.extensions.code).toBe("NOT_FOUND");
  }
  expect((await on.refusal({ role: "ANONYMOUS" }, summarize, { id: conversationId }))?.extensions.code).toBe(
    "UNAUTHENTICATED",
  );
  expect((await on.refusal(agent, summarize, { id: "no id" }))?.extensions.code).toBe("NOT_FOUND");
  for (const viewer of [customer, agent])
    expect(await on.refusal(viewer, summarize, { id: conversationId.toUpperCase() })).toBeNull();
});

test("text that Postgres cannot keep does not lose the conversation its summary", async () => {
  const { requested, handoverId, conversationId } = conversationOf([
    ["CUSTOMER", "My lamp \u0000 is broken \ud83d, order 48213?"],
  ]);
  await on.hear(requested);
  const said = await on.said("summary.written", conversationId);
  expect(said[0]?.data).toMatchObject({ handoverId, summary: { headline: expect.stringContaining("order 48213") } });
});

test("when the assistant has the conversation again, it is told once what the person did", async () => {
  const { posted, requested, conversationId, handoverId, customer } = conversationOf([
    ["CUSTOMER", "My lamp arrived broken, can I get a new one?"],
    ["AGENT", "Hi Mia, I have refunded 34.50 to your card. We will send a voucher by Friday.", { authorName: "Ines" }],
  ]);
  const { conversation, handover } = requested.data;
  const returned = newEvent("handover.changed", {
    workspaceId,
    conversationId,
    data: {
      conversation: { ...conversation, control: "ASSISTANT", epoch: 3 },
      handover: { ...handover, status: "ENDED", ending: "RETURNED", agentName: "Ines", note: "a friend of the house" },
      from: "ACTIVE",
    },
  });
  await on.hear(...posted, requested, returned, { ...returned, id: randomUUID() });
  const said = await on.said("brief.written", conversationId);
  expect(said).toHaveLength(1);
  expect(said[0]?.data.brief).toMatchObject({
    ...{ handoverId, agentName: "Ines", note: "a friend of the house", decided: [], throughSequence: 2 },
    changed: [{ text: "I have refunded 34.50 to your card." }],
    promised: [{ text: "We will send a voucher by Friday." }],
  });
  const read = `query { _entities(representations: [{ __typename: "Handover", id: "${handoverId}" },
    { __typename: "Conversation", id: "${conversationId}" }]) {
    ... on Handover { brief { note changed { text } } } ... on Conversation { brief { note changed { text } } } } }`;
  const brief = { note: "a friend of the house", changed: [{ text: "I have refunded 34.50 to your card." }] };
  expect(await on.ask(agent, read)).toEqual({ _entities: [{ brief }, { brief }] });
  expect(await on.ask(customer, read)).toEqual({ _entities: [{ brief: null }, { brief: null }] });
  const stranger: Viewer = { role: "AGENT", workspaceId: randomUUID(), agentId: "eve", name: "Eve" };
  expect(await on.ask(stranger, read)).toEqual({ _entities: [{ brief: null }, { brief: null }] });
});

test("a handover that nobody took leaves no brief", async () => {
  const { posted, requested, conversationId } = lamp();
  const { conversation, handover } = requested.data;
  const ended = newEvent("handover.changed", {
    workspaceId,
    conversationId,
    data: {
      conversation: { ...conversation, control: "ASSISTANT", epoch: 2 },
      handover: { ...handover, status: "ENDED", ending: "LINKED" },
      from: "DELIVERING",
    },
  });
  await on.hear(...posted, requested, ended);
  expect(await on.said("brief.written", conversationId, 0)).toEqual([]);
});
