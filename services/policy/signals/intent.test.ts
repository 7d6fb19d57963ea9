import type { Said } from "../test/reading-of";
import { readingOf } from "../test/reading-of";
import { readIntent } from "./intent";

const scoreOf = (...said: Said[]) => readIntent(readingOf(said)).score;

describe("asks for a person", () => {
  test.each([
    "could one of your people ring me this evening?",
    "אפשר לדבר עם נציג?",
    "ขอคุยกับเจ้าหน้าที่หน่อยค่ะ",
    "میخوام با پشتیبانی حرف بزنم",
    "chcem hovoriť s operátorom",
    "kan jeg snakke med en kundebehandler",
    "3ayez akalem mowazaf",
    "bhai customer care se baat karao",
    "quiero hablar con un agent please",
    "i wnat to speka to a humman",
  ])("%s", (text) => {
    expect(scoreOf(text)).toBeGreaterThanOrEqual(0.5);
  });

  test.each([
    "call me Rita",
    "Eres un robot o una persona?",
    "find me somebody to paint my kitchen",
    "talk to me a bit slower",
    "this bot is stupid and nobody listens",
    "a table for two people in Lisbon",
    "אתה רובוט?",
    "what is my balance",
    'My mother said "ask for a human", is that needed?',
    "> I want to talk to a person\nthat was my wife, all fine now",
  ])("not: %s", (text) => {
    expect(scoreOf(text)).toBeLessThan(0.5);
  });
});

const story =
  "I ordered two lamps at the beginning of the month. One of them came without its shade. I wrote to you and got no reply. ";

test("the evidence of a long message is the sentence that asks", () => {
  const { score, evidence } = readIntent(readingOf([`${story}Please put me through to your staff. Order 4711.`]));
  expect(score).toBeGreaterThanOrEqual(0.5);
  expect(evidence[0]?.quote).toBe("Please put me through to your staff.");
});

test("a request does not drown in one long sentence", () => {
  const breathless = `${story.replaceAll(".", " and")} so honestly can i please just talk to a real person about all of this because it has been going on for weeks and the lamps were a gift`;
  expect(scoreOf(story)).toBeLessThan(0.5);
  expect(scoreOf(breathless)).toBeGreaterThanOrEqual(0.5);
});

test("whatever is pasted, it takes no longer than reading one page", () => {
  const pasted = "can i talk to the agent who was rude ".repeat(3_000);
  const started = performance.now();
  readIntent(readingOf([pasted]));
  expect(performance.now() - started).toBeLessThan(1_000);
});

test("the same message scores the same every time", () => {
  const text = "is there anybody I could speak with?";
  expect(scoreOf(text)).toBe(scoreOf(text));
});
