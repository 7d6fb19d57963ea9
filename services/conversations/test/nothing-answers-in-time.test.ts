import { newEvent } from "../../../schema/events/catalogue";
import { until } from "../../../test/support/stage";
import { defaultSettings } from "../settings";
import { textsFor } from "../texts";
import { type ConversationsStage, openStage, type Talk } from "./scene";

let set: ConversationsStage;
beforeAll(async () => {
  set = await openStage();
});
afterAll(() => set.close());

const { answerWithinMs, deliveryBeginsWithinMs, externalAnswerWithinMs, offerLastsMs, quietAfterMs } = defaultSettings;

async function becomes(talk: Talk, control: string) {
  await until(`control with ${control}`, async () => (await talk.shown()).control === control);
  return talk.shown();
}

test("a message the assistant does not answer goes to a person", async () => {
  const talk = await set.talk();
  const question = await talk.say("Where is my parcel?");
  set.clock.advance(answerWithinMs - 10_000);
  await talk.say("Hello?");
  // The second message does not buy the assistant more time for the first.
  set.clock.advance(10_000);
  expect(await becomes(talk, "QUEUE")).toMatchObject({ handover: { status: "REQUESTED", reason: "ASSISTANT_FAILED" } });
  expect((await talk.toldOf("handover.requested"))[0]?.data.handover.messageId).toBe(question);
});

test("whatever the assistant says in time, or a handover, stops the clock", async () => {
  const answered = await set.talk();
  const clarified = await set.talk();
  const offered = await set.talk();
  const returned = await set.talk();
  const closed = await set.talk();
  const unanswered = await set.talk();
  await set.hear(
    await answered.answerAssessed(await answered.say("?"), "CONTINUE"),
    await clarified.assessed(await clarified.say("?"), "CLARIFY"),
    await offered.assessed(await offered.say("?"), "OFFER", "FRUSTRATION"),
  );
  await returned.say("?");
  await returned.do(returned.customer, "requestHandover");
  await returned.do(returned.agent, "returnToAssistant");
  await closed.say("?");
  await closed.do(closed.customer, "closeConversation");
  await unanswered.say("?");
  set.clock.advance(answerWithinMs);
  await becomes(unanswered, "QUEUE");
  for (const talk of [answered, clarified, offered, returned])
    expect(await talk.shown()).toMatchObject({ control: "ASSISTANT" });
  expect(await closed.shown()).toMatchObject({ control: "NONE" });
});

test("an answer to the first of two messages leaves the clock running for the second", async () => {
  const talk = await set.talk();
  const first = await talk.say("Where is my parcel?");
  set.clock.advance(10_000);
  const second = await talk.say("And my lamp?");
  await set.hear(await talk.answerAssessed(first, "CONTINUE"));
  set.clock.advance(answerWithinMs - 10_000);
  const other = await set.talk();
  await other.say("?");
  set.clock.advance(10_000);
  expect(await becomes(talk, "QUEUE")).toMatchObject({ handover: { reason: "ASSISTANT_FAILED" } });
  expect((await talk.toldOf("handover.requested"))[0]?.data.handover.messageId).toBe(second);
  expect(await other.shown()).toMatchObject({ control: "ASSISTANT" });
});

test("the company's own assistant gets more time", async () => {
  const external = await set.talk({ workspace: await set.workspace("EXTERNAL") });
  const builtIn = await set.talk();
  await external.say("?");
  await builtIn.say("?");
  set.clock.advance(answerWithinMs);
  await becomes(builtIn, "QUEUE");
  expect(await external.shown()).toMatchObject({ control: "ASSISTANT" });
  set.clock.advance(externalAnswerWithinMs - answerWithinMs);
  await becomes(external, "QUEUE");
});

test("an offer nobody answers is over after a day, without a word", async () => {
  const talk = await set.talk();
  await set.hear(await talk.assessed(await talk.say("Hm"), "OFFER", "FRUSTRATION"));
  const { messages } = await talk.shown();
  set.clock.advance(offerLastsMs);
  await until("the offer expired", async () => (await talk.shown()).handover?.status === "EXPIRED");
  expect(await talk.shown()).toMatchObject({ control: "ASSISTANT", messages });
  expect((await talk.toldOf("handover.changed", 2)).map(({ data }) => [data.from, data.handover.status])).toEqual([
    [null, "OFFERED"],
    ["OFFERED", "EXPIRED"],
  ]);
  expect(await talk.do(talk.customer, "acceptOffer")).toMatchObject({ __typename: "NoOffer" });
});

test("an agent's conversation without a word for a day goes back to the assistant", async () => {
  const quiet = await set.talk();
  const busy = await set.talk();
  for (const talk of [quiet, busy]) await talk.do(talk.agent, "replyAsAgent", { text: "I will find out." });
  set.clock.advance(quietAfterMs / 2);
  await busy.say("Any news?");
  set.clock.advance(quietAfterMs / 2);
  const shown = await becomes(quiet, "ASSISTANT");
  expect(shown).toMatchObject({ handover: { status: "ENDED", ending: "TIMED_OUT" } });
  expect(shown.messages.at(-1)?.text).toBe(textsFor("en").backAfterSilence);
  expect(await busy.shown()).toMatchObject({ control: "AGENT" });
});

test("what became due while the service was stopped is handed over once it runs again, each once", async () => {
  const workspace = await set.workspace();
  const talks = await Promise.all(Array.from({ length: 30 }, () => set.talk({ workspace })));
  for (const talk of talks) await talk.say("?");
  set.clock.advance(answerWithinMs);
  await set.restart();
  for (const talk of talks) {
    const { handovers } = await becomes(talk, "QUEUE");
    expect(handovers).toHaveLength(1);
  }
});

test("a handover that nobody begins to deliver is told to the customer, and delivered once somebody does", async () => {
  const talk = await set.talk();
  await talk.do(talk.customer, "requestHandover");
  set.clock.advance(deliveryBeginsWithinMs);
  expect(await becomes(talk, "ASSISTANT")).toMatchObject({ handover: { status: "FAILED" } });
  const texts = (await talk.toldOf("message.posted", 2)).map(({ data }) => data.message.text);
  expect(texts).toEqual([textsFor("en").handedOver, textsFor("en").nobodyReached]);
  const [requested] = await talk.toldOf("handover.requested");
  if (!requested) throw new Error("no handover was requested");
  const { workspaceid: workspaceId, subject: conversationId } = requested;
  const delivery = {
    id: crypto.randomUUID(),
    handoverId: requested.data.handover.id,
    provider: "CONSOLE" as const,
    connectionId: null,
  };
  await set.hear(newEvent("delivery.started", { workspaceId, conversationId, data: { delivery } }));
  expect(await becomes(talk, "QUEUE")).toMatchObject({ handover: { status: "DELIVERING" } });
});
