import { randomUUID } from "node:crypto";
import { textsFor } from "../texts";
import { type ConversationsStage, openStage, type Talk } from "./scene";

let set: ConversationsStage;
beforeAll(async () => {
  set = await openStage();
});
afterAll(() => set.close());

const en = textsFor("en");
const ada = { id: "a-1", name: "Ada" };

function delivery(handoverId: string) {
  return { id: randomUUID(), handoverId, provider: "CONSOLE" as const, connectionId: null };
}

/** A conversation whose handover waits at a desk. */
async function waiting(): Promise<{ talk: Talk; handoverId: string }> {
  const talk = await set.talk();
  await talk.say("Where is my parcel?");
  const { id } = await talk.do(talk.customer, "requestHandover");
  const handoverId = id as string;
  const facts = delivery(handoverId);
  await set.hear(
    talk.event("delivery.started", { delivery: facts }),
    talk.event("handover.delivered", { delivery: facts, mode: "DESK", externalId: null, url: null }),
  );
  return { talk, handoverId };
}

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
  const { talk, handoverId } = await waiting();
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
  const { talk, handoverId } = await waiting();
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
  const { talk, handoverId } = await waiting();
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
    talk.event("handover.delivered", { delivery: delivery(id as string), mode: "LINK", externalId: null, url }),
  );
  const shown = await talk.shown();
  expect(shown).toMatchObject({ control: "ASSISTANT", handover: { status: "ENDED", ending: "LINKED" } });
  expect(shown.messages.at(-1)?.text).toContain(url);
});

test("when no desk takes it the customer hears the truth and can ask again", async () => {
  const talk = await set.talk();
  const { id } = await talk.do(talk.customer, "requestHandover");
  const failed = (final: boolean) =>
    talk.event("delivery.failed", { delivery: delivery(id as string), error: "503", final });
  await set.hear(failed(false));
  expect(await talk.shown()).toMatchObject({ control: "QUEUE", handover: { status: "REQUESTED" } });
  await set.hear(failed(true));
  const shown = await talk.shown();
  expect(shown).toMatchObject({ control: "ASSISTANT", handover: { status: "FAILED" } });
  expect(shown.messages.at(-1)).toMatchObject({ author: "SYSTEM", text: en.nobodyReached });
  expect(await talk.do(talk.customer, "requestHandover")).toMatchObject({ __typename: "Handover" });
  // The failed one, tried again now, would be a second open handover.
  await set.hear(talk.event("delivery.started", { delivery: delivery(id as string) }));
  expect((await talk.shown()).handovers.map(({ status }) => status)).toEqual(["FAILED", "REQUESTED"]);
});

test("a customer who no longer waits goes on with the assistant, until an agent has joined", async () => {
  const idle = await set.talk();
  expect(await idle.do(idle.customer, "cancelHandover")).toMatchObject({ __typename: "NotHandedOver" });

  const { talk, handoverId } = await waiting();
  expect(await talk.do(talk.customer, "cancelHandover")).toMatchObject({ __typename: "Handover", status: "CANCELLED" });
  const shown = await talk.shown();
  expect(shown).toMatchObject({ control: "ASSISTANT", epoch: 2, handover: { status: "CANCELLED" } });
  expect(shown.messages.at(-1)).toMatchObject({ author: "SYSTEM", text: en.back });
  // The desk hears of it later than an agent may click.
  await set.hear(talk.event("agent.joined", { handoverId, agent: ada }));
  expect(await talk.shown()).toMatchObject({ control: "ASSISTANT", handover: { status: "CANCELLED" } });

  const joined = await waiting();
  await set.hear(joined.talk.event("agent.joined", { handoverId: joined.handoverId, agent: ada }));
  expect(await joined.talk.do(joined.talk.customer, "cancelHandover")).toMatchObject({
    __typename: "AlreadyHandedOver",
    handover: { status: "ACTIVE" },
  });
});

test("a failed handover that is tried again queues the conversation again", async () => {
  const talk = await set.talk();
  const { id } = await talk.do(talk.customer, "requestHandover");
  const facts = delivery(id as string);
  await set.hear(
    talk.event("delivery.failed", { delivery: facts, error: "503", final: true }),
    talk.event("delivery.started", { delivery: facts }),
  );
  expect(await talk.shown()).toMatchObject({ control: "QUEUE", epoch: 3, handover: { status: "DELIVERING" } });
});

