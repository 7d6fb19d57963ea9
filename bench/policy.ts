import { assess } from "../services/policy/assess";
import { readSignals } from "../services/policy/read-signals";
import { defaultSettings } from "../services/policy/settings";
import type { Reading, Turn } from "../services/policy/signal";
import { readIntent } from "../services/policy/signals/intent";

/**
 * How long policy takes without a model: intent alone, a whole judgement of a short conversation, and of one with 500
 * messages. Bounds on an idle core: 2,000 intents a second, 50 ms for 500 messages. Prints; fails nothing.
 */
const texts = [
  "Where is my parcel? I ordered two lamps on Monday.",
  "agent!!",
  "Ich möchte die Vorhänge zurückgeben, wie geht das?",
  "This is useless, you are not helping at all",
  "¿Puedo pagar con factura?",
  "Do you have this rug in another colour?",
];
const rules = [
  { id: "r", version: 1, text: "If the customer reports a lamp that smokes or sparks, hand over to a person" },
];
const tags = ["Delivery", "Returns and refunds", "Wholesale"].map((name, at) => ({
  id: `t${at}`,
  version: 1,
  name,
  description: "",
  blocked: at === 2,
  examples: [],
}));

function conversation(length: number, at: number): Reading {
  const turns: Turn[] = Array.from({ length }, (_, turn) => {
    const asked = (length - turn) % 2 === 1;
    return {
      id: `${turn}`,
      sequence: turn + 1,
      author: asked ? "CUSTOMER" : "ASSISTANT",
      text: asked ? `${texts[(turn + at) % texts.length]} ${turn}` : `Here is what we know about number ${turn}.`,
      answered: asked ? null : turn % 3 > 0,
      inReplyTo: null,
    };
  });
  const message = turns.at(-1) as Turn;
  return { channel: "CHAT", language: "en", turns, message, settledThrough: 0, offers: [] };
}

function judge(reading: Reading) {
  const signals = readSignals(reading, rules, tags);
  assess({ reading, control: "ASSISTANT", settings: defaultSettings.CHAT, rules, tags, signals });
}

function measure(name: string, readings: Reading[], run: (reading: Reading) => void) {
  for (const reading of readings) run(reading);
  const took = readings.map((reading) => {
    const began = performance.now();
    run(reading);
    return performance.now() - began;
  });
  const sorted = [...took].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(2);
  const perSecond = Math.round((1000 * took.length) / took.reduce((sum, one) => sum + one, 0));
  process.stdout.write(
    `${name.padEnd(34)} ${String(perSecond).padStart(7)} a second   p50 ${at(0.5)} ms   p99 ${at(0.99)} ms\n`,
  );
}

measure(
  "intent of one message",
  Array.from({ length: 600 }, (_, at) => conversation(1, at)),
  readIntent,
);
measure(
  "judgement, 7 messages so far",
  Array.from({ length: 300 }, (_, at) => conversation(7, at)),
  judge,
);
measure(
  "judgement, 500 messages so far",
  Array.from({ length: 60 }, (_, at) => conversation(500, at)),
  judge,
);
