import { createKillable, type Killable } from "../support/killable";
import { createTalkative } from "../support/talk";

let baton: Killable;
beforeAll(async () => {
  baton = await createKillable();
  await baton.start();
}, 120_000);
afterAll(() => baton?.remove());

test("three kill -9 in the middle: every acknowledged message is there once, every handover is delivered once", async () => {
  const customers = await createTalkative(baton.url, baton.tokenSecret);
  const talking = Promise.all(Array.from({ length: 6 }, () => customers.talk()));
  for (const enough of [4, 12, 20]) {
    while (customers.acknowledged < enough) await new Promise((resolve) => setTimeout(resolve, 5));
    await baton.kill();
    await baton.start();
  }
  await customers.expectAllOnce(await talking);
}, 240_000);
