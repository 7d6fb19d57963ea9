import { remembering } from "../../../kit/remembering";
import { clausesOf } from "../clauses";
import { compare, type Definition, define, type Heard, hear } from "../definition";
import type { Reading, Rule, Signal } from "../signal";
import { fold } from "../text";
import { type Quoter, quoter, worthAQuote } from "./quote";

/** What each kind of evidence counts, as log-odds; found on the project's own cases. */
const speaks = { leaning: 2.1, situations: 2.3, elsewhere: -2.2, askingForFacts: -1.5 };
/** From these log-odds on a rule is met. */
const enough = 1.05;
/** A part of a message must be this much clearer to fall under a rule by itself. */
const clearly = 1.2;

/** Which rules does the message fall under? One signal per rule, best first. */
export function readGuidance(reading: Reading, rules: Rule[]): Signal[] {
  if (rules.length === 0) return [];
  const { text } = reading.message;
  const whole = saidIn(text, 0);
  const parts = clausesOf(text).map((clause) => saidIn(clause, clearly));
  const quoteFor = quoter(text);
  return rules.map((rule) => readRule(reading, [whole, ...parts], rule, quoteFor)).sort((a, b) => b.score - a.score);
}

interface Said {
  heard: Heard;
  asksForFacts: boolean;
  /** The log-odds it has to bring beyond what is enough. */
  more: number;
}

function saidIn(text: string, more: number): Said {
  return { heard: hear(text), asksForFacts: forFacts.test(fold(text)), more };
}

function readRule({ message }: Reading, said: Said[], rule: Rule, quoteFor: Quoter): Signal {
  const condition = parsed(rule.text);
  let most = Number.NEGATIVE_INFINITY;
  for (const one of said) most = Math.max(most, opinionOn(condition, one) - enough - one.more);
  const score = condition.handsOver ? Math.round(Math.min(0.97, 1 / (1 + Math.exp(-most))) * 1000) / 1000 : 0;
  const { id, version, text } = rule;
  const quotes = score >= worthAQuote ? [{ messageId: message.id, quote: quoteFor(condition.definition) }] : [];
  return { name: "GUIDANCE", score, evidence: quotes, rule: { id, version, text } };
}

/** How much speaks for the rule being met, as log-odds. */
function opinionOn({ definition, takesQuestions }: ParsedRule, { heard, asksForFacts }: Said): number {
  const found = compare(heard, definition);
  return (
    speaks.leaning * found.leaning +
    speaks.situations * found.situations +
    speaks.elsewhere * found.elsewhere +
    (asksForFacts && !takesQuestions ? speaks.askingForFacts : 0)
  );
}

interface ParsedRule {
  definition: Definition;
  /** "Questions about ...", "anything about ...": not only something that has happened, or is wanted. */
  takesQuestions: boolean;
  /** False for "do not hand over when ...", which is no reason to hand over. */
  handsOver: boolean;
}

/** A rule's text, taken apart; the same few rules are read with every message. */
const parsed = remembering(
  (text: string): ParsedRule => {
    const folded = fold(text);
    const said = conditionOf(folded);
    const [, before, list] = listed.exec(said) ?? [];
    return {
      definition: define(before !== undefined && list !== undefined ? [before, list] : [said]),
      takesQuestions: aboutQuestions.test(folded),
      handsOver: !forbids.test(folded),
    };
  },
  { most: 5_000, longest: 10_000 },
);

/** "When is ...", "how much ...", "do you ...": who asks for facts has nothing to report and asks for nothing to be done. */
const forFacts = new RegExp(
  `^(?:(?:hi|hello|hey|and|so|ok|please|tell me|can you tell me|do you know|i wonder|i'd like to know)[, ]+)*(?:${[
    "when|where|what time|until when|at what|which|how (?:much|long|many|far|old|often|fast)|what(?:'s| is| are| does| do)",
    "do you|does|has (?:my|our|the)",
    "wann|wo|wie (?:viel|lange|oft|alt)|um wie viel|welche[rs]?|was kostet|gibt es",
    "cuando|donde|cuanto|que hora|hay|quand|ou|combien|quelle?|y a-t-il|quando|dove|quanto|quale|onde|qual",
    "wanneer|waar|hoeveel|kiedy|gdzie|ile|когда|где|сколько|ne zaman|nerede|kac",
  ].join("|")})(?![\\p{L}])`,
  "u",
);
const aboutQuestions =
  /\b(?:questions?|anything|everything|enquir\w*|inquir\w*|regarding|concerning|asks? (?:us )?(?:about|when|where|how|what|which|whether|if))\b/u;

/** What a rule is about, without what is to be done and by whom. */
function conditionOf(folded: string): string {
  const strip = (said: string, ...parts: RegExp[]) =>
    parts
      .reduce((left, part) => left.replace(part, " "), said)
      .replace(opening, " ")
      .replace(/\s+/g, " ")
      .trim();
  const plain = folded.replace(/[\s.!]+$/u, "");
  const said = strip(plain, destination, consequence, desk);
  // "Hand over when somebody wants to speak to a manager": what looks like who is to get it is all there is.
  return /\p{L}{3}/u.test(said) ? said : strip(plain, consequence);
}

