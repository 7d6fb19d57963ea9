import { fold } from "../language";
import type { Kind } from "./asked";
import type { Token } from "./tokens";

const months =
  "january february march april may june july august september october november december januar februar marz mai juni juli oktober dezember janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre janeiro fevereiro marco maio junho julho setembro outubro dezembro januari februari maart mei augustus";
const days =
  "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo lunedi martedi mercoledi giovedi venerdi maandag dinsdag woensdag donderdag vrijdag zaterdag zondag";
const times =
  "century centuries decade decades year years spring summer autumn winter dawn midnight noon today yesterday jahrhundert jahrhunderts jahr jahre jahren fruhling sommer herbst siecle an ans annees printemps ete automne hiver siglo ano anos primavera verano otono invierno secolo anni estate autunno inverno seculo verao outono inverno eeuw jaar lente zomer herfst weeks days months hours minutes wochen tage tagen monate stunden semaines jours mois heures semanas dias meses horas settimane giorni mesi ore weken dagen maanden uren before after until during nach vor bis apres avant pendant jusqu despues antes hasta durante dopo prima fino depois ate voor na tot immediately sofort";
const temporal = new Set(`${months} ${days} ${times}`.split(" "));

const places = new Set(
  "in at near from to into onto on through across under behind beside inside outside along between above below around im am beim bei aus nach auf unter hinter neben zwischen dans a au aux en sur sous chez pres depuis vers entre de del al sobre bajo cerca desde hacia nel nella nei sul sulla da dal dalla vicino em no na nos nas ao perto op aan bij naar uit onder achter naast tussen".split(
    " ",
  ),
);

const reasons =
  /\b(?:because|since|due to|owing to|as a result|in order to|so that|so as to|to (?=\w{3,})|caused?|causing|led to|leading to|resulted?|therefore|thus|hence|thanks to|for fear|out of|prompt\w*|weil|da\b|denn|deshalb|daher|wegen|aufgrund|damit|um .{2,60} zu|dadurch|parce|car\b|afin|pour\b|grace a|en raison|a cause|puisque|donc|porque|para\b|debido|por eso|a causa|gracias a|ya que|perche|per\b|poiche|a causa|grazie a|quindi|devido|por causa|gracas a|pois|omdat|doordat|vanwege|want\b|zodat|om .{2,60} te|door\b)/;
const manners =
  /\b(?:by|through|with|using|via|from|into|as|mit|durch|indem|mittels|uber|par|avec|en|grace|au moyen|por|con|mediante|a traves|per|con|tramite|attraverso|com|atraves|pelo|pela|met|door|via|middels)\b/;

const quantities = new Set(
  "half quarter third dozen dozens several hundreds thousands twice once double triple halb halfte viertel drittel dutzend mehrere hunderte tausende doppelt einmal zweimal moitie quart tiers douzaine plusieurs centaines milliers double mitad cuarto tercio docena varios cientos miles doble meta quarto terzo dozzina diversi centinaia migliaia doppio metade quarto terco duzia varios centenas milhares dobro helft kwart derde dozijn meerdere honderden duizenden dubbel free gratis kostenlos gratuit gratuite gratuita gratuito none nobody no".split(
    " ",
  ),
);

const colours = new Set(
  "red blue green yellow black white brown grey gray orange purple pink violet golden silver turquoise beige transparent rot blau grun gelb schwarz weiss braun grau rosa rote blaue grune rouge bleu vert jaune noir blanc gris marron rojo azul verde amarillo negro blanco marron rosso blu giallo nero bianco grigio vermelho amarelo preto branco cinzento rood blauw groen geel zwart wit grijs bruin".split(
    " ",
  ),
);

