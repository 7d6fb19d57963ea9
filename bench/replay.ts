import { changeOf, type PastConversation, replayBoth } from "../services/policy/replay";
import type { Turn } from "../services/policy/signal";

/**
 * How long a replay takes without a model: 10,000 customers' messages in conversations of 3, 6 and 20 of them, under
 * 20 published rules against a draft with one more and one reworded. Bound on an idle core: 10 s. Prints; fails nothing.
 */
const texts = [
  "Where is my parcel? I ordered two lamps on Monday and nothing has come yet.",
  "Ich möchte die Vorhänge zurückgeben, wie geht das?",
  "It still does not work, I have tried it twice",
  "¿Puedo pagar con factura?",
  "Do you have this rug in another colour, and how much is it?",
  "I am a journalist and write about Scandinavian design",
  "thanks",
];
const topics =
  "press jobs sponsorship wholesale recall allergy wedding insurance lawyer invoice customs warranty bulk charity school hotel export theft mould smoke";
const rules = topics.split(" ").map((topic, at) => ({
  ...{ id: `r${at}`, version: 1, enabled: true },
  text: `If the customer writes about ${topic}, hand over to a person`,
}));
const published = { rules, settings: {} };
const draft = {
  rules: [
    ...rules.slice(1),
    { ...rules[0], id: "r0", version: 2, enabled: true, text: "If a journalist writes, hand over to a person" },
    { id: "new", version: 1, enabled: true, text: "If the customer asks about Scandinavian design, hand over" },
  ],
  settings: { CHAT: { frustrationSensitivity: "HIGH" as const } },
};
const tags = ["Delivery", "Returns", "Wholesale"].map((name, at) => ({
  ...{ id: `t${at}`, version: 1, name, description: "", blocked: at === 2, examples: [] },
}));

function conversation(at: number): PastConversation {
  const messages = [3, 6, 20][at % 3] as number;
  const turns: Turn[] = Array.from({ length: messages * 2 }, (_, turn) => ({
    ...{ id: `${at}-${turn}`, sequence: turn + 1, author: turn % 2 === 0 ? "CUSTOMER" : "ASSISTANT" },
    text:
      turn % 2 === 0 ? `${texts[(at + turn) % texts.length]} ${at * 100 + turn}` : `This is what we know of ${turn}.`,
    ...{ answered: turn % 2 === 0 ? null : turn % 6 !== 1, inReplyTo: null },
  }));
  const judged = turns.flatMap(({ id, author }) =>
    author === "CUSTOMER"
      ? [{ messageId: id, answer: false, decision: "CONTINUE" as const, reason: null, signals: [] }]
      : [],
  );
  return { id: `${at}`, channel: "CHAT", language: "en", turns, offers: [], settledThrough: 0, judged };
}

let [messages, changed, conversations] = [0, 0, 0];
const began = performance.now();
const busy = process.cpuUsage();
while (messages < 10_000) {
  const past = conversation(conversations);
  const [before, after] = replayBoth(past, [published, draft], tags);
  if (changeOf(before, after)) changed += 1;
  messages += past.judged.length;
  conversations += 1;
}
const seconds = (performance.now() - began) / 1000;
// What it costs, whatever else this machine does meanwhile.
const ofProcessor = process.cpuUsage(busy).user / 1_000_000;
process.stdout.write(
  `replay: ${messages} messages, ${conversations} conversations, ${changed} would change, ` +
    `${ofProcessor.toFixed(1)} s of processor, ${seconds.toFixed(1)} s by the clock\n`,
);
