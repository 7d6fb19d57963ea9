import { randomUUID } from "node:crypto";
import { createFakeClock } from "../../../kit/clock";
import { createSilentLog } from "../../../kit/log";
import type { Viewer } from "../../../kit/viewer";
import { newEvent } from "../../../schema/events/catalogue";
import { type Stage, stage } from "../../../test/support/stage";
import { createPolicy, policyTables } from "../service";
import { story } from "./story";

let on: Stage;
beforeAll(async () => {
  on = await stage("policy", policyTables, (parts) =>
    createPolicy({ ...parts, clock: createFakeClock(), log: createSilentLog(), model: null }),
  );
});
afterAll(() => on.close());

const serviceOf = (workspaceId: string): Viewer => ({ role: "SERVICE", workspaceId, name: "back end" });
const agentOf = (workspaceId: string): Viewer => ({ role: "AGENT", workspaceId, agentId: "ines", name: "Ines" });
const createRule = `mutation ($text: String!) { createGuidanceRule(input: { text: $text }) { id version text enabled } }`;
const createTag = `mutation ($input: TagInput!) { createTag(input: $input) { id name version blocked examples } }`;
const updateSettings = `mutation ($input: PolicySettingsChange!) { updatePolicySettings(input: $input) {
  version chat { firstMessageGuard frustrationSensitivity whenUnanswered offerEvery paused } ticket { whenUnanswered } } }`;
const assessmentOf = `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Message {
  id assessment { id decision reason explanation detector prompt assessedAt
    signals { name score evidence { messageId quote } rule { id version text } } }
  answerAssessment { decision reason } } } }`;
const message = (id: string) => ({ ids: [{ __typename: "Message", id }] });

test("two unanswered questions and an outburst bring a person, with the failures as evidence", async () => {
  const told = story(on);
  expect((await told.say("Do you rewire antique chandeliers from the 1920s?")).assessment.decision).toBe("CONTINUE");
  expect(await told.draft(false)).toMatchObject({ decision: "OFFER", reason: "CANNOT_ANSWER" });
  const offer = randomUUID();
  await told.handover(offer, "OFFERED", "CANNOT_ANSWER");
  await told.handover(offer, "DECLINED", "CANNOT_ANSWER", "OFFERED");
  await told.say("Which museum would appraise my grandmother's chandelier?");
  expect(await told.draft(false)).toMatchObject({ decision: "CONTINUE", reason: null });
  const { assessment, message } = await told.say("This is useless, you are not helping at all");
  expect(assessment).toMatchObject({ decision: "HANDOVER", reason: "FRUSTRATION", detector: "offline/1" });
  const [frustration] = assessment.signals;
  expect(frustration?.name).toBe("FRUSTRATION");
  expect(frustration?.evidence[0]).toEqual({ messageId: message.id, quote: message.text });
  expect(frustration?.evidence).toHaveLength(3);
});

test("the same outburst with no failed answer before it is offered a person, not pushed to one", async () => {
  const { assessment } = await story(on).say("This is ridiculous, what a terrible service, such a joke!!");
  expect(assessment).toMatchObject({ decision: "OFFER", reason: "FRUSTRATION" });
});

test("a workspace's rule matches a message that shares few words with it, and is named with its version", async () => {
  const told = story(on);
  const text =
    "If the customer contacts us about a safety issue with a product, such as a lamp overheating, smoking or giving a shock, hand over to a person";
  const { createGuidanceRule: rule } = await on.ask<{ createGuidanceRule: { id: string } }>(
    serviceOf(told.workspaceId),
    createRule,
    { text },
  );
  expect((await told.say("How do I wash linen curtains?")).assessment.decision).toBe("CONTINUE");
  const { assessment } = await told.say("The lamp I bought gets so hot that it smells of burning");
  expect(assessment).toMatchObject({ decision: "HANDOVER", reason: "GUIDANCE_RULE" });
  expect(assessment.signals[0]?.rule).toEqual({ id: rule.id, version: 1, text });
  const other = await story(on).say("The lamp I bought gets so hot that it smells of burning");
  expect(other.assessment.decision).toBe("CONTINUE");
});

