import { createServer, type Server, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { createSilentLog } from "../../kit/log";
import { createWeb, refusals } from "../web";
import { passWebhooks } from "../webhooks";

const log = createSilentLog();
const servers: Server[] = [];
afterAll(() => Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve)))));

async function serve(app: express.Express): Promise<string> {
  const server = createServer(app);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function gatewayBefore(providersUrl: string): Promise<string> {
  const web = createWeb(false);
  passWebhooks({ providersUrl, log })(web);
  web.use(refusals(log));
  return serve(web);
}

test("a desk's call reaches the providers' process as it is, with the address that was called", async () => {
  const heard: { path: string; host: string | undefined; proof: string | undefined; body: string }[] = [];
  const providers = express();
  providers.post("/webhooks/:provider/:id", express.raw({ type: () => true }), (request, response) => {
    heard.push({
      path: request.originalUrl,
      host: request.get("x-forwarded-host"),
      proof: request.get("x-signature"),
      body: (request.body as Buffer).toString("utf8"),
    });
    response.status(401).json({ errors: [] });
  });
  const gateway = await gatewayBefore(`${await serve(providers)}/graphql`);
  const body = '{ "spaces":   "stay" }';
  const answer = await fetch(`${gateway}/webhooks/freshdesk/1?a=b`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-signature": "abc" },
    body,
  });
  expect(answer.status).toBe(401);
  expect(heard).toEqual([{ path: "/webhooks/freshdesk/1?a=b", host: new URL(gateway).host, proof: "abc", body }]);
});

test("a desk that asks first whether it may send (Expect: 100-continue) is heard as well", async () => {
  const heard: string[] = [];
  const providers = express();
  providers.post("/webhooks/:provider/:id", express.raw({ type: () => true }), (request, response) => {
    heard.push((request.body as Buffer).toString("utf8"));
    response.json({});
  });
  const gateway = await gatewayBefore(`${await serve(providers)}/graphql`);
  const status = await new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", expect: "100-continue" };
    const asking = send(`${gateway}/webhooks/freshdesk/1`, { method: "POST", headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asking.on("continue", () => asking.end('{"ticket":1}')).on("error", reject);
    asking.flushHeaders();
  });
  expect(status).toBe(200);
  expect(heard).toEqual(['{"ticket":1}']);
});

test("providers that are down are told of, so that the desk calls again; what is too large is refused", async () => {
  const gateway = await gatewayBefore("http://127.0.0.1:9/graphql");
  const call = (body: string) => fetch(`${gateway}/webhooks/freshdesk/1`, { method: "POST", body });
  expect((await call("{}")).status).toBe(503);
  expect((await call("x".repeat(1_100_000))).status).toBe(413);
});
