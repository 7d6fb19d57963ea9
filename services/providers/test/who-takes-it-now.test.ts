import { createFakeClock } from "../../../kit/clock";
import { type Stage, until } from "../../../test/support/stage";
import { createFailingProvider } from "../provider.failing";
import { type AHandover, aHandover, atRest, deskConfig, openStage } from "./scene";

// A Monday, half past eight in Berlin.
const clock = createFakeClock(new Date("2026-01-05T07:30:00Z"));
const [desk, second] = [createFailingProvider("INTERCOM"), createFailingProvider("HUBSPOT")];
let on: Stage;
beforeAll(async () => {
  on = await openStage({ clock, providers: [desk.provider, second.provider] });
});
afterAll(() => on.close());

const hours = {
  timeZone: "Europe/Berlin",
  opening: [{ day: "MONDAY", from: "09:00", to: "17:00" }],
  holidays: ["2026-01-12"],
};
const shown = "takes { channels tags mostRunning hours { timeZone opening { day from to } holidays } }";
const connecting = `mutation ($input: ConnectProviderInput!) { connectProvider(input: $input) { id ${shown} } }`;
async function connected({ service }: Pick<AHandover, "service">, provider: string, takes: object | null) {
  const { connectProvider } = await on.ask<{ connectProvider: { id: string; takes: unknown } }>(service, connecting, {
    input: { provider, config: deskConfig, takes },
  });
  return connectProvider;
}
const takenBy = async (handover: AHandover) => {
  await on.hear(handover.requested, handover.summarized);
  return (await on.said("handover.delivered", handover.conversationId))[0]?.data.delivery.provider;
};

test("office hours: before and after, and on holidays, the next desk takes it", async () => {
  const { service, workspaceId } = aHandover();
  expect((await connected({ service }, "INTERCOM", { hours })).takes).toEqual({
    ...{ hours, channels: null, tags: null, mostRunning: null },
  });
  expect(await takenBy(aHandover(workspaceId))).toBe("CONSOLE");
  clock.advance(30 * 60_000);
  expect(await takenBy(aHandover(workspaceId))).toBe("INTERCOM");
  clock.advance(8 * 3_600_000);
  expect(await takenBy(aHandover(workspaceId))).toBe("CONSOLE");
  clock.advance(7 * 86_400_000 - 3_600_000);
  expect(await takenBy(aHandover(workspaceId))).toBe("CONSOLE");
});

test("a desk that opens while another one is tried is open when its turn comes", async () => {
  const handover = aHandover();
  clock.advance(Date.parse("2026-01-19T07:59:00Z") - clock.now().getTime());
  await connected(handover, "HUBSPOT", { hours });
  await connected(handover, "INTERCOM", null);
  desk.down("again");
  await on.hear(handover.requested, handover.summarized);
  await until("it was tried", async () => desk.calls.length > 0 && (await atRest(on, clock.now())));
  clock.advance(120_000);
  await on.hear(handover.wrote(4, "hello?"));
  clock.advance(120_000);
  expect((await on.said("handover.delivered", handover.conversationId))[0]?.data.delivery.provider).toBe("HUBSPOT");
  desk.mend();
});

test("capacity: so many at once, and again when one is over; of many at the same moment no more than that", async () => {
  const { service, workspaceId } = aHandover();
  await connected({ service }, "INTERCOM", { mostRunning: 2 });
  const many = Array.from({ length: 6 }, () => aHandover(workspaceId));
  const took = await Promise.all(many.map(takenBy));
  expect(took.filter((provider) => provider === "INTERCOM")).toHaveLength(2);
  const over = many[took.indexOf("INTERCOM")] as AHandover;
  await on.hear(over.changed("ENDED"));
  expect(await takenBy(aHandover(workspaceId))).toBe("INTERCOM");
  expect(await takenBy(aHandover(workspaceId))).toBe("CONSOLE");
});

test("tags: those of the conversation choose the desk", async () => {
  const { service, workspaceId } = aHandover();
  await connected({ service }, "INTERCOM", { tags: ["returns"] });
  const about = (tags: string[]) => {
    const handover = aHandover(workspaceId);
    return { ...handover, requested: { ...handover.requested, data: { ...handover.requested.data, tags } } };
  };
  expect(await takenBy(about(["Lamps", "Returns"]))).toBe("INTERCOM");
  expect(await takenBy(about(["Lamps"]))).toBe("CONSOLE");
  expect(await takenBy(aHandover(workspaceId))).toBe("CONSOLE");
});

test.each([
  ["takes.hours.timeZone", { hours: { ...hours, timeZone: "Mars/Olympus" } }],
  ["takes.hours.opening.0.to", { hours: { ...hours, opening: [{ day: "MONDAY", from: "09:00", to: "25:00" }] } }],
  ["takes.hours.holidays.0", { hours: { ...hours, holidays: ["someday"] } }],
  ["takes.mostRunning", { mostRunning: 0 }],
])("%s that cannot be is refused by name, and nothing is kept", async (field, takes) => {
  const { service } = aHandover();
  const input = { provider: "INTERCOM", config: deskConfig, takes };
  const refused = await on.refusal(service, connecting, { input });
  expect(refused?.extensions).toMatchObject({ code: "BAD_INPUT", field });
  expect(await on.ask(service, "{ connections { id } }")).toEqual({ connections: [] });
});
