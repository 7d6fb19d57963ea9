import { type Stage, until } from "../../../test/support/stage";
import type { Provider } from "../provider";
import { createFailingProvider } from "../provider.failing";
import { aHandover, connect, deskConfig, openStage } from "./scene";

const desk = createFailingProvider("INTERCOM");
let granting = 0;
/** Changes its tokens before it opens a conversation, and takes its time to say so. */
const slow: Provider = {
  ...desk.provider,
  steps: {
    ...desk.provider.steps,
    async conversation(input) {
      await input.account.tokens.renew(null, async () => {
        granting += 1;
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        return { accessToken: "access", refreshToken: "good once", expiresAt: null };
      });
      return (await desk.provider.steps.conversation?.(input)) ?? {};
    },
  },
};
let on: Stage;
beforeAll(async () => {
  on = await openStage({ providers: [slow], settings: { stepTimeoutMs: 5_000 } });
});
afterAll(() => on.close());

test("stopped while a desk changes its tokens, the new ones are kept: the former are worth nothing any more", async () => {
  const handover = aHandover();
  await connect(on, handover, "INTERCOM", deskConfig);
  await on.hear(handover.requested, handover.summarized);
  await until("tokens are asked for", () => granting === 1);
  await on.service.stop();
  const kept = await on.db.query("select 1 from connection_token where sealed <> ''");
  await on.restart();
  await on.said("handover.delivered", handover.conversationId);
  expect([kept.length, granting]).toEqual([1, 1]);
});
