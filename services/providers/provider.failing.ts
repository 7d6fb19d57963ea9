import { z } from "zod";
import type { ProviderName } from "../../schema/words";
import { defineProvider, type Provider, ProviderFailure, type Step, type StepName, secret } from "./provider";

/**
 * How a call goes wrong: refused before it did anything (try again, or never again), asked to come back later, without
 * an answer before or after it took effect, or broken in a way the contract does not know.
 */
export type Fault = "again" | "never" | "rate-limited" | "hangs" | "lost-answer" | "breaks";

/** What the desk in memory holds of one handover. */
export interface FailingItem {
  externalId: string;
  transcript: string[];
  summary: string | null;
  assigned: boolean;
  messages: string[];
  closed: boolean;
}

export interface FailingProvider {
  provider: Provider;
  /** By handover id. */
  items: Map<string, FailingItem>;
  /** The names of all calls, in order. */
  calls: string[];
  /** The next `times` calls of a step (or of `message` or `close`) go wrong. */
  fail(call: StepName | "message" | "close", fault: Fault, times?: number): void;
  /** Every call goes wrong in this way until `mend`. */
  down(fault: Fault): void;
  /** Nothing goes wrong any more. */
  mend(): void;
}

/** A whole help desk in memory that fails on command: the fake beside the contract. It plays the provider `name`. */
export function createFailingProvider(name: ProviderName): FailingProvider {
  const items = new Map<string, FailingItem>();
  const calls: string[] = [];
  const taken = new Set<string>();
  const faults = new Map<string, Fault[]>();
  let always: Fault | null = null;

  async function through<Result>(call: string, signal: AbortSignal, work: () => Result): Promise<Result> {
    calls.push(call);
    const fault = always ?? faults.get(call)?.shift();
    if (fault === "again") throw new ProviderFailure("the desk is not well", { retry: true, requestId: "request-1" });
    if (fault === "never") throw new ProviderFailure("the group is not there", { retry: false });
    if (fault === "rate-limited") throw new ProviderFailure("too many requests", { retry: true, afterMs: 50 });
    if (fault === "breaks") throw new TypeError("mia@example.com is not a function");
    if (fault === "hangs") await aborted(signal);
    const result = work();
    if (fault === "lost-answer") await aborted(signal);
    return result;
  }

  function step(step: StepName, work: (item: FailingItem, input: Parameters<Step<unknown>>[0]) => void): Step<unknown> {
    return (input) =>
      through(step, input.signal, () => {
        const item = items.get(input.idempotencyKey);
        if (!item) throw new ProviderFailure(`${step} before conversation`, { retry: false });
        work(item, input);
        return {};
      });
  }

  const provider = defineProvider<unknown>({
    name,
    title: `Failing ${name}`,
    mode: "DESK",
    capabilities: { handover: true, email: true, summary: "AUTOMATED", tags: false, handBack: true },
    config: z.object({
      subdomain: z.string().min(1).meta({ description: "The desk's subdomain." }),
      apiKey: secret("A key of the desk's API."),
    }) as never,
    steps: {
      conversation: ({ idempotencyKey, signal }) =>
        through("conversation", signal, () => {
          const item = items.get(idempotencyKey) ?? newItem(`ticket-${items.size + 1}`);
          items.set(idempotencyKey, item);
          return { externalId: item.externalId, url: `https://desk.example.com/${item.externalId}` };
        }),
      transcript: step("transcript", (item, { handing }) => {
        item.transcript = handing.transcript.map(({ text }) => text);
      }),
      summary: step("summary", (item, { handing }) => {
        item.summary = handing.summary?.text ?? null;
      }),
      assign: step("assign", (item) => {
        item.assigned = true;
      }),
    },
    async testConnection(config) {
      const { subdomain } = config as { subdomain: string };
      return subdomain === "wrong"
        ? { ok: false, message: "There is no desk with the subdomain wrong." }
        : { ok: true, message: `The desk ${subdomain} answers.` };
    },
    forwardMessage: ({ handing, message, idempotencyKey, signal }) =>
      through("message", signal, () => {
        const item = items.get(handing.handoverId);
        if (!item || taken.has(`${item.externalId}/${idempotencyKey}`)) return;
        taken.add(`${item.externalId}/${idempotencyKey}`);
        item.messages.push(message.text);
      }),
    close: ({ handing, signal }) =>
      through("close", signal, () => {
        const item = items.get(handing.handoverId);
        if (item) item.closed = true;
      }),
  });

  return {
    provider,
    items,
    calls,
    down(fault) {
      always = fault;
    },
    mend() {
      always = null;
      faults.clear();
    },
    fail(call, fault, times = 1) {
      faults.set(call, [...(faults.get(call) ?? []), ...Array<Fault>(times).fill(fault)]);
    },
  };
}

function newItem(externalId: string): FailingItem {
  return { externalId, transcript: [], summary: null, assigned: false, messages: [], closed: false };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(new ProviderFailure("no answer", { retry: true }));
    if (signal.aborted) end();
    signal.addEventListener("abort", end, { once: true });
  });
}
