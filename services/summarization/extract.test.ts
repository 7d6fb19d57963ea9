import { extract } from "./extract";
import { renderText } from "./render";
import { dialogueOf } from "./test/dialogue";

const refused = { answered: false };
const answered = { answered: true };

function render(dialogue: ReturnType<typeof dialogueOf>) {
  const draft = extract(dialogue);
  const rest = { id: "x", contact: null, language: dialogue.language, writtenBy: "extract/1", throughSequence: 0 };
  return renderText({ ...draft, ...rest, writtenAt: "2026-01-01T00:00:00.000Z" });
}

test("the headline is the problem as first stated, without greetings", () => {
  const { headline, wants } = extract(
    dialogueOf([
      ["CUSTOMER", "Hi there! Hope you can help me."],
      ["ASSISTANT", "Of course. What is it about?"],
      ["CUSTOMER", "Hello, my lamp from order 48213 arrived with a broken shade. Can I get a new one?"],
      ["ASSISTANT", "I could not find that.", refused],
      ["CUSTOMER", "Thanks, talk to a person"],
    ]),
  );
  expect(headline).toBe("My lamp from order 48213 arrived with a broken shade");
  expect(wants?.text).toBe("my lamp from order 48213 arrived with a broken shade. Can I get a new one?");
});

test("every statement names messages that exist", () => {
  const dialogue = dialogueOf([
    ["CUSTOMER", "How do I return a sofa?"],
    ["ASSISTANT", "Sofas can be returned within 30 days.", answered],
    ["CUSTOMER", "I already tried the form, it does not open. My order is AB-99120"],
    ["ASSISTANT", "I could not find an answer.", refused],
    ["AGENT", "I will look into the form for you.", { authorName: "Ines" }],
    ["CUSTOMER", "And when will I get the refund?"],
  ]);
  const ids = new Set(dialogue.messages.map(({ id }) => id));
  const { wants, tried, openQuestion } = extract(dialogue);
  const statements = [wants, openQuestion, ...tried].filter((statement) => statement !== null);
  expect(statements.length).toBeGreaterThan(4);
  for (const statement of statements) {
    expect(statement.messageIds.length).toBeGreaterThan(0);
    for (const id of statement.messageIds) expect(ids).toContain(id);
  }
  expect(wants?.text).toContain("AB-99120");
});

test("what was answered, refused and tried is told; the same again is merged", () => {
  const dialogue = dialogueOf([
    ["CUSTOMER", "Where is my parcel 5512345?"],
    ["ASSISTANT", "I could not find an answer to that.", refused],
    ["CUSTOMER", "Where is my parcel??"],
    ["ASSISTANT", "I could not find an answer to that.", refused],
    ["CUSTOMER", "What are your opening hours?"],
    ["ASSISTANT", "We are open from 9 to 17 on weekdays.", answered],
  ]);
  const { tried, mood } = extract(dialogue);
  expect(tried.map(({ text }) => text)).toEqual([
    "Asked: “Where is my parcel 5512345?” (2 times) The assistant could not answer.",
    "Asked: “What are your opening hours?” The assistant answered: We are open from 9 to 17 on weekdays.",
  ]);
  expect(tried[0]?.messageIds).toEqual(dialogue.messages.slice(0, 4).map(({ id }) => id));
  expect(mood).toBe("ANNOYED");
});

test("the open question is the latest one that nothing settled", () => {
  const open = extract(
    dialogueOf([
      ["CUSTOMER", "How do I change my address?"],
      ["ASSISTANT", "In your account, under Addresses.", answered],
      ["CUSTOMER", "ok thanks. Can you also merge my two accounts?"],
      ["ASSISTANT", "I could not find an answer.", refused],
      ["CUSTOMER", "I want to speak to a human"],
    ]),
  );
  expect(open.openQuestion?.text).toBe("Can you also merge my two accounts?");
  const settled = extract(
    dialogueOf([
      ["CUSTOMER", "How do I change my address?"],
      ["ASSISTANT", "In your account, under Addresses.", answered],
      ["CUSTOMER", "Perfect, that works, thank you!"],
    ]),
  );
  expect(settled.openQuestion).toBeNull();
});

test("a bare wish for a person is told as such, an empty conversation too", () => {
  expect(extract(dialogueOf([["CUSTOMER", "agent please"]]))).toMatchObject({
    headline: "The customer wants to talk to a person",
    openQuestion: null,
  });
  expect(extract(dialogueOf([]))).toMatchObject({ headline: "The customer has not written anything yet", wants: null });
});

test("the headline never exceeds 90 characters, whatever is written", () => {
  for (const text of [
    "a".repeat(5000),
    "😀".repeat(400),
    `why ${"does it not work and ".repeat(200)}?`,
    "\u0000\n\n",
    "。".repeat(300),
  ])
    expect(extract(dialogueOf([["CUSTOMER", text]])).headline.length).toBeLessThanOrEqual(90);
});

test("moods: shouting and swearing are anger, despair is distress", () => {
  expect(extract(dialogueOf([["CUSTOMER", "THIS IS THE WORST SHOP I HAVE EVER USED"]])).mood).toBe("ANGRY");
  expect(extract(dialogueOf([["CUSTOMER", "I am desperate, my daughter's bed collapsed"]])).mood).toBe("DISTRESSED");
  expect(extract(dialogueOf([["CUSTOMER", "What does delivery cost?"]])).mood).toBe("CALM");
});

test("a German conversation is told in German", () => {
  const dialogue = dialogueOf(
    [
      ["CUSTOMER", "Hallo, meine Lampe kam kaputt an. Bekomme ich eine neue?"],
      ["ASSISTANT", "Dazu habe ich nichts gefunden.", refused],
      ["CUSTOMER", "Ich möchte mit einem Menschen sprechen"],
    ],
    { language: "de" },
  );
  expect(render(dialogue)).toBe(
    [
      "Meine Lampe kam kaputt an",
      "",
      "Anliegen: meine Lampe kam kaputt an. Bekomme ich eine neue?",
      "",
      "Bisher:",
      "- Gefragt: „Bekomme ich eine neue?“ Der Assistent wusste keine Antwort.",
      "",
      "Offene Frage: Bekomme ich eine neue?",
      "",
      "Stimmung: ruhig",
    ].join("\n"),
  );
});

test("a thousand messages cost no more than a hundred", () => {
  const dialogue = dialogueOf(
    Array.from({ length: 1000 }, (_, index) =>
      index % 2 === 0
        ? (["CUSTOMER", `Question ${index}: how do I assemble part ${index} of the shelf?`] as const)
        : (["ASSISTANT", `Part ${index} is assembled with the short screws.`, answered] as const),
    ).map(([author, text, more]) => [author, text, more]),
  );
  const begun = performance.now();
  extract(dialogue);
  expect(performance.now() - begun).toBeLessThan(200);
});
