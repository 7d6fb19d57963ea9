import { extract } from "./extract";
import { type Line, legible, shortenedTogether } from "./summary";
import { dialogueOf } from "./test/dialogue";

const line = (text: string, at = 0): Line => ({
  ...{ id: `m${at}`, sequence: at, author: "CUSTOMER", authorName: null, text },
  ...{ postedAt: "2026-01-01T12:00:00.000Z", inReplyTo: null, answered: null },
});

test("who pastes whole log files is summarised by what they say before them", () => {
  const entry = (at: number) => `WARN 2026-01-01 lamp ${at} does not answer, tried again after ${at % 97} seconds.\n`;
  const log = Array.from({ length: 200 }, (_, at) => entry(at)).join("");
  const pasted = Array.from({ length: 12 }, () => ["CUSTOMER", log] as ["CUSTOMER", string]);
  const dialogue = dialogueOf([["CUSTOMER", "My lamp does not turn on since the update.\n"], ...pasted]);
  expect(extract(dialogue).headline).toBe("My lamp does not turn on since the update");
  const read = legible(dialogue.messages).reduce((sum, { text }) => sum + text.length, 0);
  expect(read).toBeLessThanOrEqual(40_000);
});

test("messages as people write them are read whole, however many", () => {
  const messages = Array.from({ length: 100 }, (_, at) =>
    line("Where is my parcel? It was sent a week ago. ".repeat(9), at),
  );
  expect(legible(messages)).toEqual(messages);
});

test("what is far too long to read is cut, the longest first, after a whole sentence", () => {
  const log = "The lamp restarts every night. ".repeat(500).trim();
  const [short, long, longer] = shortenedTogether([line("My lamp is broken."), line(log), line(log + log)], 1_000);
  expect(short?.text).toBe("My lamp is broken.");
  for (const cut of [long, longer]) expect(cut?.text).toMatch(/^(?:The lamp restarts every night\. ?){15}$/);
  // Where there is neither a sentence nor a word, no character is halved.
  expect(shortenedTogether([line("\u{1F600}".repeat(200))], 101)[0]?.text).toBe("\u{1F600}".repeat(50));
});
