import { isPromise } from "./exchanges";
import { asksBack, clip, contentWordsOf, isCourtesy, sameMeaning, sentencesOf, withoutGreeting } from "./sentences";
import { type Line, type Statement, shortenedTogether } from "./summary";

/** What a person decided, promised and changed, in their own words. */
export interface Brief {
  decided: Statement[];
  promised: Statement[];
  changed: Statement[];
}

/** Done already, not to be done: refunded, booked, corrected. */
const done =
  /(?<![\p{L}])(?:(?:i|we)(?:'ve|’ve| have| had)? (?:just |now |already |also )*(?:\p{L}+ed|sent|given|made|put|paid|set|done|taken|reset)|(?:has|have|is|are|was|were) (?:now |just |already )?(?:been )?(?:\p{L}+ed|sent|paid|set|reset)(?= |\.|$|!)|(?:ich|wir) habe?n? .{0,80}(?:ge\p{L}+t|ge\p{L}+en|\p{L}+iert|erstattet|veranlasst|verlängert|bestellt|ersetzt)|wurden? .{0,60}(?:ge\p{L}+t|ge\p{L}+en|\p{L}+iert|erstattet)|(?:j'ai|nous avons) (?:\p{L}+ )?\p{L}+(?:é|i|u|is)e?s?|(?:a|ont) été|(?:he|hemos) (?:\p{L}+ado|\p{L}+ido|hecho|puesto)|ha sido|(?:ho|abbiamo) (?:\p{L}+ato|\p{L}+ito|\p{L}+uto|fatto)|è stat[oa]|foi|fiz|(?:ik|wij|we) heb(?:ben)? .{0,80}ge\p{L}+)(?![\p{L}])/iu;

const most = 5;

/**
 * Reads what agents wrote while they had the conversation: of every sentence that says something, whether it is a
 * promise, something done, or a decision. Questions and courtesies are left out; the later of two that say the same
 * stays. Pure.
 */
export function briefOf(messages: Line[]): Brief {
  const brief: Brief = { decided: [], promised: [], changed: [] };
  for (const { id, author, text } of shortenedTogether(messages)) {
    if (author !== "AGENT") continue;
    for (const raw of sentencesOf(text, "en")) {
      const sentence = withoutGreeting(raw);
      if (isCourtesy(sentence) || asksBack(sentence) || contentWordsOf(sentence).size < 2) continue;
      // "I have asked the bank and will call you": what is still to come counts.
      const kind = isPromise(sentence) ? "promised" : done.test(sentence) ? "changed" : "decided";
      const others = brief[kind].filter((earlier) => !sameMeaning(earlier.text, sentence, 0.6));
      brief[kind] = [...others, { text: clip(sentence, 300), messageIds: [id] }];
    }
  }
  for (const kind of ["decided", "promised", "changed"] as const) brief[kind] = brief[kind].slice(-most);
  return brief;
}

/** Is there anything to tell? */
export function isEmptyBrief({ decided, promised, changed }: Brief): boolean {
  return decided.length + promised.length + changed.length === 0;
}
