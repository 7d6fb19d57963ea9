import { readingOf } from "../test/reading-of";
import { readSafety } from "./safety";

const scoreOf = (text: string) => readSafety(readingOf([text])).score;

test.each([
  "I don't want to live any more",
  "ich möchte nicht mehr leben",
  "je veux mourir",
  "もう生きていたくない",
  "jag orkar inte leva längre",
  "I know where your drivers live and I have a knife",
  "los voy a matar a todos",
  "my solicitor will write to you",
  "vă dau în judecată",
  "我要去法院告你们",
  "somebody paid with my credit card in a city I never saw",
  "мой аккаунт взломали",
  "mera account hack ho gaya",
  "kartımı çalmışlar ve kullanıyorlar",
  "The kettle is late, and honestly I think everyone would be better off without me",
  "Je ne reçois rien, si je revois votre livreur je lui casse les dents",
  "They took out a loan. It is in my name. I never signed anything.",
  "I counted the tablets. There are enough. Sleep well.",
  "ich wollte die Rechnung prüfen und jemand hat mit meiner Karte eingekauft",
])("a person must hear of: %s", (text) => {
  expect(scoreOf(text)).toBeGreaterThanOrEqual(0.5);
});

test.each([
  "this wait is killing me",
  "I'd kill for a refund",
  "the battery is dead",
  "ich lache mich tot",
  "muoio dal ridere",
  "笑死我了",
  "배고파 죽겠어요",
  "I am a lawyer and need an invoice",
  "my card is bent, can I have a new one?",
  "how do you protect me from scams?",
  "your delivery is terrible, I will leave a bad review",
  "there is no point in talking to this bot",
  "where is my order",
  "I could strangle this printer, which cartridge does it take?",
  "je meurs d'envie de l'essayer, mais la taille est fausse",
])("a figure of speech, or nothing at all: %s", (text) => {
  expect(scoreOf(text)).toBeLessThan(0.5);
});

test("the evidence is the sentence that says it", () => {
  const { evidence } = readSafety(readingOf(["My lamp came broken. I will sue you. Order 4711."]));
  expect(evidence[0]?.quote).toBe("I will sue you.");
});

test("what is quoted from others is not the customer's own", () => {
  expect(scoreOf('The film is called "I want to die", do you sell it?')).toBeLessThan(0.5);
});
