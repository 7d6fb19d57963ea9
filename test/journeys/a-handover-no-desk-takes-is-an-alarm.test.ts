import { DataSource } from "typeorm";
import { type House, startHouse } from "../support/house";
import { until } from "../support/stage";

let house: House;
let providers: DataSource;
beforeAll(async () => {
  house = await startHouse();
  providers = await new DataSource({ type: "postgres", url: house.databaseUrl("providers") }).initialize();
}, 60_000);
afterAll(async () => {
  await providers?.destroy();
  await house?.stop();
});

interface Alarms {
  handoverAlarms: { id: string; provider: string; handover: { conversation: { id: string } } }[];
}

test("it is seen at once by those who run the desk, the customer hears the truth, and tried again it arrives", async () => {
  const shop = await house.newWorkspace();
  const desk = await house.as(shop.agent);
  const seen: Alarms["handoverAlarms"][] = [];
  desk.live<Alarms>("subscription { handoverAlarms { id provider handover { conversation { id } } } }", {}, (data) =>
    seen.push(data.handoverAlarms),
  );
  await until("it is looked at", () => seen.length > 0);
  expect(seen).toEqual([[]]);

  await shop.service.run("mutation { setPatience(patience: { moveOnAfterSeconds: 0 }) { moveOnAfterSeconds } }");
  await providers.query(`create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'the desk is down'; end $$`);
  await providers.query("create trigger down before insert on desk_item execute function refuse()");
  const widget = await shop.openWidget();
  const id = widget.conversationId;
  await desk.run("mutation ($id: ID!) { requestHandover(conversationId: $id) { __typename } }", { id });
  await until("the alarm is there", () => seen.at(-1)?.length === 1, 30_000);
  const [alarm] = seen.at(-1) ?? [];
  expect(alarm).toMatchObject({ provider: "CONSOLE", handover: { conversation: { id } } });
  const shown = async () =>
    (
      await desk.run<{ conversation: { control: string; messages: { author: string; text: string }[] } }>(
        "query ($id: ID!) { conversation(id: $id) { control messages { author text } } }",
        { id },
      )
    ).conversation;
  const told = await until("the customer has heard it", async () => {
    const conversation = await shown();
    return conversation.control === "ASSISTANT" && conversation;
  });
  expect(told.messages.at(-1)).toMatchObject({ author: "SYSTEM", text: expect.stringContaining("could not reach") });
  const counted = await (await fetch(new URL("/metrics", house.url))).text();
  expect(counted).toContain('baton_alarms_total{alarm="handover_undelivered"} 1');

  await providers.query("drop trigger down on desk_item");
  const { retryDelivery } = await desk.run<{ retryDelivery: { __typename: string } }>(
    "mutation ($id: ID!) { retryDelivery(deliveryId: $id) { __typename } }",
    { id: alarm?.id },
  );
  expect(retryDelivery.__typename).toBe("Delivery");
  await until("the alarm is over", () => seen.at(-1)?.length === 0, 30_000);
  const queue = await until("it waits in the queue", async () => {
    const { handoverQueue } = await desk.run<{ handoverQueue: { conversation: { id: string } }[] }>(
      "{ handoverQueue { conversation { id } } }",
    );
    return handoverQueue.length > 0 && handoverQueue;
  });
  expect(queue).toEqual([{ conversation: { id } }]);
  await until("the conversation waits, too", async () => (await shown()).control === "QUEUE");
}, 90_000);
