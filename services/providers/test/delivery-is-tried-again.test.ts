import { newEvent } from "../../../schema/events/catalogue";
import { type Stage, until } from "../../../test/support/stage";
import { ProviderFailure } from "../provider";
import { createFailingProvider } from "../provider.failing";
import { createConsole } from "../providers/console";
import type { Rows } from "../providers/console/desk";
import { type AHandover, aHandover, connect, deskConfig, openStage } from "./scene";

let on: Stage;
const desk = createFailingProvider("INTERCOM");
let consoleIsDown = true;

beforeAll(async () => {
  const rows = {
    query: (sql: string, values?: unknown[]) => {
      if (consoleIsDown && /^\s*insert/.test(sql)) throw new ProviderFailure("the console is down", { retry: false });
      return on.db.query(sql, values);
    },
  } as Rows;
  on = await openStage({ providers: [desk.provider, createConsole({ db: rows, now: () => new Date() })] });
});
afterAll(() => on.close());
beforeEach(() => {
  consoleIsDown = true;
});

const retrying = `mutation ($id: ID!) { retryDelivery(deliveryId: $id) {
  __typename ... on Delivery { id status } ... on AlreadyDelivered { provider } ... on DeliveryRunning { provider }
  ... on Refusal { message } } }`;
const retry = async (viewer: Parameters<Stage["ask"]>[0], id: string) =>
  (
    await on.ask<{ retryDelivery: { __typename: string; provider?: string; message?: string } }>(viewer, retrying, {
      id,
    })
  ).retryDelivery;
const alarms = async (handover: AHandover) =>
  (await on.ask<{ handoverAlarms: { id: string }[] }>(handover.agent(), "{ handoverAlarms { id } }")).handoverAlarms;

async function deliveriesOf(handover: AHandover) {
  const { deliveries } = await on.ask<{
    deliveries: { id: string; provider: string; status: string; attempts: { step: string; outcome: string }[] }[];
  }>(
    handover.agent(),
    `query ($id: ID) { deliveries(handoverId: $id) { id provider status attempts { step outcome } } }`,
    { id: handover.handoverId },
  );
  return Object.fromEntries(deliveries.map((delivery) => [delivery.provider, delivery]));
}

/** A handover that no desk took; it got as far as Intercom's summary. */
async function undelivered(): Promise<AHandover & { intercom: string; console: string }> {
  const handover = aHandover();
  await connect(on, handover, "INTERCOM", deskConfig);
  desk.fail("summary", "never");
  await on.hear(handover.requested, handover.summarized);
  await on.said("delivery.failed", handover.conversationId, 2);
  const { INTERCOM, CONSOLE } = await deliveriesOf(handover);
  return { ...handover, intercom: INTERCOM?.id ?? "", console: CONSOLE?.id ?? "" };
}

test.each(["agent", "service", "operator"] as const)(
  "tried again by an %s: it goes on at the first step that is not done, and the alarm is over",
  async (who) => {
    const handover = await undelivered();
    expect(await alarms(handover)).toHaveLength(1);
    expect(desk.items.get(handover.handoverId)).toMatchObject({ summary: null, closed: false });
    const begun = desk.calls.length;
    const viewer = { agent: handover.agent(), service: handover.service, operator: { role: "OPERATOR" } as const }[who];
    expect(await retry(viewer, handover.intercom)).toMatchObject({ __typename: "Delivery", status: "DELIVERING" });
    const [delivered] = await on.said("handover.delivered", handover.conversationId);
    expect(delivered?.data.delivery).toMatchObject({ id: handover.intercom, provider: "INTERCOM" });
    expect(desk.calls.slice(begun)).toEqual(["summary", "assign"]);
    expect(await on.said("delivery.started", handover.conversationId)).toHaveLength(3);
    expect(await alarms(handover)).toEqual([]);
    expect(await retry(handover.agent(), handover.intercom)).toMatchObject({
      __typename: "AlreadyDelivered",
      provider: "INTERCOM",
    });
    expect(await retry(handover.agent(), handover.console)).toMatchObject({
      __typename: "AlreadyDelivered",
      provider: "INTERCOM",
    });
  },
);

