import { firstToThird } from "./first-to-third";

/**
 * Retells what a customer wrote about themselves in Spanish, Portuguese or Italian, where verbs carry the person: "No he
 * recibido mi pedido" becomes "El cliente no ha recibido su pedido". Null wherever a verb might stay in the first
 * person, a woman's ending would not agree, or "su" could be the company's: the sentence is quoted then.
 */
interface Tongue {
  customer: string;
  /** "El cliente dice que". */
  says: string;
  opening: RegExp;
  /** Adverbs before the verb. */
  adverbs: RegExp;
  not: string;
  /** Pronouns between "not" and the verb. */
  clitics: RegExp;
  /** First person to third. */
  verbs: Map<string, string>;
  /** The third person of a form that tells its person by itself; null where it does not. */
  verb(first: string): string | null;
  /** A word that may be a verb in the first person. */
  suspicious: RegExp;
  harmless: RegExp;
  /** What begins a clause, in which a word in -o may be a verb. */
  joins: RegExp;
  own: Record<string, string>;
  others: RegExp;
  /** A feminine ending after "am". */
  feminine: RegExp;
  /** "Me llegó": what happens to the customer. */
  happens: RegExp | null;
  toCustomer(not: string, rest: string): string;
  /** "Mi pedido no ha llegado", "El paquete ...". */
  thing: RegExp;
  finite: RegExp;
}

const spanish: Tongue = {
  customer: "El cliente",
  says: "El cliente dice que",
  opening: /^(?:(?:y|pero|pues|sí|bueno|entonces|es que|yo|ok)[\s,]+|no,\s+)+/iu,
  adverbs: /^(?:ya|aún|todavía|también|solo|sólo|hoy|ayer|nunca|siempre|ahora|simplemente|solamente)\s+/iu,
  not: "no ",
  clitics: /^(?:(?:lo|la|los|las|se|me)\s+)+/iu,
  verbs: firstToThird(
    "he:ha tengo:tiene quiero:quiere necesito:necesita quisiera:quisiera querría:querría puedo:puede pude:pudo podía:podía estoy:está soy:es hice:hizo pedí:pidió elegí:eligió seguí:siguió leí:leyó intento:intenta espero:espera llevo:lleva busco:busca sigo:sigue vivo:vive uso:usa deseo:desea creo:cree veo:ve voy:va fui:fue había:había tenía:tenía estaba:estaba quería:quería necesitaba:necesitaba encuentro:encuentra debo:debe prefiero:prefiere tuve:tuvo quise:quiso puse:puso estuve:estuvo recibo:recibe logro:logra consigo:consigue sé:sabe vi:vio di:dio compro:compra solicito:solicita debía:debía podría:podría gustaría:gustaría",
  ),
  verb(first) {
    // "Llamaré" is what they will do, "entré" what they did: both end alike.
    if (/[aei]ré$/.test(first)) return null;
    if (/qué$/.test(first)) return `${first.slice(0, -3)}có`;
    if (/gué$/.test(first)) return `${first.slice(0, -3)}gó`;
    if (/\p{L}{2}cé$/u.test(first)) return `${first.slice(0, -2)}zó`;
    if (/\p{L}{3}é$/u.test(first)) return `${first.slice(0, -1)}ó`;
    return /\p{L}{3}(?<![aeou])í$/u.test(first) &&
      !/(?:ped|eleg|segu|sent|ment|prefer|med|repet|serv|corr|consegu|desped|convert|sug|dorm|mor)\p{L}*í$/u.test(first)
      ? `${first.slice(0, -1)}ió`
      : null;
  },
  suspicious: /\p{L}{2}[éí]$/u,
  harmless: /^(?:qué|así|aquí|ahí|allí|sí|café|esté|porqué)$/u,
  joins: /^(?:y|e|o|que|porque|cuando|si|pero|donde|aunque|mientras|pues|como)$/iu,
  own: { mi: "su", mis: "sus" },
  others:
    /(?<![\p{L}])(?:yo|me|mí|mío|mía|míos|mías|conmigo|nos|nosotr[oa]s|nuestr[oa]s?|usted|ustedes|tú|tu|tus|te|ti|os|vuestr[oa]s?|su|sus|le|les)(?![\p{L}])|\p{L}(?:ar|er|ir|ndo)(?:me|nos|melo|mela)(?![\p{L}])/iu,
  feminine:
    /(?<![\p{L}])(?:estoy|soy|sigo|quedé|estaba|fui)\s+(?:muy\s+|tan\s+|bastante\s+|ya\s+|realmente\s+)?\p{L}+a(?![\p{L}])/iu,
  happens:
    /^me\s+((?:ha|han|habían?|llegó|llegaron|llega|llegan|falta|faltan|cobraron|cobró|cobran|enviaron|mandaron|dieron|dijeron|dio|sale|aparece|aparecen|gustaría|interesa|devolvieron|entregaron|descontaron|prometieron|urge|están)(?![\p{L}]).*)$/iu,
  toCustomer: (not, rest) => `Al cliente ${not}le ${rest}`,
  thing: /^((?:mi|mis|el|la|los|las|este|esta)\s.+)$/iu,
  finite:
    /(?<![\p{L}])(?:está|están|es|son|fue|llegó|llegaron|ha|han|funciona|funcionan|dejó|vino|tiene|tienen|falta|faltan|aparece|muestra|sigue|huele|parpadea|enciende|apaga|cuesta|rompió|llega|llegan|estaba)(?![\p{L}])/iu,
};

