import { stemmer as danish } from "@orama/stemmers/danish";
import { stemmer as dutch } from "@orama/stemmers/dutch";
import { stemmer as english } from "@orama/stemmers/english";
import { stemmer as finnish } from "@orama/stemmers/finnish";
import { stemmer as french } from "@orama/stemmers/french";
import { stemmer as german } from "@orama/stemmers/german";
import { stemmer as italian } from "@orama/stemmers/italian";
import { stemmer as norwegian } from "@orama/stemmers/norwegian";
import { stemmer as portuguese } from "@orama/stemmers/portuguese";
import { stemmer as russian } from "@orama/stemmers/russian";
import { stemmer as spanish } from "@orama/stemmers/spanish";
import { stemmer as swedish } from "@orama/stemmers/swedish";
import { stopwords as danishStops } from "@orama/stopwords/danish";
import { stopwords as dutchStops } from "@orama/stopwords/dutch";
import { stopwords as englishStops } from "@orama/stopwords/english";
import { stopwords as finnishStops } from "@orama/stopwords/finnish";
import { stopwords as frenchStops } from "@orama/stopwords/french";
import { stopwords as germanStops } from "@orama/stopwords/german";
import { stopwords as italianStops } from "@orama/stopwords/italian";
import { stopwords as norwegianStops } from "@orama/stopwords/norwegian";
import { stopwords as portugueseStops } from "@orama/stopwords/portuguese";
import { stopwords as russianStops } from "@orama/stopwords/russian";
import { stopwords as spanishStops } from "@orama/stopwords/spanish";
import { stopwords as swedishStops } from "@orama/stopwords/swedish";
import { fillers } from "./fillers";

/** What the assistant knows of one language. */
export interface Language {
  /** BCP 47 primary subtag. */
  code: string;
  /** Postgres' text search configuration. */
  config: string;
  stem(foldedWord: string): string;
  /** Folded words that carry no topic: articles, pronouns, politeness. */
  empty: Set<string>;
  /** Those of them that only hold a sentence together: "the", "of", "did". */
  stops: Set<string>;
  /** Words are glued together (Lieferzeit), so that a word may be found at the beginning of another. */
  compounds: boolean;
}

function language(
  code: string,
  config: string,
  stemmer: (word: string) => string,
  stops: string[],
  compounds = false,
): Language {
  const stems = new Map<string, string>();
  const stem = (word: string) => {
    let found = stems.get(word);
    if (found === undefined) {
      found = /\d/.test(word) ? word : stemmer(word);
      if (stems.size < 50_000) stems.set(word, found);
    }
    return found;
  };
  const empty = new Set([...stops, ...(fillers[code] ?? [])].flatMap((word) => [...wordsOf(word)]));
  return { code, config, stem, empty, stops: new Set(stops.flatMap(wordsOf)), compounds };
}

/** Text as it is compared: accents off, lower case. Han, kana and hangul become pairs of characters. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replaceAll("ø", "o")
    .replace(/[\u2018\u2019`´]/g, "'")
    .replace(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]+/gu, pairs);
}

function pairs(run: string): string {
  const letters = [...run];
  if (letters.length <= 2) return ` ${run} `;
  return ` ${letters
    .slice(1)
    .map((letter, index) => `${letters[index]}${letter}`)
    .join(" ")} `;
}

/** The folded words of a text, in order. "don't" is one word, "l'article" two, "14:00" and "9.50" one each. */
export function wordsOf(text: string): string[] {
  return (fold(text).match(/\d+(?:[.,:]\d+)*|[\p{L}\p{N}]+(?:'t\b)?/gu) ?? []).map((word) => word.replace("'", ""));
}

const languages = new Map(
  [
    language("en", "english", english, [
      ...englishStops,
      "dont",
      "cant",
      "wont",
      "isnt",
      "didnt",
      "doesnt",
      "im",
      "ive",
      "s",
      "ll",
      "ve",
      "re",
      "d",
      "m",
      "t",
    ]),
    language("de", "german", german, germanStops, true),
    language("fr", "french", french, [...frenchStops, "l", "d", "j", "c", "s", "n", "m", "t", "qu", "est", "ce"]),
    language("es", "spanish", spanish, spanishStops),
    language("it", "italian", italian, italianStops),
    language("pt", "portuguese", portuguese, portugueseStops),
    language("nl", "dutch", dutch, dutchStops, true),
    language("sv", "swedish", swedish, swedishStops, true),
    language("da", "danish", danish, danishStops, true),
    language("no", "norwegian", norwegian, norwegianStops, true),
    language("fi", "finnish", finnish, finnishStops, true),
    language("ru", "russian", russian, russianStops),
  ].map((one) => [one.code, one]),
);

const aliases: Record<string, string> = { nb: "no", nn: "no" };

/** The language of a BCP 47 code; an unknown one is taken as it is written: no stems, no empty words. */
export function languageOf(code: string): Language {
  const primary = primaryOf(code);
  return (
    languages.get(aliases[primary] ?? primary) ?? {
      code: primary,
      config: "simple",
      stem: (word) => word,
      empty: new Set(),
      stops: new Set(),
      compounds: false,
    }
  );
}

/** "pt-BR" -> "pt". */
export function primaryOf(code: string): string {
  return code.toLowerCase().split(/[-_]/)[0] ?? "";
}

/**
 * The language a text is written in, told by its small words; `fallback` unless another language is clearly ahead.
 * Conversations often say only what the widget was set to. One small word is enough for a language that is `likely`
 * (the shop writes in it); others must show more: "door" alone is not Dutch.
 */
export function guessLanguage(text: string, fallback: string, likely: string[] = []): string {
  const words = wordsOf(text);
  if (words.length === 0) return fallback;
  if (/[\u3040-\u30ff]/u.test(text)) return "ja";
  if (/\p{Script=Hangul}/u.test(text)) return "ko";
  if (/\p{Script=Han}/u.test(text)) return "zh";
  const known = primaryOf(fallback);
  let best = known;
  // The fallback keeps the benefit of the doubt: another language must be clearly ahead.
  let most = Math.max(1.5 * seenIn(known, words), 0.3);
  for (const code of languages.keys()) {
    const seen = seenIn(code, words);
    if (seen > most && (likely.includes(code) || smallWords(code, words) > 1)) {
      best = code;
      most = seen;
    }
  }
  return best;
}

function smallWords(code: string, words: string[]): number {
  return words.filter((word) => languages.get(code)?.empty.has(word)).length;
}

/** How much a text looks like a language. A word of one language only tells more than one of five ("in"). */
function seenIn(code: string, words: string[]): number {
  const language = languages.get(code);
  if (!language) return 0;
  return words.reduce((sum, word) => {
    if (!language.empty.has(word)) return sum;
    return sum + 1 / [...languages.values()].filter(({ empty }) => empty.has(word)).length;
  }, 0);
}
