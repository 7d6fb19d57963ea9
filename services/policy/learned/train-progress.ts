import type { Turn } from "../signal";
import { displeasureBy } from "../signals/displeasure";
import { type Clue, type Clues, clues, findClues, type Weights } from "../signals/progress";
import { type RatedTurn, readDialogues } from "./dialogue-corpus";
import { trainDispleasure } from "./train-displeasure";

/** Strength that draws weights to zero: a clue has to be seen often to count. */
const decay = 0.002;

/** Learns what each clue weighs; none may speak for the opposite of what it stands for. */
export function trainProgress(rated = readDialogues()): Weights {
  const examples = rated.map(({ unhappy, weight }) => ({ unhappy: unhappy ? 1 : 0, weight }));
  const all = examples.reduce((sum, { weight }) => sum + weight, 0);
  const found = cluesOf(rated);
  const names: Clue[] = [...clues.worse, ...clues.better];
  const sign = (clue: Clue) => ((clues.worse as readonly Clue[]).includes(clue) ? 1 : -1);
  const signed = found.map((one) => names.map((clue) => sign(clue) * one[clue]));
  const weights = names.map(() => 0);
  let bias = 0;
  for (let round = 0; round < 1500; round++) {
    const slopes = names.map((_, at) => decay * (weights[at] as number));
    let slope = 0;
    examples.forEach(({ unhappy, weight }, index) => {
      const values = signed[index] as number[];
      let sum = bias;
      for (let at = 0; at < values.length; at++) sum += (values[at] as number) * (weights[at] as number);
      const error = (weight * (1 / (1 + Math.exp(-sum)) - unhappy)) / all;
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

/** Dialogues are read in so many parts. */
const parts = 3;

/** The clues of each turn. Displeasure is heard by a model that has not seen the dialogue: who has always knows. */
function cluesOf(rated: RatedTurn[]): Clues[] {
  const models = Array.from({ length: parts }, (_, part) =>
    trainDispleasure(rated.filter(({ dialogue }) => dialogue % parts !== part)),
  );
  return rated.map(({ turns, dialogue }) => {
    const model = models[dialogue % parts] as (typeof models)[number];
    return findClues(turns, turns.at(-1) as Turn, (text, answer) => displeasureBy(model, text, answer)).clues;
  });
}
