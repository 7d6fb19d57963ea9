import { sentencesOf, wordsOf } from "./sentences";
import type { Customer, Line } from "./summary";

/** What a statement is held against. */
export interface Source {
  messages: Pick<Line, "text" | "authorName">[];
  customer: Pick<Customer, "name" | "email" | "externalId">;
  /** The language of the statement (BCP 47), where it is known: German writes every noun with a large letter. */
  language?: string;
}

/**
 * What a statement says that its messages do not: a number, an order id, an address, a date, a name or a "not". Null
 * when it may stand. It is no proof that a statement is true; it refuses what is plainly made up. Pure.
 */
export function unsupported(statement: string, { messages, customer, language = "" }: Source): string | null {
  const source = [
    ...messages.flatMap(({ text, authorName }) => [text, authorName ?? ""]),
    customer.name ?? "",
    customer.email ?? "",
    customer.externalId ?? "",
  ].join("\n");
  return (
    madeUpAddress(statement, source) ??
    madeUpNumber(statement, source) ??
    madeUpDate(statement, source) ??
    madeUpName(statement, source, language) ??
    turnedAround(statement, source)
  );
}

const address = /[^\s<>"“”„«»()]+@[^\s<>"“”„«»()]+\.\p{L}{2,}|https?:\/\/[^\s<>"“”„«»()]+|www\.[^\s<>"“”„«»()]+/giu;

function madeUpAddress(statement: string, source: string): string | null {
  const known = source.toLowerCase();
  for (const [found] of statement.matchAll(address)) {
    const clean = found.toLowerCase().replace(/[.,;:!?]+$/, "");
    if (!known.includes(clean)) return `${clean} stands in none of its messages`;
  }
  return null;
}

const numberWords = [
  ["zero", "null", "zéro", "cero"],
  [
    "one",
    "once",
    "ein",
    "eins",
    "eine",
    "einen",
    "einem",
    "einmal",
    "un",
    "une",
    "uno",
    "una",
    "um",
    "uma",
    "een",
    "één",
  ],
  [
    "two",
    "twice",
    "both",
    "zwei",
    "zweimal",
    "beide",
    "deux",
    "dos",
    "ambos",
    "due",
    "dois",
    "duas",
    "twee",
    "tweemaal",
    "second",
  ],
  ["three", "drei", "dreimal", "trois", "tres", "tre", "três", "drie", "third"],
  ["four", "vier", "quatre", "cuatro", "quattro", "quatro"],
  ["five", "fünf", "cinq", "cinco", "cinque", "vijf"],
  ["six", "sechs", "seis", "sei", "zes"],
  ["seven", "sieben", "sept", "siete", "sette", "sete", "zeven"],
  ["eight", "acht", "huit", "ocho", "otto", "oito"],
  ["nine", "neun", "neuf", "nueve", "nove", "negen"],
  ["ten", "zehn", "dix", "diez", "dieci", "dez", "tien"],
  ["eleven", "elf", "onze", "once", "undici"],
  ["twelve", "zwölf", "douze", "doce", "dodici", "doze", "twaalf"],
];
const numberOf = new Map(numberWords.flatMap((words, value) => words.map((word) => [word, String(value)] as const)));

/** Numbers and ids, as they are compared: "1,299.00" and "1.299,00" are one, and so are "AB 991" and "ab-991". */
function numbersIn(text: string): string[] {
  const tokens = text.match(/(?=[\p{L}\p{N}.,:/_-]*\p{N})[\p{L}\p{N}]+(?:[.,:/_-][\p{L}\p{N}]+)*/gu) ?? [];
  return tokens.map((token) => token.toLowerCase().replace(/(?:st|nd|rd|th)$/u, ""));
}

function madeUpNumber(statement: string, source: string): string | null {
  const plain = (token: string) => token.replace(/[^\p{L}\p{N}]/gu, "").replace(/^0+(?=\d)/, "");
  const known = new Set(
    numbersIn(source).flatMap((token) => [plain(token), ...token.split(/[^\p{L}\p{N}]+/u).map(plain)]),
  );
  for (const word of wordsOf(source)) {
    const value = numberOf.get(word);
    if (value) known.add(value);
  }
  const whole = source.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  // "(2 times)" counts messages; it is ours.
  const counted = statement.replace(/\(\d{1,3}(?:\s\p{L}+|-mal)\)$/u, "");
  for (const token of numbersIn(counted)) {
    const value = plain(token);
    const decimals = value.replace(/00$/, "");
    const long = value.length >= 5 && whole.includes(value);
    if (known.has(value) || known.has(decimals) || known.has(`${value}00`) || long) continue;
    const parts = token.split(/[^\p{L}\p{N}]+/u).map(plain);
    // "5-day": the number is known, the word is checked nowhere.
    if (parts.length > 1 && parts.every((part) => known.has(part) || !/\p{N}/u.test(part))) continue;
    const unit = /^(\d+)(?:x|mm|cm|kg|g|km|h|min|am|pm|eur|usd|gbp)$/u.exec(value)?.[1];
    if (unit && known.has(unit)) continue;
    return `the number ${token} stands in none of its messages`;
  }
  return null;
}

