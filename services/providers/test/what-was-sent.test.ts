import { createFakeClock } from "../../../kit/clock";
import type { Stage } from "../../../test/support/stage";
import { until } from "../../../test/support/stage";
import { forgetOldRequests } from "../attempt.rows";
import { type Emulator, startEmulator } from "../emulators/emulator";
import { freshdeskEmulator } from "../emulators/freshdesk";
import { aHandover, connect, openStage } from "./scene";

let on: Stage;
let desk: Emulator;

beforeAll(async () => {
  [on, desk] = await Promise.all([openStage({ settings: { stepTimeoutMs: 3_000 } }), startEmulator(freshdeskEmulator)]);
});
afterAll(() => Promise.all([on.close(), desk.stop()]));

interface Sent {
  id: string;
  provider: string;
  status: string;
  handover: { id: string };
  attempts: {
    step: string;
    outcome: string;
    requestId: string | null;
    durationMs: number;
    requests: {
      method: string;
      path: string;
      sent: string | null;
      status: number | null;
      answered: string | null;
      durationMs: number | null;
    }[];
  }[];
}

const asking = `query ($handoverId: ID, $status: DeliveryStatus) { deliveries(handoverId: $handoverId, status: $status) {
  id provider status handover { id }
  attempts { step outcome requestId durationMs requests { method path sent status answered durationMs } } } }`;

test("every request of a delivery is in the graph: what was sent and what came back, without a word of the customer's", async () => {
  const handover = aHandover();
  await connect(on, handover, "FRESHDESK", desk.config());
  desk.fail("error", 1);
  await on.hear(handover.requested, handover.summarized);
  await on.said("handover.delivered", handover.conversationId);
  const { deliveries } = await on.ask<{ deliveries: Sent[] }>(handover.agent(), asking, {
    handoverId: handover.handoverId,
  });
  expect(deliveries).toMatchObject([
    { provider: "FRESHDESK", status: "DELIVERED", handover: { id: handover.handoverId } },
  ]);
  const [failed, made] = deliveries[0]?.attempts ?? [];
  expect(failed).toMatchObject({ step: "conversation", outcome: "AGAIN" });
  expect(failed?.requests.at(-1)).toMatchObject({ method: "POST", path: "/tickets", status: 500 });
  expect(made).toMatchObject({ step: "conversation", outcome: "DONE" });
  const creating = made?.requests.find(({ method }) => method === "POST");
  expect(creating).toMatchObject({ path: "/tickets", status: 201 });
  expect(JSON.parse(creating?.sent ?? "{}")).toMatchObject({
    email: "*** (e-mail)",
    name: "*** (11 characters)",
    subject: expect.stringContaining("***"),
    status: 2,
  });
  expect(JSON.parse(creating?.answered ?? "{}")).toMatchObject({ id: expect.any(Number), status: 2 });
  const rows = await on.db.query("select * from delivery_request");
  const all = JSON.stringify([deliveries, rows]);
  const secrets = Object.values(desk.config()).filter((value) => typeof value === "string" && !/^http/.test(value));
  for (const text of ["mia@example.com", "Mia", "lamp", "broken", ...(secrets as string[])])
    expect(all).not.toContain(text);
});

test("a request that got no answer is there, too", async () => {
  const handover = aHandover();
  await connect(on, handover, "FRESHDESK", desk.config());
  desk.fail("reset", 0);
  await on.hear(handover.requested, handover.summarized);
  await on.said("handover.delivered", handover.conversationId);
  const { deliveries } = await on.ask<{ deliveries: Sent[] }>(handover.service, asking, {
    handoverId: handover.handoverId,
  });
  expect(deliveries[0]?.attempts[0]?.requests).toMatchObject([{ status: null, answered: null }]);
});

test("deliveries are found by status, by those of the workspace only, and never by customers", async () => {
  const handover = aHandover();
  await on.hear(handover.requested, handover.summarized);
  await on.said("handover.delivered", handover.conversationId);
  const seen = async (viewer: Parameters<Stage["ask"]>[0], variables: Record<string, unknown>) =>
    (await on.ask<{ deliveries: Sent[] }>(viewer, asking, variables)).deliveries.length;
  expect(await seen(handover.agent(), {})).toBe(1);
  expect(await seen(handover.agent(), { status: "DELIVERED" })).toBe(1);
  expect(await seen(handover.agent(), { status: "FAILED" })).toBe(0);
  expect(await seen(handover.agent(), { handoverId: "no id" })).toBe(0);
  expect(await seen(aHandover().agent(), { handoverId: handover.handoverId })).toBe(0);
  expect((await on.refusal(handover.customer, asking, {}))?.extensions.code).toBe("FORBIDDEN");
});

test("requests are kept for a while only, and so many of one delivery", async () => {
  const handover = aHandover();
  await connect(on, handover, "FRESHDESK", desk.config());
  await on.hear(handover.requested, handover.summarized);
  await on.said("handover.delivered", handover.conversationId);
  const count = async () =>
    Number(
      (
        await on.db.query(
          "select count(*) from delivery_request r join delivery d on d.id = r.delivery_id where d.handover_id = $1",
          [handover.handoverId],
        )
      )[0].count,
    );
  await on.db.query(
    `insert into delivery_request (workspace_id, delivery_id, attempt_id, at, method, path)
     select r.workspace_id, r.delivery_id, r.attempt_id, r.at, r.method, r.path
     from (select r.* from delivery_request r join delivery d on d.id = r.delivery_id
           where d.handover_id = $1 order by r.id limit 1) r, generate_series(1, 300)`,
    [handover.handoverId],
  );
  await on.hear(handover.wrote(4, "one more thing"));
  await until("the oldest are gone", async () => (await count()) === 200);
  const clock = createFakeClock(new Date(Date.now() + 10_000));
  await forgetOldRequests(on.db.manager, clock.now(), 60_000);
  expect(await count()).toBe(200);
  await forgetOldRequests(on.db.manager, clock.now(), 1);
  expect(await count()).toBe(0);
});