describe("a handover that failed and was in the desk all the same", () => {
  async function failed(): Promise<{ talk: Talk; handoverId: string }> {
    const talk = await set.talk();
    const { id } = await talk.do(talk.customer, "requestHandover");
    const facts = delivery(id as string);
    await set.hear(talk.event("delivery.failed", { delivery: facts, error: "no answer in time", final: true }));
    return { talk, handoverId: id as string };
  }
  const offer = async (talk: Talk) =>
    set.hear(
      await talk.answerAssessed(await talk.say("Hello?"), "OFFER", { answered: false, reason: "CANNOT_ANSWER" }),
    );

  test("an agent who writes has the conversation, and an open offer gives way", async () => {
    const { talk, handoverId } = await failed();
    await offer(talk);
    const late = await talk.answerAssessed(await talk.say("Is anybody there?"), "CONTINUE", { text: "I am." });
    const reply = { handoverId, agent: ada, text: "I am here now.", externalId: "m-1" };
    await set.hear(talk.event("agent.replied", reply), late);
    const shown = await talk.shown();
    expect(shown).toMatchObject({ control: "AGENT", handover: { id: handoverId, status: "ACTIVE", agentName: "Ada" } });
    expect(shown.handovers.map(({ status }) => status)).toEqual(["ACTIVE", "CANCELLED"]);
    expect(shown.messages.slice(-2).map(({ text }) => text)).toEqual([en.joined("Ada"), "I am here now."]);
  });

  test("an agent who takes it has it, and an open offer gives way", async () => {
    const { talk, handoverId } = await failed();
    await offer(talk);
    await set.hear(talk.event("agent.joined", { handoverId, agent: ada }));
    expect((await talk.shown()).handovers.map(({ status }) => status)).toEqual(["ACTIVE", "CANCELLED"]);
  });

  test("what is written in it reaches the customer, and the handover that is under way stays", async () => {
    const { talk, handoverId } = await failed();
    await talk.do(talk.customer, "requestHandover");
    const reply = { handoverId, agent: ada, text: "I am here now.", externalId: "m-1" };
    await set.hear(talk.event("agent.joined", { handoverId, agent: ada }), talk.event("agent.replied", reply));
    const shown = await talk.shown();
    expect(shown).toMatchObject({ control: "QUEUE" });
    expect(shown.handovers.map(({ status }) => status)).toEqual(["FAILED", "REQUESTED"]);
    expect(shown.messages.at(-1)).toMatchObject({ author: "AGENT", text: "I am here now." });
  });
});

test("a desk's news about a closed conversation, or about another one's handover, changes nothing", async () => {
  const { talk, handoverId } = await waiting();
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
    talk.event("delivery.failed", { delivery: delivery(handoverId), error: "503", final: true }),
    talk.event("handover.delivered", { delivery: delivery(handoverId), mode: "LINK", externalId: null, url: null }),
  );
  expect(await talk.shown()).toEqual(closed);
});

