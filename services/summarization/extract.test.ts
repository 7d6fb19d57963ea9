import { readFileSync } from "node:fs";
import { projectPath } from "../../kit/project";
import { checkDraft } from "./check-draft";
import { extract } from "./extract";
import { render } from "./render";
import { readAtMost } from "./summary";
import { dialogueOf } from "./test/dialogue";

const refused = { answered: false };
const answered = { answered: true };

function plain(dialogue: ReturnType<typeof dialogueOf>) {
  const facts = { id: "x", contact: null, writtenBy: "extract", throughSequence: 0, version: 1, correctedBy: null };
  const language = dialogue.agentLanguage ?? dialogue.language;
  return render({ ...extract(dialogue), ...facts, language, writtenAt: "2026-01-01T00:00:00.000Z" }, "PLAIN");
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
  expect(wants?.text).toBe(
    "Customer says their lamp from order 48213 arrived with a broken shade and asks whether they can get a new one.",
  );
});

test('what led to the handover is the matter, although it says "it" of a thing of its own', () => {
  const dialogue = dialogueOf([
    ["CUSTOMER", "How do I wash linen curtains?"],
    ["ASSISTANT", "At 40 °C on a gentle cycle.", answered],
    ["CUSTOMER", "The lamp I bought gets so hot that it smells of burning."],
  ]);
  const { headline } = extract({ ...dialogue, triggerId: dialogue.messages.at(-1)?.id ?? null });
  expect(headline).toBe("The lamp I bought gets so hot that it smells of burning");
});

test("an outcry is neither the matter nor an open question, and a decade is no order", () => {
  const dialogue = dialogueOf([
    ["CUSTOMER", "Do you rewire chandeliers from the 1920s?"],
    ["ASSISTANT", "I could not find an answer to that.", refused],
    ["CUSTOMER", "Which museum would appraise my grandmother's chandelier?"],
    ["ASSISTANT", "I could not find an answer to that.", refused],
    ["CUSTOMER", "This is useless, you are not helping me at all!"],
  ]);
  const { headline, wants, openQuestion, mood } = extract({
    ...dialogue,
    triggerId: dialogue.messages.at(-1)?.id ?? null,
  });
  expect(headline).toMatch(/^Which museum/);
  expect(wants?.text).not.toContain("1920s");
  expect(openQuestion?.text).toMatch(/which museum/);
  expect(mood).toBe("ANGRY");
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
  const { wants, facts, tried, promised, openQuestion, nextStep } = extract(dialogue);
  const statements = [wants, openQuestion, nextStep, ...facts, ...tried, ...promised].filter(
    (statement) => statement !== null,
  );
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
    "The assistant had no answer to: “Where is my parcel 5512345?” (2 times)",
    "The assistant says we are open from 9 to 17 on weekdays.",
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
  expect(open.openQuestion?.text).toBe("Customer asks to merge their two accounts.");
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
    headline: "Customer asks for a person",
    openQuestion: null,
  });
  expect(extract(dialogueOf([]))).toMatchObject({ headline: "The customer has not written anything yet", wants: null });
});

test.each([
  ["My order is lost, give me a human", "My order is lost", /their order is lost\./i],
  ["My lamp arrived broken and I want to talk to a person", "My lamp arrived broken", /their lamp arrived broken\./i],
  ["I want to talk to a human about my order 4711", "I want to talk to a human about my order 4711", /order 4711/],
  ["Meine Lampe ist kaputt, ich möchte mit einem Menschen sprechen", "Meine Lampe ist kaputt", /Lampe/],
])("the matter in one breath with the wish for a person is told: %j", (text, headline, wants) => {
  const told = extract(dialogueOf([["CUSTOMER", text]], { language: /ich/.test(text) ? "de" : "en" }));
  expect(told.headline).toBe(headline);
  expect(told.wants?.text).toMatch(wants);
});

test.each([
  "Thanks, talk to a person",
  "No, I want a human, please",
  "I want to talk to a human about this",
  "I want a person and I want it now",
])("a wish for a person with nothing beside it stays one: %j", (text) =>
  expect(extract(dialogueOf([["CUSTOMER", text]])).headline).toBe("Customer asks for a person"),
);

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
  expect(plain(dialogue)).toBe(
    [
      "Meine Lampe kam kaputt an",
      "",
      "Anliegen: Der Kunde schreibt: „meine Lampe kam kaputt an. Bekomme ich eine neue?“",
      "",
      "Der Kunde sagt:",
      "- Der Kunde möchte mit einem Menschen sprechen.",
      "",
      "Bisher:",
      "- Der Assistent wusste keine Antwort.",
      "",
      "Offene Frage: Der Kunde fragt: „Bekomme ich eine neue?“",
      "",
      "Vorschlag: Die offene Frage beantworten.",
      "",
      "Stimmung: ruhig",
    ].join("\n"),
  );
});

test("only the beginning and the end of a long conversation are read", () => {
  const long = dialogueOf(
    Array.from({ length: 1000 }, (_, index) =>
      index % 2 === 0
        ? (["CUSTOMER", `Question ${index}: how do I assemble part ${index} of the shelf?`] as const)
        : (["ASSISTANT", `Part ${index} is assembled with the short screws.`, answered] as const),
    ).map(([author, text, more]) => [author, text, more]),
  );
  const read = new Set<number>();
  const messages = long.messages.map((message) => ({
    ...message,
    get text() {
      read.add(message.sequence);
      return message.text;
    },
  }));
  extract({ ...long, messages });
  expect(read.size).toBeLessThanOrEqual(readAtMost.first + readAtMost.last);
  expect([...read].filter((sequence) => sequence > readAtMost.first && sequence <= 1000 - readAtMost.last)).toEqual([]);
});

