import { createMemoryAccount } from "../../accounts.fake";
import { type Emulator, startEmulator } from "../../emulators/emulator";
import { hubspotEmulator } from "../../emulators/hubspot";
import { apiOf, inboxesPath } from "./api";
import { config } from "./config";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator(hubspotEmulator);
});
afterEach(() => emulator.stop());

const settings = () => config.parse(emulator.config());
const granted = () => emulator.received.filter(({ path }) => path === "/oauth/v1/token").length;
const account = createMemoryAccount;

function ask(at = account()) {
  const signal = AbortSignal.timeout(30_000);
  return apiOf(settings(), at).request({ method: "GET", path: inboxesPath, signal });
}

test("however many ask at once, one access token is got, and used until it ends", async () => {
  const at = account();
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask(at)));
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
  await ask(at);
  expect(granted()).toBe(1);
});

test("a token that HubSpot refuses is renewed, and the request repeated", async () => {
  const at = account();
  await ask(at);
  emulator.expireTokens?.();
  expect((await ask(at)).status).toBe(200);
  expect(granted()).toBe(2);
});

test("a token that ends within a minute is renewed before it is used", async () => {
  const at = account();
  await at.tokens.renew(null, async () => ({
    accessToken: "about to end",
    refreshToken: "emulated-hubspot-refresh-token",
    expiresAt: new Date(Date.now() + 30_000).toISOString(),
  }));
  expect((await ask(at)).status).toBe(200);
  expect(emulator.received.map(({ status }) => status)).toEqual([200, 200]);
});

test("a refresh token that came with an access token is used for the next, and one that is no good is said in words", async () => {
  const at = account();
  await at.tokens.renew(null, async () => ({
    accessToken: "used up",
    refreshToken: "revoked by the account",
    expiresAt: null,
  }));
  await expect(ask(at)).rejects.toMatchObject({
    retry: false,
    message: expect.stringMatching(/^HubSpot gives no access token.*or the app was removed$/),
  });
});
