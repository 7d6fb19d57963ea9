import { fold, languageOf, primaryOf, wordsOf } from "./language";

/** A source that a sentence leans on. */
export interface Source {
  title: string;
  heading: string;
  text: string;
  url: string | null;
  language: string;
}

/**
 * Is a sentence supported by its sources? Every number, name, address and no/not in it must stand there, and, where
 * both are of one language, most of its words. Returns what is not supported, or null. Pure.
 */
export function unsupported(sentence: string, sources: Source[], language: string): string | null {
  if (sources.length === 0) return "it cites nothing";
  const ground = sources
    .map((source) => `${source.title}. ${source.heading}. ${source.text} ${source.url ?? ""}`)
    .join("\n");
  const groundWords = new Set(wordsOf(ground));
  const address = addressesIn(sentence).find((one) => !fold(ground).includes(one));
  if (address) return `${address} is nowhere in its sources`;
  const numbers = new Set([...groundWords].filter((word) => /^\d/.test(word)).flatMap(valuesOf));
  for (const [spelt, value] of Object.entries(spelled)) if (groundWords.has(spelt)) numbers.add(value);
  const number = wordsOf(sentence)
    .filter((word) => /^\d/.test(word))
    .find((word) => !valuesOf(word).some((value) => numbers.has(value)));
  if (number) return `${number} is nowhere in its sources`;
  const sameLanguage = sources.every((source) => primaryOf(source.language) === primaryOf(language));
  if (!sameLanguage) return null;
  return unsupportedWords(sentence, ground, language);
}

function unsupportedWords(sentence: string, ground: string, languageCode: string): string | null {
  const language = languageOf(languageCode);
  const stems = new Set(wordsOf(ground).map(language.stem));
  const known = (word: string) =>
    stems.has(language.stem(word)) ||
    (language.compounds && word.length >= 6 && [...stems].some((stem) => stem.startsWith(word.slice(0, 6))));
  const content = wordsOf(sentence).filter((word) => !language.empty.has(word) && !/^\d/.test(word));
  // A name that the shop never wrote is the most telling invention.
  if (language.code !== "de") {
    const name = [...sentence.matchAll(/(?<=[\p{Ll},]\s)\p{Lu}[\p{Ll}\p{Lu}]{2,}/gu)]
      .map(([one]) => one)
      .find((one) => !wordsOf(one).every(known));
    if (name) return `${name} is nowhere in its sources`;
  }
  const missing = content.filter((word) => !known(word));
  if (content.length > 0 && missing.length / content.length > 0.5)
    return `little of it is in its sources (${missing.slice(0, 4).join(", ")})`;
  // "You can" where the shop says "you cannot", or the other way round: compared by the sentence closest to it.
  const closest = closestSentence(content.map(language.stem), ground, language.stem);
  if (closest && denies(sentence) !== denies(closest) && content.length >= 2)
    return "it says yes where its sources say no, or no for yes";
  return null;
}

/** The sentence of the ground that shares nearly all of the content; null when there is none so close. */
function closestSentence(stems: string[], ground: string, stem: (word: string) => string): string | null {
  let best: string | null = null;
  let most = 0.75;
  for (const sentence of ground.split(/(?<=[.!?;])\s+|\n+/)) {
    const there = new Set(wordsOf(sentence).map(stem));
    const shared = stems.filter((one) => there.has(one)).length / Math.max(1, stems.length);
    // Of two equally close, one that agrees is looked for by the caller's own words: keep the first.
    if (shared > most) {
      best = sentence;
      most = shared;
    }
  }
  return best;
}

const denial =
  /\b(?:no|not|never|cannot|can't|don't|doesn't|isn't|aren't|won't|without|neither|nor|nicht|kein|keine|keinen|keiner|nie|ohne|ne|pas|jamais|aucun|aucune|sans|nunca|ningun|ninguna|sin|niet|geen|nooit|non)\b/;

/** Does it say no, not, never? */
export function denies(sentence: string): boolean {
  return denial.test(fold(sentence));
}

function addressesIn(text: string): string[] {
  return (fold(text).match(/https?:\/\/[^\s)>\]]+|[\w.+-]+@[\w-]+\.[\w.]+/g) ?? []).map((one) =>
    one.replace(/[.,;]+$/, ""),
  );
}

/** "4.90" and "4,90" are one number, "10:00" and "10" are not. */
function valuesOf(word: string): string[] {
  const plain = word
    .replace(",", ".")
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "");
  return [word, plain];
}

const spelled: Record<string, string> = {
  one: "1",
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  seven: "7",
  eight: "8",
  nine: "9",
  ten: "10",
  twelve: "12",
  zwei: "2",
  drei: "3",
  vier: "4",
  funf: "5",
  sechs: "6",
  sieben: "7",
  acht: "8",
  neun: "9",
  zehn: "10",
  zwolf: "12",
  deux: "2",
  trois: "3",
  quatre: "4",
  cinq: "5",
  sept: "7",
  huit: "8",
  neuf: "9",
  dix: "10",
  douze: "12",
  dos: "2",
  tres: "3",
  cuatro: "4",
  cinco: "5",
  seis: "6",
  siete: "7",
  ocho: "8",
  nueve: "9",
  diez: "10",
  doce: "12",
};
