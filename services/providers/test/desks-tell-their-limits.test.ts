import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createMemoryAccount } from "../accounts.fake";
import { ProviderFailure } from "../provider";
import { apiOf as freshdeskApi } from "../providers/freshdesk/api";
import { config as freshdeskConfig } from "../providers/freshdesk/config";
import { apiOf as gorgiasApi } from "../providers/gorgias/api";
import { config as gorgiasConfig } from "../providers/gorgias/config";

let headers: Record<string, string> = {};
let asked = 0;
let server: Server;
let baseUrl: string;

beforeAll(async () => {
  server = createServer((_request, response) => {
    asked += 1;
    response.writeHead(200, { "content-type": "application/json", ...headers }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const common = { domain: "acme", apiKey: "key", webhookSecret: "a secret of sixteen" };
const desks = [
  ["Freshdesk", { "x-ratelimit-remaining": "1" }, { "x-ratelimit-remaining": "0" }, 5_000],
  ["Gorgias", { "x-gorgias-account-api-call-limit": "39/40" }, { "x-gorgias-account-api-call-limit": "40/40" }, 1_000],
] as const;

test.each(desks)("%s is left alone when its answer says that nothing is left", async (name, some, none, pauseMs) => {
  const account = createMemoryAccount();
  const api =
    name === "Freshdesk"
      ? freshdeskApi(freshdeskConfig.parse({ ...common, baseUrl }), account)
      : gorgiasApi(gorgiasConfig.parse({ ...common, baseUrl, email: "ada@example.com" }), account);
  const ask = () => api.request({ method: "GET", path: "/tickets", signal: AbortSignal.timeout(5_000) });
  headers = some;
  await ask();
  headers = none;
  await ask();
  const before = asked;
  const refused = await ask().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ProviderFailure);
  const { retry, afterMs } = refused as ProviderFailure;
  expect(retry).toBe(true);
  expect(afterMs).toBeGreaterThan(pauseMs - 1_000);
  expect(afterMs).toBeLessThanOrEqual(pauseMs);
  expect(asked).toBe(before);
});
