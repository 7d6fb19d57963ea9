import type { GraphClient } from "../../demo/client";
import { createFakeClock } from "../../kit/clock";
import { type Emulator, startEmulator } from "../../services/providers/emulators/emulator";
import { freshdeskEmulator } from "../../services/providers/emulators/freshdesk";
import { type House, startHouse } from "../support/house";
import { until } from "../support/stage";

const minute = 60_000;
const clock = createFakeClock(new Date());
let house: House;
let freshdesk: Emulator;
beforeAll(async () => {
  [house, freshdesk] = await Promise.all([startHouse({ clock }), startEmulator(freshdeskEmulator)]);
}, 60_000);
afterAll(() => Promise.all([house?.stop(), freshdesk?.stop()]));

interface Shown {
  control: string;
  handover: { id: string; status: string } | null;
  messages: { author: string; text: string }[];
}

async function shown(desk: GraphClient, id: string): Promise<Shown> {
  const { conversation } = await desk.run<{ conversation: Shown }>(
    "query ($id: ID!) { conversation(id: $id) { control handover { id status } messages { author text } } }",
    { id },
  );
  return conversation;
}

test("nobody takes it in the desk, then nobody in the console: the customer hears each time what is true", async () => {
  const shop = await house.newWorkspace();
  const desk = await house.as(shop.agent);
  await shop.service.run("mutation { setPatience(patience: { waitingMinutes: 15 }) { waitingMinutes } }");
  await shop.service.run("mutation ($input: ConnectProviderInput!) { connectProvider(input: $input) { id } }", {
    input: { provider: "FRESHDESK", config: freshdesk.config() },
  });
  const { conversationId: id } = await shop.openWidget();
  const asking = "mutation ($id: ID!) { requestHandover(conversationId: $id) { __typename } }";
  /** Read once more when the status is there: fields of one answer are read a moment apart, around the change perhaps. */
  const inStatus = async (status: string) => {
    const reached = async () => (await shown(desk, id)).handover?.status === status;
    await until(`the handover is ${status}`, reached, 20_000);
    return shown(desk, id);
  };
  const queued = async () =>
    (await desk.run<{ handoverQueue: { id: string }[] }>("{ handoverQueue { id } }")).handoverQueue;
  const tickets = () => freshdesk.items().map(({ closed }) => (closed ? "closed" : "open"));

  await desk.run(asking, { id });
  const first = await inStatus("WAITING");
  expect([tickets(), await queued()]).toEqual([["open"], []]);

  clock.advance(15 * minute);
  await until("the console has it", async () => (await queued()).length === 1, 20_000);
  const second = await inStatus("WAITING");
  expect(second.handover?.id).toBe(first.handover?.id);
  expect(second.messages.at(-1)).toMatchObject({
    author: "SYSTEM",
    text: expect.stringMatching(/^Nobody .* free yet/),
  });
  expect(await queued()).toEqual([{ id: first.handover?.id }]);
  await until("the ticket is let go", () => tickets()[0] === "closed", 20_000);

  clock.advance(15 * minute);
  const third = await inStatus("EXPIRED");
  expect(third).toMatchObject({ control: "ASSISTANT", handover: { id: first.handover?.id } });
  expect(third.messages.at(-1)).toMatchObject({ author: "SYSTEM", text: expect.stringContaining("15 minutes") });
  await until("the queue is empty", async () => (await queued()).length === 0, 20_000);

  await desk.run(asking, { id });
  const again = await inStatus("WAITING");
  expect(again.handover?.id).not.toBe(first.handover?.id);
  expect(tickets()).toEqual(["closed", "open"]);
}, 120_000);
