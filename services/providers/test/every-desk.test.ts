import { pino } from "pino";
import { type Stage, until } from "../../../test/support/stage";
import { configFields } from "../config-fields";
import { emulators } from "../emulators";
import { type Emulator, startEmulator } from "../emulators/emulator";
import { openDesks } from "../open-desks";
import { aHandover, connect, openStage, serve } from "./scene";

let on: Stage;
let served: Awaited<ReturnType<typeof serve>>;
const logged: string[] = [];

beforeAll(async () => {
  on = await openStage({
    settings: { stepTimeoutMs: 3_000 },
    log: pino({ level: "trace" }, { write: (line: string) => void logged.push(line) }),
  });
  served = await serve(on);
});
afterAll(() => Promise.all([on.close(), served.stop()]));

/** The secrets of a configuration that works at the emulator. */
function secretsOf(desk: Emulator): string[] {
  const provider = openDesks().find(({ name }) => name === desk.name);
  const config = desk.config();
  return provider
    ? configFields(provider.config).flatMap(({ name, secret }) => (secret ? [String(config[name] ?? "")] : []))
    : [];
}

test.each(emulators.map((definition) => [definition.title, definition] as const))(
  "%s: a handover goes there, the agent answers, the customer writes on, and it comes back",
  async (_, definition) => {
    const desk = await startEmulator(definition);
    try {
      const handover = aHandover();
      const { conversationId, handoverId } = handover;
      await connect(on, handover, definition.name, desk.config());
      const { connections } = await on.ask<{ connections: { webhookPath: string }[] }>(
        handover.service,
        "{ connections { webhookPath } }",
      );
      desk.webhooksTo(`${served.origin}${connections[0]?.webhookPath}`);
      await on.hear(handover.requested, handover.summarized);
      const [delivered] = await on.said("handover.delivered", conversationId);
      const externalId = delivered?.data.externalId ?? "";
      const item = () => desk.items().find((one) => one.externalId === externalId);
      await until("somebody is asked to look at it", () => item()?.assigned);

      await desk.agent.take(externalId, "Ines");
      const [joined] = await on.said("agent.joined", conversationId);
      expect(joined?.data.handoverId).toBe(handoverId);
      await on.hear(handover.changed("ACTIVE", "Ines"), handover.wrote(5, "are you there?"));
      await until("the customer's message is there", () => item()?.customerMessages.includes("are you there?"));
      await desk.agent.note(externalId, "Ines", "he sounds angry");
      await desk.agent.reply(externalId, "Ines", "A new lamp is on its way.");
      const [replied] = await on.said("agent.replied", conversationId);
      expect(replied?.data).toMatchObject({ handoverId, text: "A new lamp is on its way." });
      if (desk.agent.giveBack) await desk.agent.giveBack(externalId, "Ines");
      else await desk.agent.close(externalId, "Ines");
      const [left] = await on.said("agent.left", conversationId);
      expect(left?.data).toMatchObject({ handoverId, left: desk.agent.giveBack ? "RETURNED" : "CLOSED" });
      await on.hear(handover.changed("ENDED"));
      expect(await on.said("agent.replied", conversationId)).toHaveLength(1);

      const kept = JSON.stringify([logged, await on.ask(handover.service, "{ connections { config } }")]);
      for (const text of [...secretsOf(desk).filter(Boolean), "he sounds angry", "mia@example.com"])
        expect(kept).not.toContain(text);
    } finally {
      await desk.stop();
    }
  },
);
