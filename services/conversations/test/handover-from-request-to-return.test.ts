import { randomUUID } from "node:crypto";
import { textsFor } from "../texts";
import { type ConversationsStage, openStage } from "./scene";
import { deliveryOf, waitingAtDesk } from "./waiting-at-a-desk";

let set: ConversationsStage;
beforeAll(async () => {
  set = await openStage();
});
afterAll(() => set.close());

const en = textsFor("en");
const ada = { id: "a-1", name: "Ada" };

test("policy's word hands over: the queue has control, and the request carries the whole transcript", async () => {
  const talk = await set.talk();
  const first = await talk.say("Hello");
  await set.hear(await talk.answerAssessed(first, "CONTINUE", { text: "Hello! What is it about?" }));
  const second = await talk.say("A person, please");
  const assessed = await talk.assessed(second, "HANDOVER", "CUSTOMER_REQUEST");
  await set.hear(assessed);

  const shown = await talk.shown();
  expect(shown).toMatchObject({
    control: "QUEUE",
    epoch: 1,
    handover: { status: "REQUESTED", reason: "CUSTOMER_REQUEST" },
  });
  expect(shown.messages.at(-1)).toMatchObject({ author: "SYSTEM", text: en.handedOver });
  const told = await talk.told(8);
  expect(told).toEqual([
    "conversation.started",
    "message.posted",
    "message.posted",
    "message.posted",
    "control.changed",
    "handover.requested",
    "handover.changed",
    "message.posted",
  ]);
  const [requested] = await talk.toldOf("handover.requested");
  expect(requested).toMatchObject({
    causationid: assessed.id,
    correlationid: assessed.correlationid,
    data: {
      conversation: { control: "QUEUE", epoch: 1 },
      handover: { id: shown.handover?.id, status: "REQUESTED", messageId: second },
    },
  });
  expect(requested?.data.transcript.map(({ sequence, author }) => [sequence, author])).toEqual([
    [1, "CUSTOMER"],
    [2, "ASSISTANT"],
    [3, "CUSTOMER"],
  ]);
});

test("a conversation has one open handover, however many ask for it at once", async () => {
  const talk = await set.talk();
  const message = await talk.say("Help");
  const assessed = await talk.assessed(message, "HANDOVER", "FRUSTRATION");
  const answers = await Promise.all([
    set.hear(assessed).then(() => null),
    ...Array.from({ length: 5 }, (_, n) => talk.do(n % 2 ? talk.agent : talk.customer, "requestHandover")),
  ]);
  const { handovers, control, epoch } = await talk.shown();
  expect(handovers).toHaveLength(1);
  expect({ control, epoch }).toEqual({ control: "QUEUE", epoch: 1 });
  for (const answer of answers)
    if (answer?.__typename === "AlreadyHandedOver")
      expect(answer).toMatchObject({ handover: { id: handovers[0]?.id, status: "REQUESTED" } });
    else if (answer) expect(answer.id).toBe(handovers[0]?.id);
});

test("policy's word under an older epoch, or twice, changes nothing", async () => {
  const talk = await set.talk();
  const message = await talk.say("A person, please");
  const [old, again] = [await talk.assessed(message, "HANDOVER", "SAFETY"), await talk.assessed(message, "CLARIFY")];
  await talk.do(talk.customer, "requestHandover");
  await talk.do(talk.agent, "returnToAssistant");
  const before = await talk.shown();
  await set.hear(old, again);
  expect(await talk.shown()).toEqual(before);
  expect(before).toMatchObject({ control: "ASSISTANT", epoch: 2 });
});

test("a customer asks as CUSTOMER_REQUEST, everybody else as API_REQUEST", async () => {
  for (const [who, reason] of [
    ["customer", "CUSTOMER_REQUEST"],
    ["agent", "API_REQUEST"],
    ["service", "API_REQUEST"],
  ] as const) {
    const talk = await set.talk();
    expect(await talk.do(talk[who], "requestHandover")).toMatchObject({ __typename: "Handover", reason });
  }
});

