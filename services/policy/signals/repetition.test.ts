import { sure } from "../assess";
import { readingOf } from "../test/reading-of";
import { readRepeatedAnswer } from "./repetition";

function isRepeated(first: string, answer: string, then: string): boolean {
  const draft = { answered: true, text: answer, citations: [], coverage: null };
  return readRepeatedAnswer(readingOf([first, ["ASSISTANT", answer, true], then]), draft).score >= sure;
}

test.each([
  ["Where is my parcel?", "It left us on Monday.", "I mean the other parcel, where is that one?"],
  ["Where is my parcel?", "It left us on Monday.", "???"],
  ["Hello", "We open at nine.", "When do you open on Mondays?"],
])("the same answer twice is a repetition: %s - %s - %s", (...said) => {
  expect(isRepeated(...said)).toBe(true);
});

test.each([
  ["Hello", "Hello! How can I help you?", "hey there"],
  ["thanks", "You're welcome!", "thanks a lot"],
  ["merci", "Avec plaisir !", "merci beaucoup"],
  ["ok", "Good. If anything else comes up, just ask.", "great"],
])("a courtesy returned twice is none: %s - %s - %s", (...said) => {
  expect(isRepeated(...said)).toBe(false);
});