const days = [
  ["monday", "mon", "montag", "lundi", "lunes", "lunedì", "segunda", "maandag"],
  ["tuesday", "tue", "tues", "dienstag", "mardi", "martes", "martedì", "terça", "dinsdag"],
  ["wednesday", "wed", "mittwoch", "mercredi", "miércoles", "mercoledì", "quarta", "woensdag"],
  ["thursday", "thu", "thurs", "donnerstag", "jeudi", "jueves", "giovedì", "quinta", "donderdag"],
  ["friday", "fri", "freitag", "vendredi", "viernes", "venerdì", "sexta", "vrijdag"],
  ["saturday", "sat", "samstag", "sonnabend", "samedi", "sábado", "sabado", "sabato", "zaterdag"],
  ["sunday", "sonntag", "dimanche", "domingo", "domenica", "zondag"],
];
const months = [
  ["january", "jan", "januar", "jänner", "janvier", "enero", "gennaio", "janeiro", "januari"],
  ["february", "feb", "februar", "février", "febrero", "febbraio", "fevereiro", "februari"],
  ["march", "märz", "mars", "marzo", "março", "maart"],
  ["april", "apr", "avril", "abril", "aprile"],
  ["may", "mai", "mayo", "maggio", "maio", "mei"],
  ["june", "jun", "juni", "juin", "junio", "giugno", "junho"],
  ["july", "jul", "juli", "juillet", "julio", "luglio", "julho"],
  ["august", "aug", "août", "agosto", "augustus"],
  ["september", "sep", "sept", "septembre", "septiembre", "settembre", "setembro"],
  ["october", "oct", "oktober", "octobre", "octubre", "ottobre", "outubro"],
  ["november", "nov", "novembre", "noviembre", "novembro"],
  ["december", "dec", "dezember", "décembre", "diciembre", "dicembre", "dezembro"],
];
const relative = [
  ["today", "heute", "aujourd'hui", "hoy", "oggi", "hoje", "vandaag", "tonight"],
  ["tomorrow", "demain", "mañana", "domani", "amanhã", "morgen"],
  ["yesterday", "gestern", "hier", "ayer", "ieri", "ontem", "gisteren"],
];
const dateOf = new Map<string, string>();
for (const [kind, list] of Object.entries({ day: days, month: months, relative }))
  for (const [index, words] of list.entries()) for (const word of words) dateOf.set(word, `${kind} ${index + 1}`);

function madeUpDate(statement: string, source: string): string | null {
  const known = new Set(wordsOf(source).flatMap((word) => dateOf.get(word) ?? []));
  // "2024-05-03" and "03/05" tell a month by its number.
  for (const [, month, other] of source.matchAll(/\b(?:\d{4}-)?(\d{1,2})[-/.](\d{1,2})\b/g)) {
    known.add(`month ${Number(month)}`);
    known.add(`month ${Number(other)}`);
  }
  for (const word of wordsOf(statement)) {
    // "May" is a month only with a large letter or a number beside it, and "hier" is a word in German.
    if (/^(?:may|mars|mei|mon|sat|fri|segunda|quarta|quinta|sexta|terça|hier|morgen)$/.test(word)) {
      if (
        !new RegExp(`(?:\\d\\.?\\s|\\p{Ll}\\s)${word.charAt(0).toUpperCase()}${word.slice(1)}(?!\\p{L})`, "u").test(
          statement,
        )
      )
        continue;
    }
    const date = dateOf.get(word);
    if (date && !known.has(date)) return `${word} stands in none of its messages`;
  }
  return null;
}

/** Words with a large letter that are no names: those of the house, and those many languages write so. */
const noNames = new Set(
  (
    "i i'm i've customer the assistant agent asked they they're he she it a an baton ok id faq pin sms url pdf eu uk us usa vat " +
    "kunde kundin der die das assistent mitarbeiter le la les client cliente conseiller el il lo os as de het klant medewerker"
  ).split(" "),
);

