import { dangers, dangersAnywhere, harmless } from "../lexicon/safety";
import type { Reading, Signal } from "../signal";
import { fold, quoteOf, withoutQuotes } from "../text";

/** Self-harm, threats, legal action or fraud in the customer's message; figures of speech are none. */
export function readSafety(reading: Reading): Signal {
  const { message } = reading;
  const own = withoutQuotes(message.text);
  const score = scoreOf(fold(own));
  if (score === 0) return { name: "SAFETY", score: 0, evidence: [], rule: null };
  const evidence = [{ messageId: message.id, quote: quoteOf(own, (sentence) => scoreOf(sentence) > 0) }];
  return { name: "SAFETY", score, evidence, rule: null };
}

function scoreOf(folded: string): number {
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
