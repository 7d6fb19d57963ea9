import { shortened, storable } from "../../kit/storable";
import type { Finding } from "./ask-model";
import { sure } from "./assess";
import type { Reading, Rule, RuleRef, Signal, TagDefinition } from "./signal";
import { fold } from "./text";

/** An offline score this near to the threshold on either side is a guess, which a model may overrule downwards. */
const guess = { from: 0.3, to: 0.75 };
const longestQuote = 160;

/**
 * The signals after a model has been heard. It may add what was not seen, with a quote that really stands in the
 * message; it may lower a guess. It never lowers safety, a blocked topic or a plain request: a customer's text that
 * talks the model round cannot keep a person away.
 */
export function heedModel(
  reading: Reading,
  signals: Signal[],
  findings: Finding[],
  rules: Rule[],
  tags: TagDefinition[],
): Signal[] {
  const heeded = signals.map((signal) => ({ ...signal }));
  const said = fold(reading.message.text);
  for (const found of findings) {
    const rule = ruleOf(found, rules, tags);
    if (rule === undefined) continue;
    // A model may stop in the middle of a character; half of one stands in no message.
    const quote = storable(found.quote).trim();
    const quoted = fold(quote) !== "" && said.includes(fold(quote));
    const signal = heeded.find(({ name, rule: of }) => name === found.signal && of?.id === rule?.id);
    if (found.score >= sure) {
      if (!quoted) continue;
      const evidence = [{ messageId: reading.message.id, quote: shortened(quote, longestQuote) }];
      if (!signal) heeded.push({ name: found.signal, score: found.score, evidence, rule });
      else if (found.score > signal.score) {
        signal.score = found.score;
        // What raised it is quoted in the place of what alone was not enough.
        const earlier = signal.evidence.filter(({ messageId }) => messageId !== reading.message.id);
        signal.evidence = [...evidence, ...earlier];
      }
    } else if (signal && found.score < signal.score && mayBeLowered(signal, tags)) signal.score = found.score;
  }
  return heeded;
}

/** Null for a signal without a rule; undefined when the model names a rule or topic that is not there. */
function ruleOf(found: Finding, rules: Rule[], tags: TagDefinition[]): RuleRef | null | undefined {
  if (found.signal !== "GUIDANCE" && found.signal !== "TAG") return null;
  const [, kind, number] = /^([RT])(\d{1,4})$/.exec(found.ref.trim().toUpperCase()) ?? [];
  const at = Number(number) - 1;
  if (found.signal === "GUIDANCE" && kind === "R") {
    const rule = rules[at];
    return rule && { id: rule.id, version: rule.version, text: rule.text };
  }
  if (found.signal === "TAG" && kind === "T") {
    const tag = tags[at];
    return tag && { id: tag.id, version: tag.version, text: tag.name };
  }
  return undefined;
}

/** May a model's word make this signal count for less? */
export function mayBeLowered(signal: Signal, tags: TagDefinition[]): boolean {
  if (signal.name === "SAFETY") return false;
  const blocked = signal.name === "TAG" && tags.some((tag) => tag.blocked && tag.id === signal.rule?.id);
  if (blocked && signal.score >= sure) return false;
  return signal.score >= guess.from && signal.score < guess.to;
}