/** What a number must be of to answer; each with the question's words for it, on folded text. */
const units: [asked: RegExp, unit: RegExp][] = [
  [
    /\bhow (?:much|expensive)\b.*\b(?:cost|costs|pay|paid|price|fee|charge|worth|spend|spent|money|earn|sell|sold)\b|\b(?:price|cost|fee|toll|salary|wage|rent)\b|\bwie teuer|\bkoste|\bcombien (?:coute|cout|ca)|\bcuanto (?:cuesta|cuestan|pago|cost)|\bquanto (?:costa|custa|pag)|\bkost\b|\bprix\b|\bprecio\b|\bprezzo\b|\bpreco\b/,
    /[€$£¥%]|\b(?:euros?|dollars?|cents?|pounds?|crowns?|marks?|francs?|pence|penny|shillings?|florins?|ducats?|yen|eur|usd|gbp|chf|free|percent|tax|franken|gratis|kostenlos|umsonst|gratuit\w*|gratuita?|lire|reais|coins?)\b/,
  ],
  [
    /\bhow (?:long|soon|quickly|old)\b|\bwie (?:lange|alt|schnell)\b|\bcombien de (?:temps|jours|mois|annees|semaines)|\bcuanto (?:tiempo|tarda|dura)|\bquanto tempo|\bhoe (?:lang|oud|snel)\b|\bhow many (?:years|months|weeks|days|hours|minutes)\b/,
    /\b(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centur\w+|night|age|aged|from|until|between|miles?|metres?|meters?|kilomet\w+|km|cm|centimet\w+|feet|foot|inch\w*|jahre?n?|monate?n?|wochen?|tage?n?|stunden?|minuten|ans?|annees?|mois|semaines?|jours?|heures?|anos?|meses|semanas?|dias?|horas?|anni|mesi|settimane|giorni|ore|jaar|maanden|weken|dagen|uur|metros?|metri|meter)\b|\d-\d|–/,
  ],
  [
    /\bhow (?:tall|high|far|deep|wide|large|big)\b|\b(?:height|length|depth|width|distance|area)\b|\bwie (?:hoch|weit|tief|breit|gross)\b|\bhoe (?:hoog|ver|diep|breed|groot)\b|\b(?:hauteur|altura|altezza|hoogte)\b/,
    /\b(?:miles?|metres?|meters?|kilomet\w+|km|cm|mm|m|centimet\w+|millimet\w+|feet|foot|inch\w*|hectares?|acres?|square|mb|gb|tonnes?|tons?|metros?|metri|metern?|people|rooms?|pages?)\b/,
  ],
  [
    /\bhow (?:hot|cold|warm)\b|\btemperatur|\bwie (?:heiss|kalt|warm)\b/,
    /°|\b(?:degrees?|celsius|fahrenheit|kelvin|grad|degres|grados|gradi|graus|graden)\b/,
  ],
  [/\bhow heavy\b|\bweigh|\bweight\b|\bwie schwer\b/, /\b(?:kg|kilo\w*|grams?|tonnes?|tons?|pounds?|lbs?|ounces?)\b/],
  [
    /\b(?:percentage|percent|proportion|share)\b/,
    /%|\b(?:percent|per cent|half|third|quarter|fifths?|tenths?|two|three|four)\b/,
  ],
];

/** Hardly ever how many or how much. */
const year = /^(?:1[0-9]|20)\d\d$/;

/** A number that does not count or measure what is asked is none: "how many people" and "in 1988". */
function measured(question: string, tokens: Token[], at: number, text: string): boolean {
  const unit = units.find(([asked]) => asked.test(question))?.[1];
  if (!unit) return true;
  return (
    unit.test(
      tokens
        .slice(Math.max(0, at - 2), at + 4)
        .map(({ word }) => word)
        .join(" "),
    ) || /[€$£¥%]/.test(text)
  );
}

/** Where in a sentence something of the asked kind stands that the question does not already say. */
export function candidatesIn(
  kind: Kind,
  sentence: { text: string; tokens: Token[] },
  isAsked: (token: Token) => boolean,
  question = "",
): number[] {
  const { tokens } = sentence;
  const all = (is: (token: Token, at: number) => boolean) =>
    tokens.flatMap((token, at) => (!isAsked(token) && is(token, at) ? [at] : []));
  switch (kind) {
    case "PERSON":
    case "NAMED":
      return all(({ name }) => name);
    case "DATE":
      return all(
        ({ word, number }) =>
          temporal.has(word) || (number !== null && /^\d{1,2}[.:]\d\d$|^\d{3,4}$|^\d{1,2}$/.test(number)),
      );
    case "NUMBER":
      return all(
        ({ word, number }, at) =>
          ((number !== null && !year.test(word)) || quantities.has(word)) &&
          measured(question, tokens, at, sentence.text),
      );
    case "PLACE":
      return all(
        ({ name, empty }, at) =>
          !empty &&
          [1, 2, 3].some((back) => places.has(tokens[at - back]?.word ?? "")) &&
          (name || !tokens.some((other) => other.name && !isAsked(other))),
      );
    case "REASON":
      return reasons.test(fold(sentence.text)) ? all(({ empty }) => !empty) : [];
    case "MANNER":
      return manners.test(fold(sentence.text)) ? all(({ empty }) => !empty) : [];
    case "YES_NO":
      return tokens.map((_, at) => at);
    case "COLOUR":
      return all(({ word }) => colours.has(word));
    default:
      return all(({ empty }) => !empty);
  }
}
