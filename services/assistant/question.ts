import { fold, guessLanguage, type Language, languageOf, wordsOf } from "./language";
import { lexiconOf } from "./lexicon";

/** One thing the question is about. */
export interface Term {
  /** As the customer wrote it, folded: "gift card" is one term of two words. */
  words: string[];
  /** Phrases that mean the same; the term's own words are the first. */
  phrases: string[][];
  /** How much it says about the topic, 0..1; a colour says little, what was said earlier less. */
  weight: number;
  /** A name or number: it cannot be replaced by anything else. */
  exact: boolean;
  /** From an earlier message, for a question that leans on it. */
  earlier: boolean;
}

/** What kind of thing would answer. */
export type Wanted = "DURATION" | "TIME" | "AMOUNT" | "COUNT" | null;

/** What the customer wants to know, made of the conversation. */
export interface Question {
  text: string;
  language: string;
  terms: Term[];
  wanted: Wanted;
  /** It asks which of several is *not* so: only a text that denies as well can answer. */
  denied: boolean;
}

/** A customer's earlier message, or the last one. */
export interface Said {
  author: "CUSTOMER" | "ASSISTANT" | "AGENT" | "SYSTEM";
  text: string;
}

/**
 * Reads the question out of the conversation: the last message, and what it leans on when it is no question by
 * itself ("and for the blue one?"). `turns` are oldest first and end with the message to answer;
 * `likely` are the languages there are articles in.
 */
export function questionOf(turns: Said[], conversationLanguage: string, likely: string[] = []): Question {
  const asked = turns.filter((turn) => turn.author === "CUSTOMER").map((turn) => turn.text.slice(0, 4000));
  const text = asked.at(-1) ?? "";
  const context = asked.slice(0, -1).slice(-3).reverse();
  const language = guessLanguage(text, guessLanguage(context.join(" "), conversationLanguage, likely), likely);
  const own = termsOf(text, languageOf(language));
  const terms = [...own];
  if (leans(text, own))
    for (const [index, message] of context.slice(0, 2).entries()) {
      // Only what the latest question with a topic was about; what came before it is another matter.
      const before = termsOf(message, languageOf(language)).filter((term) => !terms.some((known) => same(known, term)));
      for (const term of before)
        terms.push({ ...term, weight: term.weight * (index === 0 ? 0.6 : 0.4), earlier: true });
      if (before.length > 1) break;
    }
  return {
    text,
    language,
    terms,
    denied: asksForTheOther.test(fold(text)),
    wanted: wantedOf(text) ?? (own.length < 2 && context[0] ? wantedOf(context[0]) : null),
  };
}

const leaning =
  /^(?:and|or|but|also|what about|how about|what if|same|und|oder|auch|et|ou|aussi|y|o|tambien|e|en)\b|\b(?:it|its|that|this|those|these|them|they|one|ones|there|das|dies|dieser|diese|dafur|damit|dort|ihn|celui|celle|ceux|cela|ca|eso|esto|ese|esa|lo)\b/;

/** Does a message need what was said before it to be understood? */
function leans(text: string, terms: Term[]): boolean {
  if (terms.length === 0) return true;
  const folded = fold(text);
  const few = terms.filter((term) => term.weight > 0.5).length;
  return few <= 2 && leaning.test(folded);
}

/** Said of an item, seldom the topic. */
const attributes = new Set(
  "red blue green yellow black white grey gray pink brown beige purple orange big small large little new rot blau grun gelb schwarz weiss grau rosa braun gross klein neu rouge bleu bleue vert verte jaune noir noire blanc blanche gris grise grand grande petit petite nouveau nouvelle rojo roja azul verde amarillo negro negra blanco blanca pequeno".split(
    " ",
  ),
);

const longNumber = /^\d{5,}$|^[a-z]{1,3}\d{4,}[a-z\d]*$/;
const year = /^(?:1[0-9]|20)\d\d$/;

