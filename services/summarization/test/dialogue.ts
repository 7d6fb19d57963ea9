import { randomUUID } from "node:crypto";
import type { Dialogue, Line } from "../summary";

type Spoken = [author: Line["author"], text: string, more?: Partial<Line>];

/** A dialogue for tests, from who said what. */
export function dialogueOf(spoken: Spoken[], more: Partial<Dialogue> = {}): Dialogue {
  return {
    language: "en",
    customer: { id: randomUUID(), name: null, email: null, externalId: null },
    messages: spoken.map(([author, text, extra], index) => ({
      id: randomUUID(),
      sequence: index + 1,
      author,
      authorName: null,
      text,
      postedAt: new Date(Date.UTC(2026, 0, 1, 12, index)).toISOString(),
      inReplyTo: null,
      answered: null,
      ...extra,
    })),
    ...more,
  };
}
