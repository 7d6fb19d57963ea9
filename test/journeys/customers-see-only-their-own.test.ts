import { createGraphClient, type GraphClient } from "../../demo/client";
import type { Widget } from "../../demo/widget";
import { type House, startHouse, type TestWorkspace } from "../support/house";

let house: House;
let shop: TestWorkspace;
let otherShop: TestWorkspace;
let anna: Widget;
let ben: Widget;

beforeAll(async () => {
  house = await startHouse();
  [shop, otherShop] = await Promise.all([house.newWorkspace("A shop"), house.newWorkspace("Another shop")]);
  [anna, ben] = await Promise.all([shop.openWidget(), shop.openWidget()]);
  await anna.say("My order 4711 has not come.");
  await anna.say("I want to talk to a person about it.");
  await anna.until("the handover to wait", ({ handover }) => handover?.status === "WAITING");
}, 60_000);
afterAll(() => house?.stop());

/** Every way to ask for something of a conversation, and the field the answer stands in. */
const questions: Record<string, string> = {
  conversation: "conversation(id: $id) { id messages { text } handovers { id } }",
  messages: "messages(conversationId: $id) { text }",
  handover: "handover(conversationId: $id) { id summary { text } }",
  summary: "summary(conversationId: $id) { text }",
};
const question = (field: string) => `query ($id: ID!) { ${questions[field]} }`;

async function answer(client: GraphClient, field: string): Promise<unknown> {
  const data = await client.run(question(field), { id: anna.conversationId });
  return data[field];
}

/** Null, an empty list, or a refusal: whatever it is, nothing of Anna's is in it. */
async function seesNothing(client: GraphClient, field: string): Promise<void> {
  const seen = await answer(client, field).catch((error: Error) => error.message);
  if (typeof seen === "string") expect(seen).toMatch(/^(NOT_FOUND|UNAUTHENTICATED|FORBIDDEN)/);
  else expect(seen ?? []).toEqual([]);
}

describe.each(Object.keys(questions))("query %s", (field) => {
  test("the customer and the workspace's agents see it", async () => {
    const own = createGraphClient(house.url, anna.token);
    for (const client of [own, await house.as(shop.agent)])
      expect(JSON.stringify(await answer(client, field))).toMatch(/order 4711|"id"/);
  });
  test("another customer of the same workspace sees nothing", () =>
    seesNothing(createGraphClient(house.url, ben.token), field));
  test("another workspace's agent sees nothing", async () => seesNothing(await house.as(otherShop.agent), field));
  test("somebody without a token sees nothing", async () => seesNothing(await house.as(), field));
});

describe.each(Object.keys(questions))("subscription %s", (field) => {
  /** The first answer of the subscription, or its end. */
  async function firstAnswer(client: GraphClient): Promise<unknown> {
    return new Promise((resolve) => {
      const stop = client.live(
        question(field).replace("query", "subscription"),
        { id: anna.conversationId },
        (data) => {
          resolve(data[field]);
          stop();
        },
        (error) => resolve(error?.message ?? "ended"),
      );
    });
  }
  async function hearsNothing(client: GraphClient): Promise<void> {
    const heard = await firstAnswer(client);
    if (typeof heard === "string") expect(heard).toMatch(/NOT_FOUND|UNAUTHENTICATED|FORBIDDEN|4401|4403|ended/);
    else expect(heard ?? []).toEqual([]);
    await client.close();
  }

  test("the customer hears it", async () => {
    const client = createGraphClient(house.url, anna.token);
    expect(JSON.stringify(await firstAnswer(client))).toMatch(/order 4711|"id"/);
    await client.close();
  });
  // A stream that has nothing to show stays silent: its read is what the queries above have tried.
  if (field === "messages") return;
  test("another customer hears nothing", () => hearsNothing(createGraphClient(house.url, ben.token)));
  test("another workspace's agent hears nothing", async () => hearsNothing(await house.as(otherShop.agent)));
});

test("the queue shows a workspace its own handovers only", async () => {
  const queue = "{ handoverQueue { id conversation { id } } }";
  const own = await (await house.as(shop.agent)).run<{ handoverQueue: { conversation: { id: string } }[] }>(queue);
  expect(own.handoverQueue.map(({ conversation }) => conversation.id)).toEqual([anna.conversationId]);
  const others = await (await house.as(otherShop.agent)).run<{ handoverQueue: unknown[] }>(queue);
  expect(others.handoverQueue).toEqual([]);
  await expect(createGraphClient(house.url, anna.token).run(queue)).rejects.toThrow(/FORBIDDEN/);
});

test("a customer does not see why policy decided", async () => {
  const why = "query ($id: ID!) { messages(conversationId: $id) { author assessment { decision } } }";
  const id = anna.conversationId;
  await expect(createGraphClient(house.url, anna.token).run(why, { id })).rejects.toThrow(/FORBIDDEN/);
  const agents = await house.as(shop.agent);
  const { messages } = await agents.run<{ messages: { author: string; assessment: { decision: string } | null }[] }>(
    why,
    { id },
  );
  expect(messages.filter(({ assessment }) => assessment?.decision === "HANDOVER")).toHaveLength(1);
});
