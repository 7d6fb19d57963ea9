import { textsFor } from "../texts";
import { type ConversationsStage, openStage, type Talk } from "./scene";
import { deliveryOf } from "./waiting-at-a-desk";

let set: ConversationsStage;
beforeAll(async () => {
  set = await openStage();
});
afterAll(() => set.close());

const en = textsFor("en");
const ada = { id: "a-1", name: "Ada" };

describe("a handover that failed and was in the desk all the same", () => {
  async function failed(): Promise<{ talk: Talk; handoverId: string }> {
    const talk = await set.talk();
    const { id } = await talk.do(talk.customer, "requestHandover");
    const facts = deliveryOf(id as string);
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
