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
  "half quarter third dozen dozens several hundreds thousands twice once double triple halb halfte viertel drittel dutzend mehrere hunderte tausende doppelt einmal zweimal moitie quart tiers douzaine plusieurs centaines milliers double mitad cuarto tercio docena varios cientos miles doble meta quarto terzo dozzina diversi centinaia migliaia doppio metade quarto terco duzia varios centenas milhares dobro helft kwart derde dozijn meerdere honderden duizenden dubbel free gratis kostenlos gratuit gratuite".split(
    " ",
  ),
);

/** Where in a sentence something of the asked kind stands that the question does not already say. */
export function candidatesIn(
  kind: Kind,
  sentence: { text: string; tokens: Token[] },
  isAsked: (token: Token) => boolean,
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
      return all(({ word, number }) => number !== null || quantities.has(word));
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
    default:
      return all(({ empty }) => !empty);
  }
}