const portuguese: Tongue = {
  customer: "O cliente",
  says: "O cliente diz que",
  opening: /^(?:(?:e|mas|então|sim|bom|olha|eu|ok)[\s,]+|não,\s+)+/iu,
  adverbs: /^(?:já|ainda|também|só|hoje|ontem|nunca|sempre|agora|apenas|simplesmente)\s+/iu,
  not: "não ",
  clitics: /^$/u,
  verbs: firstToThird(
    "recebi:recebeu pedi:pediu fiz:fez quero:quer queria:queria gostaria:gostaria preciso:precisa precisava:precisava tenho:tem tinha:tinha estou:está estava:estava consigo:consegue consegui:conseguiu posso:pode pude:pôde devolvi:devolveu vi:viu uso:usa espero:espera aguardo:aguarda procuro:procura perdi:perdeu escolhi:escolheu esqueci:esqueceu moro:mora sou:é fui:foi vou:vai desejo:deseja sei:sabe acho:acha escrevi:escreveu abri:abriu li:leu vivo:vive tento:tenta encontro:encontra continuo:continua vendi:vendeu prefiro:prefere solicito:solicita adquiri:adquiriu pus:pôs",
  ),
  verb(first) {
    if (/[aei]rei$/.test(first)) return null;
    if (/quei$/.test(first)) return `${first.slice(0, -4)}cou`;
    if (/guei$/.test(first)) return `${first.slice(0, -4)}gou`;
    if (/\p{L}{2}cei$/u.test(first)) return `${first.slice(0, -3)}çou`;
    return /\p{L}{3}ei$/u.test(first) ? `${first.slice(0, -2)}ou` : null;
  },
  suspicious: /\p{L}ei$|\p{L}{2}(?<![aeou])i$/u,
  harmless: /^(?:aqui|ali|daqui|dali|wifi|wi-fi|taxi|táxi)$/u,
  joins: /^(?:e|ou|que|porque|quando|se|mas|onde|embora|enquanto|pois|como)$/iu,
  own: { meu: "seu", minha: "sua", meus: "seus", minhas: "suas" },
  others:
    /(?<![\p{L}])(?:eu|me|mim|comigo|nós|nosso|nossa|nossos|nossas|vocês?|te|ti|tu|teu|tua|teus|tuas|seu|sua|seus|suas|lhes?|vos|vosso|vossa)(?![\p{L}])/iu,
  feminine:
    /(?<![\p{L}])(?:estou|sou|fiquei|estava|fui)\s+(?:muito\s+|tão\s+|bastante\s+|já\s+|realmente\s+)?\p{L}+a(?![\p{L}])/iu,
  happens: null,
  toCustomer: (not, rest) => `${not}${rest}`,
  thing: /^((?:(?:o|a|os|as)\s)?(?:meu|minha|meus|minhas)\s.+|(?:o|a|os|as|este|esta)\s.+)$/iu,
  finite:
    /(?<![\p{L}])(?:está|estão|é|são|foi|foram|chegou|chegaram|veio|vieram|tem|têm|parou|funciona|funcionam|quebrou|apareceu|aparece|mostra|falta|faltam|continua|consta|liga|desliga|desligou|caiu|expirou|estava|fica|ficou|custa|vai|partiu)(?![\p{L}])/iu,
};

