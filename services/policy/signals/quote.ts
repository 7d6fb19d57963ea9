import { type Definition, echo, type Heard, hear } from "../definition";
import { sentencesOf } from "../text";

/** A score under this is read by nobody, so it needs no evidence. */
export const worthAQuote = 0.25;

/** Gives the sentence of a message that says most of what a wording is about, at most 160 characters of it. */
export type Quoter = (definition: Definition) => string;

/** Sentences are understood once for all wordings, and only when there are several. */
export function quoter(text: string): Quoter {
  const sentences = sentencesOf(text);
  let heard: Heard[] | undefined;
  return (definition) => {
    let best = sentences[0] ?? text.trim();
    if (sentences.length > 1) {
      heard ??= sentences.map(hear);
      let most = -1;
      for (const [at, sentence] of heard.entries()) {
        const says = echo(sentence, definition);
        if (says > most) [best, most] = [sentences[at] as string, says];
      }
    }
    return best.length <= 160 ? best : `${Array.from(best).slice(0, 157).join("")}...`;
  };
}