test("a handover at a desk: delivered, joined, replied, returned, and the assistant speaks again", async () => {
  const { talk, handoverId } = await waitingAtDesk(set);
  expect(await talk.shown()).toMatchObject({ control: "QUEUE", handover: { status: "WAITING" } });

  await set.hear(talk.event("agent.joined", { handoverId, agent: ada }));
  expect(await talk.shown()).toMatchObject({
    control: "AGENT",
    epoch: 2,
    handover: { status: "ACTIVE", agentName: "Ada" },
  });

  const reply = { handoverId, agent: ada, text: "It is at the post office.", externalId: "m-1" };
  await set.hear(talk.event("agent.replied", reply), talk.event("agent.replied", reply));
  await talk.say("Thank you!");

  await set.hear(talk.event("agent.left", { handoverId, agent: ada, left: "RETURNED" }));
  const shown = await talk.shown();
  expect(shown).toMatchObject({ control: "ASSISTANT", epoch: 3, handover: { status: "ENDED", ending: "RETURNED" } });
  expect(shown.messages.map(({ author, text }) => [author, text])).toEqual([
    ["CUSTOMER", "Where is my parcel?"],
    ["SYSTEM", en.handedOver],
    ["SYSTEM", en.joined("Ada")],
    ["AGENT", "It is at the post office."],
    ["CUSTOMER", "Thank you!"],
    ["SYSTEM", en.back],
  ]);
  expect(await talk.told(16)).toEqual([
    "conversation.started",
    "message.posted",
    "control.changed",
    "handover.requested",
    "handover.changed", // REQUESTED
    "message.posted",
    "handover.changed", // DELIVERING
    "handover.changed", // WAITING
    "control.changed",
    "handover.changed", // ACTIVE
    "message.posted",
    "message.posted",
    "message.posted",
    "control.changed",
    "handover.changed", // ENDED
    "message.posted",
  ]);
});

test("writing without having joined joins; a late reply still reaches the customer but takes no control", async () => {
  const { talk, handoverId } = await waitingAtDesk(set);
  const reply = (text: string, externalId: string) =>
    set.hear(talk.event("agent.replied", { handoverId, agent: ada, text, externalId }));
  await reply("On my way.\0", "m-1");
  expect(await talk.shown()).toMatchObject({ control: "AGENT", handover: { status: "ACTIVE", agentName: "Ada" } });
  await set.hear(talk.event("agent.left", { handoverId, agent: ada, left: "CLOSED" }));
  expect(await talk.shown()).toMatchObject({
    control: "ASSISTANT",
    status: "OPEN",
    handover: { status: "ENDED", ending: "CLOSED" },
  });
  await reply("One more thing.", "m-2");
  const { control, messages } = await talk.shown();
  expect(control).toBe("ASSISTANT");
  expect(messages.filter(({ author }) => author === "AGENT").map(({ text }) => text)).toEqual([
    "On my way.",
    "One more thing.",
  ]);
});

test("a reply from the desk that is too long for one message comes as several, once, with nothing left out", async () => {
  const { talk, handoverId } = await waitingAtDesk(set);
  const text = Array.from({ length: 4_000 }, (_, n) => `word ${n}`).join(" ");
  const replied = talk.event("agent.replied", { handoverId, agent: ada, text, externalId: "m-1" });
  await set.hear(replied, { ...replied, id: randomUUID() });
  const said = (await talk.shown()).messages.filter(({ author }) => author === "AGENT").map((message) => message.text);
  expect(said.length).toBeGreaterThan(1);
  expect(Math.max(...said.map((piece) => piece.length))).toBeLessThanOrEqual(16_000);
  expect(said.join(" ")).toBe(text);
});

test("a link ends the handover at once: the customer gets it, the assistant has control", async () => {
  const talk = await set.talk();
  const { id } = await talk.do(talk.customer, "requestHandover");
  const url = "https://help.example.com/contact?x=1";
  await set.hear(
    talk.event("handover.delivered", { delivery: deliveryOf(id as string), mode: "LINK", externalId: null, url }),
  );
  const shown = await talk.shown();
  expect(shown).toMatchObject({ control: "ASSISTANT", handover: { status: "ENDED", ending: "LINKED" } });
  expect(shown.messages.at(-1)?.text).toContain(url);
});