describe("an agent in the console", () => {
  test("a reply takes the waiting handover, the next ones do not join again, and the same one is posted once", async () => {
    const { talk } = await waiting();
    const hello = { text: "Hello, Ada here.", clientMessageId: "c-1" };
    const posted = await talk.do(talk.agent, "replyAsAgent", hello);
    expect(posted).toMatchObject({ __typename: "Message", author: "AGENT", authorName: "Ada" });
    expect(await talk.do(talk.agent, "replyAsAgent", hello)).toEqual(posted);
    await talk.do(talk.agent, "replyAsAgent", { text: "Still there?" });
    const shown = await talk.shown();
    expect(shown).toMatchObject({ control: "AGENT", epoch: 2, handover: { status: "ACTIVE", agentName: "Ada" } });
    expect(shown.messages.slice(-3).map(({ text }) => text)).toEqual([
      en.joined("Ada"),
      "Hello, Ada here.",
      "Still there?",
    ]);
  });

  test("two agents whose consoles count from 1 are both heard, and each is still posted once", async () => {
    const { talk } = await waiting();
    const bob = { ...talk.agent, agentId: "agent-2", name: "Bob" } as typeof talk.agent;
    const says = (who: typeof bob, text: string) => talk.do(who, "replyAsAgent", { text, clientMessageId: "1" });
    const first = await says(talk.agent, "Hello");
    expect(await says(bob, "Hello")).toMatchObject({ __typename: "Message", authorName: "Bob" });
    expect(await says(talk.service, "Hi, from the back office")).toMatchObject({ __typename: "Message" });
    expect(await says(talk.agent, "Hello")).toEqual(first);
    const { messages } = await talk.shown();
    expect(messages.filter(({ author }) => author === "AGENT")).toHaveLength(3);
    await expect(says(bob, "Another text")).rejects.toMatchObject({ extensions: { code: "CONFLICT" } });
  });

  test("a reply while the assistant has control takes over, also when a person was only offered", async () => {
    const talk = await set.talk();
    await talk.do(talk.service, "replyAsAgent", { text: "May I?", agentName: "Grace" });
    expect(await talk.shown()).toMatchObject({
      control: "AGENT",
      handover: { status: "ACTIVE", reason: "AGENT_TOOK_OVER", agentName: "Grace" },
    });

    const offered = await set.talk();
    const message = await offered.say("Can you sing?");
    await set.hear(await offered.answerAssessed(message, "OFFER", { answered: false, reason: "CANNOT_ANSWER" }));
    await offered.do(offered.agent, "replyAsAgent", { text: "I can." });
    expect((await offered.shown()).handovers).toMatchObject([{ status: "ACTIVE", reason: "AGENT_TOOK_OVER" }]);
  });

  test("giving back keeps the note for the assistant and from the customer", async () => {
    const { talk } = await waiting();
    expect(await talk.do(talk.agent, "returnToAssistant", { note: "Sent a new lamp." })).toMatchObject({
      __typename: "Conversation",
      control: "ASSISTANT",
    });
    expect((await talk.shown(talk.agent)).handover).toMatchObject({ ending: "RETURNED", note: "Sent a new lamp." });
    expect((await talk.shown(talk.customer)).handover).toMatchObject({ ending: "RETURNED", note: null });
    const changed = await talk.toldOf("handover.changed", 4);
    expect(changed.at(-1)?.data.handover).toMatchObject({ status: "ENDED", note: "Sent a new lamp." });
    expect(await talk.do(talk.agent, "returnToAssistant")).toMatchObject({ __typename: "NotHandedOver" });
  });

  test("customers may not speak as agents, nor give conversations back", async () => {
    const talk = await set.talk();
    for (const [mutation, args] of [
      ["replyAsAgent", { text: "I am an agent" }],
      ["returnToAssistant", {}],
    ] as const)
      await expect(talk.do(talk.customer, mutation, args)).rejects.toMatchObject({ extensions: { code: "FORBIDDEN" } });
    await expect(talk.do(talk.agent, "postMessage", { text: "I am the customer" })).rejects.toMatchObject({
      extensions: { code: "FORBIDDEN" },
    });
  });
});

