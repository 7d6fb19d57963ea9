import { pino } from "pino";
import { createFakeClock } from "../../../kit/clock";
import { type Stage, until } from "../../../test/support/stage";
import { createFailingProvider, type FailingProvider } from "../provider.failing";
import { type AHandover, aHandover, atRest, deskConfig, handoverSeenBy, openStage } from "./scene";

const minute = 60_000;
const clock = createFakeClock(new Date());
const logged: string[] = [];
const log = pino({ level: "error" }, { write: (line: string) => void logged.push(line) });
const [desk, second] = [createFailingProvider("INTERCOM"), createFailingProvider("HUBSPOT")];
let on: Stage;

beforeAll(async () => {
  on = await openStage({ clock, log, providers: [desk.provider, second.provider] });
});
afterAll(() => on.close());
beforeEach(() => {
  logged.length = 0;
  desk.mend();
});

const connecting =
  "mutation ($input: ConnectProviderInput!) { connectProvider(input: $input) { id patience { moveOnAfterSeconds } } }";
async function connected(handover: AHandover, provider: string, patience: object | null = null): Promise<string> {
  const { connectProvider } = await on.ask<{ connectProvider: { id: string } }>(handover.service, connecting, {
    input: { provider, config: deskConfig, patience },
  });
  return connectProvider.id;
}

/** Time goes by in steps; at each the desk is asked once more. */
async function minutesGoBy(minutes: number, asked: FailingProvider): Promise<void> {
  await until("it was asked before", () => atRest(on, clock.now()));
  for (let gone = 0; gone < minutes; gone += 1) {
    const before = asked.calls.length;
    clock.advance(minute);
    await until("the desk is asked again", async () => asked.calls.length > before && (await atRest(on, clock.now())));
  }
}

const statuses = async (handover: AHandover) =>
  (await handoverSeenBy(on, handover.service, handover.handoverId)).deliveries.map(({ provider, status }) => [
    provider,
    status,
  ]);

test("a desk that is down for an hour, and worth waiting for: nothing is lost, nothing comes twice, all in order", async () => {
  const handover = aHandover();
  await connected(handover, "INTERCOM", { moveOnAfterSeconds: 7_200 });
  desk.down("again");
  await on.hear(handover.requested, handover.summarized);
  await minutesGoBy(20, desk);
  await on.hear(handover.wrote(4, "one"));
  await minutesGoBy(20, desk);
  await on.restart();
  await on.hear(handover.wrote(5, "two"), handover.wrote(6, "three"));
  await minutesGoBy(20, desk);
  expect(await statuses(handover)).toEqual([["INTERCOM", "DELIVERING"]]);
  desk.mend();
  clock.advance(minute);
  await on.said("handover.delivered", handover.conversationId);
  await on.hear(handover.wrote(7, "four"));
  await until("all is there", () => desk.items.get(handover.handoverId)?.messages.length === 4);
  expect(desk.items.size).toBe(1);
  expect(desk.items.get(handover.handoverId)).toMatchObject({
    transcript: ["My lamp arrived broken"],
    summary: "My lamp arrived broken\n\nMood: calm",
    assigned: true,
    messages: ["one", "two", "three", "four"],
  });
  expect(await statuses(handover)).toEqual([["INTERCOM", "DELIVERED"]]);
  expect(await on.said("delivery.started", handover.conversationId)).toHaveLength(1);
  expect(await on.said("handover.delivered", handover.conversationId)).toHaveLength(1);
  expect(logged).toEqual([]);
});

test("nobody waits for it: after two minutes the next desk has it, with all that the customer wrote meanwhile", async () => {
  const handover = aHandover();
  await connected(handover, "HUBSPOT");
  await connected(handover, "INTERCOM");
  desk.down("again");
  await on.hear(handover.requested, handover.summarized, handover.wrote(4, "one"));
  await minutesGoBy(1, desk);
  expect(await statuses(handover)).toEqual([["INTERCOM", "DELIVERING"]]);
  await on.hear(handover.wrote(5, "two"));
  clock.advance(minute);
  const [delivered] = await on.said("handover.delivered", handover.conversationId);
  expect(delivered?.data.delivery.provider).toBe("HUBSPOT");
  await on.hear(handover.wrote(6, "three"));
  await until("all is there", () => second.items.get(handover.handoverId)?.messages.length === 3);
  expect(second.items.get(handover.handoverId)?.messages).toEqual(["one", "two", "three"]);
  expect(desk.items.has(handover.handoverId)).toBe(false);
  expect(await statuses(handover)).toEqual([
    ["INTERCOM", "FAILED"],
    ["HUBSPOT", "DELIVERED"],
  ]);
});

test("it is down after it had the handover: what the customer writes waits, and arrives once and in order", async () => {
  const handover = aHandover();
  await connected(handover, "INTERCOM");
  await on.hear(handover.requested, handover.summarized);
  await on.said("handover.delivered", handover.conversationId);
  desk.down("lost-answer");
  await on.hear(handover.wrote(4, "one"), handover.wrote(5, "two"));
  await until("it was tried", () => desk.calls.at(-1) === "message");
  desk.down("again");
  await minutesGoBy(60, desk);
  desk.mend();
  clock.advance(minute);
  await until("both are there", () => desk.items.get(handover.handoverId)?.messages.length === 2);
  expect(desk.items.get(handover.handoverId)?.messages).toEqual(["one", "two"]);
  expect(logged).toEqual([]);
});

test("the workspace says how long its desks are waited for, and a connection may say otherwise", async () => {
  const { service, ...handover } = aHandover();
  const asking = "{ patience { moveOnAfterSeconds } }";
  const setting = "mutation ($patience: PatienceInput!) { setPatience(patience: $patience) { moveOnAfterSeconds } }";
  expect(await on.ask(service, asking)).toEqual({ patience: { moveOnAfterSeconds: 120 } });
  await on.ask(service, setting, { patience: { moveOnAfterSeconds: 0 } });
  expect(await on.ask(service, asking)).toEqual({ patience: { moveOnAfterSeconds: 0 } });
  await connected({ service, ...handover }, "HUBSPOT");
  await connected({ service, ...handover }, "INTERCOM");
  desk.down("again");
  const begun = desk.calls.length;
  await on.hear(handover.requested, handover.summarized);
  await on.said("handover.delivered", handover.conversationId);
  expect(desk.calls.slice(begun)).toEqual(["conversation"]);
  const refused = await on.refusal(service, setting, { patience: { moveOnAfterSeconds: -1 } });
  expect(refused?.extensions).toMatchObject({ code: "BAD_INPUT", field: "patience.moveOnAfterSeconds" });
  expect((await on.refusal(handover.agent(), asking))?.extensions.code).toBe("FORBIDDEN");
  expect(await on.ask(aHandover().service, asking)).toEqual({ patience: { moveOnAfterSeconds: 120 } });
});
