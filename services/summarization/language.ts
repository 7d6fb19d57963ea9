/** Small words by which a language is told; those that several share weigh little, because all of them count it. */
const small: Record<string, string[]> = Object.fromEntries(
  Object.entries({
    en: "the i my is it and to you for not have with that this was are can do what how please your of but an me been when there",
    de: "ich der die das ist und nicht mein meine sie mit ein eine es zu für auf habe hat wie bitte kann den dem wir von aber noch",
    fr: "je le la les est et pas mon ma vous pour une un que de des mais avec suis ai ne nous dans sur comment merci du il",
    es: "el la los es y no mi que de en un una por para con se me lo pero está cómo puedo qué mis su le he ha del gracias",
    pt: "o a os é e não meu minha que de em um uma por para com se me mas está como posso você foi do da obrigado já",
    it: "il la lo gli è e non mio mia che di in un una per con si mi ma come posso ho sono della del grazie ancora",
    nl: "de het een ik is en niet mijn van op voor met dat die je u maar hoe kan heb heeft er wij naar bij nog deze",
  }).map(([language, words]) => [language, words.split(" ")]),
);
const languagesOf = new Map<string, string[]>();
for (const [language, words] of Object.entries(small))
  for (const word of words) languagesOf.set(word, [...(languagesOf.get(word) ?? []), language]);

/** Scripts that tell more than words do, with the languages they are written in, the likeliest first. */
const scripts: [letters: RegExp, languages: string[]][] = [
  [/[\u3040-\u30ff]/g, ["ja"]],
  [/\p{Script=Hangul}/gu, ["ko"]],
  [/\p{Script=Han}/gu, ["zh", "ja"]],
  [/\p{Script=Cyrillic}/gu, ["ru", "uk", "bg", "sr", "be", "mk", "kk"]],
  [/\p{Script=Arabic}/gu, ["ar", "fa", "ur"]],
  [/\p{Script=Greek}/gu, ["el"]],
  [/\p{Script=Hebrew}/gu, ["he"]],
  [/\p{Script=Thai}/gu, ["th"]],
  [/\p{Script=Devanagari}/gu, ["hi", "mr", "ne"]],
];

/** The language the texts are written in, of those Baton has words for; `otherwise` where the texts do not tell. */
export function languageOf(texts: string[], otherwise: string): string {
  const all = texts.join(" ").slice(0, 4_000);
  const script = scripts.find(([letters]) => (all.match(letters)?.length ?? 0) > 3);
  // One script serves several languages: what the conversation says of itself counts, where it fits.
  if (script) return script[1].includes(otherwise.split("-")[0] ?? "") ? otherwise : (script[1][0] as string);
  const scores = new Map<string, number>();
  let words = 0;
  for (const word of all.toLowerCase().match(/\p{L}+/gu) ?? []) {
    words += 1;
    const languages = languagesOf.get(word) ?? [];
    for (const language of languages) scores.set(language, (scores.get(language) ?? 0) + 1 / languages.length);
  }
  const [first, second] = [...scores].sort((one, other) => other[1] - one[1]);
  if (!first || words < 3 || first[1] < words * 0.08) return otherwise;
  return first[1] >= (second?.[1] ?? 0) * 1.3 ? first[0] : otherwise;
}