const italian: Tongue = {
  customer: "Il cliente",
  says: "Il cliente dice che",
  opening: /^(?:(?:e|ma|allora|sì|beh|quindi|io|ok)[\s,]+|no,\s+)+/iu,
  adverbs: /^(?:già|ancora|anche|solo|oggi|ieri|mai|sempre|adesso|ora|purtroppo|semplicemente)\s+/iu,
  not: "non ",
  clitics: /^(?:(?:lo|la|li|le|ne)\s+|l['’])+/iu,
  verbs: firstToThird(
    "ho:ha vorrei:vorrebbe voglio:vuole devo:deve posso:può riesco:riesce aspetto:aspetta cerco:cerca attendo:attende avevo:aveva volevo:voleva potevo:poteva dovevo:doveva desidero:desidera uso:usa ricevo:riceve trovo:trova capisco:capisce credo:crede vedo:vede penso:pensa spero:spera sto:sta stavo:stava chiedo:chiede provo:prova continuo:continua faccio:fa so:sa vivo:vive preferisco:preferisce richiedo:richiede avrei:avrebbe potrei:potrebbe dovrei:dovrebbe",
  ),
  verb: () => null,
  suspicious: /\p{L}{2}[ai]i$|\p{L}{2}vo$/u,
  harmless:
    /^(?:mai|ormai|assai|nuovo|bravo|privo|arrivo|motivo|negativo|positivo|preventivo|dispositivo|corrispettivo|relativo|attivo|definitivo|vivo)$/u,
  joins: /^(?:e|ed|o|che|perché|quando|se|ma|dove|mentre|anche|siccome|come)$/iu,
  own: { mio: "suo", mia: "sua", miei: "suoi", mie: "sue" },
  others:
    /(?<![\p{L}])(?:io|mi|me|noi|ci|nostr[oaie]|vi|voi|vostr[oaie]|lei|tu|ti|te|tuo|tua|tuoi|tue|suo|sua|suoi|sue|sono)(?![\p{L}])|(?<![\p{L}])[mt]['’]|\p{L}(?:ar|er|ir|ndo)(?:mi|ci|melo)(?![\p{L}])|(?<!^)(?<![\p{L}])Le(?![\p{L}])/u,
  feminine: /(?<![\p{L}])sono\s+\p{L}+a(?![\p{L}])/iu,
  happens:
    /^mi\s+((?:è\s(?:stat[oa]\s)?(?:arrivat|consegnat|recapitat|addebitat|inviat|spedit)[oa]|sono\s(?:stat[ie]\s)?(?:arrivat|consegnat|addebitat|inviat|spedit)[ie]|hanno\s(?:addebitato|detto|inviato|mandato|spedito|promesso|consegnato)|manca|mancano|servirebbe|serve|piacerebbe|interessa)(?![\p{L}]).*)$/iu,
  toCustomer: (not, rest) => `Al cliente ${not}${rest}`,
  thing: /^((?:(?:il|la|i|le)\s)?(?:mio|mia|miei|mie)\s.+|(?:il|lo|la|i|gli|le|questo|questa)\s.+|l['’].+)$/iu,
  finite:
    /(?<![\p{L}])(?:è|ha|hanno|funziona|funzionano|arriva|era|risulta|manca|mancano|mostra|lampeggia|continua|viene|perde|fa|costa|accende|spegne|puzza)(?![\p{L}])/iu,
};

export const retellSpanish = (sentence: string): string | null => retell(sentence, spanish);
export const retellPortuguese = (sentence: string): string | null => retell(sentence, portuguese);
export const retellItalian = (sentence: string): string | null => retell(sentence, italian);

function retell(raw: string, tongue: Tongue): string | null {
  const sentence = raw.replace(tongue.opening, "");
  if (tongue.feminine.test(sentence)) return null;
  const [front, not, rest] = beforeVerb(sentence, tongue);
  const happened = tongue.happens?.exec(rest)?.[1];
  if (happened) {
    const told = mapped(happened, tongue);
    return told && tongue.toCustomer(`${front}${not}`, told);
  }
  const clitics = tongue.clitics.exec(rest)?.[0] ?? "";
  const [, verb = "", after = ""] = /^(\p{L}+)(.*)$/u.exec(rest.slice(clitics.length)) ?? [];
  const third = verbOf(verb, tongue);
  if (third) {
    const told = mapped(after, tongue);
    const own = clitics.toLowerCase().replace(/(?<![\p{L}])me\s/u, "se ");
    return told === null ? null : `${tongue.customer} ${front}${not}${own}${third}${told}`;
  }
  const thing = tongue.thing.exec(sentence)?.[1];
  if (!thing || !tongue.finite.test(thing)) return null;
  const told = mapped(withArticle(thing, tongue), tongue);
  return told && `${tongue.says} ${told.charAt(0).toLowerCase()}${told.slice(1)}`;
}

/** "Todavía no" of "Todavía no he recibido nada", and what follows. */
function beforeVerb(sentence: string, { adverbs, not }: Tongue): [front: string, not: string, rest: string] {
  let rest = sentence;
  let front = "";
  for (let found = adverbs.exec(rest); found; found = adverbs.exec(rest)) {
    front += found[0].toLowerCase();
    rest = rest.slice(found[0].length);
  }
  if (!rest.toLowerCase().startsWith(not)) return [front, "", rest];
  return [front, not, rest.slice(not.length)];
}

function verbOf(word: string, { verbs, verb }: Tongue): string | null {
  return verbs.get(word.toLowerCase()) ?? verb(word.toLowerCase());
}

/** "Minha lâmpada" is "a sua lâmpada" after "que": a name of a thing has its article there. */
function withArticle(thing: string, { own }: Tongue): string {
  const article = { meu: "o", minha: "a", meus: "os", minhas: "as", mio: "il", mia: "la", miei: "i", mie: "le" };
  const [first = ""] = thing.toLowerCase().split(" ");
  return first in own && first in article ? `${article[first as keyof typeof article]} ${thing}` : thing;
}

/** Forms that are the first person of a verb and nothing else. */
const always = /^(?:he|tengo|quiero|necesito|puedo|estoy|tenho|estou|quero|ho|vorrei|voglio|devo)$/;
const noVerbs =
  /^(?:como|cuando|todo|otro|esto|eso|solo|ello|quando|quanto|isso|isto|tudo|outro|questo|quello|tutto|anche|lunedì|uno|cuanto)$/;

/** What follows, in the third person; null where something in it might stay in the first. */
function mapped(text: string, tongue: Tongue): string | null {
  if (tongue.others.test(text)) return null;
  let safe = true;
  let clause = false;
  const told = text.replace(/[\p{L}-]+['’]?|,/gu, (word) => {
    const low = word.toLowerCase();
    const own = tongue.own[low];
    if (own) return own;
    const mayDo = clause;
    // "No", "lo", "todavía": the verb is still to come.
    const before =
      /^(?:no|não|non|lo|la|los|las|li|le|ne|se|o|a|os|as|l['’])$/.test(low) || tongue.adverbs.test(`${low} `);
    clause = word === "," || tongue.joins.test(low) || (clause && before);
    const verb = tongue.verbs.get(low);
    const plain = tongue.suspicious.test(low) && !tongue.harmless.test(low);
    if (verb && (mayDo || plain || always.test(low))) return verb;
    const third = plain ? tongue.verb(low) : null;
    if (third) return third;
    // A noun of the same form, or a verb that nobody knows.
    const unknown = mayDo && !clause && /\p{L}{2}o$/u.test(low) && !noVerbs.test(low);
    if ((verb && verb !== low) || plain || unknown) safe = false;
    return word;
  });
  return safe ? told : null;
}
