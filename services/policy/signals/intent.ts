import { remembering } from "../../../kit/remembering";
import { featuresOf } from "../learned/features";
import { type LinearModel, predict, readLinearModel } from "../learned/linear";
import { laterPerhaps, notARequest, notARequestUnspaced, requestWords } from "../lexicon/intent";
import { isFirstMessage } from "../reading";
import type { Reading, Signal } from "../signal";
import { statementsOf } from "../statements";
import { fold, quoteOf, withoutQuotes, wordsOf } from "../text";
import { nearestWord } from "./spelling";

/** Is the customer asking for a person? */
export function readIntent(reading: Reading): Signal {
  const { message } = reading;
  let best = { score: 0, sentence: "" };
  const own = withoutQuotes(message.text);
  const findable = lazily(() => findableIn(own));
  for (const { said, wider, isPart, sentence } of statementsOf(own)) {
    const sounds = learnedOdds(said);
    // Rules are slower than what was learned: they are asked only where they could still make it the best.
    if (chanceOf(sounds + most) < best.score) continue;
    const alone = sounds + rulesOn(said, sounds, findable);
    // What is said right before may turn it round; it is only looked at where that decides.
    const odds = alone > 0 ? Math.min(alone, oddsInContext(said, wider, isPart, findable())) : alone;
    const score = chanceOf(odds);
    if (score > best.score || (score === best.score && sentence.length < best.sentence.length))
      best = { score, sentence };
  }
  const agreed = agreesToOffer(reading);
  if (agreed > best.score) best = { score: agreed, sentence: message.text };
  if (best.score === 0) return { name: "INTENT", score: 0, evidence: [], rule: null };
  const evidence = [{ messageId: message.id, quote: quoteOf(best.sentence, () => true) }];
  return { name: "INTENT", score: best.score, evidence, rule: null };
}

/**
 * Does the message ask for a person and say nothing else? "agent please" is bare, "agent, my parcel is broken" is not.
 * Only meaningful for a message whose intent has been read as a request.
 */
export function isBareRequest(text: string): boolean {
  const words = ` ${wordsOf(corrected(fold(text))).join(" ")} `;
  const rest = words.replace(everyRequestWord, " ").replace(filler, " ").trim();
  if (rest === "") return true;
  // What is left of a short request in a language we know less well is grammar, not a concern.
  return rest.length <= 5;
}

/** Is this the very first thing the customer says, and nothing but a request? The first-message guard asks. */
export function isBareFirstRequest(reading: Reading): boolean {
  return isFirstMessage(reading) && isBareRequest(reading.message.text);
}

let learned: LinearModel | null = null;

/**
 * What the rules say, in odds, to be added to what was learned. The learned score knows wordings and languages that no
 * rule names; the rules know the grammar of a few languages, and what looks like a request and is none.
 */
function rulesOn(statement: string, sounds: number, findable: () => Findable): number {
  const rules = sounds < hopeless ? 0 : rulesSay(spacedOut(fold(statement)), findable());
  return rules === 0 ? silence : weightOf(rules);
}

/** What the learned model makes of a statement, in odds (natural logarithm). */
function learnedOdds(statement: string): number {
  learned ??= readLinearModel("intent.bin");
  const chance = predict(learned, featuresOf(statement));
  return Math.log(chance / (1 - chance));
}

/** How likely, in odds, what was said can be a request at most, given what comes right before it. */
function oddsInContext(said: string, wider: string, isPart: boolean, findable: Findable): number {
  if (findable.later && later.test(spacedOut(fold(wider)))) return -1;
  if (wider === said) return Number.POSITIVE_INFINITY;
  // A part of a clause has its subject elsewhere in it: "my mother prefers | to talk to a person".
  if (isPart && isOther(spacedOut(fold(wider)), findable) && !strongRequest.test(fold(said))) return -1;
  return learnedOdds(wider) + (isPart || fewWords.test(said.trim()) ? slack.part : slack.clause);
}

