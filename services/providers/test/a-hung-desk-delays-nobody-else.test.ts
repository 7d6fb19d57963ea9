import { type Stage, until } from "../../../test/support/stage";
import { createFailingProvider } from "../provider.failing";
import { aHandover, connect, deskConfig, openStage } from "./scene";

const stepTimeoutMs = 5_000;
const [hung, well] = [createFailingProvider("INTERCOM"), createFailingProvider("HUBSPOT")];
let on: Stage;
beforeAll(async () => {
  on = await openStage({ providers: [hung.provider, well.provider], settings: { stepTimeoutMs } });
});
afterAll(() => on.close());

test("many handovers go to a desk that hangs, and another workspace's is with its own desk at once", async () => {
  hung.down("hangs");
  const first = aHandover();
  await connect(on, first, "INTERCOM", deskConfig);
  const many = [first, ...Array.from({ length: 40 }, () => aHandover(first.workspaceId))];
  const other = aHandover();
  await connect(on, other, "HUBSPOT", deskConfig);
  await on.hear(...many.flatMap(({ requested, summarized }) => [requested, summarized]));
  await until("the desk hangs", () => hung.calls.length > 0);
  const from = Date.now();
  await on.hear(other.requested, other.summarized);
  await on.said("handover.delivered", other.conversationId);
  expect(Date.now() - from).toBeLessThan(stepTimeoutMs - 500);
  hung.mend();
});
