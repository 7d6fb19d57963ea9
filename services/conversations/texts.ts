import type { Reason } from "../../schema/words";
import { de } from "./texts/de";
import { en } from "./texts/en";
import { es } from "./texts/es";
import { fr } from "./texts/fr";
import { it } from "./texts/it";
import { nl } from "./texts/nl";
import { pt } from "./texts/pt";

/** What Baton itself says to a customer, in one language. */
export interface Texts {
  /** The words that accept an offer when typed, and the label of the button. */
  talkToAPerson: string;
  /** Asked once, before a bare request for a person is handed over. */
  clarify: string;
  /** Before an offer, when the assistant does not know. */
  cannotAnswer: string;
  /** Before an offer, when something else led to it. */
  canConnect: string;
  /** The offer's question where the widget shows a button. */
  offerWithButton: string;
  /** The offer where the customer has to type. */
  offerByTyping: string;
  handedOver: string;
  joined(agentName: string): string;
  back: string;
  backAfterSilence: string;
  closedByAgent: string;
  nobodyReached: string;
  /** The handover is long on its way. */
  stillTrying: string;
  /** No agent took it in time, and another desk is tried. */
  nobodyCameYet: string;
  /** No agent took it in time, and the assistant goes on. */
  nobodyCame(minutes: number): string;
  link(url: string): string;
  linkWithoutUrl: string;
  /** Nobody of the team is there; `when` one is, in words, or null where that is not known. */
  nobodyThere(when: string | null): string;
  /** What the customer can do then, where the widget has buttons, and where they have to type. */
  choicesWithButtons: string;
  choicesByTyping(words: string): string;
  /** The words that go on with the assistant when typed. */
  keepTalking: string;
  placeKept: string;
  waitingAgain: string;
  addressNoted(email: string): string;
}

const byLanguage: Record<string, Texts> = { en, de, fr, es, it, pt, nl };

/** The sentences of a language (BCP 47); its primary language for a region, English for one that is not spoken here. */
export function textsFor(language: string): Texts {
  return byLanguage[language.split("-")[0] ?? ""] ?? en;
}

/** What the assistant says with an offer. `button`: the customer's widget shows offers as a button. */
export function offerText(language: string, reason: Reason, button: boolean): string {
  const texts = textsFor(language);
  const opening = reason === "CANNOT_ANSWER" ? texts.cannotAnswer : texts.canConnect;
  return `${opening} ${button ? texts.offerWithButton : texts.offerByTyping}`;
}

/**
 * What a customer reads when nobody of the team is there, and what they can do. `button`: their widget has buttons;
 * null: they go on with the assistant already and have nothing to choose.
 */
export function nobodyThereText(
  language: string,
  absence: { until: string | null; timeZone: string | null },
  button: boolean | null,
): string {
  const texts = textsFor(language);
  const when = absence.until ? momentInWords(language, absence.until, absence.timeZone ?? "UTC") : null;
  if (button === null) return texts.nobodyThere(when);
  return `${texts.nobodyThere(when)} ${button ? texts.choicesWithButtons : texts.choicesByTyping(texts.keepTalking)}`;
}

/** "Monday, 23 November at 09:00 CET", in the language of the sentence around it. */
function momentInWords(language: string, at: string, timeZone: string): string {
  const spoken = textsFor(language) === en ? "en-GB" : localeOf(language);
  return new Intl.DateTimeFormat(spoken, {
    ...{ timeZone, weekday: "long", day: "numeric", month: "long" },
    ...{ hour: "2-digit", minute: "2-digit", timeZoneName: "short" },
  }).format(new Date(at));
}

/** As Intl takes it: what has the form of a tag and is none ("de-de-euro", from a system's own locale) throws there. */
function localeOf(language: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(language)[0];
  } catch {
    return language.split("-")[0];
  }
}

const keepingOn = new Set(Object.values(byLanguage).map((texts) => bare(texts.keepTalking)));

/** Is this the words that go on with the assistant, in whichever language, however capitalised and punctuated? */
export function asksToKeepTalking(text: string): boolean {
  return keepingOn.has(bare(text));
}

const accepting = new Set(Object.values(byLanguage).map((texts) => bare(texts.talkToAPerson)));

/** Is this the words that accept an offer, in whichever language, however capitalised and punctuated? */
export function acceptsOffer(text: string): boolean {
  return accepting.has(bare(text));
}

function bare(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}\s]/gu, " ")
    .toLowerCase()
    .trim()
    .replace(/\s+/g, " ");
}
