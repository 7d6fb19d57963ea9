import { Mood } from "../../schema/words";
import { wordsOf } from "./sentences";

const distressed =
  /\b(?:desperate|panic(?:king)?|scared|terrified|crying|in tears|i can'?t (?:take|cope)|suicid\w*|kill myself|hurt myself|emergency|verzweifelt|panik|notfall|désespérée?|urgence vitale|desesperad[oa]|emergencia|disperat[oa]|desesperad[oa])\b/iu;
const angry =
  /\b(?:ridiculous|unacceptable|outrag\w+|furious|disgust\w+|pathetic|scam(?:mers?)?|thieves|fraud|worst|terrible|horrible|awful|appalling|incompetent|useless|garbage|bullshit|wtf|damn|fuck\w*|shit\w*|sick of|fed up|sue you|lawyer|unverschämt\w*|frechheit|inakzeptabel|katastrophe|betrug|schei(?:ß|ss)e|inadmissible|scandaleux|honteux|arnaque|nul|inaceptable|vergüenza|estafa|pésimo|inaccettabile|vergogna|truffa|inaceitável|vergonha|golpe|belachelijk|schandalig)\b/iu;
const annoyed =
  /\b(?:annoy\w*|frustrat\w*|disappoint\w*|not happy|unhappy|upset|already (?:told|said|asked|tried|explained|sent)|as i said|again and again|(?:second|third|fourth|\d+(?:st|nd|rd|th)) time|still (?:no|not|nothing|waiting|haven'?t|hasn'?t|doesn'?t|don'?t)|waiting for (?:days|weeks|ages|hours|so long)|not (?:help\w*|what i asked|an answer)|(?:doesn'?t|does not|didn'?t) (?:help|answer)|you don'?t understand|nobody|ärger\w*|genervt|enttäuscht|immer noch|schon wieder|hilft (?:mir )?nicht|énerv\w+|déçue?|toujours pas|encore une fois|ça n'aide pas|molest[oa]|decepcionad[oa]|todavía no|sigue sin|otra vez|no ayuda|delus[oa]|ancora non|decepcionad[oa]|ainda não|de novo|teleurgesteld|nog steeds)\b/iu;

/**
 * How the customer seems to feel, from their latest messages (oldest first): words, shouting, and how often the
 * assistant had no answer or the same was asked again.
 */
export function moodOf(texts: string[], trouble: { unanswered: number; repeats: number }): Mood {
  const recent = texts.slice(-6);
  if (recent.some((text) => distressed.test(text))) return Mood.DISTRESSED;
  const angryCount = recent.filter((text) => angry.test(text)).length;
  const shouted = recent.filter(isShouted).length;
  if (angryCount > 0 || shouted > 1 || recent.some((text) => /[!?]{4,}|!{3,}/.test(text))) return Mood.ANGRY;
  if (shouted > 0 || recent.some((text) => annoyed.test(text)) || trouble.repeats > 0 || trouble.unanswered > 1)
    return Mood.ANNOYED;
  return Mood.CALM;
}

function isShouted(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  const large = text.match(/\p{Lu}/gu) ?? [];
  return letters.length >= 12 && wordsOf(text).length >= 3 && large.length / letters.length > 0.7;
}
