import { randomUUID } from "node:crypto";
import { until } from "../../../test/support/stage";
import { textsFor } from "../texts";
import { type ConversationsStage, openStage, type Talk } from "./scene";

let set: ConversationsStage;
beforeAll(async () => {
  set = await openStage();
});
afterAll(() => set.close());

const en = textsFor("en");
const delivery = (handoverId: string) => ({
  ...{ id: randomUUID(), handoverId, provider: "ZENDESK_TICKETS" as const },
  connectionId: randomUUID(),
});

/** A handover that waits in a desk. */
async function waiting(): Promise<{ talk: Talk; handoverId: string }> {
  const talk = await set.talk();
  const { id } = await talk.do(talk.customer, "requestHandover");
  const facts = delivery(id as string);
  await set.hear(
    talk.event("delivery.started", { delivery: facts }),
    talk.event("handover.delivered", { delivery: facts, mode: "DESK", externalId: "1", url: null }),
  );
  return { talk, handoverId: id as string };
}
const unclaimed = (talk: Talk, handoverId: string, goesTo: "NEXT_DESK" | "ASSISTANT") =>
  talk.event("delivery.unclaimed", { delivery: delivery(handoverId), waitedMinutes: 15, goesTo });

test("another desk is tried: the customer hears so, keeps the one handover and waits on", async () => {
  const { talk, handoverId } = await waiting();
  await set.hear(unclaimed(talk, handoverId, "NEXT_DESK"));
  const shown = await talk.shown();
  expect(shown).toMatchObject({ control: "QUEUE", handover: { id: handoverId, status: "DELIVERING" } });
  expect(shown.handovers).toHaveLength(1);
  expect(shown.messages.at(-1)).toMatchObject({ author: "SYSTEM", text: en.nobodyCameYet });
  const changed = (await talk.toldOf("handover.changed", 4)).at(-1);
  expect(changed?.data).toMatchObject({ from: "WAITING", handover: { status: "DELIVERING" } });
  const next = delivery(handoverId);
  await set.hear(
    talk.event("delivery.started", { delivery: next }),
    talk.event("handover.delivered", { delivery: next, mode: "DESK", externalId: "2", url: null }),
  );
  expect(await talk.shown()).toMatchObject({ control: "QUEUE", handover: { id: handoverId, status: "WAITING" } });
});

test("nobody is left: the assistant goes on, the customer hears the truth and may ask again", async () => {
  const { talk, handoverId } = await waiting();
  await set.hear(unclaimed(talk, handoverId, "ASSISTANT"));
  const shown = await talk.shown();
  expect(shown).toMatchObject({ control: "ASSISTANT", handover: { id: handoverId, status: "EXPIRED" } });
  expect(shown.messages.at(-1)).toMatchObject({ author: "SYSTEM", text: en.nobodyCame(15) });
  expect(en.nobodyCame(15)).toContain("15 minutes");
  expect(await talk.do(talk.customer, "requestHandover")).toMatchObject({ __typename: "Handover" });
});

test("an agent was quicker, or the customer had enough: nothing is taken from anybody", async () => {
  for (const goesTo of ["NEXT_DESK", "ASSISTANT"] as const) {
    const { talk, handoverId } = await waiting();
    await set.hear(talk.event("agent.joined", { handoverId, agent: { id: "1", name: "Ada" } }));
    const before = await talk.shown();
    await set.hear(unclaimed(talk, handoverId, goesTo));
    expect(await talk.shown()).toEqual(before);

    const gone = await waiting();
    await gone.talk.do(gone.talk.customer, "cancelHandover");
    const left = await gone.talk.shown();
    await set.hear(unclaimed(gone.talk, gone.handoverId, goesTo));
    expect(await gone.talk.shown()).toEqual(left);
  }
});

test("a handover that is long on its way: the customer hears so once, and again at the next desk", async () => {
  const talk = await set.talk();
  const { id } = await talk.do(talk.customer, "requestHandover");
  const handoverId = id as string;
  const facts = delivery(handoverId);
  const heard = async () => (await talk.shown()).messages.filter(({ text }) => text === en.stillTrying).length;
  await set.hear(talk.event("delivery.started", { delivery: facts }));
  set.clock.advance(179_000);
  const quick = await set.talk();
  await quick.do(quick.customer, "requestHandover");
  expect(await heard()).toBe(0);
  set.clock.advance(1_000);
  await until("the customer hears it", async () => (await heard()) === 1);
  expect(await talk.shown()).toMatchObject({ control: "QUEUE", handover: { status: "DELIVERING" } });
  set.clock.advance(600_000);
  await set.hear(talk.event("handover.delivered", { delivery: facts, mode: "DESK", externalId: "1", url: null }));
  await set.hear(unclaimed(talk, handoverId, "NEXT_DESK"));
  expect(await heard()).toBe(1);
  set.clock.advance(180_000);
  await until("they hear it again", async () => (await heard()) === 2);
});

test("a failed handover that is tried again takes the place of an offer made meanwhile", async () => {
  const talk = await set.talk();
  const { id } = await talk.do(talk.customer, "requestHandover");
  const facts = delivery(id as string);
  await set.hear(talk.event("delivery.failed", { delivery: facts, error: "503", final: true }));
  await set.hear(await talk.assessed(await talk.say("Where is my lamp?"), "OFFER", "CANNOT_ANSWER"));
  expect((await talk.shown()).handover?.status).toBe("OFFERED");
  await set.hear(talk.event("delivery.started", { delivery: facts }));
  const shown = await talk.shown();
  expect(shown).toMatchObject({ control: "QUEUE", handover: { id, status: "DELIVERING" } });
  expect(shown.handovers.map(({ status }) => status)).toEqual(["DELIVERING", "CANCELLED"]);
});