/** The terms of one text, each once, in order. */
export function termsOf(text: string, language: Language): Term[] {
  const lexicon = lexiconOf(language);
  const words = wordsOf(withoutFrame(text));
  const names = language.code === "de" ? new Set<string>() : namesIn(text);
  const terms: Term[] = [];
  const stems = new Set<string>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    const concept = lexicon.at(words, at);
    if (concept && (concept.length > 1 || !language.empty.has(word))) {
      const own = words.slice(at, at + concept.length);
      const phrases = [own, ...concept.phrases.filter((phrase) => phrase.join(" ") !== own.join(" "))];
      add(terms, { words: own, phrases, weight: 1, exact: false, earlier: false });
      at += concept.length - 1;
      continue;
    }
    if (language.empty.has(word) || (word.length < 2 && !/\d|\p{Script=Han}/u.test(word))) continue;
    // An order number names no topic.
    if (longNumber.test(word)) continue;
    const number = /^\d/.test(word);
    const weight = year.test(word) ? 1 : number ? 0.5 : attributes.has(word) ? 0.3 : 1;
    add(terms, { words: [word], phrases: [[word]], weight, exact: number || names.has(word), earlier: false });
  }
  return terms;

  function add(list: Term[], term: Term): void {
    const stem = term.words.map(language.stem).join(" ");
    // Without other wordings a term is the same as another only by its words, and so by their stems.
    if (stems.has(stem) || (term.phrases.length > 1 && list.some((one) => same(one, term)))) return;
    stems.add(stem);
    list.push(term);
  }
}

/** Two terms of one concept. */
function same(one: Term, other: Term): boolean {
  if (one.words.join(" ") === other.words.join(" ")) return true;
  const phrases = new Set(one.phrases.map((phrase) => phrase.join(" ")));
  return one.phrases.length > 1 && other.phrases.length > 1 && phrases.has(other.words.join(" "));
}

/** Words written with a capital inside a sentence: names of products, places, brands. */
function namesIn(text: string): Set<string> {
  const names = new Set<string>();
  // A message in capitals shouts; it names nothing.
  if (!/\p{Ll}/u.test(text)) return names;
  for (const [, name] of text.matchAll(/(?<=[\p{Ll}\p{N},]\s+)(\p{Lu}[\p{L}\p{N}]+)/gu))
    for (const word of wordsOf(name ?? "")) names.add(word);
  return names;
}

const asksForTheOther = /^\W*(?:who|what|which|where|how many)\b.*(?:\bnot\b|\bnever\b|\w{3}n't\b)/;

const wanted: [Exclude<Wanted, null>, RegExp][] = [
  [
    "AMOUNT",
    /\b(?:how (?:much|expensive)|what (?:does|do|will|would|is|are) .{0,40}\b(?:cost|price|fee|charge)s?|wie ?viel kostet|wie teuer|was kostet|was kosten|combien (?:coute|ca coute|faut-il payer)|quel(?:le)? (?:est le |sont les )?(?:prix|tarif|frais)|cuanto (?:cuesta|vale|cuestan)|que precio|hoeveel kost|quanto costa|quanto custa)/,
  ],
  [
    "DURATION",
    /\b(?:how (?:long|soon|quickly|fast|many (?:days|weeks|hours|months|years))|until when|by when|wie (?:lange|schnell|viele (?:tage|wochen|monate|jahre))|bis wann|(?:en |sous )?combien de (?:temps|jours|semaines)|sous combien|quel(?:s)? (?:est le |sont les )?delais?|jusqu'a quand|cuanto (?:tiempo|tarda|tardan|dura)|cuantos dias|hasta cuando|hoe (?:lang|snel)|quanto tempo)\b/,
  ],
  ["TIME", /\b(?:when|what time|wann|um wie viel uhr|quand|a quelle heure|cuando|a que hora|wanneer|quando)\b/],
  ["COUNT", /\b(?:how many|wie viele|combien de|cuantos|cuantas|hoeveel|quanti|quante)\b/],
];

function wantedOf(text: string): Wanted {
  const folded = fold(text);
  return wanted.find(([, pattern]) => pattern.test(folded))?.[0] ?? null;
}

/** The question without the words that only ask: "how long", "combien de temps". */
function withoutFrame(text: string): string {
  return fold(text).replace(
    /\b(?:how (?:long|soon|quickly|fast|far|big|old)|how many days|wie (?:lange|schnell|viele tage)|combien de (?:temps|jours)|quanto tempo|cuanto (?:tiempo|tarda|tardan|dura)|hoe (?:lang|snel)|what time|as soon as possible|so that|a lot)\b/g,
    " ",
  );
}
