import type { Draft, Reading, Signal } from "../signal";
import { contentOf, fold, quoteOf } from "../text";

/**
 * Does the drafted answer leave the question unanswered? An assistant that says so is believed; one that claims to
 * answer is doubted when its text is an apology, and mistrusted a little when its sources share no word with the
 * question, or say something else than what is asked (`Draft.answerability`).
 */
export function readCannotAnswer(reading: Reading, draft: Draft): Signal {
  const { message } = reading;
  // The sentence with what the assistant's texts do not say, or say otherwise, tells why.
  const { missing = [], otherwise = [] } = draft.answerability ?? {};
  const lacking = [...otherwise.map((pair) => pair.split("/")[0] as string), ...missing];
  const speaks = (said: string) => lacking.length === 0 || lacking.some((word) => said.includes(word));
  const evidence = [{ messageId: message.id, quote: quoteOf(message.text, speaks) }];
  const score = scoreOf(message.text, draft);
  return { name: "CANNOT_ANSWER", score, evidence: score === 0 ? [] : evidence, rule: null };
}

function scoreOf(question: string, draft: Draft): number {
  if (!draft.answered || draft.text.trim() === "") return 1;
  const text = fold(draft.text);
  // A long answer may begin with "I am not sure, but" and still be one.
  if (text.length <= 280 && apology.test(text)) return 0.85;
  const uncovered = Math.max(
    1 - (draft.coverage ?? covered(question, draft)),
    draft.answerability ? 1 - draft.answerability.score : 0,
  );
  // A claim to answer is never overruled by word counts alone: this stays below a half.
  return Math.round(uncovered * 0.45 * 1000) / 1000;
}

/** The share of the question's content words found in the answer and its sources; 1 when nothing can be compared. */
function covered(question: string, draft: Draft): number {
  const asked = new Set(contentOf(question));
  if (asked.size === 0 || draft.citations.length === 0) return 1;
  const known = new Set(draft.citations.flatMap(({ title, quote }) => contentOf(`${title} ${quote}`)));
  for (const word of contentOf(draft.text)) known.add(word);
  return [...asked].filter((word) => known.has(word)).length / asked.size;
}

const apology = new RegExp(
  [
    "\\b(?:i|we)(?:'m| am| are)? (?:sorry,? )?(?:but )?(?:i |we )?(?:can't|cannot|can not|could not|couldn't|am not able to|are not able to|don't have|do not have|don't know|do not know|was unable to|am unable to|was not able to|couldn't) (?:\\w+ ){0,3}(?:answer|find|help|know|information|an answer|that|the answer|assist|details)",
    "\\bi (?:don't|do not) know\\b|\\bno (?:information|answer) (?:about|on|to|for)|\\bi'?m not sure (?:about|how|what|i can)|outside (?:of )?my|unable to (?:answer|help|assist|find)",
    "no (?:se|puedo (?:responder|ayudar)|tengo (?:informacion|respuesta)|encuentro|he encontrado)|je ne (?:sais pas|peux pas|trouve pas|dispose pas)|je n'ai (?:pas|aucune) (?:d')?(?:information|reponse)|(?:ich )?(?:weiss (?:es |ich )?(?:leider )?nicht|kann (?:ich )?(?:\\p{L}+ ){0,3}nicht (?:beantworten|helfen|finden))|keine (?:information\\p{L}*|antwort)|nao (?:sei|posso (?:responder|ajudar)|tenho (?:informac|resposta)|encontrei)|non (?:lo so|so|posso (?:rispondere|aiutare)|ho (?:informazioni|trovato))|(?:ik )?(?:weet (?:het |dat )?niet|kan (?:\\p{L}+ ){0,3}niet (?:beantwoorden|helpen))|nie (?:wiem|moge (?:odpowiedziec|pomoc)|znalazl)|bilmiyorum|bulamadim|yardimci olam\\p{L}+|не (?:знаю|могу (?:ответить|помочь)|нашел|нашла)|لا (?:أعرف|أعلم|أستطيع)|नहीं (?:पता|जानता)|我不知道|无法回答|無法回答|找不到|分かりません|わかりません|お答えでき|見つかりません|모르겠|답변(?:을)? ?(?:드릴|할) 수 없|찾을 수 없",
  ].join("|"),
  "u",
);
