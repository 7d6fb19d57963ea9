import { openDesk } from "../../demo/desk";
import { openEmulatedDesk } from "../../demo/desk.emulated";
import { connectEmulator } from "../../demo/emulated-provider";
import { play } from "../../demo/play";
import { seedDemo } from "../../demo/seed";
import { demoWorkspaceId } from "../../demo/workspace";
import { emulators } from "../../services/providers/emulators";
import { startEmulator } from "../../services/providers/emulators/emulator";
import { type House, startHouse } from "../support/house";

let house: House;
let widgetKey: string;
let agentToken: string;
beforeAll(async () => {
  house = await startHouse();
  ({ widgetKey } = await seedDemo({ url: house.url, tokenSecret: house.tokenSecret }));
  agentToken = await house.token({ role: "AGENT", workspaceId: demoWorkspaceId, agentId: "ada", name: "Ada" });
}, 60_000);
afterAll(() => house?.stop());

async function reachTheirEnd(desk: Parameters<typeof play>[0]["desk"]): Promise<void> {
  const lines: string[] = [];
  const played = await play({ url: house.url, widgetKey, desk, print: (line) => lines.push(line) });
  // The widgets' own lines say more than a list of booleans when one fails.
  expect({ failed: played.filter(({ ok }) => !ok), shown: lines.join("\n") }).toEqual({
    failed: [],
    shown: expect.any(String),
  });
  expect(played).toHaveLength(5);
}

test("the demo's five conversations reach their end", async () => {
  await reachTheirEnd(openDesk({ url: house.url, token: agentToken }));
}, 120_000);

test.each(emulators.map((definition) => [definition.title, definition] as const))(
  "and so they do when the agent works at %s",
  async (_, definition) => {
    const emulator = await startEmulator(definition);
    const token = await house.token({ role: "SERVICE", workspaceId: demoWorkspaceId, name: "the shop" });
    const disconnect = await connectEmulator({ url: house.url, token, emulator });
    try {
      await reachTheirEnd(openEmulatedDesk({ url: house.url, token: agentToken, emulator }));
    } finally {
      await disconnect();
      await emulator.stop();
    }
  },
  120_000,
);
