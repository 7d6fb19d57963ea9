import { firstToThird } from "./first-to-third";

/**
 * Retells what a customer wrote about themselves in French: "Je n'ai pas reçu mon colis" becomes "Le client n'a pas reçu
 * son colis". Null where that is not safe: the sentence is quoted then.
 */
const verbs = firstToThird(
  "ai:a suis:est vais:va veux:veut voudrais:voudrait peux:peut pouvais:pouvait dois:doit devais:devait sais:sait attends:attend " +
    "reçois:reçoit souhaiterais:souhaiterait aimerais:aimerait avais:avait étais:était voulais:voulait comprends:comprend prends:prend " +
    "perds:perd réponds:répond vois:voit crois:croit choisis:choisit viens:vient pars:part mets:met dis:dit fais:fait écris:écrit " +
    "sors:sort finis:finit vends:vend rends:rend lis:lit",
);

const opening = /^(?:et|mais|alors|oui|non|donc|bon|voilà|en fait|ok)[\s,]+/iu;
/** Somebody else is spoken of or to. */
const others =
  /(?<![\p{L}])(?:je|me|moi|nous|notre|nos|miens?|miennes?|vous|votre|vos|tu|te|toi|ton|ta|tes)(?![\p{L}])|(?<![\p{L}])[jmt]['’]/iu;
/** "Je suis déçue": a woman writes, and "le client" would not agree with it. */
const feminine =
  /(?<![\p{L}])(?:suis|étais|été)\s+(?:(?:très|vraiment|pas|plus|déjà|encore|un peu|trop|si|toujours)\s+)*(?!(?:de|le|que|ce|une|même)\s)\p{L}+es?(?![\p{L}])/iu;
/** "Je n'arrive pas à me connecter": it is still themselves. */
const themselves =
  /((?<![\p{L}])(?:peux|veux|voudrais|dois|pouvais|arrive|arrivais|souhaite|aimerais|réussis?|essaie|essayé)(?:\s(?:pas|plus|toujours pas))?(?:\s(?:à|de))?\s)m(e\s|’)(?=\p{L}+(?:er|ir|re)(?![\p{L}]))/giu;
const first =
  /(^|(?<![\p{L}'’])(?:que|parce que|puisque|lorsque|si|quand|et|mais|car|donc|comme|où|dont|alors que)\s+|,\s+)(?:je\s+|j['’]\s?)((?:ne\s+|n['’]|me\s+|m['’]|le\s+|la\s+|les\s+|l['’]|lui\s+|leur\s+|y\s+|en\s+)*)(\p{L}+)/giu;
const finite =
  /(?<![\p{L}])(?:est|sont|a|ont|était|étaient|fonctionne|fonctionnent|marche|marchent|manque|manquent|arrive|affiche|clignote|reste|refuse|indique|allume|éteint|coûte|sent|fuit|chauffe)(?![\p{L}])/iu;
/** A verb without "je" that would stay in the first person: "et attends". */
const bare = /(?:,\s|\s(?:et|mais|ou)\s)((?:ai|suis|vais|\p{Ll}+(?:ds|ois|eux|rais|ais)))(?![\p{L}])/u;
const noVerbs =
  /^(?:jamais|mais|mois|fois|trois|deux|fin|désormais|toutefois|autrefois|français|anglais|frais|délais)$/;

export function retellFrench(raw: string): string | null {
  const sentence = raw.replace(opening, "").replace(/['’]/g, "’");
  const bad = bare.exec(sentence)?.[1];
  if (feminine.test(sentence) || (bad && !noVerbs.test(bad))) return null;
  if (/^(?:je\s|j’)/iu.test(sentence)) return about(sentence);
  const [, article, rest] = /^(mon|ma|mes|le|la|les|l’|ce|cette|ces)(?:\s+|(?<=’))(.+)$/iu.exec(sentence) ?? [];
  if (!article || !rest || !finite.test(rest)) return null;
  const told = about(`Le client dit que ${article.toLowerCase()}${article.endsWith("’") ? "" : " "}${rest}`);
  return told;
}

/** The third person of what "je" does; null where the form does not tell. */
function third(verb: string): string | null {
  const known = verbs.get(verb);
  if (known) return known;
  if (verb.endsWith("rai")) return verb.slice(0, -1);
  if (verb.endsWith("ais")) return `${verb.slice(0, -1)}t`;
  return /\p{L}{3,}e$/u.test(verb) ? verb : null;
}

function about(sentence: string): string | null {
  let safe = true;
  const told = sentence
    .replace(themselves, "$1s$2")
    .replace(first, (_, before: string, clitics: string, verb: string, at: number) => {
      const doing = third(verb.toLowerCase());
      if (!doing) safe = false;
      const shown =
        `${clitics.replace(/^(ne\s+|n’)?m(?:e\s+|’)/iu, (own) => own.replace(/m(?=e\s|’)/iu, "s"))}`.replace(
          /(n|s)(?:e\s+|’)$/iu,
          (_, letter: string) => (/^[aeiouyéèêh]/iu.test(doing ?? "") ? `${letter}’` : `${letter}e `),
        );
      if (at === 0) return `Le client ${shown}${doing}`;
      const joining = before
        .replace(/(que|lorsque|puisque)\s+$/iu, (word) => `${word.trim().slice(0, -1)}’`)
        .replace(/(^|\s)si\s+$/iu, "$1s’");
      return `${joining}il ${shown}${doing}`;
    });
  const mine: Record<string, string> = { mon: "son", ma: "sa", mes: "ses" };
  const whole = told.replace(/(?<![\p{L}’])(?:mon|ma|mes)(?![\p{L}’])/giu, (word) => mine[word.toLowerCase()] ?? word);
  return safe && !others.test(whole) ? whole : null;
}
