import { randomUUID } from "node:crypto";
import { nobodyThereText, textsFor } from "../texts";
import { type ConversationsStage, openStage, type Talk } from "./scene";

let set: ConversationsStage;
beforeAll(async () => {
  set = await openStage();
});
afterAll(() => set.close());

const en = textsFor("en");
const absence = { until: "2026-11-23T08:00:00.000Z", timeZone: "Europe/Berlin" };

/** A handover that a desk has while nobody of the team is there. */
async function unattended(input: Record<string, unknown> = {}): Promise<{ talk: Talk; handoverId: string }> {
  const talk = await set.talk({ input });
  const { id } = await talk.do(talk.customer, "requestHandover");
  const delivery = { id: randomUUID(), handoverId: id as string, provider: "CONSOLE" as const, connectionId: null };
  await set.hear(
    talk.event("delivery.started", { delivery }),
    talk.event("handover.delivered", { delivery, mode: "DESK", externalId: null, url: null, absence }),
  );
  return { talk, handoverId: id as string };
}

const lastText = async (talk: Talk) => (await talk.shown()).messages.at(-1)?.text;

test("the customer reads the truth and what they can do, and the graph tells until when", async () => {
  const { talk, handoverId } = await unattended();
  expect(await lastText(talk)).toBe(nobodyThereText("en", absence, false));
  expect(await lastText(talk)).toMatch(
    /^Nobody on our team is here right now; somebody will be from Monday,? 23 November/,
  );
  const { conversation } = await set.ask<{ conversation: { handover: unknown } }>(
    talk.customer,
    "query ($id: ID!) { conversation(id: $id) { handover { id status unattended expectedAt } } }",
    { id: talk.id },
  );
  expect(conversation.handover).toEqual({
    id: handoverId,
    status: "WAITING",
    unattended: true,
    expectedAt: absence.until,
  });
});

test("with buttons nothing needs to be typed, and somebody who is there is not denied", async () => {
  const { talk } = await unattended({ offersAsButton: true });
  expect(await lastText(talk)).toBe(nobodyThereText("en", absence, true));

  const attended = await set.talk();
  const { id } = await attended.do(attended.customer, "requestHandover");
  const delivery = { id: randomUUID(), handoverId: id as string, provider: "CONSOLE" as const, connectionId: null };
  await set.hear(attended.event("handover.delivered", { delivery, mode: "DESK", externalId: null, url: null }));
  expect(await lastText(attended)).toBe(en.handedOver);
});

test("an e-mail address alone is kept, and said to be", async () => {
  const { talk } = await unattended();
  await talk.say("robin@example.com");
  expect(await lastText(talk)).toBe(en.addressNoted("robin@example.com"));
  const [identified] = await talk.toldOf("customer.identified");
  expect(identified?.data.conversation.customer.email).toBe("robin@example.com");
  expect((await talk.shown()).control).toBe("QUEUE");
});

test.each([
  "robin@example.com.",
  "<robin@example.com>",
  "My e-mail is robin@example.com, thanks",
  "mailto:robin@example.com",
])("an address is kept however it is typed: %j", async (typed) => {
  const { talk } = await unattended();
  await talk.say(typed);
  expect(await lastText(talk)).toBe(en.addressNoted("robin@example.com"));
});

test("a sentence with several addresses, or one where theirs is known, is the team's to read", async () => {
  const { talk } = await unattended();
  await talk.say("Was it robin@example.com or robin@work.example?");
  expect(await lastText(talk)).toContain("or robin@work.example?");
  await talk.say("robin@example.com");
  await talk.say("I ordered as orders@example.com");
  expect(await lastText(talk)).toBe("I ordered as orders@example.com");
});

test("an address is put right by typing it again, and one that was known before gives way", async () => {
  for (const input of [{}, { customer: { email: "robin@work.example" } }]) {
    const { talk } = await unattended(input);
    await talk.say("robni@example.com");
    await talk.say("robin@example.com");
    expect(await lastText(talk)).toBe(en.addressNoted("robin@example.com"));
    const identified = await talk.toldOf("customer.identified", 2);
    expect(identified.at(-1)?.data.conversation.customer.email).toBe("robin@example.com");
  }
});

test("who goes on with the assistant may still leave an address; a known one stays", async () => {
  const { talk } = await unattended();
  await talk.do(talk.customer, "keepTalking");
  await talk.say("robin@example.com");
  expect(await lastText(talk)).toBe(en.addressNoted("robin@example.com"));
  await talk.say("orders@example.com");
  expect(await lastText(talk)).toBe("orders@example.com");
  expect(await talk.shown()).toMatchObject({ control: "ASSISTANT", handover: { status: "WAITING" } });
});

