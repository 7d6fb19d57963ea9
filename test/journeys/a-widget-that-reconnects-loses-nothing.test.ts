import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { createGraphClient } from "../../demo/client";
import { openWidget } from "../../demo/widget";
import { type House, startHouse } from "../support/house";

let house: House;
beforeAll(async () => {
  house = await startHouse();
}, 60_000);
afterAll(() => house?.stop());

const stream =
  "subscription ($id: ID!, $after: Int!) { messages(conversationId: $id, after: $after) { sequence text } }";
interface Seen {
  sequence: number;
  text: string;
}

test("whoever resumes at the last sequence gets every message once and in order", async () => {
  const shop = await house.newWorkspace();
  const desk = await shop.openDesk();
  const widget = await shop.openWidget();
  const id = widget.conversationId;
  await desk.reply(id, "message 0");

  const seen: Seen[] = [];
  const all = 60;
  let connections = 0;
  const talking = (async () => {
    for (let count = 1; count < all; count++) await desk.reply(id, `message ${count}`);
  })();
  while (seen.filter(({ text }) => text.startsWith("message")).length < all) {
    const client = createGraphClient(house.url, widget.token);
    connections++;
    const before = seen.length;
    // Each connection is cut after a few messages, whatever is under way.
    await new Promise<void>((resolve, reject) => {
      const enough = () => seen.length >= before + 7 || seen.at(-1)?.text === `message ${all - 1}`;
      const stop = client.live<{ messages: Seen[] }>(
        stream,
        { id, after: seen.at(-1)?.sequence ?? 0 },
        ({ messages }) => {
          if (enough()) return;
          seen.push(...messages);
          if (!enough()) return;
          stop();
          resolve();
        },
        (error) => error && reject(error),
      );
    });
    await client.close();
  }
  await talking;
  expect(connections).toBeGreaterThan(3);
  expect(seen.map(({ sequence }) => sequence)).toEqual(seen.map((_, index) => index + 1));
  const texts = seen.map(({ text }) => text).filter((text) => text.startsWith("message"));
  expect(texts).toEqual(Array.from({ length: all }, (_, count) => `message ${count}`));
}, 60_000);

test("the demo's widget shows every message once, also when its connection breaks", async () => {
  const shop = await house.newWorkspace();
  const desk = await shop.openDesk();
  const line = await breakable(house.url);
  const widget = await openWidget({ url: line.url, widgetKey: shop.widgetKey });
  const shows = (text: string) =>
    widget.until(text, ({ messages }) => messages.some((message) => message.text === text));
  await desk.reply(widget.conversationId, "before");
  await shows("before");
  line.cut();
  await desk.reply(widget.conversationId, "meanwhile");
  await shows("meanwhile");
  expect(widget.messages.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  await widget.close();
  await line.close();
});

/** An address that passes everything on to another one, until its connections are cut. */
async function breakable(to: string): Promise<{ url: string; cut(): void; close(): Promise<void> }> {
  const target = new URL(to);
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const beyond = connect(Number(target.port), target.hostname);
    for (const socket of [client, beyond]) {
      open.add(socket);
      socket.on("close", () => open.delete(socket)).on("error", () => {});
    }
    client.pipe(beyond).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: Object.assign(new URL(to), { port: String((server.address() as AddressInfo).port) }).href,
    cut,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      cut();
      await closed;
    },
  };
}
