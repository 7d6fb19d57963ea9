import { readDialogues } from "../services/policy/learned/dialogue-corpus";
import { changeOf, type PastConversation, replayBoth } from "../services/policy/replay";
import type { Turn } from "../services/policy/signal";

/**
 * How long a replay takes without a model: 10,000 customers' messages of the dialogues that frustration is learned from,
 * in 23 languages and no two the same, under 20 published rules against a draft with one more and one reworded. Bound on
 * an idle core: 10 s. Prints; fails nothing.
 */
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

/** The whole dialogues: of each the rated turn that comes last. */
const dialogues = [...new Map(readDialogues().map(({ dialogue, turns }) => [dialogue, turns])).values()];

function conversation(turns: Turn[], at: number): PastConversation {
  const judged = turns.flatMap(({ id, author }) =>
    author === "CUSTOMER"
      ? [{ messageId: id, answer: false, decision: "CONTINUE" as const, reason: null, signals: [] }]
      : [],
  );
  return { id: `${at}`, channel: "CHAT", language: "", turns, offers: [], settledThrough: 0, judged };
}

let [messages, changed, conversations] = [0, 0, 0];
const began = performance.now();
const busy = process.cpuUsage();
for (const turns of dialogues) {
  if (messages >= 10_000) break;
  const past = conversation(turns, conversations);
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