/** "... such as this, that": the examples stand for the condition one by one. */
const listed =
  /^(.*?)\b(?:such as|for example|for instance|e\.g\.|like|including|zum beispiel|z\.b\.|por ejemplo|par exemple|ad esempio)\b(.*)$/u;
const consequence =
  /(?:,|\bthen\b)?\s*(?:please )?\b(?:always |immediately |you must |you should )*(?:hand(?:over| over| off)|transfer|escalate|pass|send|route|connect|forward|get|put)\b(?: (?:it|this|them|him|her|anything|everything|the (?:customer|conversation|chat|ticket|case|request|user|matter)|him or her))*(?: (?:over|on|through|straight|directly))?(?: (?:to|with) (?:an? |our |the |your |one of (?:our|the) )?(?:[\w-]+ )?(?:person|human|agent|agents|team|office|staff|specialist|colleague|manager|someone|representative|people|supervisor|humans|hr|desk|department|mechanic|expert|advis[eo]r|lawyer|clerk))?(?: (?:immediately|at once|right away|straight away|directly|asap))?/gu;
/** Who is to get it: "... go to our travel desk", "must be answered by a person", "a human must take over". */
const desk =
  /,?\s*\b(?:go(?:es)?|belongs?|is for|are for)(?: straight| directly)? to (?:an? |our |the |your )?[\w -]{2,40}$|\b(?:must|should|need to|needs to|has to|have to|may only|are|is|can only) (?:always )?(?:be )?(?:answered|handled|dealt with|taken|looked at|resolved|solved|seen|read|decided) (?:over )?by (?:an? |our |the )?[\w -]{2,40}$|,?\s*\b(?:an? |our |the )?(?:human|person|agent|colleague|specialist|team|member of staff)\b[\w ]{0,12} (?:must|should|has to|needs to|will|takes?|steps?) [\w ]{0,24}(?:over|in|it|this|care of it|answer|help)\b|^\s*(?:a|an|the|our) [\w ]{2,25} (?:must|should|has to) (?:answer|handle|take|deal with|see|look at)\b/gu;
/** The same at the end, where anything may stand for who it is: "... are passed to accounting", "..., get a nurse". */
const destination = new RegExp(
  [
    "(?:(?:is|are|be|gets?) )?(?:hand(?:ed)?|pass(?:ed)?|sent|rout(?:ed|e)|transfer(?:red)?|escalated?|connect(?:ed)?|forward(?:ed)?|direct(?:ed)?|refer(?:red)?|put)(?: (?:it|this|them|him|her|the (?:customer|conversation|chat|ticket|case|request|user)))?(?: (?:over|on|through|straight|directly))* (?:to|with) (?:an? |our |the |your )?[\\w-]+(?: [\\w-]+){0,3}",
    ", (?:then )?(?:please )?(?:get|call|ask|involve|alert|notify|inform|page|bring in|fetch) (?:an? |our |the )[\\w-]+(?: [\\w-]+){0,3}",
    "(?:needs?|talks? (?:to|with)|speaks? (?:to|with)|gets?|sees?) (?:an? |our |the )?(?:[\\w-]+ ){0,2}(?:person|human|agent|agents|team|staff|specialist|colleague|manager|representative|people|supervisor|reception|technician|engineer|mechanic|expert|advis[eo]r|officer|lawyer|doctor|nurse|pharmacist|clerk|desk|department|sales|accounting|finance|hr)",
    "an? (?:[\\w-]+ ){1,3}(?:must|should|has to|needs to) (?:answer|handle|decide|take over|look at it|deal with it|help|reply)",
  ]
    .map((way) => `,?\\s*\\b(?:${way})$`.replace(",?\\s*\\b(?:,", "(?:,"))
    .join("|"),
  "u",
);
const opening =
  /\b(?:if|when|whenever|where|in case|any time|anytime|should|anything about|everything about|questions? about|suspected|requests? (?:for|to)|who(?:se)?(?: (?:are|is|wants?|would like|needs?))?)\b|\b(?:the|a|an|any) (?:customer|user|client|visitor|person|shopper|someone|somebody|employee|traveller|traveler|guest|patient)s?\b|\b(?:customers|users|clients|someone|somebody|anyone|anybody|they)\b|\b(?:contacts?|asks?|writes?|says?|tells?|mentions?|reports?|complains?|wants?|would like|talks?|enquires?|inquires?|messages?) (?:us |you |to )?(?:about|for|that|to|of|with)?\b/gu;
const forbids =
  /\b(?:do not|don't|never|no need to|avoid|shouldn't|should not|must not|without)\b[^.;]{0,30}\b(?:hand|transfer|escalat|pass|rout|forward|connect)/u;
