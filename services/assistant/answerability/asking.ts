import type { Kind } from "./asked";

/** How a kind of answer is asked for. */
export type Asks = [Kind, RegExp][];

/** First match wins. On folded text. */
export const asking: Record<string, Asks> = {
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
