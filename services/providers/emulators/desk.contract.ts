import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { createMemoryAccount } from "../accounts.fake";
import { configFields } from "../config-fields";
import { exampleHanding } from "../handing.example";
import {
  type DeskAccount,
  type DeskEvent,
  type Handing,
  type Provider,
  ProviderFailure,
  type Receipts,
  type StepInput,
  type StepName,
  stepNames,
  type WebhookRequest,
} from "../provider";
import { providerContract } from "../provider.contract";
import { refOf } from "../provider.text";
import {
  type EmulatedItem,
  type Emulator,
  type EmulatorDefinition,
  type EmulatorFault,
  startEmulator,
} from "./emulator";

/** A webhook as the desk is known to send it, and what it means. */
export interface Fixture {
  name: string;
  /** Where its shape was seen. */
  source: string;
  body: unknown;
  /** What the desk answers when it is asked about it: "GET /path" to body. */
  answers?: Record<string, unknown>;
  /** The externalId that counts as carried by Baton; by default that of the first event. */
  externalId?: string;
  /** What Baton kept of it besides the conversation. */
  receipts?: Receipts;
  gives: Partial<DeskEvent>[];
}

const faults: EmulatorFault[] = ["rate-limited", "error", "no-answer", "lost-answer", "reset", "reset-after"];
/** Far longer than an emulator takes, also on a busy machine. */
const stepMs = 10_000;

