import type { z } from "zod";
import { shortened } from "../../kit/storable";
import type { customerFacts, messageFacts } from "../../schema/events/conversations";
import type { fact, statement, summaryFacts } from "../../schema/events/summarization";

export type Statement = z.infer<typeof statement>;
export type Fact = z.infer<typeof fact>;
/** As this service writes it: nothing is left out. */
export type SummaryFacts = Required<z.infer<typeof summaryFacts>>;
export type Line = z.infer<typeof messageFacts>;
export type Customer = z.infer<typeof customerFacts>;

/** What a summary is made from. */
export interface Dialogue {
  /** BCP 47, lower case. */
  language: string;
  customer: Customer;
  /** In order; of a long conversation its beginning and its end are enough. */
  messages: Line[];
  /** The message that led to the handover, which the headline must fit; missing for a summary on demand. */
  triggerId?: string | null;
  /** The language to write in, where the agents have one of their own; the conversation's when missing. */
  agentLanguage?: string | null;
}

/** The part of a summary that is written, by the model or by the extract; the rest is known. */
export type Draft = Pick<
  SummaryFacts,
  "headline" | "wants" | "facts" | "tried" | "promised" | "openQuestion" | "nextStep" | "mood"
>;

/** Characters a headline may have. */
export const headlineLimit = 90;

/** The beginning and the end of a conversation that a summary reads: its cost does not grow with the middle. */
export const readAtMost = { first: 20, last: 80 };

/** The messages of people and the assistant that a summary reads, in order. */
export function bounded(messages: Line[]): Line[] {
  const { first, last } = readAtMost;
  if (messages.length <= first + last) return messages.filter(spoken);
  // Read from both ends, so that a long middle is never looked at.
  const start: Line[] = [];
  let next = 0;
  for (; next < messages.length && start.length < first; next += 1)
    if (spoken(messages[next] as Line)) start.push(messages[next] as Line);
  const end: Line[] = [];
  for (let at = messages.length - 1; at >= next && end.length < last; at -= 1)
    if (spoken(messages[at] as Line)) end.push(messages[at] as Line);
  return [...start, ...end.reverse()];
}

/** How much text is read in all, in characters: a talk of a hundred messages fits, a log file pasted into one does not. */
const mostText = 40_000;

/** What the extract reads of a conversation: its bounded messages, together no longer than it can read at a glance. */
export function legible(messages: Line[]): Line[] {
  return shortenedTogether(bounded(messages));
}

/** The same messages, the longest of them cut so that all together are no longer than is read. */
export function shortenedTogether(messages: Line[], most = mostText): Line[] {
  let left = most;
  let share = Number.POSITIVE_INFINITY;
  const lengths = messages.map(({ text }) => text.length).sort((one, other) => one - other);
  for (const [index, length] of lengths.entries()) {
    const fair = Math.floor(left / (lengths.length - index));
    if (length > fair) {
      share = fair;
      break;
    }
    left -= length;
  }
  return messages.map((line) => (line.text.length > share ? { ...line, text: beginningOf(line.text, share) } : line));
}

/** As many whole sentences as fit; whole words where there are none. */
function beginningOf(text: string, most: number): string {
  const head = shortened(text, most);
  const end = Math.max(head.lastIndexOf("\n"), head.search(/[.!?…。！？]\s[^.!?…。！？]*$/) + 1);
  const word = head.lastIndexOf(" ");
  return head.slice(0, end > most / 2 ? end : word > most / 2 ? word : most);
}

function spoken({ author }: Line): boolean {
  return author !== "SYSTEM";
}
