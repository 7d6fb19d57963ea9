import { firstToThird } from "./first-to-third";

/**
 * Retells what a customer wrote about themselves in German or Dutch: "Ich habe meine Lampe bestellt" becomes "Der Kunde
 * hat seine Lampe bestellt". Only the person of verbs and pronouns changes. Null where that is not safe: whoever calls
 * quotes the sentence then, which is right in every language.
 */
interface Tongue {
  i: string;
  customer: string;
  pronoun: string;
  /** Before the sentence proper. */
  opening: RegExp;
  /** First person to third. */
  verbs: Map<string, string>;
  verb(first: string): string | null;
  own: RegExp;
  theirs: string;
  reflexive: RegExp;
  itself: string;
  /** Whoever else is spoken of or to: the sentence is quoted. */
  others: RegExp;
  /** What joins clauses. */
  and: string;
  /** May begin the next clause, being no verb. */
  begins: RegExp;
  asking: RegExp;
}

const strong = firstToThird(
  "gebe:gibt sehe:sieht lese:liest nehme:nimmt treffe:trifft spreche:spricht vergesse:vergisst fahre:fährt lasse:lässt laufe:läuft halte:hält trage:trägt fange:fängt falle:fällt wasche:wäscht werde:wird helfe:hilft werfe:wirft lade:lädt trete:tritt empfehle:empfiehlt breche:bricht messe:misst schlage:schlägt stoße:stößt",
);

const german: Tongue = {
  i: "ich",
  customer: "der Kunde",
  pronoun: "er",
  opening: /^(?:und|aber|also|ja|nein|ok|okay|doch|na ja|nun)[\s,]+/iu,
  verbs: firstToThird(
    "habe:hat hab:hat bin:ist war:war hatte:hatte möchte:möchte will:will kann:kann konnte:konnte muss:muss musste:musste soll:soll sollte:sollte darf:darf wollte:wollte würde:würde hätte:hätte wäre:wäre wurde:wurde weiß:weiß brauch:braucht such:sucht warte:wartet arbeite:arbeitet bestellte:bestellte kaufte:kaufte erhielt:erhielt bekam:bekam bezahlte:bezahlte versuchte:versuchte schickte:schickte brauchte:brauchte dachte:dachte rief:rief schrieb:schrieb fand:fand sah:sah ging:ging bitte:bittet öffne:öffnet brauche:braucht bekomme:bekommt erhalte:erhält erreiche:erreicht finde:findet suche:sucht sehe:sieht verstehe:versteht kriege:kriegt nutze:nutzt vermisse:vermisst hoffe:hofft frage:fragt benötige:benötigt beantrage:beantragt beauftrage:beauftragt schalte:schaltet esse:isst",
  ),
  verb(first) {
    for (const [ending, third] of strong) if (first.endsWith(ending)) return first.slice(0, -ending.length) + third;
    // "kaufte" is the same in both persons, "warte" is not: only those above are known.
    if (!/^\p{Ll}{3,}e$/u.test(first) || first.endsWith("te")) return null;
    const stem = first.slice(0, -1);
    if (/(?:d|ch[nm]|[bdfgkpt][nm])$/.test(stem)) return `${stem}et`;
    // "wechsle", "sammle"
    return /[bdfgkmpstz]l$/.test(stem) ? `${stem.slice(0, -1)}elt` : `${stem}t`;
  },
  own: /(?<![\p{L}])mein(e[nmrs]?)?(?![\p{L}])/giu,
  theirs: "sein",
  reflexive: /^(?:mir|mich)(?![\p{L}])/iu,
  itself: "sich",
  others:
    /(?<![\p{L}])(?:[Mm](?:ir|ich|eins|einetwegen)|[Ww]ir|[Uu]ns|[Uu]nser\p{L}*|[Dd](?:u|ir|ich|ein\p{L}*)|[Ee]uch|[Ee]ue?r\p{L}*|[Ii]hr\p{L}*|[Ii]hnen|Sie)(?![\p{L}])/u,
  and: "und|aber|oder|sondern|denn|doch",
  begins:
    /^(?:der|die|das|den|dem|ein\p{L}*|kein\p{L}*|sein\p{L}*|dies\p{L}*|es|er|sie|dort|da|jetzt|nun|trotzdem|nicht|noch|nur|auch|heute|gestern|seit|seitdem|bisher|leider|dass|ob|weil|wenn|wann|wie|wo|was|warum|obwohl|damit|um|ohne|für|mit|von|bei|aus|nach|zu|zum|zur|am|im|in|an|auf|bis|schon|zwar|aber|niemand|nichts|\d.*|\p{Lu}.*)$/u,
  asking:
    /^(?:wie|wo|wann|was|warum|wieso|weshalb|womit|wofür|wer|welch\p{L}*|ob|wenn|falls|weil|da|dass)(?![\p{L}])/iu,
};

