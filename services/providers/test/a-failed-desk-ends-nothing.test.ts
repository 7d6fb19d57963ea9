import { type Stage, until } from "../../../test/support/stage";
import { type Emulator, startEmulator } from "../emulators/emulator";
import { intercomEmulator } from "../emulators/intercom";
import { aHandover, connect, openStage, serve } from "./scene";

let on: Stage;
let desk: Emulator;
let served: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  [on, desk] = await Promise.all([openStage({ settings: { stepTimeoutMs: 3_000 } }), startEmulator(intercomEmulator)]);
  served = await serve(on);
});
afterAll(() => Promise.all([on.close(), desk.stop(), served.stop()]));

test("that an item is closed at a desk that failed does not end the handover that the next desk has", async () => {
  const handover = aHandover();
  const { conversationId, service } = handover;
  // The last step fails: nobody has this number.
  await connect(on, handover, "INTERCOM", { ...desk.config(), teamId: "404" });
  const { connections } = await on.ask<{ connections: { webhookPath: string }[] }>(
    service,
    "{ connections { webhookPath } }",
  );
  desk.webhooksTo(`${served.origin}${connections[0]?.webhookPath}`);
  await on.hear(handover.requested, handover.summarized);
  const [delivered] = await on.said("handover.delivered", conversationId);
  expect(delivered?.data.delivery.provider).toBe("CONSOLE");
  await until("what was begun is tidied away", () => desk.items()[0]?.closed);
  const [item] = desk.items();
  await desk.agent.close(item?.externalId ?? "", "Ines");
  // What an agent still writes there reaches the customer, and shows that the calls before it were looked at.
  await desk.agent.reply(item?.externalId ?? "", "Ines", "Sorry, wrong desk.");
  expect((await on.said("agent.replied", conversationId))[0]?.data.text).toBe("Sorry, wrong desk.");
  expect(await on.said("agent.left", conversationId, 0)).toEqual([]);
});
