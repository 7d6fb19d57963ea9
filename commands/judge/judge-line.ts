import type { Reading, Turn } from "../../services/policy/signal";

/** What a judge is told besides its line: the rows of the files given with --definitions and --examples. */
export interface JudgeOptions {
  definitions: unknown[];
  examples: unknown[];
}

/** What is printed for one line. `score`: the higher, the more positive, also for items judged negative. */
export interface Judged {
  id: string | number;
  pred: string | boolean;
  score: number;
}

/** Judges one line by the code that runs in production. Throws (zod) when the line is not what this judge reads. */
export type Judge = (line: unknown, options: JudgeOptions) => Judged;

/** A conversation of texts as the signals read it; the last turn is the message that is judged. */
export function readingFrom(
  said: { author: Turn["author"]; text: string; answered?: boolean | null }[],
  language: string,
): Reading {
  const turns = said.map(
    ({ author, text, answered = null }, index): Turn => ({
      id: String(index + 1),
      sequence: index + 1,
      author,
      text,
      answered,
      inReplyTo: null,
    }),
  );
  const message = turns.at(-1);
  if (!message) throw new Error("A reading needs at least one message.");
  return { channel: "CHAT", language, turns, message, settledThrough: 0, offers: [] };
}