test("when no desk takes it the customer hears the truth and can ask again", async () => {
  const talk = await set.talk();
  const { id } = await talk.do(talk.customer, "requestHandover");
  const failed = (final: boolean) =>
    talk.event("delivery.failed", { delivery: deliveryOf(id as string), error: "503", final });
  await set.hear(failed(false));
  expect(await talk.shown()).toMatchObject({ control: "QUEUE", handover: { status: "REQUESTED" } });
  await set.hear(failed(true));
  const shown = await talk.shown();
  expect(shown).toMatchObject({ control: "ASSISTANT", handover: { status: "FAILED" } });
  expect(shown.messages.at(-1)).toMatchObject({ author: "SYSTEM", text: en.nobodyReached });
  expect(await talk.do(talk.customer, "requestHandover")).toMatchObject({ __typename: "Handover" });
  // The failed one, tried again now, would be a second open handover.
  await set.hear(talk.event("delivery.started", { delivery: deliveryOf(id as string) }));
  expect((await talk.shown()).handovers.map(({ status }) => status)).toEqual(["FAILED", "REQUESTED"]);
});

test("a customer who no longer waits goes on with the assistant, until an agent has joined", async () => {
  const idle = await set.talk();
  expect(await idle.do(idle.customer, "cancelHandover")).toMatchObject({ __typename: "NotHandedOver" });

  const { talk, handoverId } = await waitingAtDesk(set);
  expect(await talk.do(talk.customer, "cancelHandover")).toMatchObject({ __typename: "Handover", status: "CANCELLED" });
  const shown = await talk.shown();
  expect(shown).toMatchObject({ control: "ASSISTANT", epoch: 2, handover: { status: "CANCELLED" } });
  expect(shown.messages.at(-1)).toMatchObject({ author: "SYSTEM", text: en.back });
  // The desk hears of it later than an agent may click.
  await set.hear(talk.event("agent.joined", { handoverId, agent: ada }));
  expect(await talk.shown()).toMatchObject({ control: "ASSISTANT", handover: { status: "CANCELLED" } });

  const joined = await waitingAtDesk(set);
  await set.hear(joined.talk.event("agent.joined", { handoverId: joined.handoverId, agent: ada }));
  expect(await joined.talk.do(joined.talk.customer, "cancelHandover")).toMatchObject({
    __typename: "AlreadyHandedOver",
    handover: { status: "ACTIVE" },
  });
});

test("a failed handover that is tried again queues the conversation again", async () => {
  const talk = await set.talk();
  const { id } = await talk.do(talk.customer, "requestHandover");
  const facts = deliveryOf(id as string);
  await set.hear(
    talk.event("delivery.failed", { delivery: facts, error: "503", final: true }),
    talk.event("delivery.started", { delivery: facts }),
  );
  expect(await talk.shown()).toMatchObject({ control: "QUEUE", epoch: 3, handover: { status: "DELIVERING" } });
});

test("a desk's news about a closed conversation, or about another one's handover, changes nothing", async () => {
  const { talk, handoverId } = await waitingAtDesk(set);
  const stranger = await set.talk();
  await set.hear(stranger.event("agent.joined", { handoverId, agent: ada }));
  await set.hear(talk.event("agent.joined", { handoverId: randomUUID(), agent: ada }));
  expect(await talk.shown()).toMatchObject({ control: "QUEUE" });
  expect(await stranger.shown()).toMatchObject({ control: "ASSISTANT" });

  await talk.do(talk.customer, "closeConversation");
  const closed = await talk.shown();
  expect(closed).toMatchObject({ control: "NONE", handover: { status: "ENDED", ending: "CLOSED" } });
  await set.hear(
    talk.event("agent.joined", { handoverId, agent: ada }),
    talk.event("agent.replied", { handoverId, agent: ada, text: "Hello?", externalId: "m-1" }),
    talk.event("agent.left", { handoverId, agent: ada, left: "RETURNED" }),
    talk.event("delivery.failed", { delivery: deliveryOf(handoverId), error: "503", final: true }),
    talk.event("handover.delivered", { delivery: deliveryOf(handoverId), mode: "LINK", externalId: null, url: null }),
  );
  expect(await talk.shown()).toEqual(closed);
});

test("a very long conversation is handed over with the newest part of it", async () => {
  const talk = await set.talk();
  for (let n = 0; n < 12; n++) await talk.say(`${n} ${"€".repeat(15_900)}`);
  await talk.do(talk.customer, "requestHandover");
  const [requested] = await talk.toldOf("handover.requested");
  expect(Buffer.byteLength(JSON.stringify(requested))).toBeLessThan(800_000);
  expect(requested?.data.transcript.at(-1)?.sequence).toBe(12);
  expect(requested?.data.transcript.length).toBeGreaterThan(5);
});
