/** What is written for whoever reads by machine: rules to drop, a part to play, words to say. */
const toTheMachine = [
  /(?:^|[.!?:,;]\s*|\b(?:please|and|must|should|now|to)\s+)(?:ignore|disregard|forget|override|bypass)\s(?:all|any|every|everything|your|the|previous|prior|these|those|my|our)\b.{0,30}\b(?:instructions?|rules|prompts?|guidelines|restrictions)\b/iu,
  /\b(?:ignorier\w*|vergiss|vergessen sie|missachte\w*)\b.{0,30}(?:anweisung|regel|vorgabe|prompt)/iu,
  /\b(?:ignore[zr]?|oublie[zr]?)\b.{0,30}\b(?:instructions?|règles|consignes)\b/iu,
  /\b(?:ignor[aeá]\w*|olvida|olvide|esque[çc]a|dimentica)\b.{0,30}\b(?:instrucciones|reglas|instruções|regras|istruzioni|regole)\b/iu,
  /\b(?:negeer|vergeet)\b.{0,30}\b(?:instructies|regels|aanwijzingen)\b/iu,
  /^\W*(?:system|assistant|developer)(?:\s(?:prompt|message))?\s?:\s*(?:you|ignore|write|say|tell|give|do|act|answer|respond|promise|confirm|never|always|reveal|from now)\b/iu,
  /\b(?:system prompt|you are (?:now )?(?:an? )?(?:ai|chatbot|language model|unrestricted)|as an ai (?:assistant|model))\b/iu,
];

/** Does the sentence give orders to an assistant, and tell people nothing? Pure. */
export function isSaidToTheMachine(sentence: string): boolean {
  return toTheMachine.some((order) => order.test(sentence));
}
