import { remembering } from "../../../kit/remembering";
import * as lexicon from "../lexicon/progress";
import type { Turn } from "../signal";
import { fold } from "../text";

/** What one turn of the customer's does with the assistant's turn before it. */
export interface Reaction {
  turn: Turn;
  /** What it reacts to: the assistant's turn before it. */
  answer: Answer | undefined;
  refusedOffer: boolean;
  refusedMore: boolean;
  corrected: boolean;
  wantsOther: boolean;
  agrees: boolean;
  pleased: boolean;
  answersDetail: boolean;
  asksOn: boolean;
  /** A single word that reacts to nothing says what was said before it. */
  reacts: boolean;
}

/** What one turn of the assistant's does. */
export interface Answer {
  turn: Turn;
  fails: boolean;
  denies: boolean;
  achieves: boolean;
  asksForMore: boolean;
  asksToConfirm: boolean;
  asksForDetails: boolean;
  /** A question that wants a yes. */
  offers: boolean;
}

export function answerOf(turn: Turn): Answer {
  const text = fold(turn.text);
  const asks = /[?？؟]\s*$/u.test(text) || saysOfferInWords.test(text);
  const asksForMore = says.askingForMore(text);
  const asksToConfirm = says.askingToConfirm(text);
  const fails = turn.answered === false || says.failing(text);
  const asksForDetails = !asksForMore && !asksToConfirm && says.askingForDetails(text);
  return {
    turn,
    fails,
    denies: says.denying(text),
    achieves: !fails && !asksToConfirm && !says.denying(text) && !asksForDetails && says.achieved(text),
    asksForMore,
    asksToConfirm,
    asksForDetails,
    offers: asks && !asksForMore && !asksForDetails,
  };
}

export function reactionOf(turn: Turn, last: Answer | undefined): Reaction {
  const text = fold(turn.text);
  const refuses = starts.refusing(text) && !starts.noRefusal(text);
  const closes = says.closing(text);
  const isPleased = says.pleased(text.replace(politeNo, " ")) && !(refuses && !closes);
  const agrees = starts.agreeing(text) && !refuses && !yesBut.test(text);
  const asks = /[?？؟]/u.test(text);
  const corrects = says.correcting(text) || notThis.test(text);
  const toMore = last?.asksForMore ?? false;
  const thanksNo = text.replace(politeNo, "").replace(/[ .!]+/gu, "") === "";
  const refusedOffer = refuses && !closes && (last?.offers ?? false) && !last?.asksToConfirm;
  const wantsOther =
    last !== undefined && !closes && !refusedOffer && !toMore && !last.asksForDetails && says.wantingOther(text);
  const corrected =
    last !== undefined &&
    !closes &&
    !refusedOffer &&
    !isPleased &&
    !agrees &&
    !thanksNo &&
    ((last.asksToConfirm && !asks) || ((refuses || corrects) && !toMore && !asks) || notThis.test(text));
  const reaction = {
    turn,
    answer: last,
    refusedOffer,
    refusedMore: refuses && !isPleased && (toMore || (thanksNo && !refusedOffer)),
    corrected,
    wantsOther,
    agrees,
    pleased: isPleased,
    answersDetail: ((last?.asksForDetails ?? false) || toMore) && !refuses,
    asksOn: asks && !wantsOther && !corrects && !refuses && !last?.fails,
  };
  return { ...reaction, reacts: closes || /\s/u.test(text) || Object.values(reaction).some((one) => one === true) };
}

/** "The name, not the seat", "eighty not eight hundred": one thing put right by another. */
const notThis =
  /\p{L}\p{N}*, (?:not|nicht|keine?|pas|no|non|nao|niet|geen|nie|не|inte|ikke) (?:\p{L}+ )?[\p{L}\p{N}]+(?: \p{L}+)?[.!]*$|^[\p{L}\p{N}]+ not [\p{L}\p{N}]+(?: \p{L}+)?[.!]*$|^(?:nie|не|not|nicht|pas|no|non|nao|niet) [\p{L} ]+,? (?:tylko|а|but|sondern|mais|sino|ma|mas|maar) /u;
const yesBut =
  /^\p{L}+[,.!]? (?:but|and (?:it|i|still)|i (?:know|did|do|have|already|just)|still|aber|mais|pero|mas|ma|maar|но|ale) /u;

/** Words of pleasure that are none. */
const politeNo =
  /\bno,? (?:thanks|thank you|thx|merci|gracias|danke|grazie|obrigad[oa])\b(?! (?:for|so|very|a lot))|\b(?:i'?m|i am) (?:good|fine|okay)\b|\bnot (?:a |so |very |too )?(?:good|great|nice|helpful|cool)\b|\bno good\b/gu;

/** Offers in words that no question mark follows. */
const saysOfferInWords = /(?:^|[.!,] *)(?:shall|should|would you like|do you want)\b|(?:吗|か)[。.]?$/u;

const word = (sources: string[]) => `(?<![\\p{L}\\p{N}\\p{M}'])(?:${sources.join("|")})(?![\\p{L}\\p{N}\\p{M}])`;
const anywhere = (words: string[], unspaced: string[] = []) => found([word(words), ...unspaced].join("|"));
const atStart = (words: string[], unspaced: string[] = []) => {
  const filler = "(?:oh|ah|uh|um|hm+|well|sorry|and|but|so|ok,? but|please|thanks,? but|mm)";
  return found([`^(?:${filler}[,. ]+){0,2}(?:${words.join("|")})(?![\\p{L}\\p{N}\\p{M}'])`, ...unspaced].join("|"));
};

/** Is the pattern in a text? */
function found(pattern: string): (text: string) => boolean {
  const expression = new RegExp(pattern, "u");
  return remembering((text) => expression.test(text));
}

const starts = {
  agreeing: atStart(lexicon.agreeing, lexicon.agreeingAnywhere),
  refusing: atStart(lexicon.refusing, lexicon.refusingAnywhere),
  noRefusal: atStart(lexicon.noRefusal),
};
const says = {
  closing: anywhere(lexicon.closing, lexicon.closingAnywhere),
  pleased: anywhere(lexicon.pleased, lexicon.pleasedAnywhere),
  wantingOther: anywhere(lexicon.wantingOther, lexicon.wantingOtherAnywhere),
  correcting: anywhere(lexicon.correcting, lexicon.correctingAnywhere),
  failing: anywhere(lexicon.failing, lexicon.failingAnywhere),
  denying: anywhere(lexicon.denying, lexicon.denyingAnywhere),
  achieved: anywhere(lexicon.achieved, lexicon.achievedAnywhere),
  askingForMore: anywhere(lexicon.askingForMore, lexicon.askingForMoreAnywhere),
  askingToConfirm: anywhere(lexicon.askingToConfirm, lexicon.askingToConfirmAnywhere),
  askingForDetails: anywhere(lexicon.askingForDetails, lexicon.askingForDetailsAnywhere),
};
