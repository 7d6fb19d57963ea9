import type { Channel } from "../../../schema/words";
import type { PastOffer, Reading, Turn } from "../signal";

/** One turn in short: the text of a customer's message, or who said what and whether it was an answer. */
export type Said = string | ["ASSISTANT" | "AGENT" | "SYSTEM", string, boolean?] | ["CUSTOMER", string, boolean?];

/** A reading of what was said, the last customer message being the judged one. Ids are t1, t2, ... */
export function readingOf(
  said: Said[],
  more: { channel?: Channel; language?: string; settledThrough?: number; offers?: PastOffer[] } = {},
): Reading {
  const turns: Turn[] = said.map((one, at) => {
    const [author, text, answered] = typeof one === "string" ? (["CUSTOMER", one] as const) : one;
    return { id: `t${at + 1}`, sequence: at + 1, author, text, answered: answered ?? null, inReplyTo: null };
  });
  const message = turns.at(-1);
  if (message?.author !== "CUSTOMER") throw new Error("the last turn must be the customer's");
  return {
    channel: more.channel ?? "CHAT",
    language: more.language ?? "en",
    turns,
    message,
    settledThrough: more.settledThrough ?? 0,
    offers: more.offers ?? [],
  };
}
