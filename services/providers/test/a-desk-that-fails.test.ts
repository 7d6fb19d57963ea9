import { pino } from "pino";
import { metrics } from "../../../kit/metrics";
import { type Stage, until } from "../../../test/support/stage";
import { ProviderFailure } from "../provider";
import { createFailingProvider, type FailingProvider, type Fault } from "../provider.failing";
import { createConsole } from "../providers/console";
import type { Rows } from "../providers/console/desk";
import { measureDeliveries } from "../undelivered";
import { aHandover, connect, deskConfig, handoverSeenBy, openStage } from "./scene";

let on: Stage;
let desk: FailingProvider;
let consoleIsDown = false;
/** Happens while the console is asked, which then refuses. */
let meanwhile: (() => Promise<void>) | null = null;
const logged: string[] = [];
const log = pino({ level: "error" }, { write: (line: string) => void logged.push(line) });

beforeAll(async () => {
  desk = createFailingProvider("INTERCOM");
  const rows = {
    query: async (sql: string, values?: unknown[]) => {
      await meanwhile?.();
      if (meanwhile) throw new ProviderFailure("the console is closed", { retry: false });
      if (consoleIsDown) throw new ProviderFailure("the console is down", { retry: true });
      return on.db.query(sql, values);
    },
  } as Rows;
  on = await openStage({
    log,
    settings: { summaryWaitMs: 150, patience: { moveOnAfterSeconds: 2 } },
    providers: [desk.provider, createConsole({ db: rows, now: () => new Date() })],
  });
});
afterAll(() => on.close());
beforeEach(() => {
  consoleIsDown = false;
  meanwhile = null;
  logged.length = 0;
});

const faults: Fault[] = ["again", "rate-limited", "hangs", "lost-answer", "breaks"];
const steps = ["conversation", "transcript", "summary", "assign"] as const;

test.each(steps.flatMap((step) => faults.map((fault) => [step, fault] as const)))(
  "step %s, fault %s: one item in the desk in the end",
  async (step, fault) => {
    const handover = aHandover();
    await connect(on, handover, "INTERCOM", deskConfig);
    desk.fail(step, fault, 2);
    const before = desk.items.size;
    await on.hear(handover.requested, handover.summarized);
    const [delivered] = await on.said("handover.delivered", handover.conversationId);
    expect(delivered?.data.delivery.provider).toBe("INTERCOM");
    expect(desk.items.size).toBe(before + 1);
    expect(desk.items.get(handover.handoverId)).toMatchObject({
      transcript: ["My lamp arrived broken"],
      summary: "My lamp arrived broken\n\nMood: calm",
      assigned: true,
      closed: false,
    });
    const { deliveries } = await handoverSeenBy(on, handover.service, handover.handoverId);
    const tried = deliveries[0]?.attempts.filter((attempt) => attempt.step === step);
    expect(tried?.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
      [1, "AGAIN"],
      [2, "AGAIN"],
      [3, "DONE"],
    ]);
    expect(JSON.stringify(deliveries)).not.toMatch(/mia@example\.com|very-secret/);
    expect(logged).toEqual([]);
  },
);

test.each([
  ["refuses for good", "never", 1],
  ["fails for too long", "again", 1_000],
] as const)(
  "a desk that %s: the console gets the handover, and what was half done is closed",
  async (_, fault, times) => {
    const handover = aHandover();
    const connectionId = await connect(on, handover, "INTERCOM", deskConfig);
    desk.fail("assign", fault, times);
    await on.hear(handover.requested, handover.summarized);
    const [delivered] = await on.said("handover.delivered", handover.conversationId);
    expect(delivered?.data.delivery).toMatchObject({ provider: "CONSOLE", connectionId: null });
    const [failed] = await on.said("delivery.failed", handover.conversationId);
    expect(failed?.data).toMatchObject({ final: false, delivery: { provider: "INTERCOM", connectionId } });
    expect(await on.said("delivery.started", handover.conversationId, 2)).toHaveLength(2);
    await until("what was half done is closed", () => desk.items.get(handover.handoverId)?.closed);
    const { deliveries } = await handoverSeenBy(on, handover.service, handover.handoverId);
    expect(deliveries.map(({ provider, status }) => [provider, status])).toEqual([
      ["INTERCOM", "FAILED"],
      ["CONSOLE", "DELIVERED"],
    ]);
    expect(deliveries[0]?.attempts.filter(({ step }) => step === "assign").at(-1)).toMatchObject({
      outcome: "GIVEN_UP",
    });
    desk.mend();
  },
);