function chanceOf(odds: number): number {
  return Math.round(10_000 / (1 + Math.exp(-odds))) / 10_000;
}

/**
 * How much less sure, in odds, the words before may make it for a request to stand: a clause is a sentence of its own,
 * a part of one or a word or two may be anything.
 */
const slack = { clause: 4, part: 1.5 };
const fewWords = /^\S+(?: \S+)?$/u;

/** Below it no rule makes it a request: it is what customers write all day, in words that a rule happens to know. */
const hopeless = -3.9;

/** What it is worth, in odds, that no rule speaks. Only a clear case is a request. */
const silence = -1.8;

/** How many odds (natural logarithm) the rules' word is worth. */
function weightOf(rules: number): number {
  if (rules < 0.2) return -3.5;
  if (rules < 0.5) return 0;
  return rules > 0.95 ? most : 2.4;
}
const most = 3;

/** What a message holds for the rules. What they cannot find in the whole of it, they need not look for in its pieces. */
interface Findable {
  languages: Patterns[];
  /** Those of `others` that find something. */
  others: RegExp[];
  later: boolean;
}

function findableIn(text: string): Findable {
  const written = spacedOut(fold(text));
  const inEnglish = corrected(written);
  return {
    languages: languages.filter(
      ({ name, script, any }) => script.test(written) && any.test(name === "en" ? inEnglish : written),
    ),
    others: others.filter((other) => other.test(written)),
    later: later.test(written),
  };
}

function lazily<Found>(find: () => Found): () => Found {
  let found: { value: Found } | null = null;
  return () => {
    found ??= { value: find() };
    return found.value;
  };
}

/** What the patterns make of a statement: 0 nothing, up to 0.2 that it is no request, from 0.5 on that it is one. */
function rulesSay(written: string, findable: Findable): number {
  let score = 0;
  let negated = false;
  for (const language of findable.languages) {
    const text = language.name === "en" ? corrected(written) : written;
    if (!language.any.test(text)) continue;
    if (language.bare.test(text)) return 0.96;
    let here = 0;
    if (language.asks.test(text)) here = 0.9;
    else if (language.whole.test(text)) here = 0.82;
    if (here > 0 && language.negated.test(text) && !language.refuses.test(text)) {
      // Languages share nouns: another one's verbs must not turn the refusal into a request.
      negated = true;
      here = 0;
    }
    if (language.refuses.test(text)) here = Math.max(here, refusalAlone.test(text) ? 0.3 : 0.72);
    score = Math.max(score, here);
  }
  if (negated) return 0.1;
  return isOther(written, findable) && !strongRequest.test(written) ? 0.15 : score;
}

function isOther(written: string, findable: Findable): boolean {
  return findable.others.some((other) => other.test(written));
}

/** Every word and every mark between blanks, one at either end too: word borders are cheap to look for then. */
function spacedOut(folded: string): string {
  return ` ${folded.replace(/[^\p{L}\p{N}\p{M}' -]+/gu, " $& ").trim()} `;
}

/** "yes please" to an offer that stands is a request, whatever the language. */
function agreesToOffer(reading: Reading): number {
  if (!reading.offers.some((offer) => offer.open)) return 0;
  const last = reading.turns.filter((turn) => turn.sequence < reading.message.sequence).at(-1);
  // Whoever has been answered since says "ok" to that answer, and not to the offer that still stands.
  if (last?.author === "CUSTOMER" || last?.answered === true) return 0;
  const said = fold(reading.message.text);
  return said.length <= 60 && yes.test(said) && !onlyThanks.test(said) ? 0.9 : 0;
}

/**
 * The letters of the scripts the rules are written for. Spelled out, since V8 takes seconds to compile that many patterns
 * with `\p{L}` in them, and milliseconds with this.
 */
const letters =
  "a-z\u00aa-\u02ff\u0370-\u0482\u048a-\u0590\u05d0-\u064a\u066e-\u06d5\u0904-\u0939\u0958-\u0961\u0e01-\u0e30\u0e40-\u0e46\u1e00-\u1fff\u3041-\u3096\u30a1-\u30ff\u3400-\u9fff\uac00-\ud7a3";
