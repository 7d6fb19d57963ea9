import { type ConversationsStage, openStage } from "./scene";

let set: ConversationsStage;
beforeAll(async () => {
  set = await openStage();
});
afterAll(() => set.close());

test("what policy found the conversation to be about goes over with it, whatever led to the handover", async () => {
  const talk = await set.talk();
  await set.hear(
    await talk.assessed(await talk.say("My kettle is broken"), "CONTINUE", undefined, { "Damaged goods": 0.8 }),
  );
  const second = await talk.say("And I want my money back. A person, please");
  await set.hear(
    await talk.assessed(second, "HANDOVER", "CUSTOMER_REQUEST", { Refunds: 0.7, "Damaged goods": 0.6, Wholesale: 0.4 }),
  );
  const [requested] = await talk.toldOf("handover.requested");
  expect(requested?.data.tags).toEqual(["Damaged goods", "Refunds"]);

  const asking = await set.talk();
  await set.hear(
    await asking.assessed(await asking.say("My kettle is broken"), "CONTINUE", undefined, { Kettles: 0.9 }),
  );
  await asking.do(asking.customer, "requestHandover");
  expect((await asking.toldOf("handover.requested"))[0]?.data.tags).toEqual(["Kettles"]);
});

test("about nothing that is known: no tags; about everything: fifty of them", async () => {
  const talk = await set.talk();
  await talk.do(talk.customer, "requestHandover");
  expect((await talk.toldOf("handover.requested"))[0]?.data.tags).toEqual([]);

  const much = await set.talk();
  const all = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`Topic ${index}`, 0.9]));
  await set.hear(await much.assessed(await much.say("Everything!"), "HANDOVER", "CUSTOMER_REQUEST", all));
  expect((await much.toldOf("handover.requested"))[0]?.data.tags).toHaveLength(50);
});
