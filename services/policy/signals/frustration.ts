import { content, givesUp } from "../lexicon/frustration";
import { failedTurns, freshTurns } from "../reading";
import type { Evidence, Reading, Signal, Turn } from "../signal";
import { fold, quoteOf, similarity, together } from "../text";
import { readDispleasure, readTone } from "./tone";

/**
 * Is the customer losing patience with the help received? Tone alone is not enough for certainty: it weighs more
 * with every answer the assistant failed to give and every question asked again, and less after a solution. Without
 * any tone, a conversation that goes badly comes near to it and never reaches it: calm people are taken at their word.
 */
export function readFrustration(reading: Reading): Signal {
  const tone = readTone(reading.message.text);
  const earlier = sinceContent(reading);
  const failures = failedTurns(reading).filter((turn) => earlier.includes(turn) && turn.id !== reading.message.id);
  const asked = earlier.filter((turn) => turn.author === "CUSTOMER" && turn.id !== reading.message.id);
  const repeated = asked.some((turn) => similarity(turn.text, reading.message.text) >= 0.7) ? 1 : 0;
  const spoken = earlier.some((turn) => turn.author === "ASSISTANT") ? 1 : 0;
  // Annoyance that has been building up in earlier turns.
  const built = Math.min(
    0.3,
    asked.slice(-4).reduce((sum, turn) => sum + readTone(turn.text).score * 0.25, 0),
  );
  const strain = failures.length + 0.5 * repeated + (tone.failing ? spoken : 0) + built;
  const weight = 0.68 + 0.32 * (1 - 0.5 ** strain);
  const calm = goingBadly(reading.message, earlier, { failures: failures.length, repeated, built });
  const angry = tone.score * weight;
  const score = angry >= calm ? Math.min(1, together([angry, calm * 0.3])) : Math.min(0.45, calm + angry * 0.12);
  const evidence: Evidence[] = [];
  if (tone.score > 0.2)
    evidence.push({
      messageId: reading.message.id,
      quote: quoteOf(reading.message.text, (s) => readTone(s).score > 0.4),
    });
  for (const turn of failures.slice(-2)) evidence.push({ messageId: turn.id, quote: quoteOf(turn.text, () => true) });
  if (evidence.length === 0 && score > 0)
    evidence.push({ messageId: reading.message.id, quote: quoteOf(reading.message.text, () => true) });
  return { name: "FRUSTRATION", score, evidence: score === 0 ? [] : evidence, rule: null };
}

/** The most that a conversation without an annoyed word can come to: near the point of offering a person. */
const calmest = 0.4;

/**
 * How badly the conversation goes for the customer, 0..0.4: the last answer is corrected or declined, requests come
 * back, the assistant apologises or says the same again.
 */
function goingBadly(
  message: Turn,
  earlier: Turn[],
  seen: { failures: number; repeated: number; built: number },
): number {
  const answers = earlier.filter((turn) => turn.author === "ASSISTANT" || turn.author === "SYSTEM").slice(-3);
  // A first message is about the world, not about the assistant.
  if (answers.length === 0) return Math.min(0.3, seen.failures * 0.08 + seen.repeated * 0.08 + seen.built * 0.5);
  const asked = earlier.filter((turn) => turn.author === "CUSTOMER" && turn.id !== message.id).slice(-3);
  const before = asked.slice(-2).map((turn) => readDispleasure(turn.text));
  const said = readDispleasure(message.text);
  // One word says little; what was said before it says more.
  const now = /\s/u.test(message.text.trim()) ? said : (said + (before.at(-1) ?? said)) / 2;
  const unhappyBefore = before.length === 0 ? 0 : before.reduce((sum, one) => sum + one, 0) / before.length;
  const last = answers.at(-1) as Turn;
  const sameAnswer = answers.some((turn, at) =>
    answers.slice(0, at).some((one) => similarity(one.text, turn.text) > 0.85),
  );
  const asksAgain = Math.max(0, ...asked.map((turn) => similarity(turn.text, message.text)));
  const evidence =
    -3.2 +
    3.2 * now +
    1.2 * unhappyBefore +
    (asksForDetails.test(fold(last.text)) ? -0.8 : 0) +
    (asksToConfirm.test(fold(last.text)) && !agrees.test(fold(message.text)) ? 0.7 : 0) +
    (failedReply.test(fold(last.text)) ? 0.7 : 0) +
    (answers.slice(0, -1).some((turn) => failedReply.test(fold(turn.text))) ? 0.3 : 0) +
    (sameAnswer ? 0.9 : 0) +
    1.2 * Math.max(0, asksAgain - 0.3) +
    0.4 * Math.min(3, seen.failures) +
    seen.built;
  return calmest / (1 + Math.exp(-evidence));
}

/** A question that any answer suits: what sounds like a correction is the answer to it. */
const asksForDetails =
  /(?:^|[.!,:] *|\b(?:and|or|ok|sure|please|tell me|y|und|et|e|en) )(?:at |on |from |to |in |by |which|for )?(?:what|which|where|when|who|how many|how long|what time|que|cual|cuando|donde|cuantos|quel|quelle|quand|ou|combien|welche\p{L}*|wann|wo|wie viele|qual|quale|quando|onde|quantos|quanti|dove|welke|wanneer|waar|hoeveel)\b[^.?]*\?\s*$|(?:could|can) you (?:share|give|tell|provide)[^?]*\?\s*$/u;
const asksToConfirm =
  /\b(?:please confirm|confirm|is (?:that|this|it) (?:right|correct|ok|okay|fine)|just to (?:confirm|check)|do you confirm|confirm\p{L}+|bestatig\p{L}+)\b/u;
const agrees =
  /^(?:yes|yeah|yep|yup|sure|ok|okay|correct|right|exactly|perfect|great|good|fine|that|it'?s (?:right|correct)|absolutely|si\b|oui|ja\b|sim|go ahead|please do|sounds)/u;

/** The fresh turns after the last message in which the customer was content. */
function sinceContent(reading: Reading): Turn[] {
  const turns = freshTurns(reading);
  const from = turns.findLastIndex(
    (turn) => turn.author === "CUSTOMER" && turn.id !== reading.message.id && isContent(turn.text),
  );
  return turns.slice(from + 1);
}

function isContent(text: string): boolean {
  const folded = fold(text);
  return anyContent.test(folded) && !text.includes("?") && readTone(text).score < 0.3;
}

const word = (sources: string[]) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${sources.join("|")})(?![\\p{L}\\p{N}])`, "u");
const anyContent = word(content);
const failedReply = new RegExp(givesUp.join("|"), "u");