test("no desk at all: the last failure is final, and it is an alarm", async () => {
  const handover = aHandover();
  await connect(on, handover, "INTERCOM", deskConfig);
  desk.fail("conversation", "never");
  consoleIsDown = true;
  await on.hear(handover.requested, handover.summarized);
  const failed = await on.said("delivery.failed", handover.conversationId, 2);
  expect(failed.map(({ data }) => [data.delivery.provider, data.final])).toEqual([
    ["INTERCOM", false],
    ["CONSOLE", true],
  ]);
  await until("the alarm is logged", () => logged.some((line) => line.includes("handover_undelivered")));
  expect(logged.join("")).toContain(handover.handoverId);
  await measureDeliveries(on.db.manager, new Date());
  expect(await metrics.getSingleMetricAsString("baton_handovers_undelivered")).toContain(
    "baton_handovers_undelivered 1",
  );
  expect(await metrics.getSingleMetricAsString("baton_alarms_total")).toContain('{alarm="handover_undelivered"} 1');
  expect(await metrics.getSingleMetricAsString("baton_delivery_attempts_total")).toContain(
    '{provider="CONSOLE",step="conversation",outcome="GIVEN_UP"} 1',
  );
  const alarms = "{ handoverAlarms { provider status } }";
  expect(await on.ask(handover.agent(), alarms)).toEqual({
    handoverAlarms: [{ provider: "CONSOLE", status: "FAILED" }],
  });
  expect(await on.ask(aHandover().agent(), alarms)).toEqual({ handoverAlarms: [] });
  expect((await on.refusal(handover.customer, alarms))?.extensions.code).toBe("FORBIDDEN");
  await on.hear(handover.changed("ACTIVE", "Ines"));
  expect(await on.ask(handover.agent(), alarms)).toEqual({ handoverAlarms: [] });
});

test("the customer cancels while the last desk refuses: nothing is undelivered, and it is no alarm", async () => {
  const handover = aHandover();
  await connect(on, handover, "INTERCOM", deskConfig);
  desk.fail("conversation", "never");
  meanwhile = async () => {
    await on.hear(handover.changed("CANCELLED"));
  };
  await on.hear(handover.requested, handover.summarized);
  const statuses = async () =>
    (await handoverSeenBy(on, handover.service, handover.handoverId)).deliveries.map(({ status }) => status);
  await until("the console was asked", async () => ["FAILED", "CANCELLED"].includes((await statuses())[1] ?? ""));
  expect(await statuses()).toEqual(["FAILED", "CANCELLED"]);
  expect(logged).toEqual([]);
});

test("no summary in time: it goes without, and the summary is added when it comes", async () => {
  const handover = aHandover();
  await connect(on, handover, "INTERCOM", deskConfig);
  await on.hear(handover.requested);
  await on.said("handover.delivered", handover.conversationId);
  expect(desk.items.get(handover.handoverId)).toMatchObject({ assigned: true, summary: null });
  await on.hear(handover.summarized);
  await until("the summary is in the desk", () => desk.items.get(handover.handoverId)?.summary);
  expect(await on.said("handover.delivered", handover.conversationId)).toHaveLength(1);
});

test("a message the desk does not take is tried again, and then the next one goes on", async () => {
  const handover = aHandover();
  await connect(on, handover, "INTERCOM", deskConfig);
  await on.hear(handover.requested, handover.summarized);
  await on.said("handover.delivered", handover.conversationId);
  desk.fail("message", "again", 2);
  await on.hear(handover.wrote(4, "one"), handover.wrote(5, "two"));
  await until("both are there", () => desk.items.get(handover.handoverId)?.messages.length === 2);
  desk.fail("message", "never");
  await on.hear(handover.wrote(6, "three"), handover.wrote(7, "four"));
  await until("the fourth is there", () => desk.items.get(handover.handoverId)?.messages.includes("four"));
  expect(desk.items.get(handover.handoverId)?.messages).toEqual(["one", "two", "four"]);
  await until("the lost one is an alarm", () => logged.some((line) => line.includes("message_undelivered")));
});

test("credentials that can no longer be opened: the next desk, not silence", async () => {
  const handover = aHandover();
  const id = await connect(on, handover, "INTERCOM", deskConfig);
  await on.db.query("update connection set secrets = 'v1.other.a.b.c' where id = $1", [id]);
  await on.hear(handover.requested, handover.summarized);
  expect((await on.said("handover.delivered", handover.conversationId))[0]?.data.delivery.provider).toBe("CONSOLE");
});