const dutch: Tongue = {
  i: "ik",
  customer: "de klant",
  pronoun: "hij",
  opening: /^(?:en|maar|dus|ja|nee|ok|oké|nou|hallo)[\s,]+/iu,
  verbs: firstToThird(
    "heb:heeft ben:is was:was had:had wil:wil wilde:wilde kan:kan kon:kon moet:moet moest:moest mag:mag zou:zou zal:zal wacht:wacht zoek:zoekt krijg:krijgt kreeg:kreeg bestelde:bestelde kocht:kocht betaalde:betaalde probeerde:probeerde probeer:probeert zie:ziet zag:zag weet:weet vind:vindt word:wordt werd:werd begrijp:begrijpt snap:snapt gebruik:gebruikt woon:woont vraag:vraagt denk:denkt hoop:hoopt stuur:stuurt stuurde:stuurde mis:mist ontvang:ontvangt ontving:ontving ga:gaat sta:staat doe:doet zit:zit blijf:blijft loop:loopt lees:leest bel:belt belde:belde verloor:verloor vergat:vergat heb:heeft",
  ),
  verb: () => null,
  own: /(?<![\p{L}])(?:mijn|m['’]n)(?![\p{L}])/giu,
  theirs: "zijn",
  reflexive: /^(?:me|mij)(?![\p{L}])/iu,
  itself: "zich",
  others: /(?<![\p{L}])(?:me|mij|mijzelf|mezelf|wij|we|ons|onze|u|uw|je|jij|jou|jouw|jullie)(?![\p{L}])/iu,
  and: "en|maar|of|want|dus",
  begins:
    /^(?:de|het|een|geen|zijn|deze|die|dat|dit|er|daar|nu|nog|niet|toch|dan|hij|zij|ze|ook|alleen|toen|sinds|al|dat|of|omdat|als|wanneer|hoe|waar|wat|waarom|hoewel|om|zonder|voor|met|van|bij|uit|na|naar|te|op|in|aan|tot|niemand|niets|helaas|vandaag|gisteren|\d.*|\p{Lu}.*)$/u,
  asking: /^(?:hoe|waar|wanneer|wat|waarom|waarmee|wie|welke?|of|als|omdat|dat)(?![\p{L}])/iu,
};

export const retellGerman = (sentence: string): string | null => dative(sentence) ?? retell(sentence, german);
export const retellDutch = (sentence: string): string | null => retell(sentence, dutch);

/** "Mir fehlt eine Schraube". */
function dative(sentence: string): string | null {
  const [, rest] =
    /^mir\s+((?:ist|sind|wurden?|wird|werden|fehl(?:t|en)|gefällt|passt|hat|haben)\s.+)$/iu.exec(sentence) ?? [];
  if (!rest) return null;
  const told = rest.replace(german.own, (_, ending = "") => `${german.theirs}${ending}`);
  return /(?<![\p{L}])ich(?![\p{L}])/iu.test(told) || german.others.test(told) ? null : `Dem Kunden ${told}`;
}

function retell(raw: string, tongue: Tongue): string | null {
  const sentence = raw.replace(tongue.opening, "");
  const { i, customer, pronoun, and } = tongue;
  const third = (verb: string) => tongue.verbs.get(verb.toLowerCase()) ?? tongue.verb(verb.toLowerCase());
  const direct = new RegExp(`^${i}\\s+(\\p{L}+)(.*)$`, "iu").exec(sentence);
  const turned = new RegExp(`^((?:[\\p{L}\\p{N}.-]+\\s+){1,6}?)(\\p{L}+)\\s+${i}(?![\\p{L}])(.*)$`, "iu").exec(
    sentence,
  );
  let front: string;
  let rest: string;
  if (direct?.[1]) {
    const verb = third(direct[1]);
    if (!verb) return null;
    front = `${customer.charAt(0).toUpperCase()}${customer.slice(1)} ${verb}`;
    rest = direct[2] ?? "";
  } else if (turned?.[1] && turned[2] && !tongue.asking.test(turned[1])) {
    const verb = tongue.verbs.get(turned[2].toLowerCase());
    if (!verb || tongue.others.test(turned[1])) return null;
    front = `${turned[1].charAt(0).toUpperCase()}${turned[1].slice(1)}${verb} ${customer}`;
    rest = turned[3] ?? "";
  } else return null;
  rest = rest.replace(/^\s+(\p{L}+)/u, (whole, word: string) =>
    tongue.reflexive.test(word) ? ` ${tongue.itself}` : whole,
  );
  let safe = true;
  // "und ich warte", "und warte": the person of the next verb changes too.
  const joint = new RegExp(`(,\\s+(?:${and})\\s+|,\\s+|\\s(?:${and})\\s+)(${i}\\s+)?([\\p{L}\\p{N}'’-]+)`, "giu");
  rest = rest.replace(joint, (whole, joining: string, self: string | undefined, word: string) => {
    const verb = self ? third(word) : tongue.verbs.get(word.toLowerCase());
    if (self && verb) return `${joining}${pronoun} ${verb}`;
    if (!self && verb) return `${joining}${verb}`;
    if (self || !(tongue.begins.test(word) || word.replace(tongue.own, "") === "")) safe = false;
    return whole;
  });
  rest = rest.replace(tongue.own, (_, ending) => `${tongue.theirs}${typeof ending === "string" ? ending : ""}`);
  const told = `${front}${rest}`;
  const self = new RegExp(`(?<![\\p{L}])${i}(?![\\p{L}])`, "iu");
  return safe && !self.test(told) && !tongue.others.test(rest) ? told : null;
}