/** What stands between words: anything that is no letter or digit. */
const mark = `[^${letters}0-9\u0660-\u0669\u0966-\u096f\uff10-\uff19]`;

const pattern = (source: string) =>
  new RegExp(
    source
      .replace(/\[[^\]]*\]/g, (characters) => characters.replaceAll("\\p{L}", letters))
      .replaceAll("\\p{L}", `[${letters}]`),
    "u",
  );

const start = "(?<=[ '-])";
/** The same where a pattern begins: many times as quick as looking back. */
const opening = "[ '-]";
const end = "(?=[ '-])";
/** Chinese and Japanese have no blanks between words, Thai neither. */
const withoutBlanks = new Set(["zh", "ja"]);

/** After the machine these say that it does not work: "die Maschine läuft nicht". */
const justNot = new Set(["not", "nicht", "niet", "inte", "ikke", "nao", "non"]);

interface Patterns {
  name: string;
  /** Letters this language is written in. */
  script: RegExp;
  /** Whether to look closer. */
  any: RegExp;
  whole: RegExp;
  asks: RegExp;
  bare: RegExp;
  refuses: RegExp;
  negated: RegExp;
}

const scripts: Record<string, RegExp> = {
  ru: /[\u0400-\u04ff]/,
  uk: /[\u0400-\u04ff]/,
  ar: /[\u0600-\u06ff]/,
  hi: /[a-z\u0900-\u097f]/,
  zh: /[\u4e00-\u9fff]/,
  ja: /[\u3040-\u30ff\u4e00-\u9fff]/,
  ko: /[\uac00-\ud7a3]/,
};

/** Courtesies and particles around a bare "agent please!!". */
const polite =
  "please|pls|plz|now|asap|a|an|the|hello|hi|hey|thanks|thank you|ok|yes|just|por favor|un|una|ya|ahora|s'il vous plait|svp|bitte|jetzt|ein|einen|einem|um|uma|agora|per favore|graag|aub|een|prosze|lutfen|bir|пожалуйста|будь ласка|من فضلك|please|कृपया|请|請|お願いします|부탁합니다|tack|tak|kiitos|prosim|lam on|tolong|with|to|mit|con|avec";

const languages: Patterns[] = Object.entries(requestWords).map(([language, words]) => {
  const spaced = !withoutBlanks.has(language);
  const group = (sources: string[]) => (spaced ? `${start}(?:${sources.join("|")})${end}` : `(?:${sources.join("|")})`);
  const first = (sources: string[]) => (spaced ? `${opening}(?:${sources.join("|")})${end}` : group(sources));
  const gap = spaced ? "[^.!?\\n]{0,32}?" : ".{0,10}?";
  const close = spaced ? "[^.!?\\n]{0,22}?" : ".{0,6}?";
  const [person, contact, machine, whole] = [
    group(words.person),
    group(words.contact),
    group(words.machine),
    group(words.whole),
  ];
  return {
    name: language,
    script: scripts[language] ?? /[a-z]/,
    any: pattern(first([...words.person, ...words.machine, ...words.whole])),
    whole: pattern(first(words.whole)),
    asks: pattern(`${first(words.contact)}${gap}${person}|${first(words.person)}${close}${contact}`),
    bare: pattern(
      spaced
        ? `^${mark}*(?:(?:${polite})${mark}+)*${person}(?:${mark}+(?:${polite}|${person}))*${mark}*$`
        : `^${mark}*(?:请|請)?${person}(?:お願いします|吧)?${mark}*$`,
    ),
    refuses: pattern(
      `${first(words.refuse)}${close}${machine}|${first(words.machine)}${spaced ? "[^.!?\\n]{0,14}?" : ".{0,4}?"}${group(words.refuse.filter((word) => word.length > 2 && !justNot.has(word)))}`,
    ),
    negated: pattern(
      `${first(words.negation)}${close}(?:${contact}|${person}|${whole})|${spaced ? `${first(words.whole.concat(words.contact))} ${group(words.negation)}` : `${contact}${gap}${group(words.negation)}`}`,
    ),
  };
});