/** What every help desk promises, on its emulator: run it in `providers/<name>/<name>.contract.test.ts`. */
export function deskContract(
  provider: Provider,
  definition: EmulatorDefinition,
  { fixtures, hastens = {} }: { fixtures: Fixture[]; hastens?: Record<string, unknown> },
): void {
  let emulator: Emulator;
  const settings = () => ({ ...emulator.config(), ...hastens });
  beforeAll(async () => {
    emulator = await startEmulator(definition);
  });
  afterAll(() => emulator.stop());

  const ours = (handoverId: string): EmulatedItem[] =>
    emulator.items().filter(({ externalId }) => externalId === made.get(handoverId));
  /** By handover: the desk's id. Items that a lost answer left behind are found by what they hold. */
  const made = new Map<string, string>();

  providerContract(`${definition.title} on its emulator`, async () => ({
    provider,
    config: settings(),
    openItems: async (handoverId) => ours(handoverId).filter(({ closed }) => !closed).length,
    messages: async (handoverId) => ours(handoverId).flatMap(({ customerMessages }) => customerMessages),
    carried: (handoverId, receipts) => void made.set(handoverId, receipts.conversation?.externalId ?? ""),
  }));

  describe(`${definition.title}: a whole handover on its emulator`, () => {
    const config = () => provider.config.parse(settings()) as never;
    const account = () => createMemoryAccount();
    const signal = () => AbortSignal.timeout(stepMs);

    /** Every step until it is done, as the worker does it; throws when one is given up. */
    async function carry(handing: Handing, at = account(), { patient = false } = {}) {
      const receipts: Receipts = {};
      const failures: string[] = [];
      for (const step of stepNames) {
        const run = provider.steps[step];
        if (!run || (step === "summary" && !handing.summary)) continue;
        receipts[step] = await stubborn({ what: step, failures, at, patient }, (callSignal) =>
          run({
            config: config(),
            account: at,
            handing,
            receipts,
            idempotencyKey: handing.handoverId,
            signal: callSignal,
          } satisfies StepInput<never>),
        );
      }
      return { receipts, failures };
    }

    /** Time is up as soon as the emulator will not answer; a pause that the desk asks for is over at once, or waited for. */
    async function stubborn<Result>(
      call: { what: StepName | "message"; failures: string[]; at: DeskAccount; patient?: boolean },
      work: (signal: AbortSignal) => Promise<Result>,
    ): Promise<Result> {
      for (let tries = 1; ; tries += 1) {
        const unanswered = new AbortController();
        emulator.onUnanswered(() => unanswered.abort(new DOMException("no answer", "TimeoutError")));
        try {
          return await work(AbortSignal.any([signal(), unanswered.signal]));
        } catch (error) {
          if (!(error instanceof ProviderFailure)) throw error;
          call.failures.push(`${call.what}: ${error.message}`);
          if (!error.retry || tries >= 5) throw error;
          if (error.afterMs && call.patient) await delay(error.afterMs);
          // Pauses are kept by the connection's id.
          else if (error.afterMs) call.at.connectionId = randomUUID();
        }
      }
    }

    /** A handover whose words nobody else's holds. */
    function handover(): Handing & { words: string } {
      const words = `lamp ${randomUUID()}`;
      const handing = exampleHanding();
      const [line] = handing.transcript;
      if (!line || !handing.summary) throw new Error("the example has a transcript and a summary");
      return {
        ...handing,
        words,
        tags: ["lamps"],
        transcript: [{ ...line, text: words }],
        summary: { ...handing.summary, text: `summary of ${words}` },
      };
    }

    const count = (texts: string[], words: string) => texts.filter((text) => text.includes(words)).length;

    /** The one item of a handover; throws when there are more, or none. */
    function theItem({ words }: { words: string }): EmulatedItem {
      const items = emulator
        .items()
        .filter(({ notes, customerMessages }) => count([...notes, ...customerMessages], words));
      expect(items).toHaveLength(1);
      return items[0] as EmulatedItem;
    }

    test("all of it gets there: transcript, summary, tags, somebody to look at it, and a way to the agent's screen", async () => {
      const handing = handover();
      const { receipts } = await carry(handing);
      const item = theItem(handing);
      expect(item).toMatchObject({ externalId: receipts.conversation?.externalId, assigned: true, closed: false });
      expect(count(item.notes, `summary of ${handing.words}`)).toBe(1);
      expect(receipts.conversation?.url).toMatch(/^https?:\/\//);
      expect(item.email).toBe(provider.capabilities.email ? "mia@example.com" : null);
      if (provider.capabilities.tags) expect(item.tags).toEqual(expect.arrayContaining(["lamps"]));
    });

    const expiring = definition.expires ? (["expired-token"] as const) : [];
    test.each([...faults, ...expiring])(
      "%s, at each request in turn: one item and one summary in the end",
      async (fault) => {
        const begun = emulator.received.length;
        await carry(handover());
        const requests = emulator.received.length - begun;
        expect(requests).toBeGreaterThan(0);
        for (let at = 0; at < requests; at += 1) {
          const handing = handover();
          emulator.fail(fault, at);
          const { receipts } = await carry(handing);
          emulator.mend();
          const item = theItem(handing);
          expect({ at, id: item.externalId, summaries: count(item.notes, `summary of ${handing.words}`) }).toEqual({
            at,
            id: receipts.conversation?.externalId,
            summaries: 1,
          });
          expect(item.assigned).toBe(true);
        }
      },
      120_000,
    );

    test("what was made although nobody heard of it is found", async () => {
      const { find } = provider;
      if (!find) return;
      const handing = handover();
      const at = account();
      const { contact, conversation } = (await carry(handing, at)).receipts;
      const looking = (one: Handing) =>
        find({
          config: config(),
          account: at,
          handing: one,
          receipts: contact ? { contact } : {},
          idempotencyKey: one.handoverId,
          unsureSince: new Date(Date.now() - 60_000),
          signal: signal(),
        });
      expect((await looking(handing))?.externalId).toBe(conversation?.externalId);
      expect(await looking(handover())).toBeNull();
    });

    test("a desk that asks for a pause is left alone for so long", async () => {
      const at = account();
      emulator.fail("rate-limited", 0);
      const began = Date.now();
      const { failures } = await carry(handover(), at, { patient: true });
      expect(failures.length).toBeGreaterThan(0);
      expect(Date.now() - began).toBeGreaterThan(500);
    });

    test("nothing that fails tells a secret or a customer's words", async () => {
      const secrets = configFields(provider.config).flatMap(({ name, secret }) =>
        secret ? [String(settings()[name as never] ?? "")] : [],
      );
      for (const fault of ["rate-limited", "error", "reset"] as const) {
        const handing = handover();
        emulator.fail(fault, 0, 1);
        const { failures, receipts } = await carry(handing);
        emulator.mend();
        const told = JSON.stringify([failures, receipts]);
        for (const text of [...secrets.filter(Boolean), handing.words, "mia@example.com"])
          expect(told).not.toContain(text);
      }
    });

    test("messages that follow survive a lost answer, each once and in order", async () => {
      const { forwardMessage } = provider;
      if (!forwardMessage) return;
      const handing = handover();
      const at = account();
      const { receipts } = await carry(handing, at);
      const before = theItem(handing).customerMessages.length;
      const [line] = handing.transcript;
      if (!line) throw new Error("the example has a transcript");
      for (const text of ["one", "two", "two", "three"]) {
        const message = { ...line, id: randomUUID(), text };
        if (text === "two") emulator.fail("lost-answer", 1);
        await stubborn({ what: "message", failures: [], at }, (callSignal) =>
          forwardMessage({
            config: config(),
            account: at,
            handing,
            receipts,
            message,
            idempotencyKey: message.id,
            signal: callSignal,
          }),
        );
        emulator.mend();
      }
      expect(theItem(handing).customerMessages.slice(before)).toEqual(["one", "two", "two", "three"]);
    });

    describe("what it calls in", () => {
      if (!provider.webhook) return;
      const { webhook } = provider;

      /** The calls that an act of an agent's leads to. */
      async function calls(act: () => Promise<void> | undefined): Promise<WebhookRequest[]> {
        emulator.webhooksTo(null);
        const begun = emulator.sent.length;
        await act();
        return emulator.sent.slice(begun).map(({ method, url, headers, body }) => ({
          method,
          url,
          headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
          body: Buffer.from(body),
          receivedAt: new Date(),
        }));
      }

      async function told(requests: WebhookRequest[], handing: Handing, receipts: Receipts): Promise<DeskEvent[]> {
        const events: DeskEvent[] = [];
        for (const { body, receivedAt } of requests)
          events.push(
            ...(await webhook.parse({
              config: config(),
              account: account(),
              body,
              receivedAt,
              signal: signal(),
              carried: async (externalId) =>
                externalId === receipts.conversation?.externalId ? { handing, receipts } : null,
            })),
          );
        return [...new Map(events.map((event) => [event.eventId, event])).values()];
      }

      test("proves where it is from; without, with another or with an old proof it is refused", async () => {
        const handing = handover();
        const { receipts } = await carry(handing);
        const externalId = receipts.conversation?.externalId ?? "";
        const [call] = await calls(() => emulator.agent.reply(externalId, "Ines", "Hello!"));
        if (!call) throw new Error("the emulator sends a webhook for a reply");
        expect(webhook.authentic(call, config())).toBe(true);
        const bare = { ...call, headers: { "content-type": "application/json" }, url: "https://baton.example.com/x" };
        expect(webhook.authentic(bare, config())).toBe(false);
        const spoilt = Object.fromEntries(
          Object.entries(call.headers).map(([name, value]) => [name, name === "content-type" ? value : `${value}x`]),
        );
        expect(webhook.authentic({ ...call, headers: spoilt }, config())).toBe(false);
        if (webhook.proof === "SECRET") return;
        expect(webhook.authentic({ ...call, body: Buffer.from(`${call.body} `) }, config())).toBe(false);
        if (webhook.proof === "BODY") return;
        for (const minutes of [-6, 6])
          expect(webhook.authentic({ ...call, receivedAt: new Date(Date.now() + minutes * 60_000) }, config())).toBe(
            false,
          );
      });

      test("an agent's acts come out: joined, replied, gave back, closed; private notes do not", async () => {
        const handing = handover();
        const { receipts } = await carry(handing);
        const id = receipts.conversation?.externalId ?? "";
        const { agent } = emulator;
        const of = async (act: () => Promise<void> | undefined) => told(await calls(act), handing, receipts);
        expect(await of(() => agent.take(id, "Ines"))).toContainEqual(
          expect.objectContaining({ kind: "JOINED", externalId: id }),
        );
        expect(await of(() => agent.reply(id, "Ines", "Is it <broken> & cold?"))).toContainEqual(
          expect.objectContaining({ kind: "REPLIED", text: "Is it <broken> & cold?" }),
        );
        const noted = await of(() => agent.note(id, "Ines", "a private word"));
        expect(JSON.stringify(noted)).not.toContain("a private word");
        const again = await calls(() => agent.reply(id, "Ines", "Is it?"));
        const [once, twice] = [
          await told(again, handing, receipts),
          await told([...again, ...again], handing, receipts),
        ];
        expect(twice).toEqual(once);
        if (agent.giveBack)
          expect(await of(() => agent.giveBack?.(id, "Ines"))).toContainEqual(
            expect.objectContaining({ kind: "LEFT", left: "RETURNED" }),
          );
        expect(await of(() => agent.close(id, "Ines"))).toContainEqual(
          expect.objectContaining({ kind: "LEFT", left: "CLOSED" }),
        );
      });

      test("where calls may be missed, a reminder of Baton's own tells what they would have", async () => {
        const reminder = webhook.reminder;
        if (!reminder) return;
        const handing = handover();
        const { receipts } = await carry(handing);
        const id = receipts.conversation?.externalId ?? "";
        const missed = await calls(() => emulator.agent.reply(id, "Ines", "Did you get this?"));
        const [call] = missed;
        if (!call) throw new Error("the emulator sends a webhook for a reply");
        // Who replies has taken it: that it was assigned besides, not every desk tells when it is asked.
        const kinds = (events: DeskEvent[]) =>
          events.filter(({ kind }) => kind !== "JOINED").map(({ kind, eventId }) => ({ kind, eventId }));
        expect(kinds(await told([{ ...call, body: reminder(id) }], handing, receipts))).toEqual(
          kinds(await told(missed, handing, receipts)),
        );
      });

      test("what Baton writes itself comes back as nothing", async () => {
        const handing = handover();
        const at = account();
        let receipts: Receipts = {};
        const requests = await calls(async () => {
          ({ receipts } = await carry(handing, at));
          const [line] = handing.transcript;
          if (!line) return;
          const message = { ...line, id: randomUUID(), text: "an echo?" };
          const input = { config: config(), account: at, handing, receipts, message };
          await provider.forwardMessage?.({ ...input, idempotencyKey: message.id, signal: signal() });
        });
        expect(await told(requests, handing, receipts)).toEqual([]);
      });

      test("an agent's reply that ends in a quotation of what the customer wrote is theirs", async () => {
        const handing = handover();
        const at = account();
        const { receipts } = await carry(handing, at);
        const id = receipts.conversation?.externalId ?? "";
        const [line] = handing.transcript;
        if (!line) throw new Error("the example has a transcript");
        const message = { ...line, id: randomUUID(), text: "the blue one" };
        const input = { config: config(), account: at, handing, receipts, message };
        await provider.forwardMessage?.({ ...input, idempotencyKey: message.id, signal: signal() });
        const reply = `It is on its way.\n> the blue one\n> ref ${refOf(message.id)}`;
        const events = await told(await calls(() => emulator.agent.reply(id, "Ines", reply)), handing, receipts);
        expect(events).toContainEqual(
          expect.objectContaining({ kind: "REPLIED", text: expect.stringContaining("It is on its way.") }),
        );
      });

      test("a call that is no JSON, or of an unknown kind, gives nothing", async () => {
        const input = { config: config(), account: account(), receivedAt: new Date(), carried: async () => null };
        for (const body of ["", "{", "[]", "null", '{"event":"unheard_of"}'])
          expect(await webhook.parse({ ...input, body: Buffer.from(body), signal: signal() })).toEqual([]);
      });

      test.each(fixtures.map((fixture) => [fixture.name, fixture] as const))("fixture: %s", async (_, fixture) => {
        expect(fixture.source).toMatch(/\w/);
        for (const [path, body] of Object.entries(fixture.answers ?? {})) emulator.answer(path, body);
        const handing = handover();
        const externalId = fixture.externalId ?? fixture.gives[0]?.externalId;
        const events = await webhook.parse({
          config: config(),
          account: account(),
          body: Buffer.from(JSON.stringify(fixture.body)),
          receivedAt: new Date(),
          carried: async (id) =>
            id === externalId ? { handing, receipts: { conversation: { externalId: id }, ...fixture.receipts } } : null,
          signal: signal(),
        });
        expect(events).toEqual(fixture.gives.map((event) => expect.objectContaining(event)));
      });
    });
  });
}