test("going on with the assistant keeps the place: an agent who comes takes the conversation", async () => {
  const { talk, handoverId } = await unattended();
  await talk.say("Go on with the assistant");
  expect(await talk.shown()).toMatchObject({ control: "ASSISTANT", handover: { id: handoverId, status: "WAITING" } });
  expect(await lastText(talk)).toBe(`${en.back} ${en.placeKept}`);
  const question = await talk.say("Which bulb fits?");
  const answer = await talk.answerAssessed(question, "CONTINUE", { text: "The E14." });
  await set.hear(answer);
  expect(await lastText(talk)).toBe("The E14.");

  const late = await talk.answerAssessed(await talk.say("And how bright is it?"), "CONTINUE", { text: "470 lumen." });
  await set.hear(talk.event("agent.joined", { handoverId, agent: { id: "1", name: "Ada" } }));
  await set.hear(late);
  const shown = await talk.shown();
  expect(shown).toMatchObject({ control: "AGENT", handover: { id: handoverId, status: "ACTIVE", agentName: "Ada" } });
  expect(shown.messages.at(-1)?.text).toBe(en.joined("Ada"));
  expect(shown.handovers).toHaveLength(1);
});

test("whatever would lead to a person again leads back to the same place", async () => {
  const asks = async (talk: Talk) => talk.do(talk.customer, "requestHandover");
  const assessed = async (talk: Talk) =>
    set.hear(await talk.assessed(await talk.say("I want a person!"), "HANDOVER", "CUSTOMER_REQUEST"));
  for (const again of [asks, assessed]) {
    const { talk, handoverId } = await unattended();
    expect((await talk.do(talk.customer, "keepTalking")).__typename).toBe("Conversation");
    await again(talk);
    const shown = await talk.shown();
    expect(shown).toMatchObject({ control: "QUEUE", handover: { id: handoverId, status: "WAITING" } });
    expect(shown.handovers).toHaveLength(1);
    expect(shown.messages.at(-1)?.text).toBe(en.waitingAgain);
    expect((await asks(talk)).__typename).toBe("AlreadyHandedOver");
  }
});

test("an assistant that falls silent meanwhile brings back the wait", async () => {
  const { talk, handoverId } = await unattended();
  await talk.do(talk.customer, "keepTalking");
  await talk.say("Which bulb fits?");
  set.clock.advance(31_000);
  const [, back] = await talk.toldOf("control.changed", 3).then((all) => all.slice(1));
  expect(back?.data).toMatchObject({ from: "ASSISTANT", conversation: { control: "QUEUE" } });
  expect(await talk.shown()).toMatchObject({ control: "QUEUE", handover: { id: handoverId, status: "WAITING" } });
});

test("who waits already is offered no second person", async () => {
  const { talk } = await unattended();
  await talk.do(talk.customer, "keepTalking");
  await set.hear(await talk.answerAssessed(await talk.say("Do you sell boats?"), "OFFER", { reason: "CANNOT_ANSWER" }));
  expect(await lastText(talk)).toBe(`${en.cannotAnswer} ${en.placeKept}`);
  expect((await talk.shown()).handovers).toHaveLength(1);
});

test("what cannot go on is refused in words: no handover, an agent who is there, a closed conversation", async () => {
  const talk = await set.talk();
  expect(await talk.do(talk.customer, "keepTalking")).toMatchObject({ __typename: "NotHandedOver" });
  const waiting = await unattended();
  await set.hear(
    waiting.talk.event("agent.joined", { handoverId: waiting.handoverId, agent: { id: "1", name: "Ada" } }),
  );
  expect(await waiting.talk.do(waiting.talk.customer, "keepTalking")).toMatchObject({
    __typename: "AlreadyHandedOver",
  });
  await talk.do(talk.agent, "closeConversation");
  expect(await talk.do(talk.customer, "keepTalking")).toMatchObject({ __typename: "ConversationClosed" });
});

test("who goes on with the assistant already reads until when, and is asked to choose nothing", async () => {
  const talk = await set.talk();
  const { id } = await talk.do(talk.customer, "requestHandover");
  await talk.do(talk.customer, "keepTalking");
  const delivery = { id: randomUUID(), handoverId: id as string, provider: "CONSOLE" as const, connectionId: null };
  await set.hear(
    talk.event("delivery.started", { delivery }),
    talk.event("handover.delivered", { delivery, mode: "DESK", externalId: null, url: null, absence }),
  );
  const text = await lastText(talk);
  expect(text).toMatch(/^Nobody on our team is here right now; .* Your place in the queue is kept\.$/);
  expect(text).not.toContain(en.keepTalking);
});

test("what Baton itself has answered is not the assistant's to answer, nor a debt of it", async () => {
  const { talk } = await unattended();
  await talk.do(talk.customer, "keepTalking");
  const question = await talk.say("Which bulb fits?");
  await talk.say("robin@example.com");
  await talk.say(en.keepTalking);
  expect(await lastText(talk)).toBe(`${en.back} ${en.placeKept}`);
  const posted = await talk.toldOf("message.posted", 8);
  const customers = posted.filter(({ data }) => data.message.author === "CUSTOMER");
  expect(customers.map(({ data }) => [data.message.text, data.settled ?? false])).toEqual([
    ["Which bulb fits?", false],
    ["robin@example.com", true],
    [en.keepTalking, true],
  ]);
  await set.hear(await talk.answerAssessed(question, "CONTINUE", { text: "The E14." }));
  const owed = async () =>
    (await set.db.query("select answer_due_at from conversation where id = $1", [talk.id]))[0].answer_due_at;
  expect(await owed()).toBeNull();
  await talk.say("Thanks");
  expect(await owed()).not.toBeNull();
});
