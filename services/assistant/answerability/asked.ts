import { fold, type Language } from "../language";
import { type Token, tokensOf } from "./tokens";
import type { WordRelations } from "./word-relations";

/** What kind of thing would answer. */
export const kinds = [
  "PERSON",
  "DATE",
  "PLACE",
  "NUMBER",
  "REASON",
  "MANNER",
  "COLOUR",
  "NAMED",
  "YES_NO",
  "THING",
] as const;
export type Kind = (typeof kinds)[number];

/** One thing the question is about, as its alignment needs it. */
export interface AskedTerm extends Token {
  /** Where in the question. */
  at: number;
  /** 0..1: a word that says little of the topic counts less, and so does one from an earlier message. */
  weight: number;
  /** The noun after "which" or "what": it says what the answer is. */
  focus: boolean;
  /** Only of the first, the largest, the only one is asked. */
  superlative: boolean;
  earlier: boolean;
}

/** A question as the judge reads it. */
export interface Asked {
  kind: Kind;
  /** Folded. */
  text: string;
  /** It asks what is not so. */
  denied: boolean;
  /** Who does what is read in English only. */
  english: boolean;
  tokens: Token[];
  terms: AskedTerm[];
}

type Asks = [Kind, RegExp][];

/** First match wins. On folded text. */
const asking: Record<string, Asks> = {
  en: [
    [
      "DATE",
      /\bwhen\b|\bwhat time\b|\b(?:what|which|whose) (?:\w+ )?(?:year|date|day|month|century|decade|season|era|period|weekday)\b/,
    ],
    [
      "REASON",
      /\bwhy\b|\bhow come\b|\bwhat (?:(?:was|is|were|are) )?(?:the |one |a )?(?:main |primary )?(?:reasons?|causes?|purpose|motive)\b|\bwhat (?:caused|led|prompted|made)\b|\bwhat .{0,40}\bfor\W*$/,
    ],
    [
      "NUMBER",
      /\bhow (?:many|much|tall|high|long|far|deep|wide|big|large|old|heavy|fast|often|hot|cold|thick|soon|quickly|steep)\b|\b(?:what|which) (?:\w+ )?(?:number|percentage|percent|proportion|share|amount|height|length|weight|population|speed|temperature|depth|width|age|cost|price|size|distance|area|rate|fee|ratio|capacity)\b/,
    ],
    [
      "PLACE",
      /\bwhere\b|\b(?:what|which) (?:\w+ )?(?:city|country|town|village|place|region|continent|state|province|island|location|river|county|district|street|countries|cities|towns|port|valley|lake|mountain|area|building|room)\b/,
    ],
    [
      "PERSON",
      /\bwho(?:m|se)?\b|\b(?:what|which) (?:\w+ )?(?:person|king|queen|president|man|woman|people|tribes?|leader|ruler|emperor|author|artist|scientist|company|organi[sz]ation|group|team|family|nation|general|engineer|architect|player|brother|sister|founder)\b/,
    ],
    [
      "NAMED",
      /\bwhat (?:(?:was|is|were|are) )?(?:the )?names?\b|\bwhat .{0,60}\b(?:called|named|known as|titled?|nicknamed?)\b/,
    ],
    ["MANNER", /\bhow\b|\b(?:in )?what (?:way|manner|method)\b/],
    [
      "YES_NO",
      /^\W*(?:is|are|was|were|do|does|did|can|could|will|would|has|have|had|should|may|must)\b|\b(?:is|are|was|were|do|does|did|can|could|will|would|has|have|had) (?:i|you|we|it|he|she|they|the|a|there|this|that)\b(?!.*\b(?:what|which)\b)/,
    ],
  ],
  de: [
    [
      "DATE",
      /\bwann\b|\b(?:in |an |zu )?(?:welche[mnrs]?) (?:jahr\w*|datum|tag\w*|monat\w*|jahrhundert\w*|uhrzeit|zeit\w*)\b|\bum wie ?viel uhr\b/,
    ],
    [
      "REASON",
      /\b(?:warum|wieso|weshalb|weswegen|wozu|woran|wodurch)\b|\bwas (?:ist|war) der grund\b|\baus welche[mn] gr/,
    ],
    [
      "NUMBER",
      /\bwie ?viele?[nrs]?\b|\bwie (?:lange?|hoch|weit|tief|breit|gross|alt|schwer|schnell|oft|teuer|warm|heiss|steil)\b|\bwas kostet?n?\b/,
    ],
    ["PLACE", /\bwo(?:hin|her)?\b|\bwelche[mnrs]? (?:stadt|land|ort|gegend|region|insel|fluss|dorf|strasse)\b/],
    ["PERSON", /\b(?:wer|wen|wem|wessen)\b/],
    ["NAMED", /\bwie (?:heisst|hiess|heissen|nennt|nannte|lautet)\w*\b/],
    ["MANNER", /\bwie\b|\bauf welche\b/],
    [
      "YES_NO",
      /^\W*(?:ist|sind|war|waren|hat|haben|hatte|kann|konnen|konnte|wird|werden|wurde|darf|durfen|muss|mussen|gibt|gab|macht|liefert|bekomme)\b/,
    ],
  ],
  fr: [
    ["DATE", /\bquand\b|\b(?:quel(?:le)?s?) (?:annee|date|jour|mois|siecle|heure|epoque)\b/],
    [
      "REASON",
      /\bpourquoi\b|\bpour quelles? raisons?\b|\bqu'est-ce qui a (?:cause|provoque)\b|\bquelle (?:est|etait|fut) la (?:cause|raison)\b/,
    ],
    [
      "NUMBER",
      /\bcombien\b|\bquel(?:le)? (?:est |etait )?(?:la |le )?(?:hauteur|longueur|prix|taille|nombre|age|poids|superficie|vitesse|temperature|part|proportion|duree|delai)\b/,
    ],
    [
      "PLACE",
      /^\W*ou\b|\bd'ou\b|\b(?:dans|de|en|a|vers) quel(?:le)?s? (?:ville|pays|lieu|region|ile|village|fleuve|riviere|rue)\b|\bou (?:se|est|sont|a|ont|etait|furent|fut|puis|peut)\b/,
    ],
    ["PERSON", /\bqui\b(?! est-ce que)/],
    ["NAMED", /\bcomment (?:s'appel|se nomm)\w*|\bquel (?:est|etait|fut) le nom\b/],
    ["MANNER", /\bcomment\b|\bde quelle (?:maniere|facon)\b/],
    ["YES_NO", /^\W*(?:est-ce que?|peut-on|puis-je|a-t-|y a-t-il|est-il|est-elle|sont-ils|faut-il|avez-vous)/],
  ],
  es: [
    ["DATE", /\bcuando\b|\b(?:que|cual) (?:ano|fecha|dia|mes|siglo|hora|epoca)\b/],
    ["REASON", /\bpor que\b|\bpara que\b|\bcual (?:es|fue|era) (?:la |el )?(?:causa|razon|motivo)\b|\ba que se deb\w+/],
    [
      "NUMBER",
      /\bcuant[oa]s?\b|\b(?:que|cual) (?:es |era |fue )?(?:la |el )?(?:altura|longitud|precio|numero|edad|peso|superficie|velocidad|temperatura|porcentaje|tamano|plazo)\b/,
    ],
    ["PLACE", /\b(?:a|de )?donde\b|\b(?:que|cual) (?:ciudad|pais|lugar|region|isla|pueblo|rio|calle)\b/],
    ["PERSON", /\bquien(?:es)?\b/],
    ["NAMED", /\bcomo se llam\w+|\bcual (?:es|era|fue) el nombre\b/],
    ["MANNER", /\bcomo\b|\bde que (?:manera|modo|forma)\b/],
    ["YES_NO", /^\W*(?:es|son|era|fue|hay|puedo|puede|se puede|tiene|tienen|hace falta|debo|esta|estan)\b/],
  ],
  it: [
    ["DATE", /\bquando\b|\b(?:che|quale|qual|quali) (?:anno|data|giorno|mese|secolo|ora|epoca)\b/],
    [
      "REASON",
      /\bperche\b|\bcome mai\b|\bper (?:quale|che) (?:motivo|ragione)\b|\bqual (?:e|era|fu) (?:la causa|il motivo)\b/,
    ],
    [
      "NUMBER",
      /\bquant[oaie]\b|\bqual (?:e|era) (?:l'|la |il )?(?:altezza|lunghezza|prezzo|numero|eta|peso|superficie|velocita|temperatura|percentuale)\b/,
    ],
    ["PLACE", /\b(?:da )?dove\b|\bdov'e\b|\b(?:quale|che|quali) (?:citta|paese|luogo|regione|isola|fiume|via)\b/],
    ["PERSON", /\bchi\b/],
    ["NAMED", /\bcome si chiam\w+|\bqual (?:e|era|fu) il nome\b/],
    ["MANNER", /\bcome\b|\bin (?:che|quale) modo\b/],
    ["YES_NO", /^\W*(?:e|sono|era|posso|puo|si puo|ha|hanno|c'e|ci sono|devo|bisogna)\b/],
  ],
  pt: [
    ["DATE", /\bquando\b|\b(?:que|qual) (?:ano|data|dia|mes|seculo|hora|epoca)\b/],
    ["REASON", /\bpor ?que\b|\bpara que\b|\bqual (?:e|foi|era) (?:a causa|a razao|o motivo)\b/],
    [
      "NUMBER",
      /\bquant[oa]s?\b|\bqual (?:e |era |foi )?(?:a |o )?(?:altura|comprimento|preco|numero|idade|peso|area|velocidade|temperatura|percentagem|tamanho|prazo)\b/,
    ],
    ["PLACE", /\b(?:a|d)?onde\b|\b(?:que|qual) (?:cidade|pais|lugar|regiao|ilha|rio|rua)\b/],
    ["PERSON", /\bquem\b/],
    ["NAMED", /\bcomo se cham\w+|\bqual (?:e|era|foi) o nome\b/],
    ["MANNER", /\bcomo\b|\bde que (?:maneira|modo|forma)\b/],
    ["YES_NO", /^\W*(?:e|sao|era|foi|ha|posso|pode|tem|devo|preciso|esta)\b/],
  ],
  nl: [
    ["DATE", /\bwanneer\b|\bhoe laat\b|\b(?:welke?|wat voor) (?:jaar|datum|dag|maand|eeuw|periode)\b/],
    ["REASON", /\bwaarom\b|\bwaardoor\b|\bwat (?:is|was) de reden\b|\bom welke reden\b/],
    ["NUMBER", /\bhoeveel\b|\bhoe (?:lang|hoog|ver|diep|breed|groot|oud|zwaar|snel|vaak|duur|warm)\b/],
    ["PLACE", /\bwaar(?:heen|vandaan)?\b|\bwelke? (?:stad|land|plaats|regio|eiland|rivier|straat|dorp)\b/],
    ["PERSON", /\b(?:wie|wiens)\b/],
    ["NAMED", /\bhoe (?:heet|heette|heten)\b|\bwat (?:is|was) de naam\b/],
    ["MANNER", /\bhoe\b|\bop welke manier\b/],
    ["YES_NO", /^\W*(?:is|zijn|was|waren|kan|kunnen|kun|mag|heeft|hebben|heb|moet|moeten|worden|wordt|doet|zit)\b/],
  ],
};

const asksWhich =
  /^(?:what|which|welche[mnrs]?|was|quel(?:le)?s?|que|qual|quale|quali|quais|cual|cuales|che|welke?|wat)$/;

const asksHow = /^(?:how|wie|hoe)$/;
const measures =
  /^(?:many|much|long|far|old|large|big|high|tall|deep|wide|often|fast|quickly|soon|early|late|heavy|hot|cold|thick|good|viele?[nrs]?|lange?|weit|alt|gross|hoch|tief|breit|oft|schnell|teuer|schwer|veel|lang|ver|oud|groot|hoog|diep|breed|vaak|snel|duur|zwaar)$/;

const superlatives = new Set(
  "first last only most least largest biggest smallest oldest youngest newest earliest latest highest lowest tallest longest shortest main primary sole best worst greatest fastest slowest strongest weakest deepest richest final original erste ersten erster letzte letzten einzige einzigen grosste grossten kleinste alteste altesten hochste langste meisten wichtigste premier premiere dernier derniere seul seule plus principal principale primer primera primero ultimo ultima unico unica mayor menor mejor peor primo prima maggiore minore migliore primeiro primeira maior melhor eerste laatste enige grootste kleinste oudste hoogste langste meeste belangrijkste".split(
    " ",
  ),
);

const denying =
  /\b(?:not|never|no|none|without|cannot|neither|nor|unable|fail(?:s|ed)? to|lacks?|lacked|except|\w{2,6}n't|nicht|kein\w*|nie|niemals|ohne|ne .{0,20}(?:pas|jamais|aucune?|rien)|n'.{0,20}(?:pas|jamais|aucune?|rien)|sans|nunca|jamas|ningun\w*|sin|non|mai|nessun\w*|senza|nao|nenhum\w*|sem|niet|geen|nooit|zonder)\b|^\W*no\b/;

/** Does a text deny something? In Spanish "no" is "not", in English it may be "no fee". */
export function denies(text: string): boolean {
  return denying.test(fold(text));
}

const asksAnything =
  /\b(?:who|whom|whose|what|which|where|when|how|wer|wen|wem|was|welche\w*|wo|wann|wie|qui|que|quoi|quel\w*|ou|quand|combien|quien\w*|cual\w*|donde|cuando|cuant\w*|chi|che|cosa|quale|quali|dove|quando|quant\w*|quem|qual|quais|onde|wat|welke?|waar|wanneer|hoe)\b/;

/** Asks for what is *not* so, which texts hardly ever tell. "Why not?" and "what if it does not?" are told often. */
function asksForTheOther(folded: string, kind: Kind): boolean {
  if (kind === "REASON" || kind === "YES_NO" || kind === "MANNER" || !asksAnything.test(folded)) return false;
  const [main = ""] = folded.split(
    /(?<=\w.*)\b(?:if|when|whenever|because|while|although|unless|i|my|we|wenn|falls|weil|ich|si|quand|je|mon|cuando|mi|se|quando|io|meu|minha|als|ik|mijn)\b/,
  );
  return denying.test(main);
}

/** Reads a question: what kind of thing would answer it, and what it is about. Pure. */
export function askedIn(
  question: { text: string; earlier?: string },
  language: Language,
  relations: WordRelations,
  isName: (word: string) => boolean,
): Asked {
  const folded = fold(question.text);
  const tokens = joinPairs(tokensOf(question.text, language, relations, isName), relations);
  const colour =
    /\b(?:what|which|welche|quelle|que|de que|di che|que|welke) (?:colou?rs?|farben?|couleurs?|color|colore|cor|kleur)\b/.test(
      folded,
    );
  const patterns = asking[language.code] ?? asking.en ?? [];
  let kind: Kind = colour ? "COLOUR" : kindOf(folded, patterns);
  const focus = focusOf(tokens, relations);
  // "Where" inside a question that asks "which": the relative clause does not say what is asked.
  if (kind === "YES_NO" && focus.length > 0) kind = "THING";
  const terms = termsOf(tokens, focus, relations, kind);
  if (question.earlier) {
    const before = joinPairs(tokensOf(question.earlier, language, relations, isName), relations);
    for (const term of termsOf(before, [], relations, "THING"))
      if (!terms.some(({ stem }) => stem === term.stem))
        terms.push({ ...term, at: -1, weight: term.weight * 0.5, earlier: true, superlative: false });
  }
  return { kind, text: folded, denied: asksForTheOther(folded, kind), english: language.code === "en", tokens, terms };
}

/** The kind that is asked for first: "who led them when ..." asks for a person. */
function kindOf(folded: string, patterns: Asks): Kind {
  let kind: Kind = "THING";
  let first =
    /\b(?:what|which|was|welche\w*|quel\w*|qu'|que|qual\w*|quais|che|cosa|cual\w*|welke?|wat)\b/.exec(folded)?.index ??
    folded.length;
  first += 0.5;
  for (const [one, pattern] of patterns) {
    const at = pattern.exec(folded)?.index ?? folded.length;
    if (at < first) {
      kind = one;
      first = at;
    }
  }
  return kind;
}

function joinPairs(tokens: Token[], relations: WordRelations): Token[] {
  const joined: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const next = tokens[at + 1];
    const stem = next ? relations.pair(token.stem, next.stem) : null;
    if (stem) {
      joined.push({ ...token, stem, empty: false });
      at++;
    } else joined.push(token);
  }
  return joined;
}

/** Where the noun stands that "which" or "what" asks for: "which Belgian town", "what type of arch". */
function focusOf(tokens: Token[], relations: WordRelations): number[] {
  const which = tokens.findIndex(({ word }) => asksWhich.test(word));
  if (which < 0) return [];
  const focus: number[] = [];
  for (let at = which + 1; at < tokens.length && at < which + 7; at++) {
    const { word, empty } = tokens[at] as Token;
    if (!empty) {
      focus.push(at);
      if (focus.length === 3) break;
    } else if (!/^(?:of|de|d|von|der|des|van|di|do|da)$/.test(word) || focus.length === 0) break;
    else if (focus.some((one) => !relations.light.has((tokens[one] as Token).word))) break;
  }
  return focus;
}

const temporal =
  /^(?:years?|dates?|days?|months?|time|jahr\w*|datum|annee|date|jour|ano|fecha|anno|data|giorno|jaar|dag|dia)$/;

function termsOf(tokens: Token[], focus: number[], relations: WordRelations, kind: Kind): AskedTerm[] {
  const terms: AskedTerm[] = [];
  for (const [at, token] of tokens.entries()) {
    const superlative = superlatives.has(token.word) && !(token.word === "last" && at === tokens.length - 1);
    if (
      (token.empty && !superlative) ||
      (token.word.length < 2 && token.number === null && !/\p{Lo}/u.test(token.word))
    )
      continue;
    if (at > 0 && asksHow.test(tokens[at - 1]?.word ?? "") && measures.test(token.word)) continue;
    if (asksWhich.test(token.word) || (denies(token.word) && !/^(?:fail|lack)/.test(token.word))) continue;
    const inFocus = focus.includes(at);
    if (kind === "COLOUR" && inFocus && at < 4) continue;
    if (kind === "DATE" && temporal.test(token.word) && (inFocus || at < 3)) continue;
    const known = terms.find(({ stem }) => stem === token.stem);
    if (known) continue;
    const weight = relations.light.has(token.word) && !relations.opposed(token.stem) ? 0.25 : token.empty ? 0.5 : 1;
    terms.push({ ...token, at, weight, focus: inFocus, superlative, earlier: false });
  }
  return terms;
}
