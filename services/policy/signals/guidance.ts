import { ideasOf, type Overlap, overlapOf } from "../overlap";
import type { Reading, Rule, Signal } from "../signal";
import { fold, quoteOf } from "../text";

/** Which rules does the message fall under? One signal per rule, best first. */
export function readGuidance(reading: Reading, rules: Rule[]): Signal[] {
  if (rules.length === 0) return [];
  const message = ideasOf(reading.message.text);
  return rules.map((rule) => readRule(reading, message, rule)).sort((a, b) => b.score - a.score);
}

function readRule(reading: Reading, message: Map<string, number>, rule: Rule): Signal {
  const { condition, examples, handsOver } = parsed(rule.text);
  const score = handsOver ? scoreOf(condition, examples, message) : 0;
  const { id, version, text } = rule;
  const quote = quoteOf(reading.message.text, (sentence) => overlapOf(condition, ideasOf(sentence)).ideas.length > 0);
  const evidence = score > 0 ? [{ messageId: reading.message.id, quote }] : [];
  return { name: "GUIDANCE", score, evidence, rule: { id, version, text } };
}

/**
 * A condition is met when most of what it names is in the message. Examples ("such as a lamp overheating, smoking")
 * stand for it one by one; an example of one word needs another word of the rule beside it.
 */
function scoreOf(
  condition: Map<string, number>,
  examples: Map<string, number>[],
  message: Map<string, number>,
): number {
  const whole = overlapOf(condition, message);
  const scores = [scoreOfOverlap(whole)];
  for (const example of examples) {
    const part = overlapOf(example, message);
    const beside = whole.ideas.filter((idea) => !part.ideas.includes(idea)).length;
    if (part.ideas.length >= 2 || (part.ideas.length === 1 && beside >= 1)) scores.push(scoreOfOverlap(part));
  }
  return Math.round(Math.max(...scores) * 1000) / 1000;
}

function scoreOfOverlap({ share, ideas }: Overlap): number {
  if (ideas.length === 0) return 0;
  // Two named ideas out of three or more carry a long rule; one out of two does not.
  const enough = ideas.length >= 3 ? 0.25 : ideas.length === 2 ? 0.1 : 0;
  return Math.min(0.95, share * 0.75 + enough);
}

interface ParsedRule {
  condition: Map<string, number>;
  examples: Map<string, number>[];
  /** False for "do not hand over when ...", which is no reason to hand over. */
  handsOver: boolean;
}

const known = new Map<string, ParsedRule>();

/** A rule's text, taken apart; remembered, since the same few rules are read with every message. */
function parsed(text: string): ParsedRule {
  const remembered = known.get(text);
  if (remembered) return remembered;
  const folded = fold(text);
  const condition = folded.replace(consequence, " ").replace(opening, " ");
  const list =
    /(?:such as|for example|for instance|e\.g\.|like|including|zum beispiel|z\.b\.|por ejemplo|par exemple|ad esempio)\s+(.*)$/u.exec(
      condition,
    )?.[1];
  const examples = (list ?? condition).split(/,|;|\bor\b|\bund\b|\boder\b|\bou\b| o /u).map(ideasOf);
  const result = {
    condition: ideasOf(condition),
    examples: list || examples.length > 1 ? examples.filter((example) => example.size > 0) : [],
    handsOver: !forbids.test(folded),
  };
  if (known.size > 5_000) known.clear();
  known.set(text, result);
  return result;
}

const consequence =
  /(?:,|\bthen\b)?\s*(?:please )?\b(?:always |immediately |you must |you should )*(?:hand(?:over| over| off)|transfer|escalate|pass|send|route|connect|forward|get|put)\b(?: (?:it|this|them|him|her|the (?:customer|conversation|chat|ticket|case|request|user|matter)|him or her))*(?: (?:over|on|through|straight|directly))?(?: (?:to|with) (?:an? |our |the |your |one of (?:our|the) )?(?:\w+ )?(?:person|human|agent|agents|team|staff|specialist|colleague|manager|someone|representative|people|supervisor|humans))?(?: (?:immediately|at once|right away|straight away|directly|asap))?/gu;
const opening =
  /\b(?:if|when|whenever|where|in case|any time|anytime|should)\b|\b(?:the|a|an|any) (?:customer|user|client|visitor|person|shopper|someone|somebody)s?\b|\b(?:customers|users|clients|someone|somebody|anyone|anybody|they)\b|\b(?:contacts?|asks?|writes?|says?|tells?|mentions?|reports?|complains?|wants?|would like|talks?|enquires?|inquires?|messages?) (?:us |you |to )?(?:about|for|that|to|of|with)?\b/gu;
const forbids =
  /\b(?:do not|don't|never|no need to|avoid|shouldn't|should not|must not|without)\b[^.;]{0,30}\b(?:hand|transfer|escalat|pass|rout|forward|connect)/u;
