import fc from "fast-check";
import { extract } from "./extract";
import { render, renderingLimits, type SummaryFormat } from "./render";
import { dialogueOf } from "./test/dialogue";

const rest = {
  id: "x",
  contact: "Mia (mia@example.com)",
  language: "en",
  writtenBy: "extract",
  throughSequence: 0,
  writtenAt: "2026-01-01T00:00:00.000Z",
  version: 1,
  correctedBy: null,
};
const formats: SummaryFormat[] = ["PLAIN", "HTML", "MARKDOWN", "BRIEF"];
const words = (text: string) => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;

const dialogue = dialogueOf([
  ["CUSTOMER", "Hi, my washing machine shows error E18 and stops in the middle of the programme."],
  ["ASSISTANT", "E18 means that the water does not drain. Clean the filter at the bottom.", { answered: true }],
  ["CUSTOMER", "I already cleaned the filter twice, it still stops."],
  ["ASSISTANT", "I could not find an answer.", { answered: false }],
  ["AGENT", "The warranty runs until March. I will send a technician by Tuesday.", { authorName: "Ines" }],
  ["CUSTOMER", "Will the technician bring the spare part?"],
]);

test("a summary has 40 to 120 words in every format that shows all of it", () => {
  for (const format of ["PLAIN", "MARKDOWN"] as const) {
    const count = words(render({ ...extract(dialogue), ...rest }, format));
    expect(count).toBeGreaterThanOrEqual(40);
    expect(count).toBeLessThanOrEqual(renderingLimits.words);
  }
});

test("the plain rendering reads from what is wanted to what is open", () => {
  expect(render({ ...extract(dialogue), ...rest }, "PLAIN")).toBe(
    [
      "My washing machine shows error E18 and stops in the middle of the programme",
      "",
      "Wants: Customer says their washing machine shows error E18 and stops in the middle of the programme.",
      "",
      "Confirmed by an agent:",
      "- Ines says the warranty runs until March.",
      "",
      "So far:",
      "- Customer already cleaned the filter twice, it still stops.",
      "- The assistant says E18 means that the water does not drain and asks them to clean the filter at the bottom.",
      "- The assistant had no answer to: “I already cleaned the filter twice, it still stops”.",
      "",
      "Promised:",
      "- Ines will send a technician by Tuesday.",
      "",
      "Open question: Customer asks: Will the technician bring the spare part?",
      "",
      "Mood: calm",
      "",
      "Contact: Mia (mia@example.com)",
    ].join("\n"),
  );
});

test("no rendering exceeds 4 kB or its words, whatever was written", () => {
  const text = fc.oneof(
    fc.string({ maxLength: 400 }),
    fc
      .constantFrom("é", "中文字", "<b>x</b> ", "- [a](b) ", "why not? ", "order 12345 ")
      .map((part) => part.repeat(300)),
  );
  const author = fc.constantFrom("CUSTOMER" as const, "ASSISTANT" as const, "AGENT" as const);
  fc.assert(
    fc.property(fc.array(fc.tuple(author, text), { maxLength: 12 }), (spoken) => {
      const summary = { ...extract(dialogueOf(spoken)), ...rest };
      for (const format of formats) {
        const shown = render(summary, format);
        expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(renderingLimits.bytes);
        expect(shown).not.toBe("");
      }
    }),
    { numRuns: 150 },
  );
});

test("what the customer wrote is no markup in HTML and Markdown", () => {
  const nasty = dialogueOf([
    ["CUSTOMER", "My order 5512 is late <script>alert(1)</script> [click](https://evil.example) **now**"],
  ]);
  const summary = { ...extract(nasty), ...rest };
  expect(render(summary, "HTML")).not.toContain("<script>");
  expect(render(summary, "HTML")).toContain("&lt;script&gt;");
  expect(render(summary, "MARKDOWN")).not.toMatch(/(?<!\\)\[click/);
  expect(render(summary, "MARKDOWN")).not.toContain("<script>");
});
