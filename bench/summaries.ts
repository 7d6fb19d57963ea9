import { createFakeClock } from "../kit/clock";
import { createSilentLog } from "../kit/log";
import { createSummarize } from "../services/summarization/summarize";
import type { Dialogue } from "../services/summarization/summary";

/**
 * How long a summary without a model takes, by the length of the conversation: extract, check of every statement and
 * all renderings. Bound on an idle core: 1,000 messages under 100 ms, and no more than 100 messages take. Prints;
 * fails nothing.
 */
const asked = [
  "Where is my parcel? I ordered two lamps on Monday, order 48213.",
  "I already tried the form twice, it does not open on my phone.",
  "Can you send the invoice to my company instead?",
  "The driver told me it would come on Friday, but nothing arrived.",
];

function dialogue(length: number): Dialogue {
  return {
    language: "en",
    customer: { id: "00000000-0000-4000-8000-000000000000", name: "Mia", email: null, externalId: null },
    messages: Array.from({ length }, (_, index) => ({
      id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
      sequence: index + 1,
      author: index % 2 === 0 ? ("CUSTOMER" as const) : ("ASSISTANT" as const),
      authorName: null,
      text:
        index % 2 === 0
          ? `${asked[(index / 2) % asked.length]} (${index})`
          : `Parcel ${index} is on its way and will arrive within ${index} days.`,
      postedAt: "2026-01-01T00:00:00.000Z",
      inReplyTo: null,
      answered: index % 2 === 0 ? null : index % 3 > 0,
    })),
  };
}

async function main() {
  const summarize = createSummarize({ model: null, clock: createFakeClock(), log: createSilentLog() });
  for (const length of [10, 100, 1_000, 10_000]) {
    const one = dialogue(length);
    const took: number[] = [];
    for (let run = 0; run < 30; run += 1) {
      const began = performance.now();
      await summarize(one);
      took.push(performance.now() - began);
    }
    const sorted = took.toSorted((a, b) => a - b);
    const [first = 0] = took;
    console.log(
      `${String(length).padStart(6)} messages: first ${first.toFixed(1)} ms, median ${sorted[15]?.toFixed(1)} ms, p95 ${sorted[28]?.toFixed(1)} ms`,
    );
  }
}

void main();
