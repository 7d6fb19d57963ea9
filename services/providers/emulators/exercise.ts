import { randomUUID } from "node:crypto";
import { createMemoryAccount } from "../accounts.fake";
import { exampleHanding } from "../handing.example";
import { type Handing, type Provider, type Receipts, stepNames } from "../provider";
import type { Emulator } from "./emulator";

/**
 * Makes every request that a provider makes, once, to its emulator: trying the connection, handovers of customers that
 * are known and unknown, messages that follow, an agent's acts, both ends. Throws what the provider throws.
 */
export async function exercise(provider: Provider, emulator: Emulator): Promise<void> {
  const signal = AbortSignal.timeout(60_000);
  const config = provider.config.parse(emulator.config()) as never;
  const account = createMemoryAccount();
  const { ok, message } = await provider.testConnection(config, signal, account);
  if (!ok) throw new Error(`${provider.title}: ${message}`);
  await provider.listTags?.({ config, account, signal });

  for (const [handing, ending] of [
    [known(), "CLOSED"],
    [{ ...known(), customer: { id: randomUUID(), name: null, email: null, externalId: null } }, "RETURNED"],
    [{ ...longTalk(), reason: "BLOCKED_TAG" }, null],
  ] as const) {
    const receipts: Receipts = {};
    const input = { config, account, handing, receipts, idempotencyKey: handing.handoverId, signal };
    // Twice: what looks for what is there already makes requests of its own.
    for (const _ of [1, 2])
      for (const step of stepNames) {
        const run = provider.steps[step];
        if (run) receipts[step] = await run(input);
      }
    const [line] = handing.transcript;
    const following = line && { ...line, id: randomUUID(), text: "One more thing, please." };
    if (following) await provider.forwardMessage?.({ ...input, message: following, idempotencyKey: following.id });
    const { externalId } = receipts.conversation ?? {};
    if (externalId) await agentActs(provider, emulator, externalId, { handing, receipts });
    await provider.close?.({ ...input, ending });
  }

  /** Looks at everything that the emulator calls in meanwhile. */
  async function agentActs(
    { webhook }: Provider,
    { agent, sent }: Emulator,
    externalId: string,
    carried: { handing: Handing; receipts: Receipts },
  ): Promise<void> {
    const begun = sent.length;
    await agent.take(externalId, "Ines");
    await agent.reply(externalId, "Ines", "Hello, I am looking into it.");
    await agent.note(externalId, "Ines", "A private note.");
    await agent.giveBack?.(externalId, "Ines");
    await agent.close(externalId, "Ines");
    for (const { body } of sent.slice(begun))
      await webhook?.parse({
        config,
        account,
        body: Buffer.from(body),
        receivedAt: new Date(),
        carried: async (id) => (id === externalId ? carried : null),
        signal,
      });
  }
}

function known(): Handing {
  return { ...exampleHanding(), tags: ["lamps", "Returns & refunds"] };
}

/** Longer than what desks take in one piece. */
function longTalk(): Handing {
  const handing = known();
  const transcript = Array.from({ length: 40 }, (_, index) => ({
    id: randomUUID(),
    sequence: index + 1,
    author: index % 2 === 0 ? ("CUSTOMER" as const) : ("ASSISTANT" as const),
    authorName: null,
    text: `${index + 1}. ${"All about a lamp that arrived broken. ".repeat(60)}`,
    postedAt: "2026-01-01T11:59:00.000Z",
    inReplyTo: null,
    answered: null,
  }));
  return { ...handing, transcript };
}
