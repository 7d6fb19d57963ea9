import { type Stage, until } from "../../../test/support/stage";
import { defineProvider, type Provider } from "../provider";
import { createFailingProvider } from "../provider.failing";
import { aHandover, connect, deskConfig, openStage } from "./scene";

const [desk, slow] = [createFailingProvider("INTERCOM"), createFailingProvider("HUBSPOT")];
let answer = () => {};
const answered = new Promise<void>((resolve) => {
  answer = resolve;
});
/** Makes its item, and tells of it when it likes; asked to close, it has to be told which. */
const { steps, close, ...rest } = slow.provider as Provider<unknown>;
const late = defineProvider<unknown>({
  ...rest,
  steps: {
    ...steps,
    conversation: async (input) => {
      const made = (await steps.conversation?.(input)) ?? {};
      await answered;
      return made;
    },
  },
  close: async (input) => (input.receipts.conversation ? close?.(input) : undefined),
});
let on: Stage;
beforeAll(async () => {
  on = await openStage({ providers: [desk.provider, late], settings: { stepTimeoutMs: 10_000 } });
});
afterAll(() => on.close());

test("an agent of the former desk takes it while the next desk makes its item: that one closes once it is known", async () => {
  const handover = aHandover();
  await connect(on, handover, "HUBSPOT", deskConfig);
  await connect(on, handover, "INTERCOM", deskConfig);
  await on.hear(handover.requested, handover.summarized);
  await on.said("handover.delivered", handover.conversationId);
  // Nobody came in time.
  await on.db.query("update delivery set unclaimed_at = now() where handover_id = $1", [handover.handoverId]);
  await on.hear(handover.changed("DELIVERING", null, "WAITING"));
  const item = () => slow.items.get(handover.handoverId);
  await until("the next desk has made it", item);
  await on.hear(handover.changed("ACTIVE", "Ines", "DELIVERING"));
  answer();
  await until("the next desk lets go", () => item()?.closed, 5_000);
  expect(desk.items.get(handover.handoverId)?.closed).toBe(false);
});
