import { languageOf } from "./language";
import { currentMatter } from "./matter";
import { rendered } from "./render";
import { clip, substanceOf, titled } from "./sentences";
import { type Dialogue, headlineLimit, legible, type Statement, type SummaryFacts } from "./summary";

/** What the customer puts right; what is missing stays as it was. `openQuestion` null: nothing is open. */
export interface Correction {
  headline?: string;
  wants?: string;
  openQuestion?: string | null;
}

/** How long a corrected sentence may be, in characters. */
export const correctionLimit = 400;

type Correctable = Omit<SummaryFacts, "text" | "html" | "markdown">;

/** The summary as the customer puts it. Their words rest on no message, so they name none. */
export function corrected(summary: Correctable, { headline, wants, openQuestion }: Correction): SummaryFacts {
  const own = (text: string): Statement => ({ text, messageIds: [] });
  const changed: Correctable = {
    ...summary,
    ...(wants === undefined ? {} : { wants: own(wants), headline: clip(titled(wants), headlineLimit) }),
    ...(headline === undefined ? {} : { headline }),
    ...(openQuestion === undefined ? {} : { openQuestion: openQuestion === null ? null : own(openQuestion) }),
    correctedBy: "CUSTOMER",
  };
  return rendered(changed);
}

/** What the customer put right before holds in the next summary too, as long as it is about the same matter. */
export function carriedOver(
  written: SummaryFacts,
  earlier: Pick<SummaryFacts, "headline" | "wants" | "throughSequence">,
  dialogue: Dialogue,
): SummaryFacts {
  const own = earlier.wants !== null && earlier.wants.messageIds.length === 0;
  if (!own || earlier.throughSequence < beginningOfMatter(dialogue)) return written;
  const { wants, headline } = earlier;
  return rendered({ ...written, wants, headline, correctedBy: "CUSTOMER" });
}

/** The sequence of the message in which the matter at hand began. */
function beginningOfMatter(dialogue: Dialogue): number {
  const messages = legible(dialogue.messages);
  const customers = messages.filter(({ author }) => author === "CUSTOMER");
  const language = languageOf(
    customers.map(({ text }) => text),
    dialogue.language,
  );
  const said = customers
    .map((message) => ({ message, substance: substanceOf(message.text, language) }))
    .filter(({ substance }) => substance.length > 0);
  return currentMatter(messages, said, dialogue.triggerId ?? null)[0]?.message.sequence ?? 0;
}