test("a blocked topic goes to a person at once, in the first message, and marks the conversation", async () => {
  const told = story(on);
  const viewer = serviceOf(told.workspaceId);
  await on.ask(viewer, createTag, {
    input: {
      name: "Wholesale and trade orders",
      description: "Buying in bulk for a shop, hotel or office; trade prices and resale.",
      blocked: true,
    },
  });
  const { assessment } = await told.say("I want to order 200 lamps for our hotel, what's the trade price?");
  expect(assessment).toMatchObject({ decision: "HANDOVER", reason: "BLOCKED_TAG" });
  const tags = `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Conversation { tags { name } } } }`;
  const ids = { ids: [{ __typename: "Conversation", id: told.conversationId }] };
  expect(await on.ask(viewer, tags, ids)).toEqual({ _entities: [{ tags: [{ name: "Wholesale and trade orders" }] }] });
  expect(await on.ask(serviceOf(randomUUID()), tags, ids)).toEqual({ _entities: [{ tags: [] }] });
  expect((await on.refusal(told.customer, tags, ids))?.extensions.code).toBe("FORBIDDEN");
});

test("a bare request in the first message is asked back once, the second one goes to a person", async () => {
  const told = story(on);
  expect((await told.say("agent!!")).assessment).toMatchObject({ decision: "CLARIFY", reason: "CUSTOMER_REQUEST" });
  await told.post("ASSISTANT", "What is it about?");
  expect((await told.say("agent")).assessment).toMatchObject({ decision: "HANDOVER", reason: "CUSTOMER_REQUEST" });
});

test("a request that says what for needs no question back; neither does one by ticket, nor one about safety", async () => {
  expect((await story(on).say("I want to talk to a person, my order 4711 arrived broken")).assessment.decision).toBe(
    "HANDOVER",
  );
  expect((await story(on, { channel: "TICKET" }).say("agent please")).assessment.decision).toBe("HANDOVER");
  const unsafe = await story(on).say("Get me a human, I want to kill myself");
  expect(unsafe.assessment).toMatchObject({ decision: "HANDOVER", reason: "SAFETY" });
});

test("what a person settled triggers nothing again after the hand-back", async () => {
  const told = story(on);
  for (let time = 0; time < 2; time += 1) {
    await told.say("Why does my floor lamp flicker in the evening?");
    await told.draft(false);
  }
  await told.control("QUEUE");
  await told.control("AGENT");
  await told.post("AGENT", "It was the dimmer, a new one is on its way.");
  await told.control("ASSISTANT");
  const { assessment } = await told.say("Why does my floor lamp flicker in the evening?");
  expect(assessment.decision).toBe("CONTINUE");
  const again = await told.say("Can I talk to a person again?");
  expect(again.assessment).toMatchObject({ decision: "HANDOVER", reason: "CUSTOMER_REQUEST" });
});

test("the same question for the third time goes to a person when answers have failed", async () => {
  const told = story(on);
  await told.say("When will my parcel with the curtains arrive?");
  await told.draft(false);
  await told.say("My parcel with the curtains, when will it arrive?");
  const { assessment } = await told.say("when will my curtains parcel arrive??");
  expect(assessment).toMatchObject({ decision: "HANDOVER", reason: "REPETITION" });
});

test("the same answer twice becomes an offer; the same answer to another conversation does not", async () => {
  const answer = "You can return any lamp within 60 days, used or not.";
  const told = story(on);
  await told.say("Can I return a lamp?");
  expect(await told.draft(true, answer)).toMatchObject({ decision: "CONTINUE", reason: null });
  await told.post("ASSISTANT", answer, { answered: true });
  await told.say("And if the box is gone?");
  expect(await told.draft(true, answer)).toMatchObject({ decision: "OFFER", reason: "REPETITION" });
  const other = story(on);
  await other.say("Can I return a lamp?");
  expect(await other.draft(true, answer)).toMatchObject({ decision: "CONTINUE" });
});

test("a ticket channel may hand over silently what cannot be answered", async () => {
  const told = story(on, { channel: "TICKET" });
  const answer = await on.ask(serviceOf(told.workspaceId), updateSettings, {
    input: { ticket: { whenUnanswered: "HANDOVER" } },
  });
  expect(answer).toEqual({
    updatePolicySettings: {
      version: 1,
      chat: {
        firstMessageGuard: true,
        frustrationSensitivity: "NORMAL",
        whenUnanswered: "OFFER",
        offerEvery: 1,
        paused: false,
      },
      ticket: { whenUnanswered: "HANDOVER" },
    },
  });
  await told.say("Do you paint lampshades by hand?");
  expect(await told.draft(false, "", "answer.submitted")).toMatchObject({
    decision: "HANDOVER",
    reason: "CANNOT_ANSWER",
  });
});

