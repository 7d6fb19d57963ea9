import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectPath } from "../../../kit/project";
import type { Turn } from "../signal";
import { type Clue, clues, findClues, type Weights } from "../signals/progress";

/** One turn of a customer's in a dialogue of the corpus. */
export interface RatedTurn {
  dialogue: number;
  /** Up to and including the turn. */
  turns: Turn[];
  unhappy: boolean;
}

/** The dialogues of services/policy/corpus/frustration/dialogues, a rated turn for each message of a customer's. */
export function readDialogues(): RatedTurn[] {
  const folder = projectPath("services/policy/corpus/frustration/dialogues");
  const files = readdirSync(folder).filter((name) => name.endsWith(".txt"));
  const dialogues = files.sort().flatMap((file) =>
    readFileSync(join(folder, file), "utf8")
      .trim()
      .split(/\n{2,}/),
  );
  return dialogues.flatMap((dialogue, number) => {
    const turns: Turn[] = [];
    const rated: RatedTurn[] = [];
    for (const line of dialogue.split("\n")) {
      const [, mark, text] = /^([a=+-]) (.+)$/.exec(line) ?? [];
      if (!mark || !text) throw new Error(`No turn of a dialogue: "${line}"`);
      const author = mark === "a" ? "ASSISTANT" : "CUSTOMER";
      const sequence = turns.length + 1;
      turns.push({ id: String(sequence), sequence, author, text, answered: null, inReplyTo: null });
      // A first message is about the world, not about the assistant.
      if (mark !== "a" && sequence > 1) rated.push({ dialogue: number, turns: [...turns], unhappy: mark === "-" });
    }
    return rated;
  });
}

/** Strength that draws weights to zero: a clue has to be seen often to count. */
const decay = 0.002;

/** Learns what each clue weighs; none may speak for the opposite of what it stands for. */
export function trainProgress(rated = readDialogues()): Weights {
  const examples = rated.map(({ turns, unhappy }) => ({
    found: findClues(turns, turns.at(-1) as Turn).clues,
    unhappy: unhappy ? 1 : 0,
  }));
  const names: Clue[] = [...clues.worse, ...clues.better];
  const sign = (clue: Clue) => ((clues.worse as readonly Clue[]).includes(clue) ? 1 : -1);
  const signed = examples.map(({ found }) => names.map((clue) => sign(clue) * found[clue]));
  const weights = names.map(() => 0);
  let bias = 0;
  for (let round = 0; round < 1500; round++) {
    const slopes = names.map((_, at) => decay * (weights[at] as number));
    let slope = 0;
    examples.forEach(({ unhappy }, index) => {
      const values = signed[index] as number[];
      let sum = bias;
      for (let at = 0; at < values.length; at++) sum += (values[at] as number) * (weights[at] as number);
      const error = (1 / (1 + Math.exp(-sum)) - unhappy) / examples.length;
      slope += error;
      for (let at = 0; at < values.length; at++) slopes[at] = (slopes[at] as number) + error * (values[at] as number);
    });
    bias -= 1.5 * slope;
    for (let at = 0; at < weights.length; at++)
      weights[at] = Math.max(0, (weights[at] as number) - 1.5 * (slopes[at] as number));
  }
  // Rounded, so that the last bits of a machine's arithmetic do not matter.
  const rounded = (value: number) => Math.round(value * 100) / 100;
  return Object.fromEntries([
    ["bias", rounded(bias)],
    ...names.map((clue, at) => [clue, rounded(weights[at] as number)]),
  ]);
}
