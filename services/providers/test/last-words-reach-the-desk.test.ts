import { type Stage, until } from "../../../test/support/stage";
import { createFailingProvider, type FailingProvider } from "../provider.failing";
import { aHandover, connect, deskConfig, openStage } from "./scene";

let on: Stage;
let desk: FailingProvider;

beforeAll(async () => {
  desk = createFailingProvider("INTERCOM");
  on = await openStage({ providers: [desk.provider] });
});
afterAll(() => on.close());

test("what the customer wrote before the end reaches a desk that was down meanwhile, and then its item closes", async () => {
  const handover = aHandover();
  await connect(on, handover, "INTERCOM", deskConfig);
  await on.hear(handover.requested, handover.summarized);
  await on.said("handover.delivered", handover.conversationId);
  desk.fail("message", "again", 5);
  await on.hear(handover.wrote(4, "one"), handover.wrote(5, "and my number is 12"), handover.changed("ENDED"));
  const item = () => desk.items.get(handover.handoverId);
  await until("it is closed", () => item()?.closed);
  expect(item()?.messages).toEqual(["one", "and my number is 12"]);
});
