import { play } from "../../demo/play";
import { seedDemo } from "../../demo/seed";
import { demoWorkspaceId } from "../../demo/workspace";
import { type House, startHouse } from "../support/house";

let house: House;
beforeAll(async () => {
  house = await startHouse();
}, 60_000);
afterAll(() => house?.stop());

test("the demo's five conversations reach their end", async () => {
  const { widgetKey } = await seedDemo({ url: house.url, tokenSecret: house.tokenSecret });
  const agentToken = await house.token({
    role: "AGENT",
    workspaceId: demoWorkspaceId,
    agentId: "ada",
    name: "Ada",
  });
  const lines: string[] = [];
  const played = await play({ url: house.url, widgetKey, agentToken, print: (line) => lines.push(line) });
  // The widgets' own lines say more than a list of booleans when one fails.
  expect({ failed: played.filter(({ ok }) => !ok), shown: lines.join("\n") }).toEqual({
    failed: [],
    shown: expect.any(String),
  });
  expect(played).toHaveLength(5);
}, 120_000);