test("what the customer wrote to the assistant meanwhile follows, too", async () => {
  const handover = await undelivered();
  const toAssistant = (sequence: number, text: string) => {
    const { data, ...envelope } = handover.wrote(sequence, text);
    return { ...envelope, data: { ...data, conversation: { ...data.conversation, control: "ASSISTANT" as const } } };
  };
  await on.hear(toAssistant(4, "are you there?"), toAssistant(5, "it is urgent"));
  await retry(handover.agent(), handover.intercom);
  await on.hear(handover.wrote(6, "good"));
  await until("all of it is there", () => desk.items.get(handover.handoverId)?.messages.length === 3);
  expect(desk.items.get(handover.handoverId)?.messages).toEqual(["are you there?", "it is urgent", "good"]);
});

test("tried again in vain, it is an alarm again, and no desk is asked that failed before", async () => {
  const handover = await undelivered();
  desk.fail("summary", "never");
  await retry(handover.agent(), handover.intercom);
  const failed = await on.said("delivery.failed", handover.conversationId, 3);
  expect(failed.map(({ data }) => [data.delivery.provider, data.final])).toEqual([
    ["INTERCOM", false],
    ["CONSOLE", true],
    ["INTERCOM", true],
  ]);
  expect(await alarms(handover)).toHaveLength(1);
});

test("what is under way is not begun a second time; two who ask at once begin it once", async () => {
  const handover = await undelivered();
  desk.fail("summary", "hangs");
  const asked = await Promise.all([
    retry(handover.agent(), handover.intercom),
    retry(handover.service, handover.intercom),
  ]);
  expect(asked.map(({ __typename }) => __typename).sort()).toEqual(["Delivery", "DeliveryRunning"]);
  expect(await retry(handover.agent(), handover.console)).toMatchObject({
    __typename: "DeliveryRunning",
    provider: "INTERCOM",
  });
  await on.said("handover.delivered", handover.conversationId);
  expect([...desk.items.keys()].filter((id) => id === handover.handoverId)).toHaveLength(1);
});

test("one that waits for its next attempt has it at once", async () => {
  const handover = aHandover();
  await connect(on, handover, "INTERCOM", deskConfig);
  desk.fail("assign", "again");
  await on.hear(handover.requested, handover.summarized);
  await on.said("handover.delivered", handover.conversationId);
  const { INTERCOM } = await deliveriesOf(handover);
  await on.db.query(
    "update delivery set status = 'DELIVERING', due_at = now() + interval '1 hour', receipts = receipts - 'assign' where id = $1",
    [INTERCOM?.id],
  );
  expect(await retry(handover.agent(), INTERCOM?.id ?? "")).toMatchObject({ __typename: "Delivery" });
  await on.said("handover.delivered", handover.conversationId, 2);
  expect(await on.said("delivery.started", handover.conversationId)).toHaveLength(1);
});

test("a handover that is over is not delivered any more, and what was half done is taken away", async () => {
  const [ended, closed, asked] = [await undelivered(), await undelivered(), await undelivered()];
  await on.hear(ended.changed("ENDED"));
  const { workspaceId, conversationId } = closed;
  const { conversation } = closed.requested.data;
  await on.hear(newEvent("conversation.closed", { workspaceId, conversationId, data: { conversation } }));
  const anew = aHandover(asked.workspaceId);
  await on.hear({
    ...anew.requested,
    subject: asked.conversationId,
    data: { ...anew.requested.data, conversation: asked.requested.data.conversation },
  });
  for (const handover of [ended, closed, asked]) {
    expect(await retry(handover.agent(), handover.intercom)).toMatchObject({ __typename: "HandoverOver" });
    expect(await alarms(handover)).toEqual([]);
    await until("nothing half done is left", () => desk.items.get(handover.handoverId)?.closed);
  }
});

test("nobody tries another workspace's delivery again, and no customer any", async () => {
  const handover = await undelivered();
  for (const stranger of [aHandover().agent(), aHandover().service])
    expect((await on.refusal(stranger, retrying, { id: handover.intercom }))?.extensions.code).toBe("NOT_FOUND");
  expect((await on.refusal(handover.agent(), retrying, { id: "no id" }))?.extensions.code).toBe("NOT_FOUND");
  expect((await on.refusal(handover.customer, retrying, { id: handover.intercom }))?.extensions.code).toBe("FORBIDDEN");
});
