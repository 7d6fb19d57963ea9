import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { z } from "zod";
import type { Emulator } from "./emulator";

const faults = ["rate-limited", "error", "no-answer", "lost-answer", "reset", "reset-after", "expired-token"] as const;

const order = z.discriminatedUnion("do", [
  z.object({ do: z.literal("webhooks"), url: z.string() }),
  z.object({ do: z.literal("fail"), fault: z.enum(faults), times: z.coerce.number().int().min(1).max(100).default(1) }),
  z.object({
    do: z.enum(["take", "reply", "note", "giveBack", "close"]),
    externalId: z.string().min(1),
    name: z.string().default("Ines"),
    text: z.string().default(""),
  }),
]);

/** A page over running emulators: what they received and hold, an agent's acts, faults. `port` 0 takes a free one. */
export async function createEmulatorsPage(
  emulators: Emulator[],
  port: number,
): Promise<{ url: string; stop(): Promise<void> }> {
  const app = express();
  app.disable("x-powered-by");
  app.get("/", (_request, response) => void response.type("html").send(pageOf(emulators)));
  app.get("/state", (_request, response) => {
    response.json(
      emulators.map((emulator) => ({
        name: emulator.name,
        items: emulator.items(),
        received: emulator.received.slice(-50).reverse(),
        sent: emulator.sent.slice(-50).reverse(),
      })),
    );
  });
  app.post("/:name", express.urlencoded({ extended: false, limit: "100kb" }), async (request, response) => {
    const emulator = emulators.find(({ name }) => name === request.params.name);
    const asked = order.safeParse(request.body);
    // A form of another site's must not act here.
    const from = request.headers.origin;
    if (from !== undefined && new URL(from).host !== request.headers.host) return void response.status(403).end();
    if (!emulator || !asked.success) return void response.status(400).send("This cannot be done.");
    try {
      await act(emulator, asked.data);
      response.redirect(303, "/");
    } catch (error) {
      response.status(400).send((error as Error).message);
    }
  });
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function act(emulator: Emulator, asked: z.infer<typeof order>): Promise<void> {
  if (asked.do === "webhooks") return emulator.webhooksTo(asked.url || null);
  if (asked.do === "fail") return emulator.fail(asked.fault, 0, asked.times);
  const { externalId, name, text } = asked;
  const { agent } = emulator;
  if (asked.do === "reply") return agent.reply(externalId, name, text);
  if (asked.do === "note") return agent.note(externalId, name, text);
  if (asked.do === "take") return agent.take(externalId, name);
  if (asked.do === "close") return agent.close(externalId, name);
  if (!agent.giveBack) throw new Error(`${emulator.title} has no means of its own to give a conversation back.`);
  return agent.giveBack(externalId, name);
}

function pageOf(emulators: Emulator[]): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Emulated help desks</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}pre{background:#f4f4f4;padding:.5rem;overflow:auto;max-height:20rem}
form{display:inline-block;margin:.2rem 1rem .2rem 0}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ddd;text-align:left;vertical-align:top;padding:.2rem .5rem}</style>
<h1>Emulated help desks</h1><p>What each received and holds. Read it again with F5; <a href="/state">all of it as JSON</a>.</p>
${emulators.map(deskOf).join("\n")}</html>`;
}

function deskOf(emulator: Emulator): string {
  const { name, title, url, received, sent } = emulator;
  const connect = `mutation {
  connectProvider(input: { provider: ${name}, config: ${literal(emulator.config())} }) { id webhookPath }
}`;
  const items = emulator.items();
  return `<section><h2>${safe(title)} <small>${safe(url)}</small></h2>
<details><summary>How to connect Baton</summary><pre>${safe(connect)}</pre></details>
<form method="post" action="/${name}"><input type="hidden" name="do" value="webhooks"><input name="url" size="70" placeholder="http://localhost:4000 and the connection's webhookPath"><button>Send webhooks there</button></form>
<form method="post" action="/${name}"><input type="hidden" name="do" value="fail"><select name="fault">${faults.map((fault) => `<option>${fault}</option>`).join("")}</select><input name="times" value="1" size="2"><button>Fail so often from the next request on</button></form>
${items.length === 0 ? "<p>It holds nothing yet.</p>" : ""}
${items
  .map(
    (item) => `<details><summary>${safe(item.externalId)}: ${item.closed ? "closed" : "open"}</summary>
<pre>${safe(JSON.stringify(item, null, 2))}</pre>
<form method="post" action="/${name}"><input type="hidden" name="externalId" value="${safe(item.externalId)}"><input name="text" size="60" placeholder="what the agent writes"><button name="do" value="reply">Reply</button><button name="do" value="note">Note</button><button name="do" value="take">Take</button>${
      emulator.agent.giveBack ? '<button name="do" value="giveBack">Give back</button>' : ""
    }<button name="do" value="close">Close</button></form></details>`,
  )
  .join("\n")}
<details><summary>${received.length} requests received</summary><table>${received
    .slice(-100)
    .reverse()
    .map(
      ({ at, method, path, status, fault, body }) =>
        `<tr><td>${at.toISOString().slice(11, 19)}<td>${method} ${safe(path)}<td>${status ?? ""} ${fault ?? ""}<td><details><summary>body</summary><pre>${safe(JSON.stringify(body, null, 2) ?? "")}</pre></details>`,
    )
    .join("\n")}</table></details>
<details><summary>${sent.length} webhook calls</summary><table>${sent
    .slice(-100)
    .reverse()
    .map((call) => `<tr><td>${safe(call.url)}<td>${call.status ?? "nobody listened"}<td><pre>${safe(call.body)}</pre>`)
    .join("\n")}</table></details></section>`;
}

/** As an argument in GraphQL: names without quotes. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `{ ${Object.entries(value)
      .map(([name, inner]) => `${name}: ${literal(inner)}`)
      .join(", ")} }`;
  return JSON.stringify(value);
}

function safe(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