/** Words with a large letter within a sentence, where the language keeps those for names. */
function madeUpName(statement: string, source: string, language: string): string | null {
  const known = new Set(wordsOf(source).flatMap((word) => [word, word.replace(/['’]s$/u, "")]));
  const german =
    language.startsWith("de") || /(?<![\p{L}])(?:der|die|das|und|nicht|ist|ein|eine)(?![\p{L}])/u.test(statement);
  for (const sentence of sentencesOf(statement, "en")) {
    const words = [
      ...sentence.matchAll(/(?<![\p{L}\p{N}@._/-])\p{L}[\p{L}\p{M}'’-]*(?![\p{L}\p{N}@_/]|-\p{N}|\.\p{L})/gu),
    ];
    for (const [index, { 0: word, index: at }] of words.entries()) {
      const lower = word.toLowerCase().replace(/['’]s$/u, "");
      const quoted = /["“„«‘:]\s?$/u.test(sentence.slice(0, at));
      if (!/^\p{Lu}/u.test(word) || index === 0 || quoted || noNames.has(lower) || dateOf.has(lower)) continue;
      // German writes every noun large: there only titles tell a name.
      if (german && !/^(?:herrn?|frau|dr)$/i.test(words[index - 1]?.[0] ?? "")) continue;
      if (known.has(lower) || known.has(word.toLowerCase())) continue;
      if (lower.split("-").every((part) => known.has(part))) continue;
      return `the name ${word} stands in none of its messages`;
    }
  }
  return null;
}

const negation =
  /(?<![\p{L}])(?:not|no|never|none|nothing|nobody|neither|nor|without|cannot|\p{L}+n['’]t|cant|dont|wont|didnt|doesnt|isnt|unable|nicht|kein\p{L}*|nie|niemals|nichts|niemand|ohne|ne|n['’]|pas|jamais|rien|personne|aucune?|sans|nunca|jamás|nada|nadie|ningun[oa]?|ningún|sin|non|mai|nulla|niente|nessun[oa]?|senza|não|nenhum\p{L}*|ninguém|sem|niet|geen|nooit|niets|niemand|zonder|refus\p{L}*|fail\p{L}*|denied|declin\p{L}*|missing|lacks?|gone|broken|impossible|wrong|invalid|expired|unavailable|stopped|closed)(?![\p{L}])/iu;
/** What ours says of an answer that there was not. */
const ownNegation =
  /had no answer|could not answer|hatte keine Antwort|wusste keine Antwort|n’avait pas de réponse|no (?:tuvo|supo)|não (?:teve|soube)|non (?:aveva|ha saputo)|had geen antwoord|wist geen antwoord/gu;
const plainNegation =
  /(?<![\p{L}])(?:not|never|cannot|\p{L}+n['’]t|cant|dont|wont|didnt|doesnt|nicht|kein\p{L}*|nie|pas|jamais|nunca|no(?=\s(?:quiero|puedo|me|se|ha|es))|non|não|niet|geen)(?![\p{L}])/iu;

/** A "not" that no message holds, or one that the closest sentence holds and the statement has lost. */
function turnedAround(statement: string, source: string): string | null {
  const own = statement.replace(ownNegation, "");
  const says = plainNegation.test(own);
  if (says) return negation.test(source) ? null : "it says not where its messages do not";
  const meant = meaningful(own);
  if (meant.size < 2 || negation.test(own)) return null;
  let closest = { share: 0, negated: false };
  for (const clause of source.split(/[.!?;\n]|,\s|\s(?:but|aber|mais|pero|ma|mas|maar|and|und|et|y|e|en)\s/iu)) {
    const words = meaningful(clause);
    const share = [...meant].filter((word) => words.has(word)).length / meant.size;
    if (share > closest.share) closest = { share, negated: plainNegation.test(clause) };
  }
  return closest.share >= 0.6 && closest.negated ? "it has lost the not of its messages" : null;
}

function meaningful(text: string): Set<string> {
  const small =
    /^(?:customer|assistant|agent|says?|asks?|wants?|need|needs|the|and|they|them|their|that|this|with|for|you|your|have|has|was|were|are|does|did|would|whether|kunde|cliente|client)$/;
  // Endings differ between "want to cancel" and "cancels".
  return new Set(
    wordsOf(text)
      .filter((word) => word.length > 2 && !small.test(word))
      .map((word) => word.replace(/(?:ing|ed|es|s|e)$/u, "")),
  );
}
