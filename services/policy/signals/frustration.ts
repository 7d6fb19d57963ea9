import { content, failing, failingAnywhere, mild, notAnnoyed, strong, strongAnywhere } from "../lexicon/frustration";
import { failedTurns, freshTurns } from "../reading";
import type { Evidence, Reading, Signal, Turn } from "../signal";
import { fold, quoteOf, similarity, together, withoutQuotes } from "../text";

/**
 * Is the customer losing patience with the help received? Tone alone is not enough for certainty: it weighs more
 * with every answer the assistant failed to give and every question asked again, and less after a solution.
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
    asked.reduce((sum, turn) => sum + readTone(turn.text).score * 0.25, 0),
  );
  const strain = failures.length + 0.5 * repeated + (tone.failing ? spoken : 0) + built;
  const weight = 0.68 + 0.32 * (1 - 0.5 ** strain);
  const calm = Math.min(0.3, failures.length * 0.08 + repeated * 0.08 + built * 0.5);
  const score = tone.score === 0 ? calm : Math.min(1, together([tone.score * weight, calm]));
  const evidence: Evidence[] = [];
  if (tone.score > 0)
    evidence.push({
      messageId: reading.message.id,
      quote: quoteOf(reading.message.text, (s) => readTone(s).score > 0),
    });
  for (const turn of failures.slice(-2)) evidence.push({ messageId: turn.id, quote: quoteOf(turn.text, () => true) });
  return { name: "FRUSTRATION", score, evidence: score === 0 ? [] : evidence, rule: null };
}

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

/** How annoyed one text sounds, without its context, 0..1; `failing`: it says that the assistant does not help. */
export function readTone(text: string): { score: number; failing: boolean } {
  const own = withoutQuotes(text);
  const folded = fold(own).replace(notAtAll, " ");
  const chances: number[] = [];
  for (let count = countOf(anyStrong, folded) + countOf(anyStrongAnywhere, folded); count > 0; count -= 1)
    chances.push(0.75);
  if (anyMild.test(folded)) chances.push(0.25);
  const isFailing = anyFailing.test(folded) || anyFailingAnywhere.test(folded);
  if (isFailing) chances.push(0.55);
  if (isShouted(own)) chances.push(0.45);
  const marks = own.match(/[!?\uff01\uff1f]{2,}/g)?.length ?? 0;
  if (marks > 0) chances.push(own.includes("!!") || own.includes("?!") || own.includes("！！") ? 0.3 : 0.15);
  // One mark of haste or one word in an otherwise calm text is no anger yet.
  return { score: together(chances.slice(0, 8)), failing: isFailing };
}

function isShouted(text: string): boolean {
  const letters = text.replace(/[^\p{Lu}\p{Ll}]/gu, "");
  const words = text.match(/\p{Lu}{2,}/gu) ?? [];
  return letters.length >= 8 && words.length >= 2 && letters.replace(/\p{Ll}/gu, "").length / letters.length >= 0.7;
}

const word = (sources: string[], flags = "u") =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${sources.join("|")})(?![\\p{L}\\p{N}])`, flags);
const anywhere = (sources: string[]) => new RegExp(sources.join("|"), "gu");
const anyStrong = word(strong, "gu");
const anyStrongAnywhere = anywhere(strongAnywhere);
const anyMild = word(mild);
const anyFailing = word(failing);
const anyFailingAnywhere = new RegExp(failingAnywhere.join("|"), "u");
const notAtAll = word(notAnnoyed, "gu");
const anyContent = word(content);

function countOf(pattern: RegExp, text: string): number {
  return text.match(pattern)?.length ?? 0;
}
