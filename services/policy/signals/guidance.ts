import { bestCovers, coverage, type Definition, define, echo, type Heard, hear } from "../definition";
import type { Reading, Rule, Signal } from "../signal";
import { fold } from "../text";
import { type Quoter, quoter, worthAQuote } from "./quote";

/** From this much evidence on a rule is met; found on the project's own cases. */
const enough = 0.28;
/** What each kind of evidence counts. */
const counts = { coverage: 1, echo: 0.6 };
/** A situation counts in full for a rule whose condition covers it at least this well; near misses stay below. */
const fully = 0.85;

/** Which rules does the message fall under? One signal per rule, best first. */
export function readGuidance(reading: Reading, rules: Rule[]): Signal[] {
  if (rules.length === 0) return [];
  const heard = hear(reading.message.text);
  const quoteFor = quoter(reading.message.text);
  return rules.map((rule) => readRule(reading, heard, rule, quoteFor)).sort((a, b) => b.score - a.score);
}

function readRule({ message }: Reading, heard: Heard, rule: Rule, quoteFor: Quoter): Signal {
  const { condition, rivals, handsOver } = parsed(rule.text);
  // Squared: a word of the condition, such as the product's name, is in many a message that is about something else.
  const evidence =
    counts.coverage * coverage(heard, condition, rivals, fully) + counts.echo * echo(heard, condition) ** 2;
  const score = handsOver ? Math.round(Math.min(0.97, evidence / (evidence + enough)) * 1000) / 1000 : 0;
  const { id, version, text } = rule;
  const quotes = score >= worthAQuote ? [{ messageId: message.id, quote: quoteFor(condition) }] : [];
  return { name: "GUIDANCE", score, evidence: quotes, rule: { id, version, text } };
}

interface ParsedRule {
  condition: Definition;
  rivals: Float64Array;
  /** False for "do not hand over when ...", which is no reason to hand over. */
  handsOver: boolean;
}

const known = new Map<string, ParsedRule>();

/** A rule's text, taken apart; remembered, since the same few rules are read with every message. */
function parsed(text: string): ParsedRule {
  const remembered = known.get(text);
  if (remembered) return remembered;
  const folded = fold(text);
  const said = folded.replace(consequence, " ").replace(desk, " ").replace(opening, " ").replace(/\s+/g, " ").trim();
  const [, before, list] = listed.exec(said) ?? [];
  const condition = define(before !== undefined && list !== undefined ? [before, list] : [said]);
  const result = { condition, rivals: bestCovers([condition]), handsOver: !forbids.test(folded) };
  if (known.size > 5_000) known.clear();
  known.set(text, result);
  return result;
}

/** "... such as this, that": the examples stand for the condition one by one. */
const listed =
  /^(.*?)\b(?:such as|for example|for instance|e\.g\.|like|including|zum beispiel|z\.b\.|por ejemplo|par exemple|ad esempio)\b(.*)$/u;
const consequence =
  /(?:,|\bthen\b)?\s*(?:please )?\b(?:always |immediately |you must |you should )*(?:hand(?:over| over| off)|transfer|escalate|pass|send|route|connect|forward|get|put)\b(?: (?:it|this|them|him|her|anything|everything|the (?:customer|conversation|chat|ticket|case|request|user|matter)|him or her))*(?: (?:over|on|through|straight|directly))?(?: (?:to|with) (?:an? |our |the |your |one of (?:our|the) )?(?:[\w-]+ )?(?:person|human|agent|agents|team|office|staff|specialist|colleague|manager|someone|representative|people|supervisor|humans|hr|desk|department|mechanic|expert|advis[eo]r|lawyer|clerk))?(?: (?:immediately|at once|right away|straight away|directly|asap))?/gu;
/** Who is to get it: "... go to our travel desk", "must be answered by a person", "a human must take over". */
const desk =
  /,?\s*\b(?:go(?:es)?|belongs?|is for|are for)(?: straight| directly)? to (?:an? |our |the |your )?[\w -]{2,40}$|\b(?:must|should|need to|needs to|has to|have to|may only|are|is|can only) (?:always )?(?:be )?(?:answered|handled|dealt with|taken|looked at|resolved|solved|seen|read|decided) (?:over )?by (?:an? |our |the )?[\w -]{2,40}$|,?\s*\b(?:an? |our |the )?(?:human|person|agent|colleague|specialist|team|member of staff)\b[\w ]{0,12} (?:must|should|has to|needs to|will|takes?|steps?) [\w ]{0,24}(?:over|in|it|this|care of it|answer|help)\b|^\s*(?:a|an|the|our) [\w ]{2,25} (?:must|should|has to) (?:answer|handle|take|deal with|see|look at)\b/gu;
const opening =
  /\b(?:if|when|whenever|where|in case|any time|anytime|should|anything about|everything about|questions? about|suspected)\b|\b(?:the|a|an|any) (?:customer|user|client|visitor|person|shopper|someone|somebody|employee|traveller|traveler|guest|patient)s?\b|\b(?:customers|users|clients|someone|somebody|anyone|anybody|they)\b|\b(?:contacts?|asks?|writes?|says?|tells?|mentions?|reports?|complains?|wants?|would like|talks?|enquires?|inquires?|messages?) (?:us |you |to )?(?:about|for|that|to|of|with)?\b/gu;
const forbids =
  /\b(?:do not|don't|never|no need to|avoid|shouldn't|should not|must not|without)\b[^.;]{0,30}\b(?:hand|transfer|escalat|pass|rout|forward|connect)/u;
