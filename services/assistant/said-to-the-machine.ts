import { sentencesOf } from "./passages";

/** What is written for whoever reads articles by machine: rules to drop, a part to play, words to pass on. */
const toTheMachine = [
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:instructions?|rules|prompts?|guidelines|restrictions)\b/iu,
  /\b(?:ignorier\w*|vergiss|vergessen sie|missachte\w*)\b.{0,30}(?:anweisung|regel|vorgabe|prompt)/iu,
  /\b(?:ignore[zr]?|oublie[zr]?)\b.{0,30}\b(?:instructions?|règles|consignes)\b/iu,
  /\b(?:ignor[aeá]\w*|olvida|olvide|esque[çc]a|dimentica)\b.{0,30}\b(?:instrucciones|reglas|instruções|regras|istruzioni|regole)\b/iu,
  /\b(?:negeer|vergeet)\b.{0,30}\b(?:instructies|regels|aanwijzingen)\b/iu,
  /(?:^|[.!?\n]\s*)(?:system|assistant|developer)\s?(?:prompt|message)?\s?:/iu,
  /\b(?:system prompt|you are (?:now )?(?:an? )?(?:ai|chatbot|language model|unrestricted)|as an ai (?:assistant|model))\b/iu,
];

/**
 * The text without the sentences that give orders to an assistant: no answer rests on them, whether a model obeys or
 * the passage is told as it stands. Pure.
 */
export function withoutOrders(text: string): string {
  if (!toTheMachine.some((order) => order.test(text))) return text;
  const kept = text.split("\n").map((line) =>
    sentencesOf(line)
      .filter((sentence) => !toTheMachine.some((order) => order.test(sentence)))
      .join(" "),
  );
  return kept.filter((line) => line.trim()).join("\n");
}
