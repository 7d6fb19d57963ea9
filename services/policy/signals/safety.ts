import { featuresOf } from "../learned/features";
import { type LinearModel, predict, readLinearModel } from "../learned/linear";
import { dangers, dangersAnywhere, harmless } from "../lexicon/safety";
import type { Reading, Signal } from "../signal";
import { statementsOf } from "../statements";
import { fold, quoteOf, withoutQuotes } from "../text";

/** Self-harm, threats, legal action or fraud in the customer's message; figures of speech are none. */
export function readSafety(reading: Reading): Signal {
  const { message } = reading;
  const own = withoutQuotes(message.text);
  const statements = statementsOf(own);
  // Some danger is in no sentence alone: "They took out a loan. It is in my name. I never signed."
  if (own.length <= longestAsOne && statements.every(({ said }) => said !== own))
    statements.push({ said: own, wider: own, isPart: false, sentence: own });
  let best = { score: 0, sentence: "" };
  for (const { said, wider, sentence } of statements) {
    const alone = oddsOf(said);
    // "I could kill | for a coffee": a piece of a sentence counts as far as what stands around it allows.
    const around = wider === said ? sentence : wider;
    const odds = alone > 0 && around !== said ? Math.min(alone, oddsOf(around) + slack) : alone;
    const score = Math.round(10_000 / (1 + Math.exp(-odds))) / 10_000;
    if (score > best.score) best = { score, sentence };
  }
  if (best.score === 0) return { name: "SAFETY", score: 0, evidence: [], rule: null };
  const evidence = [{ messageId: message.id, quote: quoteOf(best.sentence, () => true) }];
  return { name: "SAFETY", score: best.score, evidence, rule: null };
}

/** In characters: longer messages are about several things. */
const longestAsOne = 300;

let learned: LinearModel | null = null;

/**
 * What was learned and what the words say, taken together: danger in so many words stands unless the whole sentence
 * is clearly about something else ("I am a lawyer and need an invoice"); without them, only a clear case counts.
 */
function oddsOf(sentence: string): number {
  learned ??= readLinearModel("safety.bin");
  const chance = predict(learned, featuresOf(sentence));
  return Math.log(chance / (1 - chance)) + weightOf(saidIn(fold(sentence)));
}

/** How much less sure, in odds, the words around may make it for a danger to stand. */
const slack = 2.5;

/** Odds (natural logarithm) that words of danger are worth: more where to overlook one would be worst. */
function weightOf(danger: number): number {
  if (danger === 0) return -0.8;
  return danger >= 0.95 ? 5 : 3.5;
}

/** Do the words of a text say danger, whatever it means as a whole? */
export const namesDanger = (text: string): boolean => saidIn(fold(text)) > 0;

/** How plainly the words say danger, 0..1; figures of speech are taken out before. */
function saidIn(folded: string): number {
  const text = folded.replace(figures, " ");
  if (kinds.harm.test(text)) return 0.98;
  if (kinds.threat.test(text)) return 0.95;
  if (kinds.fraud.test(text)) return 0.9;
  if (kinds.legal.test(text)) return 0.85;
  return anywhere.test(text) ? 0.9 : 0;
}

const word = (sources: string[], flags = "u") =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${sources.join("|")})(?![\\p{L}\\p{N}])`, flags);
const kinds = {
  harm: word(dangers.harm),
  threat: word(dangers.threat),
  legal: word(dangers.legal),
  fraud: word(dangers.fraud),
};
const figures = word(harmless, "gu");
const anywhere = new RegExp(dangersAnywhere.join("|"), "u");
