import { createMemoryAccount } from "../../accounts.fake";
import { type Emulator, startEmulator } from "../../emulators/emulator";
import { intercomEmulator } from "../../emulators/intercom";
import { intercom } from ".";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator(intercomEmulator);
});
afterAll(() => emulator.stop());

const tried = (changes: Record<string, unknown>) =>
  intercom.testConnection(
    intercom.config.parse({ ...emulator.config(), ...changes }) as never,
    AbortSignal.timeout(30_000),
    createMemoryAccount(),
  );

test.each([
  ["a wrong token", { accessToken: "wrong" }, /does not know this access token/],
  ["another region", { region: "EU" }, /kept in the region US/],
  [
    "an app that may do nothing",
    { accessToken: "emulated-intercom-token-of-a-narrow-app" },
    /may not read contacts.*permission/,
  ],
  ["an unknown team", { teamId: "99" }, /no team 99; it has 8001, 8002/],
  ["an unknown teammate", { agentId: "99" }, /no teammate 99; it has 7001/],
  ["nobody to give back to", { handBackTo: "99" }, /no team or teammate 99/],
  ["an attribute that nobody made", { handoverAttribute: "Ticket number" }, /no conversation attribute named Ticket/],
])("%s is told in words", async (_, changes, words) => {
  expect(await tried(changes)).toEqual({ ok: false, message: expect.stringMatching(words) });
});

test("what is right is told, too, and nothing is left at the desk", async () => {
  expect(await tried({})).toEqual({ ok: true, message: "Intercom answers, and handovers go to team 8001." });
  expect(emulator.items()).toEqual([]);
});

test("the desk's tags are listed for the policy's topics", async () => {
  await fetch(`${emulator.url}/tags`, {
    method: "POST",
    headers: { authorization: "Bearer emulated-intercom-token", "content-type": "application/json" },
    body: JSON.stringify({ name: "Refunds" }),
  });
  const config = intercom.config.parse(emulator.config()) as never;
  const signal = AbortSignal.timeout(30_000);
  expect(await intercom.listTags?.({ config, account: createMemoryAccount(), signal })).toEqual(["Refunds"]);
});
