import { sure } from "./assess";
import { givingWay } from "./give-way";
import type { Reading, Rule, Turn } from "./signal";
import { readGuidance } from "./signals/guidance";
import { fold } from "./text";

/** What can be wrong with a rule. */
export const RuleProblem = {
  TWO_INSTRUCTIONS: "TWO_INSTRUCTIONS",
  NO_HANDOVER: "NO_HANDOVER",
  CONTRADICTION: "CONTRADICTION",
  DUPLICATE: "DUPLICATE",
  NEVER_MATCHED: "NEVER_MATCHED",
  MATCHES_NEARLY_EVERYTHING: "MATCHES_NEARLY_EVERYTHING",
} as const;
export type RuleProblem = keyof typeof RuleProblem;

export interface RuleFinding {
  problem: RuleProblem;
  /** For the rule's author: what is wrong and what to do. */
  message: string;
  /** The other rule of a contradiction or a duplicate. */
  other: Rule | null;
}

export interface RuleCheckFacts {
  findings: RuleFinding[];
  /** Past messages of customers that were looked at, and how many of them the rule matches. */
  messages: number;
  matched: number;
  /** The surest matches first. */
  examples: { messageId: string; text: string; score: number }[];
}

/** Fewer past messages say nothing about how often a rule matches. */
const enoughMessages = 50;
const nearlyEverything = 0.4;
/** Whoever waits for the answer gives up after ten seconds: so long, in milliseconds, messages are read. */
const patienceMs = 5_000;
const mostExamples = 5;

/**
 * What is wrong with a rule before it is saved: its wording, the other rules beside it, and what it would have matched
 * among past messages, by the very signal that reads live messages. `past` is latest first and
 * read as far as time allows; others are served meanwhile.
 */
export async function checkRule(
  text: string,
  others: Rule[],
  past: Turn[],
  withinMs = patienceMs,
): Promise<RuleCheckFacts> {
  const until = Date.now() + withinMs;
  const giveWay = givingWay();
  const findings = wordingOf(text);
  for (const other of others) {
    await giveWay();
    findings.push(...besideOther(text, other));
  }
  const examples: RuleCheckFacts["examples"] = [];
  let [read, matched] = [0, 0];
  for (const turn of past) {
    if (read >= enoughMessages && Date.now() >= until) break;
    await giveWay();
    read += 1;
    const score = scoreOf(text, turn);
    if (score < sure) continue;
    matched += 1;
    examples.push({ messageId: turn.id, text: turn.text, score });
    if (examples.length > 200) trim(examples);
  }
  trim(examples);
  if (read >= enoughMessages && matched === 0)
    findings.push({
      problem: "NEVER_MATCHED",
      message: `None of the last ${read} messages falls under it: say what customers write, or give examples ("such as ...").`,
      other: null,
    });
  if (read >= enoughMessages && matched >= nearlyEverything * read)
    findings.push({
      problem: "MATCHES_NEARLY_EVERYTHING",
      message: `${matched} of the last ${read} messages fall under it: nearly everybody would go to a person. Make it narrower.`,
      other: null,
    });
  return { findings, messages: read, matched, examples };
}

function trim(examples: RuleCheckFacts["examples"]): void {
  examples.sort((a, b) => b.score - a.score);
  examples.length = Math.min(examples.length, mostExamples);
}

function wordingOf(text: string): RuleFinding[] {
  const folded = fold(text);
  const findings: RuleFinding[] = [];
  const handovers = count(folded, handsOver);
  const conditions = count(folded, condition);
  const more = count(folded, otherInstruction);
  if (
    (handovers >= 2 && conditions >= 2) ||
    (handovers >= 1 && more >= 1) ||
    (handovers <= 1 && conditions >= 2 && secondCondition.test(folded))
  )
    findings.push({
      problem: "TWO_INSTRUCTIONS",
      message: "It says two things at once. Make a rule of each: reports and replays then tell them apart.",
      other: null,
    });
  if (forbids(text))
    findings.push({
      problem: "NO_HANDOVER",
      message:
        "It says when not to hand over, but a rule can only hand over: narrow the rule that hands over too much.",
      other: null,
    });
  else if (handovers === 0 && !namesPerson.test(folded))
    findings.push({
      problem: "NO_HANDOVER",
      message: 'It does not say that a person takes over. Every rule does: end it with "hand over to a person".',
      other: null,
    });
  return findings;
}

function besideOther(text: string, other: Rule): RuleFinding[] {
  const [there, back] = [near(text, other.text), near(other.text, text)];
  if (forbids(text) !== forbids(other.text)) {
    if (Math.max(there, back) < sure) return [];
    const message = `It contradicts the rule "${other.text}": one hands over what the other does not.`;
    return [{ problem: "CONTRADICTION", message, other }];
  }
  if (Math.min(there, back) < duplicateFrom) return [];
  return [{ problem: "DUPLICATE", message: `The rule "${other.text}" says the same already.`, other }];
}