const any = (sources: string[]) => `${opening}(?:${sources.join("|")})${end}`;
/** In two, since the time to compile one grows faster than its length. */
const half = Math.ceil(notARequest.length / 2);
const others = [
  pattern(any(notARequest.slice(0, half))),
  pattern(`${any(notARequest.slice(half))}|${notARequestUnspaced.join("|")}`),
];
const later = pattern(any(laterPerhaps));
/** Said in so many words in the present: a request, whatever story surrounds it. */
const strongRequest =
  /\b(?:(?:i|we) (?:really |just |still )?(?:want|need|would like|wanna|demand|insist)|i'd (?:like|prefer|rather)|let me|can i|could i|may i|please) (?:to )?(?:speak|talk|chat|be (?:transferred|connected))\b|\b(?:transfer|connect|put) me (?:to|with|through)\b/u;
/** "no bots" alone is a preference we ask about; with "human" or "person" in it the request is plain. */
const refusalAlone = /^\P{L}*(?:no|not|without) (?:\p{L}+ )?\p{L}+\P{L}*$/u;
const yes =
  /^(?:\P{L}*(?:yes|yeah|yep|yup|sure|ok|okay|please(?: do)?|go ahead|do it|si|claro|dale|vale|oui|d'accord|volontiers|ja|gerne|jawohl|sim|quero|certo|va bene|graag|tak|poprosze|evet|tamam|olur|да|давайте|хорошо|так|نعم|اجل|हाँ|हां|haan|ji|是|好|好的|要|はい|お願いします|네|예|joo|kylla|ano|jo|co|vang|ya|iya|boleh|that would be (?:great|good|nice)|sounds good|thanks|thank you|por favor|bitte|s'il vous plait|per favore)\P{L}*){1,4}$/u;
/** Thanks go with a yes ("yes, thanks"); alone they only end the matter. */
const onlyThanks = /^\P{L}*(?:(?:thanks|thank you)\P{L}*)+$/u;
const everyRequestWord = new RegExp(
  Object.entries(requestWords)
    .flatMap(([language, words]) => {
      const sources = [...words.person, ...words.contact, ...words.whole, ...words.machine, ...words.refuse];
      return sources.map((source) => (withoutBlanks.has(language) ? `(?:${source})` : `${start}(?:${source})${end}`));
    })
    .join("|"),
  "gu",
);
const filler = new RegExp(
  `${start}(?:${polite}|me|my|i|we|us|you|your|is|there|anyone|right|away|immediately|directly|instead|this|that|it|would|like|want|need|can|could|may|some|any|how|do|does|who|help|of|at|and|but|for|in|on|from|team|chat|bot|wanna|gonna|really|only|first|not|no|don't|dear|sir|madam|good|morning|day|evening|afternoon|there|quiero|necesito|con|el|la|los|un|mi|que|je|veux|avec|moi|le|du|une|ich|mochte|mit|will|sie|mir|mich|den|der|die|das|eu|com|por|favor|io|voglio|vorrei|con|ik|een|met|wil|graag|chce|z|ile|istiyorum|я|с|со|мне|хочу)${end}`,
  "gu",
);

const keyWords = [
  "agent",
  "human",
  "person",
  "people",
  "representative",
  "operator",
  "customer",
  "service",
  "support",
  "supervisor",
  "manager",
  "transfer",
  "connect",
  "advisor",
  "speak",
  "somebody",
  "someone",
];

/** Folded text with the usual slips in the words that carry a request set right: "represntative", "agnet", "hooman". */
function corrected(folded: string): string {
  return folded.replace(/[a-z]{5,}/g, setRight).replace(/\bhoo+man\b/g, "human");
}

/** To compare a word with all key words is slow. */
const setRight = remembering((word: string): string => nearestWord(word, keyWords) ?? word, {
  most: 5_000,
  longest: 1_000,
});