test("a draft written under an old epoch is not assessed", async () => {
  const told = story(on);
  await told.say("Do you paint lampshades by hand?");
  await told.control("AGENT");
  told.conversation.epoch = 0;
  told.conversation.control = "ASSISTANT";
  expect(await told.draft(true, "Yes.")).toBeNull();
});

test("an answer to a message nobody heard of is set aside without harm", async () => {
  expect(await story(on).draft(true, "Yes.")).toBeNull();
});

test("messages said while a person has control are remembered and not judged", async () => {
  const told = story(on);
  await told.control("AGENT");
  const { id } = await told.post("CUSTOMER", "This is useless, get me a person!");
  expect(await on.ask(agentOf(told.workspaceId), assessmentOf, message(id))).toEqual({
    _entities: [{ id, assessment: null, answerAssessment: null }],
  });
  await told.control("ASSISTANT");
  const { recent } = await told.say("Thanks!");
  expect(recent.map(({ text }) => text)).toEqual(["This is useless, get me a person!", "Thanks!"]);
});

test("what Baton itself answers is remembered and not judged", async () => {
  const told = story(on);
  const settled = await told.post("CUSTOMER", "robin@example.com", {}, true);
  const { recent } = await told.say("Thanks!");
  expect(recent.map(({ text }) => text)).toEqual(["robin@example.com", "Thanks!"]);
  const assessed = await on.said("message.assessed", told.conversationId, 1);
  expect(assessed.map(({ data }) => data.message.id)).not.toContain(settled.id);
});

test("an assessment carries at most twelve turns", async () => {
  const told = story(on);
  for (let turn = 1; turn <= 14; turn += 1) await told.post("ASSISTANT", `Fact number ${turn} about linen.`);
  const { recent, message } = await told.say("Interesting.");
  expect(recent).toHaveLength(12);
  expect(recent.at(-1)).toEqual(message);
});

test("a message heard twice is assessed once", async () => {
  const told = story(on);
  const { message } = await told.say("How long does delivery take?");
  await on.hear(
    newEvent("message.posted", {
      workspaceId: told.workspaceId,
      conversationId: told.conversationId,
      data: { conversation: told.conversation, message },
    }),
  );
  expect(await on.said("message.assessed", told.conversationId)).toHaveLength(1);
});

test("agents and services of the workspace see why; nobody else does", async () => {
  const told = story(on);
  await told.say("How long does delivery take?");
  const assessed = await told.say("Thanks, but can I talk to a real person please?");
  const ids = message(assessed.message.id);
  const shown = {
    id: assessed.message.id,
    assessment: {
      id: assessed.assessment.id,
      decision: "HANDOVER",
      reason: "CUSTOMER_REQUEST",
      explanation: "The customer asks for a person.",
      detector: "offline/1",
      prompt: null,
      assessedAt: "2026-01-01T12:00:00.000Z",
      signals: assessed.assessment.signals,
    },
    answerAssessment: null,
  };
  for (const viewer of [agentOf(told.workspaceId), serviceOf(told.workspaceId)])
    expect(await on.ask(viewer, assessmentOf, ids)).toEqual({ _entities: [shown] });
  expect(await on.ask(agentOf(randomUUID()), assessmentOf, ids)).toEqual({
    _entities: [{ id: shown.id, assessment: null, answerAssessment: null }],
  });
  expect((await on.refusal(told.customer, assessmentOf, ids))?.extensions.code).toBe("FORBIDDEN");
  expect((await on.refusal({ role: "ANONYMOUS" }, assessmentOf, ids))?.extensions.code).toBe("UNAUTHENTICATED");
});

test("paused, Baton concludes nothing by itself, and still obeys", async () => {
  const told = story(on);
  await on.ask(serviceOf(told.workspaceId), updateSettings, { input: { chat: { paused: true } } });
  await told.say("Do you paint lampshades by hand?");
  expect(await told.draft(false)).toMatchObject({ decision: "CONTINUE" });
  expect((await told.say("This is useless, you are not helping at all!!")).assessment.decision).toBe("CONTINUE");
  expect((await told.say("Let me talk to a human")).assessment.decision).toBe("HANDOVER");
});

test("text that Postgres cannot keep does not stop a message", async () => {
  const told = story(on);
  const { assessment } = await told.say(`a lamp\0 and half a \ud83d smile, ${"and a warm lamp ".repeat(6_000)}`);
  expect(assessment.decision).toBe("CONTINUE");
});
