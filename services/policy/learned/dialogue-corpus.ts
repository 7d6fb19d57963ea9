import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectPath } from "../../../kit/project";
import type { Turn } from "../signal";

/** One turn of a customer's in a dialogue of the corpus. */
export interface RatedTurn {
  /** The dialogue's number. */
  dialogue: number;
  /** Up to and including the turn. */
  turns: Turn[];
  unhappy: boolean;
  weight: number;
}

/** Nearly every turn of these files is a close call. So much more they count: found on the own cases and on ratings of crowds. */
const closest = /^(?:home|languages|recoveries|service|town|travel)\.txt$/;
const closestCount = 6;

/** The dialogues of services/policy/corpus/frustration/dialogues, a rated turn for each message of a customer's. */
export function readDialogues(): RatedTurn[] {
  const folder = projectPath("services/policy/corpus/frustration/dialogues");
  const files = readdirSync(folder).filter((name) => name.endsWith(".txt"));
  const dialogues = files.sort().flatMap((file) =>
    readFileSync(join(folder, file), "utf8")
      .trim()
      .split(/\n{2,}/)
      .map((text) => ({ text, weight: closest.test(file) ? closestCount : 1 })),
  );
  return dialogues.flatMap(({ text, weight }, dialogue) =>
    ratedTurns(text).map((one) => ({ ...one, dialogue, weight })),
  );
}

function ratedTurns(dialogue: string): Pick<RatedTurn, "turns" | "unhappy">[] {
  const turns: Turn[] = [];
  const rated: Pick<RatedTurn, "turns" | "unhappy">[] = [];
  for (const line of dialogue.split("\n")) {
    const [, mark, text] = /^([a=+-]) (.+)$/.exec(line) ?? [];
    if (!mark || !text) throw new Error(`No turn of a dialogue: "${line}"`);
    const author = mark === "a" ? "ASSISTANT" : "CUSTOMER";
    const sequence = turns.length + 1;
    turns.push({ id: String(sequence), sequence, author, text, answered: null, inReplyTo: null });
    // A first message is about the world, not about the assistant.
    if (mark !== "a" && sequence > 1) rated.push({ turns: [...turns], unhappy: mark === "-" });
  }
  return rated;
}