test("the headline fits the message that led to the handover, not the problem that was settled before", () => {
  const dialogue = dialogueOf([
    ["CUSTOMER", "How long does delivery take?"],
    ["ASSISTANT", "Delivery takes three to five working days.", answered],
    ["CUSTOMER", "Can I pay the invoice of my company in two instalments?"],
    ["ASSISTANT", "I could not find an answer.", refused],
    ["CUSTOMER", "talk to a person"],
  ]);
  for (const triggerId of [dialogue.messages[4]?.id, dialogue.messages[2]?.id, null])
    expect(extract({ ...dialogue, triggerId }).headline).toBe(
      "Can I pay the invoice of my company in two instalments?",
    );
  const before = extract({ ...dialogue, triggerId: dialogue.messages[0]?.id });
  expect(before.headline).toBe("How long does delivery take?");
});

test("what the customer claims is kept apart from what an agent confirmed and promised", () => {
  const { facts, promised } = extract(
    dialogueOf([
      ["CUSTOMER", "My refund for order 70233 has not arrived"],
      ["CUSTOMER", "Your colleague told me that I was charged twice"],
      ["AGENT", "The refund was issued on 2 May.", { authorName: "Ines" }],
      ["AGENT", "I will ask the bank and call you back by Friday.", { authorName: "Ines" }],
    ]),
  );
  expect(facts).toMatchObject([
    { standing: "CLAIMED", text: "Customer says your colleague told them that they were charged twice." },
    { standing: "CONFIRMED", text: "Ines says the refund was issued on 2 May." },
  ]);
  expect(promised.map(({ text }) => text)).toEqual(["Ines will ask the bank and call them back by Friday."]);
});

test.each([
  ["de", "Anliegen:", "Stimmung: ruhig"],
  ["fr", "Demande:", "Humeur: calme"],
  ["es", "Necesita:", "Ánimo: tranquilo"],
  ["it", "Richiesta:", "Umore: calmo"],
  ["pt", "Pedido:", "Humor: calmo"],
  ["nl", "Vraag:", "Stemming: rustig"],
  ["en", "Wants:", "Mood: calm"],
])(
  "for agents who read %s the labels are theirs and the customer's words are quoted as they are",
  (agentLanguage, wants, mood) => {
    const text = plain(
      dialogueOf([["CUSTOMER", "Meine Lampe kam kaputt an, was nun?"]], { language: "de", agentLanguage }),
    );
    expect(text).toContain(wants);
    expect(text).toContain(mood);
    expect(text).toContain("Meine Lampe kam kaputt an, was nun?");
  },
);

test("what is written without blanks between words is told too, in quotation marks", () => {
  const { headline, wants } = extract(
    dialogueOf([
      ["CUSTOMER", "荷物がまだ届いていません。注文番号は55123です。"],
      ["ASSISTANT", "確認いたします。"],
    ]),
  );
  expect(headline).toContain("荷物がまだ届いていません");
  expect(wants?.text).toContain("Customer writes: “荷物がまだ届いていません。");
});

test("nothing the extract says fails the check of statements, in no language of labels", () => {
  const cases = ["summaries.jsonl", "summaries-unseen.jsonl", "summaries-longer.jsonl"].flatMap((name) =>
    readFileSync(projectPath("services/summarization/cases", name), "utf8").trim().split("\n"),
  );
  for (const line of cases)
    for (const agentLanguage of ["en", "de", "fr", "es", "pt", "it", "nl"]) {
      const { lang, dialogue: turns } = JSON.parse(line) as {
        lang: string;
        dialogue: { role: string; text: string }[];
      };
      const dialogue = dialogueOf(
        turns.map(({ role, text }) => [role === "user" ? ("CUSTOMER" as const) : ("ASSISTANT" as const), text]),
        { language: lang, agentLanguage },
      );
      const { refused } = checkDraft(extract(dialogue), dialogue, dialogue.messages);
      expect([agentLanguage, turns[0]?.text, refused]).toEqual([agentLanguage, turns[0]?.text, []]);
    }
});

test.each([
  [
    "de",
    "Ich habe mein Paket nicht erhalten",
    "Wie ist Ihre Adresse?",
    "Auf die Frage „Wie ist Ihre Adresse?“ antwortet der Kunde: „Am Hang 3“.",
  ],
  [
    "fr",
    "Je n'ai pas reçu mon colis",
    "Quelle est votre ville ?",
    "À la question « Quelle est votre ville ? », le client répond : « Lyon centre ».",
  ],
  [
    "es",
    "No he recibido mi pedido",
    "¿Cuál es su ciudad?",
    "A la pregunta «¿Cuál es su ciudad?», el cliente responde: «Madrid centro».",
  ],
])("in %s a short answer is told with the question it answers, each by who said it", (language, said, asked, told) => {
  const answer = /(?:Kunde: „|répond : « |responde: «)(.+?)(?: »|“|»)\.$/u.exec(told)?.[1] ?? "";
  const { facts } = extract(
    dialogueOf(
      [
        ["CUSTOMER", said],
        ["ASSISTANT", asked],
        ["CUSTOMER", answer],
      ],
      { language },
    ),
  );
  expect(facts.map(({ text }) => text)).toEqual([told]);
});
