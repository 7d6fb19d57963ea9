import { createFakeClock } from "../../../kit/clock";
import type { Stage } from "../../../test/support/stage";
import { createFailingProvider } from "../provider.failing";
import { type AHandover, aHandover, atRest, deskConfig, openStage } from "./scene";

// A Sunday, noon in Berlin.
const clock = createFakeClock(new Date("2026-11-22T11:00:00Z"));
const desk = createFailingProvider("INTERCOM");
let on: Stage;
beforeAll(async () => {
  on = await openStage({ clock, providers: [desk.provider] });
});
afterAll(() => on.close());

const hours = { timeZone: "Europe/Berlin", opening: [{ day: "MONDAY", from: "09:00", to: "17:00" }], holidays: null };
const setting =
  "mutation ($hours: OfficeHoursInput) { setOfficeHours(hours: $hours) { timeZone opening { day from to } holidays } }";
const connecting = "mutation ($input: ConnectProviderInput!) { connectProvider(input: $input) { id } }";
const monday = { until: "2026-11-23T08:00:00.000Z", timeZone: "Europe/Berlin" };

const deliveredOf = async (handover: AHandover) => {
  await on.hear(handover.requested, handover.summarized);
  return (await on.said("handover.delivered", handover.conversationId))[0]?.data;
};

test("outside the team's hours a handover is delivered all the same, and said to wait", async () => {
  const handover = aHandover();
  expect(await deliveredOf(aHandover(handover.workspaceId))).toMatchObject({ absence: null });
  expect(await on.ask(handover.service, setting, { hours })).toEqual({ setOfficeHours: hours });
  expect(await on.ask(handover.service, "{ officeHours { timeZone } }")).toEqual({
    officeHours: { timeZone: "Europe/Berlin" },
  });
  expect(await deliveredOf(handover)).toMatchObject({ delivery: { provider: "CONSOLE" }, absence: monday });
  await on.ask(handover.service, setting, { hours: null });
  expect(await deliveredOf(aHandover(handover.workspaceId))).toMatchObject({ absence: null });
});

test("every connection is closed: the console keeps it until the first opens", async () => {
  const handover = aHandover();
  const input = { provider: "INTERCOM", config: deskConfig, takes: { hours } };
  await on.ask(handover.service, connecting, { input });
  expect(await deliveredOf(handover)).toMatchObject({ delivery: { provider: "CONSOLE" }, absence: monday });
});

test("patience with a desk begins when somebody is there", async () => {
  const handover = aHandover();
  await on.ask(handover.service, setting, { hours });
  await on.ask(
    handover.service,
    "mutation { setPatience(patience: { waitingMinutes: 15, whenNobodyCame: ASSISTANT }) { waitingMinutes } }",
  );
  await deliveredOf(handover);
  const unclaimed = () => on.said("delivery.unclaimed", handover.conversationId, 0);
  clock.advance(20 * 3_600_000);
  await on.hear(handover.wrote(4, "hello?"));
  expect(await atRest(on, clock.now())).toBe(true);
  expect(await unclaimed()).toHaveLength(0);
  clock.advance(3_600_000 + 15 * 60_000);
  expect((await on.said("delivery.unclaimed", handover.conversationId, 1))[0]?.data).toMatchObject({
    goesTo: "ASSISTANT",
  });
});

test("hours that cannot be are refused by name, and only services set them", async () => {
  const { service, workspaceId } = aHandover();
  const refused = await on.refusal(service, setting, { hours: { ...hours, timeZone: "Mars/Olympus" } });
  expect(refused?.extensions).toMatchObject({ code: "BAD_INPUT", field: "hours.timeZone" });
  expect(await on.ask(service, "{ officeHours { timeZone } }")).toEqual({ officeHours: null });
  const agent = { role: "AGENT" as const, workspaceId, agentId: "1", name: "Ada" };
  expect((await on.refusal(agent, setting, { hours }))?.extensions).toMatchObject({ code: "FORBIDDEN" });
});
