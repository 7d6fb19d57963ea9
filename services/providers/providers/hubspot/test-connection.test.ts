import { createMemoryAccount } from "../../accounts.fake";
import { type Emulator, startEmulator } from "../../emulators/emulator";
import { hubspotEmulator } from "../../emulators/hubspot";
import { hubspot } from ".";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator(hubspotEmulator);
});
afterAll(() => emulator.stop());

const tried = (changes: Record<string, unknown>) =>
  hubspot.testConnection(
    hubspot.config.parse({ ...emulator.config(), ...changes }) as never,
    AbortSignal.timeout(30_000),
    createMemoryAccount(),
  );

test.each([
  ["nothing to prove itself with", { refreshToken: undefined }, /Give refreshToken.*or accessToken/],
  ["OAuth without a client", { clientId: undefined }, /Give clientId/],
  ["a wrong refresh token", { refreshToken: "wrong" }, /clientId, clientSecret or refreshToken is wrong/],
  ["a wrong client secret", { clientSecret: "wrong" }, /clientId, clientSecret or refreshToken is wrong/],
  ["a wrong access token", { refreshToken: undefined, accessToken: "wrong" }, /does not know this access token/],
  [
    "an app without permissions",
    { refreshToken: undefined, accessToken: "emulated-hubspot-narrow-app" },
    /needs the scopes conversations\.custom_channels/,
  ],
  ["an unknown channel", { channelId: "1" }, /no custom channel 1 in this account/],
  ["an unknown channel account", { channelAccountId: "1" }, /no account 1; it has 5002/],
  ["an unknown user", { agentId: "1" }, /no user 1/],
  ["a property that nobody made", { tagsProperty: "subjects" }, /no property named subjects/],
])("%s is told in words", async (_, changes, words) => {
  expect(await tried(changes)).toEqual({ ok: false, message: expect.stringMatching(words) });
});

test.each([
  ["OAuth", {}],
  ["an app's own token", { refreshToken: undefined, accessToken: "emulated-hubspot-static-token" }],
])("with %s it works, and nothing is left at the desk", async (_, changes) => {
  expect(await tried(changes)).toEqual({
    ok: true,
    message: "HubSpot answers, and handovers go to the inbox Support.",
  });
  expect(emulator.items()).toEqual([]);
});
