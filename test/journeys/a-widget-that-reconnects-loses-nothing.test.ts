import { createGraphClient } from "../../demo/client";
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
