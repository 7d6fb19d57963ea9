import { type Answerability, judgeAnswerability } from "./answerability";
import { clueNames } from "./clues";
import { questionsIn, readAnswerabilityCorpus } from "./corpus";
import { learn } from "./train-answerability";

const documents = [
  "The Tarn Valley Railway was opened in 1887 by the engineer Ida Holt. Its first locomotive, the Heron, was painted blue and could pull sixty tons. The line was sold to the county in 1931.",
  "The railway carried slate from the northern quarries to the port of Lyme. It employed 140 people in 1900. Passengers were not allowed on the slate trains.",
].map((text) => ({ above: "", text }));

const ask = (text: string, language = "en"): Answerability => judgeAnswerability({ text, language }, documents);

describe("what stands there scores above what was turned round", () => {
  test.each([
    ["Who opened the Tarn Valley Railway?", "Who closed the Tarn Valley Railway?"],
    ["What was the name of the first locomotive?", "What was the name of the last locomotive?"],
    [
      "What did the railway carry from the northern quarries?",
      "What did the railway carry from the southern quarries?",
    ],
    ["When was the line sold to the county?", "When was the line sold to the Duke of Carrow?"],
    ["How many people worked there in 1900?", "How many people worked there in 1925?"],
    ["Where did the slate go?", "Where did the slate not go?"],
    ["What colour was the Heron?", "How old was the Heron?"],
    ["Who was the engineer of the railway?", "Who was Ida Holt's husband?"],
  ])("%s / %s", (answerable, unanswerable) => {
    expect(ask(answerable).score).toBeGreaterThan(ask(unanswerable).score);
    expect(ask(unanswerable).score).toBeLessThan(0.5);
  });
});

test("it tells where the answer is, and what speaks against it", () => {
  expect(ask("Who opened the Tarn Valley Railway?")).toMatchObject({
    document: 0,
    sentence: expect.stringContaining("Ida Holt"),
    missing: [],
    otherwise: [],
  });
  expect(ask("What was the name of the last locomotive?").otherwise).toEqual(["last/first"]);
  expect(ask("Who was Ida Holt's husband?").missing).toEqual(["husband"]);
});

test("a question that leans on an earlier one is judged with it", () => {
  const lamps = [{ above: "Lamps", text: "The white lamp takes E14 bulbs. The blue lamp takes E27 bulbs." }];
  const earlier = "Which bulbs does the white lamp take?";
  const judge = (text: string) => judgeAnswerability({ text, earlier, language: "en" }, lamps);
  expect(judge("And the blue one?").sentence).toBe("The blue lamp takes E27 bulbs.");
  expect(judge("And the blue one?").score).toBeGreaterThan(judge("And the green one?").score);
});

test("which one of a kind is answered where one of that kind stands", () => {
  const score = (found: string) =>
    judgeAnswerability({ text: "Which metal did they find in the hills?", language: "en" }, [
      { above: "", text: `In the hills they found ${found}.` },
    ]).score;
  expect(score("copper")).toBeGreaterThan(score("nothing"));
});

test("what stands in a title need not be said again", () => {
  const text = "It costs 4.90 euros and takes three days.";
  const score = (above: string) =>
    judgeAnswerability({ text: "What does delivery cost?", language: "en" }, [{ above, text }]).score;
  expect(score("Delivery")).toBeGreaterThan(score("Returns"));
});

test.each([
  [
    "de",
    "Die älteste Mühle wurde 1790 von Anna Krull gebaut.",
    "Wer baute die älteste Mühle?",
    "Wer baute die neueste Mühle?",
  ],
  [
    "fr",
    "Le premier pont fut construit en 1790.",
    "Quand le premier pont fut-il construit ?",
    "Quand le dernier pont fut-il construit ?",
  ],
  [
    "es",
    "La torre norte se construyó en 1790.",
    "¿Cuándo se construyó la torre norte?",
    "¿Cuándo se construyó la torre sur?",
  ],
  [
    "nl",
    "De oudste molen werd in 1790 gebouwd.",
    "Wanneer werd de oudste molen gebouwd?",
    "Wanneer werd de nieuwste molen gebouwd?",
  ],
])("the opposite is noticed in other languages too: %s", (language, text, answerable, unanswerable) => {
  const judge = (question: string) => judgeAnswerability({ text: question, language }, [{ above: "", text }]);
  expect(judge(answerable).otherwise).toEqual([]);
  expect(judge(unanswerable).otherwise).toHaveLength(1);
  expect(judge(answerable).score).toBeGreaterThan(judge(unanswerable).score);
});

test.each(["", "?!", "人工", "\u{1f600}", "a".repeat(5000), "What ".repeat(400)])(
  "no input makes it throw or leave 0..1: %#",
  (text) => {
    for (const language of ["en", "ja", "", "xx"]) {
      const { score } = judgeAnswerability({ text, language }, documents);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
    }
    expect(judgeAnswerability({ text, language: "en" }, []).score).toBe(0);
    expect(judgeAnswerability({ text, language: "en" }, [{ above: "", text: "" }]).score).toBe(0);
  },
);

test("a corpus file is texts with their questions; all texts of a topic belong to each of its questions", () => {
  const [first, second] = questionsIn("# why\n== one\nText A.\n+ yes?\nText B.\n- no?\n== two\nText C.\n+ so?\n", "en");
  expect(first).toEqual({
    topic: "one",
    language: "en",
    documents: ["Text A.", "Text B."],
    text: "yes?",
    answerable: true,
  });
  expect(second).toMatchObject({ text: "no?", answerable: false });
});

test("the corpus speaks of many things in seven languages, and asks for what is there about as often as for what is not", () => {
  const corpus = readAnswerabilityCorpus();
  const share = corpus.filter(({ answerable }) => answerable).length / corpus.length;
  expect(corpus.length).toBeGreaterThan(1000);
  expect(new Set(corpus.map(({ language }) => language))).toEqual(new Set(["de", "en", "es", "fr", "it", "nl", "pt"]));
  expect(share).toBeGreaterThan(0.4);
  expect(share).toBeLessThan(0.6);
});

test("the same questions give the same weights", () => {
  const { length } = clueNames;
  const questions = Array.from({ length: 60 }, (_, index) => ({
    topic: "t",
    answerable: index % 3 > 0,
    weight: 1,
    values: Array.from({ length }, (_, at) => ((index * (at + 3)) % 7) / 7),
  }));
  expect(learn(questions)).toEqual(learn(questions));
});