describe("an offer", () => {
  async function offered(reason: "CANNOT_ANSWER" | "FRUSTRATION" = "CANNOT_ANSWER", input = {}) {
    const talk = await set.talk({ input });
    const message = await talk.say("Do you sell moon dust?");
    await set.hear(await talk.answerAssessed(message, "OFFER", { answered: false, text: "", reason }));
    return { talk, message };
  }

  test("is said in words and stands open, with control still the assistant's", async () => {
    const { talk } = await offered();
    const shown = await talk.shown();
    expect(shown).toMatchObject({ control: "ASSISTANT", handover: { status: "OFFERED", reason: "CANNOT_ANSWER" } });
    expect(shown.messages.at(-1)).toMatchObject({
      author: "ASSISTANT",
      answered: false,
      text: expect.stringContaining(en.talkToAPerson),
    });
  });

  test("in a widget with a button it does not ask to type", async () => {
    const { talk } = await offered("CANNOT_ANSWER", { offersAsButton: true });
    expect((await talk.shown()).messages.at(-1)?.text).toBe(`${en.cannotAnswer} ${en.offerWithButton}`);
  });

  test("accepted becomes the request itself, with its own reason and the message that led to it", async () => {
    const { talk, message } = await offered("FRUSTRATION");
    const offer = (await talk.shown()).handover;
    expect(await talk.do(talk.customer, "acceptOffer")).toMatchObject({
      __typename: "Handover",
      id: offer?.id,
      status: "REQUESTED",
      reason: "FRUSTRATION",
    });
    const [requested] = await talk.toldOf("handover.requested");
    expect(requested?.data.handover).toMatchObject({ id: offer?.id, messageId: message });
    expect(await talk.do(talk.customer, "acceptOffer")).toMatchObject({ __typename: "AlreadyHandedOver" });
    expect((await talk.shown()).handovers).toHaveLength(1);
  });

  test.each(["Talk to a person", "talk to a PERSON!", "mit einem menschen sprechen."])(
    "%j accepts it",
    async (words) => {
      const { talk } = await offered();
      await talk.say(words);
      expect(await talk.shown()).toMatchObject({
        control: "QUEUE",
        handover: { status: "REQUESTED", reason: "CANNOT_ANSWER" },
      });
    },
  );

  test("those words without an offer are left to policy", async () => {
    const talk = await set.talk();
    await talk.say("Talk to a person");
    expect(await talk.shown()).toMatchObject({ control: "ASSISTANT", handover: null });
  });

  test("another message leaves it open, and another offer does not make a second one", async () => {
    const { talk } = await offered();
    const message = await talk.say("And star dust?");
    await set.hear(await talk.answerAssessed(message, "OFFER", { answered: false, reason: "CANNOT_ANSWER" }));
    const { handovers, messages } = await talk.shown();
    expect(handovers).toMatchObject([{ status: "OFFERED" }]);
    expect(messages.filter(({ author }) => author === "ASSISTANT")).toHaveLength(2);
  });

  test("declined is not made again for the same reason, but for another", async () => {
    const { talk } = await offered();
    expect(await talk.do(talk.customer, "declineOffer")).toMatchObject({ __typename: "Handover", status: "DECLINED" });
    expect(await talk.do(talk.customer, "declineOffer")).toMatchObject({ __typename: "NoOffer" });
    expect(await talk.do(talk.customer, "acceptOffer")).toMatchObject({ __typename: "NoOffer" });

    const second = await talk.say("And star dust?");
    await set.hear(await talk.answerAssessed(second, "OFFER", { answered: false, reason: "CANNOT_ANSWER" }));
    const after = await talk.shown();
    expect(after.handovers).toMatchObject([{ status: "DECLINED" }]);
    expect(after.messages.at(-1)).toMatchObject({ author: "ASSISTANT", text: en.cannotAnswer, answered: false });

    const third = await talk.say("You are useless");
    await set.hear(await talk.assessed(third, "OFFER", "FRUSTRATION"));
    expect((await talk.shown()).handovers).toMatchObject([{ status: "DECLINED" }, { status: "OFFERED" }]);
  });

  test("gives way to policy's handover, which takes it over for its own reason", async () => {
    const { talk } = await offered();
    const message = await talk.say("I want a human now");
    await set.hear(await talk.assessed(message, "HANDOVER", "CUSTOMER_REQUEST"));
    expect((await talk.shown()).handovers).toMatchObject([{ status: "REQUESTED", reason: "CUSTOMER_REQUEST" }]);
  });

  test("is cancelled when the conversation closes", async () => {
    const { talk } = await offered();
    await talk.do(talk.customer, "closeConversation");
    expect(await talk.shown()).toMatchObject({ control: "NONE", handover: { status: "CANCELLED", ending: null } });
  });
});

test("a bare request is asked back once, as the assistant", async () => {
  const talk = await set.talk({ input: { language: "de" } });
  const message = await talk.say("Mensch!");
  const assessed = await talk.assessed(message, "CLARIFY", "CUSTOMER_REQUEST");
  await set.hear(assessed, { ...assessed, id: randomUUID() });
  expect((await talk.shown()).messages).toMatchObject([
    { author: "CUSTOMER" },
    { author: "ASSISTANT", text: textsFor("de").clarify, answered: null },
  ]);
});

test("a silent handover on a ticket shows nothing of what could not be answered", async () => {
  const talk = await set.talk({ input: { channel: "TICKET" } });
  const message = await talk.say("Do you sell moon dust?");
  await set.hear(
    await talk.answerAssessed(message, "HANDOVER", { answered: false, text: "", reason: "CANNOT_ANSWER" }),
  );
  const shown = await talk.shown();
  expect(shown).toMatchObject({ control: "QUEUE", handover: { reason: "CANNOT_ANSWER" } });
  expect(shown.messages.map(({ author }) => author)).toEqual(["CUSTOMER", "SYSTEM"]);
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
