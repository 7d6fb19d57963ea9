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
    "My parcel has not come and I want to talk to a person about it.",
    "I want to talk to a person about my parcel because it has not come",
    "Die Rechnung stimmt nicht, deshalb möchte ich mit jemandem darüber sprechen. Vielen Dank!",
    "Ik heb alles geprobeerd en de router doet het niet, kan iemand mij terugbellen?",
    "Счёт неверный, поэтому хочу поговорить с человеком",
    "账单不对，所以我想找真人谈一谈",
    "if you can't change it yourself, connect me with somebody who can",
    "is there an engineer I can talk to about the error codes?",
    "move my complaint up to the next level please",
    "get your boss on the line",
    "Mit einem Automaten diskutiere ich nicht",
    "passez-moi votre supérieur",
    "есть там кто живой",
    "上司に代わってください",
    "ขอสายผู้จัดการหน่อย",
  ])("%s", (text) => {
    expect(scoreOf(text)).toBeGreaterThanOrEqual(0.5);
  });

  test.each([
    "call me Rita",
    "I need a technician to come to my flat on Friday",
    "the technician left without his ladder, where do I send it?",
    "what does a team leader earn with you?",
    "Die Spülmaschine läuft nicht mehr",
    "Eres un robot o una persona?",
    "find me somebody to paint my kitchen",
    "talk to me a bit slower",
    "this bot is stupid and nobody listens",
    "a table for two people in Lisbon",
    "אתה רובוט?",
    "what is my balance",
    'My mother said "ask for a human", is that needed?',
    "I spoke to a person yesterday and he said the money would come. Where is it?",
    "Ayer hablé con una persona y me dijo que espere",
    "My broker told me I should speak to a person at the bank, which form do I need?",
    "if it does not work tonight I'll ask for an agent",
    "Ik wil graag nog een persoon toevoegen aan mijn boeking",
    "Хочу добавить второго человека в договор",
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

test.each([
  ["thanks", false],
  ["Thank you! Thanks.", false],
  ["danke", false],
  ["no thanks", false],
  ["yes, thank you", true],
  ["ok thanks", true],
  ["please", true],
])("after an offer, %j agrees to it: %s", (text, agrees) => {
  const offers = [{ reason: "CANNOT_ANSWER" as const, sequence: 1, open: true, declined: false }];
  const offered: Said[] = ["Do you rewire chandeliers?", ["ASSISTANT", "I found no answer. Talk to a person?", false]];
  expect(readIntent(readingOf([...offered, text], { offers })).score > 0.5).toBe(agrees);
});

test("an offer is agreed to where it was made, not after the assistant has answered something else", () => {
  const offers = [{ reason: "CANNOT_ANSWER" as const, sequence: 1, open: true, declined: false }];
  const offered: Said[] = ["Do you rewire chandeliers?", ["ASSISTANT", "I found no answer. Talk to a person?", false]];
  const answered: Said[] = [...offered, "Can a lamp be returned?", ["ASSISTANT", "Within 30 days.", true]];
  for (const text of ["ok", "yes please", "ja gerne"]) {
    expect(readIntent(readingOf([...offered, text], { offers })).score).toBeGreaterThan(0.5);
    expect(readIntent(readingOf([...answered, text], { offers })).score).toBeLessThan(0.5);
  }
});