const duplicateFrom = 0.7;

/** How surely a customer who says what `other` is about would fall under `text`. */
function near(text: string, other: string): number {
  const about = conditionOf(other);
  return scoreOf(`If the customer writes about ${conditionOf(text)}, hand over to a person`, turnOf(about));
}

/** What a rule is about, without what is to be done. */
function conditionOf(text: string): string {
  const clauses = text.split(/(?<=[.;!?,:])\s+/u);
  const kept = clauses.filter((clause) => count(fold(clause), handsOver) === 0);
  const rest = (kept.length > 0 ? kept.join(" ") : text.replace(action, " ")).replace(negation, " ");
  return rest.replace(conditionWord, " ").replace(/\s+/g, " ").trim();
}

function forbids(text: string): boolean {
  return forbidden.test(fold(text));
}

function scoreOf(text: string, turn: Turn): number {
  const rule = { id: "checked", version: 1, text };
  const message = { ...turn, answered: null };
  const reading: Reading = {
    ...{ channel: "CHAT", language: "en", turns: [message], message, settledThrough: 0, offers: [] },
  };
  return readGuidance(reading, [rule])[0]?.score ?? 0;
}

function turnOf(text: string): Turn {
  return { id: "rule", sequence: 1, author: "CUSTOMER", text, answered: null, inReplyTo: null };
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}

const word = (alternatives: string, flags = "gu") => new RegExp(`(?<!\\p{L})(?:${alternatives})(?!\\p{L})`, flags);
const verbs =
  "hand(?:s|ed|ing)?(?: \\w+){0,3}? over|handover|handoff|transfer\\w*|escalat\\w*|forward(?:s|ed)?|route[sd]?|pass(?:es)? (?:it|this|them|the \\w+) (?:on|over|to)|put through|connect (?:them|him|her|the \\w+)|ubergeben|ubergib|weiterleiten|weitergeben|deriv\\w+|transfier\\w+|pasar?lo|transferez|transferer|passer|trasfer\\w+|passa\\w*|encaminh\\w+|doorverbind\\w+|overdrag\\w*|przekaz\\w*|aktar\\w*|перед\\w+";
const handsOver = word(verbs);
const action = word(
  `(?:please )?(?:${verbs})(?: (?:it|this|them|the \\w+))?(?: (?:to|with) (?:a|an|our|the) \\w+)?`,
  "giu",
);
const conditions =
  "if|when|whenever|as soon as|in case|wenn|falls|sobald|si|cuando|quand|lorsque|se|quando|als|wanneer|jesli|gdy|eger|если|когда";
const condition = word(conditions);
const conditionWord = word(conditions, "giu");
/** A second case beside the first: "and if ...", or a sentence of its own. "or if" is one case in two wordings. */
const secondCondition = new RegExp(
  `(?:[.;]\\s+|(?<!\\p{L})(?:and|und|y|et|e|en|i|ve|и)(?: also| auch)?\\s+)(?:also |auch )?(?:${conditions})(?!\\p{L})`,
  "u",
);
/** Something else to be done: an imperative after "and", a comma, or at the beginning of a sentence. */
const otherInstruction =
  /(?:[.;,]\s*|(?<!\p{L})(?:and|then|but|und|y|et)\s+)(?:also |then |please |first |always |auch )*(?:answer|reply|respond|apologi[sz]e|tell (?:them|him|her|the)|ask (?:them|him|her|the|for)|offer (?:them|him|her|the|a)|give (?:them|him|her|the|a)|refund|send (?:them|him|her|the|a)|say|write|thank|close (?:the|it)|tag|use|speak|antworte|responde|reponds|entschuldige)(?!\p{L})/gu;
const negation = word(
  "do not|don't|dont|never|no need to|avoid|must not|should not|nicht|niemals|nunca|ne|jamais|pas",
  "giu",
);
const forbidden = new RegExp(
  `(?<!\\p{L})(?:do not|don't|dont|never|no need to|avoid|must not|should not|shouldn't|without|nicht|niemals|nunca|jamais)(?!\\p{L})[^.;]{0,40}?(?:${verbs})|(?:${verbs})[^.;]{0,20}(?<!\\p{L})(?:nicht|niemals|never)(?!\\p{L})`,
  "u",
);
const namesPerson =
  /(?<!\p{L})(?:person|human|agent|colleague|team|staff|specialist|somebody|someone|manager|mensch|mitarbeiter|persona|humano|agente|personne|humain|conseiller|equipo|equipe|persoon|medewerker|человек\p{L}*|人)(?!\p{L})/u;
