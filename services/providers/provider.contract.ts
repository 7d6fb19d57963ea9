import { randomUUID } from "node:crypto";
import { createMemoryAccount } from "./accounts.fake";
import { configFields } from "./config-fields";
import { exampleHanding } from "./handing.example";
import { type Handing, type Provider, type Receipts, type StepInput, stepNames } from "./provider";

export interface Subject {
  provider: Provider;
  /** A configuration that works. */
  config: Record<string, unknown>;
  /** How many open items the desk has of a handover; null where nothing is kept at the desk. */
  openItems(handoverId: string): Promise<number> | null;
  /** The texts of the messages that followed a handover, in the desk's order. */
  messages?(handoverId: string): Promise<string[]>;
  /** Told of the receipts so far, so that the two above know what to look for. */
  carried?(handoverId: string, receipts: Receipts): void;
}

/** What every provider promises. Run over each folder, and over the fakes that stand in for one. */
export function providerContract(name: string, open: () => Promise<Subject>): void {
  describe(`the contract of a provider: ${name}`, () => {
    let subject: Subject;
    const account = createMemoryAccount();
    beforeAll(async () => {
      subject = await open();
    });

    const inputFor = (handing: Handing, receipts: Receipts): StepInput<never> => ({
      config: subject.provider.config.parse(subject.config) as never,
      account,
      handing,
      receipts,
      idempotencyKey: handing.handoverId,
      signal: new AbortController().signal,
    });

    /** All steps in their order, each `times` times as if its answer had been lost. */
    async function carry(handing: Handing, times = 1, receipts: Receipts = {}): Promise<Receipts> {
      for (const step of stepNames) {
        const run = subject.provider.steps[step];
        if (!run || receipts[step] || (step === "summary" && !handing.summary)) continue;
        for (let time = 0; time < times; time += 1) receipts[step] = await run(inputFor(handing, receipts));
        subject.carried?.(handing.handoverId, receipts);
      }
      return receipts;
    }

    test("every field of its configuration is described", () => {
      for (const field of configFields(subject.provider.config)) expect(field.description.length).toBeGreaterThan(10);
    });

    test("a configuration that is not one is refused", () => {
      const required = configFields(subject.provider.config).filter((field) => field.required);
      for (const { name: field } of required)
        expect(subject.provider.config.safeParse({ ...subject.config, [field]: undefined }).success).toBe(false);
    });

    test("trying the connection tells in words that it works", async () => {
      const config = subject.provider.config.parse(subject.config) as never;
      const { signal } = new AbortController();
      const { ok, message } = await subject.provider.testConnection(config, signal, account);
      expect({ ok, words: message.split(" ").length > 3 }).toEqual({ ok: true, words: true });
    });

    test("it delivers once for steps that ran twice", async () => {
      const handing = exampleHanding();
      const receipts = await carry(handing, 2);
      expect(receipts).not.toEqual({});
      expect((await subject.openItems(handing.handoverId)) ?? 1).toBe(1);
    });

    test("carried by another process from the saved receipts on, it makes nothing twice", async () => {
      const handing = exampleHanding();
      const first = await carry(handing);
      const saved = JSON.parse(JSON.stringify(first)) as Receipts;
      for (const step of stepNames) {
        const fromHere: Receipts = Object.fromEntries(
          Object.entries(saved).filter(([done]) => stepNames.indexOf(done as never) < stepNames.indexOf(step)),
        );
        expect(Object.keys(await carry(handing, 1, fromHere)).sort()).toEqual(Object.keys(saved).sort());
      }
      expect((await subject.openItems(handing.handoverId)) ?? 1).toBe(1);
    });

    test("without a summary it delivers, and takes the summary afterwards", async () => {
      const handing = exampleHanding();
      const receipts = await carry({ ...handing, summary: null });
      const after = await carry(handing, 1, receipts);
      expect(after.summary !== undefined).toBe(subject.provider.steps.summary !== undefined);
      expect((await subject.openItems(handing.handoverId)) ?? 1).toBe(1);
    });

    test("what it keeps of a desk holds no secret and, at a desk, no personal text", async () => {
      const handing = exampleHanding();
      const kept = JSON.stringify(await carry(handing));
      const secrets = configFields(subject.provider.config)
        .filter(({ secret }) => secret)
        .map(({ name: field }) => String(subject.config[field]));
      const personal = ["mia@example.com", "Mia Example", "My lamp arrived broken"];
      for (const text of [...secrets, ...(subject.provider.mode === "DESK" ? personal : [])])
        expect(kept).not.toContain(text);
    });

    test("messages that follow keep their order, and one that is sent twice is there once", async () => {
      const { forwardMessage } = subject.provider;
      if (!forwardMessage || !subject.messages) return;
      const handing = exampleHanding();
      const receipts = await carry(handing);
      // A desk whose conversations cannot be empty has the customer's words of before as well.
      const before = (await subject.messages(handing.handoverId)).length;
      for (const [index, text] of ["first", "second", "second", "third"].entries()) {
        const [example] = handing.transcript;
        if (!example) throw new Error("the example has a transcript");
        const message = { ...example, id: randomUUID(), sequence: 10 + index, text };
        await forwardMessage({ ...inputFor(handing, receipts), message, idempotencyKey: text });
      }
      expect((await subject.messages(handing.handoverId)).slice(before)).toEqual(["first", "second", "third"]);
    });

    test("closing closes, twice too", async () => {
      const { close } = subject.provider;
      if (!close) return;
      const handing = exampleHanding();
      const receipts = await carry(handing);
      await close({ ...inputFor(handing, receipts), ending: "CLOSED" });
      await close({ ...inputFor(handing, receipts), ending: "CLOSED" });
      expect((await subject.openItems(handing.handoverId)) ?? 0).toBe(0);
    });
  });
}
