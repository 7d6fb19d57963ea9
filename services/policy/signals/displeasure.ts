import { featuresOf } from "../learned/features";
import { type LinearModel, predict, readLinearModel } from "../learned/linear";

/** What is pasted into a chat is not how the customer feels; and the time stays bounded. */
const longest = 600;

/** The words of the assistant are features of their own: "sorry" is another thing when the customer says it. */
const saidByAssistant = 0x2a5a5;

/** Features of what a customer says to what the assistant has said; `answer` is empty where it has said nothing. */
export function featuresOfReaction(text: string, answer: string): Uint32Array {
  const said = featuresOf(text.slice(0, longest));
  if (answer === "") return said;
  const heard = featuresOf(answer.slice(0, longest)).map((place) => place ^ saidByAssistant);
  const both = new Uint32Array(said.length + heard.length);
  both.set(said);
  both.set(heard, said.length);
  return both;
}

let learned: LinearModel | undefined;

/**
 * How much it sounds as if the customer is unhappy with the assistant's answer, by the words of both, 0..1; 0.5 where they
 * say neither. A customer may be unhappy without being annoyed: corrects, declines, asks for something else.
 */
export function readDispleasure(text: string, answer: string): number {
  learned ??= readLinearModel("displeasure.bin");
  return displeasureBy(learned, text, answer);
}

/** The same by a model that is just being learned. */
export function displeasureBy(model: LinearModel, text: string, answer: string): number {
  const chance = predict(model, featuresOfReaction(text, answer));
  // What is nearly sure and what is quite sure tell apart, too, so the log-odds count.
  return Math.min(1, Math.max(0, 0.5 + Math.log(chance / (1 - chance)) / 6));
}
