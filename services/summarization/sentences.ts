/**
 * Reading plain dialogue text: sentences, and which of them say nothing about the problem. Pure; knows the courtesies
 * of the languages below and treats any other text as substance, because dropping too little is the smaller fault.
 */

const greeting =
  /^(?:(?:hi|hiya|hello|hey|heya|yo|dear|greetings|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)|moin|servus|grüezi|bonjour|bonsoir|salut|coucou|hola|buenos d[ií]as|buenas(?: tardes| noches)?|ciao|salve|buongiorno|buonasera|ol[áa]|oi|bom dia|boa tarde|boa noite|hoi|goede(?:morgen|middag|ndag|navond)|hej|cześć|dzień dobry)(?![\p{L}\p{N}])(?:\s+(?:there|all|team|everyone|support|folks|guys|sir|madam|zusammen|leute|à tous|a todos|again))*[\s,!.:;–—-]*)+/iu;

const lead =
  /^(?:(?:so|and|but|well|ok|okay|yes|yeah|no|also|actually|basically|anyway|please|sorry|excuse me|just|um+|uh+|und|aber|also|bitte|entschuldigung|et|mais|alors|y|pero|por favor|e|ma|mas)(?:[\s,!.–—-]+)|(?:i (?:would|'d|just|really)? ?(?:like|want|wanted|need) to (?:know|ask)(?: you)?|(?:can|could) (?:you|someone|anyone) (?:please )?tell me|do you know|i was wondering|i have a (?:quick )?(?:question|problem)(?: about| with)?)[\s,:]+)+/iu;

/** Words that alone, or only with each other, tell an agent nothing. */
const emptyWords = new Set(
  (
    "hi hiya hello hey there dear thanks thank thx ty you u so very much many lot a lots please pls plz ok okay k yes yeah yep yup no nope sure great " +
    "cool good fine nice perfect awesome lovely welcome can could will would anyone somebody someone help me i need want some this the is it that " +
    "question have got quick really right alright bye goodbye cheers and my for your to do sorry just help? " +
    "hallo danke bitte ja nein gut super vielen dank schön gern gerne können sie mir helfen kann jemand hilfe ich brauche tschüss " +
    "bonjour merci beaucoup oui non bien d'accord svp vous pouvez m'aider aidez moi aide au revoir " +
    "hola gracias muchas sí si no vale bueno puede pueden ayudar ayudarme ayuda necesito adiós " +
    "ciao grazie mille sì va bene aiuto olá obrigado obrigada sim não tá bom ajuda bedankt dank je wel ja nee"
  ).split(" "),
);

/** Asking for a person: what the handover itself already says, so no part of the problem. */
const asksForPerson =
  /(?:\b(?:talk|speak|chat|connect|transfer|put|pass|get|give|want|need|like|see|contact|escalate|prefer|real|live|actual)\b[^.?!]{0,40}\b(?:human(?: being)?s?|person|people|agents?|representatives?|rep|operators?|advis[eo]rs?|managers?|supervisors?|someone|somebody|staff)\b)|\b(?:can|could|may|would) (?:a|an|some|any) ?(?:real |human |actual )?(?:person|human|agent|colleague|manager)\b[^.?!]{0,40}|^(?:a |an |the )?(?:real |live )?(?:human|person|agent|representative|operator|advisor|manager)s?(?: please| now)?$|\b(?:mensch(?:en)?|mitarbeiter(?:in)?|berater(?:in)?)\b[^.?!]{0,30}\b(?:sprechen|reden|verbinden)\b|\b(?:sprechen|reden|verbinden)\b[^.?!]{0,40}\b(?:mensch(?:en)?|mitarbeiter(?:in)?|jemandem?)\b|\bparler\b[^.?!]{0,30}\b(?:humain|conseiller|conseillère|quelqu'un|personne|agent)\b|\bhablar\b[^.?!]{0,30}\b(?:humano|persona|agente|alguien|asesor)\b|\bparlare\b[^.?!]{0,30}\b(?:umano|persona|operatore|qualcuno)\b|\bfalar\b[^.?!]{0,30}\b(?:humano|pessoa|atendente|alguém)\b|\b(?:medewerker|mens)\b[^.?!]{0,30}\b(?:spreken|praten)\b/iu;

/** What ends or pads a talk and tells nothing. */
const closing =
  /^(?:(?:ok(?:ay)?|no|yes|sure|well|alright|great|thanks|thank you)[,.! ]+)*(?:that(?:'s| is| will be| was)? (?:it|all)(?:[,.!].*)?|no worries|no problem|never ?mind|let me know|you(?:'re| are) (?:very |most )?welcome\b.*|(?:have|enjoy) (?:a|an|your) \w+ (?:day|evening|one|weekend|night)|take care|(?:one|just a) (?:moment|second|minute)(?: please)?|(?:it was |my |a )*pleasure\b.*|i'?ll wait|thanks? (?:you )?for (?:your|the|trying|all)\b.*|(?:is|was|will) (?:there|that) (?:be )?(?:anything|all).*|how (?:can|may) (?:i|we) (?:help|assist).*|let me (?:check|look|see)\b.{0,40}|(?:i'?m |i am )?(?:very |so |really )?(?:sorry|afraid)(?: to hear| for| about| i couldn'?t)?\b.*|i (?:completely |totally )?(?:understand|see|won'?t)|not? (?:a )?problem\b.*|(?:can|could) you help (?:me )?(?:with (?:that|this|it))?|(?:hope|i hope) (?:you|that helps).*|thank(?:s| you)\b.*|that (?:was|is) (?:very |so )?(?:quick|helpful|kind|great).*|much, .{0,30}|good luck.*|(?:and )?don'?t forget to .*|everything (?:is )?in order.{0,3}|(?:das )?tut mir (?:sehr )?leid.*|lo siento.*|(?:je suis |nous sommes )?(?:vraiment )?désolée?s?(?![\p{L}]).*|(?:mi dispiace|ci dispiace)\b.*|(?:sinto muito|lamento|lamentamos)\b.*|(?:het )?spijt me.*|no hay problema|de nada|gern geschehen|de rien|prego|graag gedaan|das war'?s|kein problem|schönen tag.*|bonne journée|buen día|buona giornata)[.!? ]*$/iu;

/** Asking the customer for something, which is no answer. */
const askBack =
  /^(?:(?:ok(?:ay)?|sure|thanks|thank you|great|and|please|of course)[,.! ]+)*(?:may i|can i|could i|would you|could you|can you|what(?:'s| is) your|i(?:'d| would| will|'ll)? (?:just )?need your|please (?:provide|share|give|tell|send|confirm))\b/iu;

/** Politeness that ends or pads a talk. */
export function isCourtesy(sentence: string): boolean {
  return closing.test(sentence.replace(/’/g, "'"));
}

/** The sentence asks for something back. */
export function asksBack(sentence: string): boolean {
  return sentence.trimEnd().endsWith("?") || askBack.test(sentence);
}

/** The text's sentences, whitespace folded, in order. Cuts at line ends too. */
export function sentencesOf(text: string, language: string): string[] {
  const segmenter = segmenterFor(language);
  const found: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    let open = "";
    for (const { segment } of segmenter.segment(line)) {
      open += segment;
      // "No. 12" and "e.g. this" are no ends of a sentence.
      if (/\b(?:no|nr|nº|art|e\.g|i\.e|z\.b|mr|mrs|ms|dr|st|\d{1,2})\.\s*$/i.test(open)) continue;
      push(found, open);
      open = "";
    }
    push(found, open);
  }
  return found;
}

function push(found: string[], raw: string): void {
  // Who types in small letters ends sentences all the same.
  for (const part of raw.split(/(?<=[\p{L}\p{N}]{3}[.!?…]+)\s+(?=\p{Ll})/u)) {
    const sentence = part.replace(/\s+/g, " ").trim();
    if (/[\p{L}\p{N}]/u.test(sentence)) found.push(sentence);
  }
}

const segmenters = new Map<string, Intl.Segmenter>();
function segmenterFor(language: string): Intl.Segmenter {
  let segmenter = segmenters.get(language);
  if (!segmenter) {
    try {
      segmenter = new Intl.Segmenter(language, { granularity: "sentence" });
    } catch {
      segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
    }
    if (segmenters.size < 200) segmenters.set(language, segmenter);
  }
  return segmenter;
}

/** The sentence without its greeting in front; may be empty. */
export function withoutGreeting(sentence: string): string {
  const rest = sentence.replace(greeting, "").trim();
  // "Hi Mia, ...": the name belongs to the greeting.
  return rest === sentence ? rest : rest.replace(/^\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)?[,!]\s+/u, "");
}

/** Says something about the matter: not only courtesy, and not only the wish for a person. */
export function hasSubstance(sentence: string): boolean {
  const words = wordsOf(withoutGreeting(sentence));
  if (words.every((word) => emptyWords.has(word)) || isCourtesy(sentence)) return false;
  return !(asksForPerson.test(sentence) && words.length <= 14);
}

/** The sentence asks for a person and nothing else. */
export function isWishForPerson(sentence: string): boolean {
  return asksForPerson.test(sentence);
}

const clauseEnd = /\s*[,;:–—]\s+|\s+-\s+|\s+(?:and|und|et|y|e|en)\s+/iu;
const about =
  /(?<![\p{L}])(?:about|regarding|concerning|because|wegen|über|weil|sobre|porque|à propos|au sujet|parce que|riguardo|perché|over|omdat|vanwege)(?![\p{L}])(.+)/iu;

/** What is said in one breath with the wish for a person: "my order is lost, give me a human", "... about my order". */
export function besideTheWish(text: string, language: string): string[] {
  return sentencesOf(text, language)
    .map(withoutGreeting)
    .filter(isWishForPerson)
    .flatMap((sentence) => {
      const what = about.exec(sentence)?.[1] ?? "";
      if ([...contentWordsOf(what)].some((word) => word.length > 4 || /\d/.test(word))) return [sentence];
      return sentence.split(clauseEnd).filter((clause) => {
        const telling = [...contentWordsOf(clause)].filter((word) => word.length > 3);
        return telling.length >= 2 && tellsTrouble(clause) && hasSubstance(clause);
      });
    });
}

/** The substance of a message: its sentences, greetings and courtesies dropped. */
export function substanceOf(text: string, language: string): string[] {
  return sentencesOf(text, language)
    .map(withoutGreeting)
    .filter((sentence) => sentence !== "" && hasSubstance(sentence));
}

export function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replace(/[’`]/g, "'")
      .match(/[\p{L}\p{N}][\p{L}\p{N}'-]*/gu) ?? []
  );
}

const smallWords = new Set(
  "a an the is are was be been am i me my we our you your it its to of in on at for and or but do does did has have had can could would this that with not please der die das ein eine ich du sie wir und oder ist sind war zu mit für le la les un une je vous et est de du des el los las una yo usted y es".split(
    " ",
  ),
);

/** Do the two say the same? The share of meaningful words they have in common is at least `threshold`. */
export function sameMeaning(a: string, b: string, threshold = 0.7): boolean {
  const left = contentWordsOf(a);
  const right = contentWordsOf(b);
  if (left.size === 0 || right.size === 0) return a.trim().toLowerCase() === b.trim().toLowerCase();
  let both = 0;
  for (const word of left) if (right.has(word)) both += 1;
  return both / (left.size + right.size - both) >= threshold;
}

/** The words that carry meaning. */
export function contentWordsOf(text: string): Set<string> {
  return new Set(wordsOf(text).filter((word) => !smallWords.has(word)));
}

/** Short enough for `limit` characters: cut at a clause where one ends late enough, else at a word, with an ellipsis. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, limit - 1);
  const clause = Math.max(
    head.lastIndexOf(", "),
    head.lastIndexOf("; "),
    head.lastIndexOf(" – "),
    head.lastIndexOf(" but "),
  );
  if (clause >= limit * 0.6) return `${head.slice(0, clause).trimEnd()}…`;
  const word = head.lastIndexOf(" ");
  // A cut between the halves of a surrogate pair would leave a broken character.
  const cut = (word >= limit * 0.5 ? head.slice(0, word) : head).replace(/[\uD800-\uDBFF]$/, "");
  return `${cut.replace(/[\s,;:–—-]+$/, "")}…`;
}

/** What is added to a problem out of politeness. */
const plea =
  /[,;.–-]?\s*(?:so |and )?(?:can|could|would) you (?:please )?(?:help|assist)(?: me| us)?(?: with (?:that|this|it))?(?: please)?\s?\??$/iu;

/** The sentence as a title: without lead-in and closing dot, first letter large. */
export function titled(sentence: string): string {
  const stripped = sentence.replace(lead, "").replace(plea, "").trim();
  const text = (wordsOf(stripped).length >= 3 ? stripped : sentence).replace(/[.\s]+$/, "");
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

const troubleWords =
  /\b(?:not|isn't|aren't|doesn't|didn't|don't|wasn't|haven't|hasn't|couldn't|cannot|can't|cant|won't|never|no longer|nothing|nobody|problem|issue|error|fail\w*|broken|damaged|missing|lost|late|delay\w*|wrong|stuck|crash\w*|stop\w*|refund|return|cancel\w*|charg\w*|exchange|change|merge|complain\w*|want|need|trying|looking|help with|how (?:do|can|to|long|much|many)|where|when|why|what|which|does|is there|nicht|kein\w*|niemand|problem|fehler|kaputt|fehlt|falsch|rückgabe|zurückgeben|erstattung|brauche|möchte|wie|wo|wann|warum|pas|plus|personne|problème|erreur|cassée?|écrasée?|manque|rembours\w*|comment|où|quand|pourquoi|quelle?|no|problema|error|rot[oa]|equivocad[oa]|falta|reembolso|quiero|cómo|dónde|cuándo|por qué|non|due volte|addebitat\w*|rott[oa]|rimborso|vorrei|quando|dove|não|errad[oa]|quebrad[oa]|quero|quando|onde|niet|geen|kapot|stuk|fout|wil|hoe|waar|wanneer|flicker\w*|abgebucht|flackert?|fehlen|beschädigt|besoin|voudrais|faut|débit\w*|clignot\w*|endommag\w*|necesito|quisiera|cobrad[oa]|parpadea|preciso|partid[oa]|cobrad[oa]|pisca|bisogno|voglio|manca|mancano|lampeggia|danneggiat\w*|nodig|afgeschreven|knippert|ontbreekt|ontbreken|beschadigd)\b/iu;

/** Is something said to be wrong, wanted or asked? */
export function tellsTrouble(sentence: string): boolean {
  return troubleWords.test(sentence);
}

/** How much a sentence tells about the matter. */
export function weight(sentence: string): number {
  // Where no blanks stand between words, two characters are about one.
  const unspaced = sentence.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]/g)?.length ?? 0;
  const words = wordsOf(sentence).length + Math.floor(unspaced / 2);
  let score = Math.min(words, 16) / 16;
  if (words < 3) score -= 0.6;
  if (troubleWords.test(sentence)) score += 0.5;
  if (/\d/.test(sentence)) score += 0.25;
  if (sentence.includes("?")) score += 0.25;
  return score;
}

/** The sentence that asks, the last of several; without a question the weightiest. */
export function best(sentences: string[]): string | null {
  if (sentences.length === 0) return null;
  const asking = sentences.filter((sentence) => sentence.includes("?") && wordsOf(sentence).length >= 3).at(-1);
  return asking ?? sentences.reduce((top, sentence) => (weight(sentence) > weight(top) ? sentence : top));
}
