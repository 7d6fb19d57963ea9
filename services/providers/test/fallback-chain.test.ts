import type { Stage } from "../../../test/support/stage";
import { createFailingProvider } from "../provider.failing";
import { aHandover, connect, deskConfig, linkConfig, openStage } from "./scene";

let on: Stage;
const [first, second] = [createFailingProvider("INTERCOM"), createFailingProvider("HUBSPOT")];

beforeAll(async () => {
  on = await openStage({ providers: [first.provider, second.provider] });
});
afterAll(() => on.close());

const connecting = `mutation ($input: ConnectProviderInput!) { connectProvider(input: $input) { id takes { channels languages reasons } } }`;

test("a desk that does not take a handover gives way to the next connection, not to the console at once", async () => {
  const handover = aHandover();
  await connect(on, handover, "LINK", linkConfig);
  await connect(on, handover, "HUBSPOT", deskConfig);
  await connect(on, handover, "INTERCOM", deskConfig);
  first.fail("assign", "never");
  await on.hear(handover.requested, handover.summarized);
  const [delivered] = await on.said("handover.delivered", handover.conversationId);
  expect(delivered?.data.delivery.provider).toBe("HUBSPOT");
  expect((await on.said("delivery.failed", handover.conversationId))[0]?.data).toMatchObject({ final: false });
});

test("a connection that takes other handovers only is passed over", async () => {
  const handover = aHandover();
  await connect(on, handover, "HUBSPOT", deskConfig);
  const input = { provider: "INTERCOM", config: deskConfig, takes: { channels: ["TICKET"], languages: [] } };
  const { connectProvider } = await on.ask<{ connectProvider: { id: string; takes: unknown } }>(
    handover.service,
    connecting,
    { input },
  );
  expect(connectProvider.takes).toEqual({ channels: ["TICKET"], languages: null, reasons: null });
  await on.hear(handover.requested, handover.summarized);
  expect((await on.said("handover.delivered", handover.conversationId))[0]?.data.delivery.provider).toBe("HUBSPOT");
  const { updateConnection } = await on.ask<{ updateConnection: { takes: unknown } }>(
    handover.service,
    `mutation ($id: ID!) { updateConnection(id: $id, input: { takes: null }) { takes { channels } } }`,
    { id: connectProvider.id },
  );
  expect(updateConnection.takes).toBeNull();
});
