import { textsFor } from "../texts";
import { type ConversationsStage, openStage } from "./scene";
import { waitingAtDesk } from "./waiting-at-a-desk";

let set: ConversationsStage;
beforeAll(async () => {
  set = await openStage();
});
afterAll(() => set.close());

const en = textsFor("en");

describe("an agent in the console", () => {
  test("a reply takes the waiting handover, the next ones do not join again, and the same one is posted once", async () => {
    const { talk } = await waitingAtDesk(set);
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
    const { talk } = await waitingAtDesk(set);
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
    const { talk } = await waitingAtDesk(set);
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
