import { isCourtesy, wordsOf } from "./sentences";

/**
 * Retells what somebody wrote in the first person as what they said, in English: "Can I change my address?" becomes
 * "asks whether they can change their address". Only the person and the word order of questions change; every other
 * word stays, so nothing is told that was not said. What fits no rule is quoted.
 */

export interface Teller {
  /** CUSTOMER: "you" is the company. COMPANY: "you" is the customer. */
  who: "CUSTOMER" | "COMPANY";
}

const pronouns: Record<Teller["who"], Record<string, string>> = {
  CUSTOMER: {
    i: "they",
    me: "them",
    my: "their",
    mine: "theirs",
    myself: "themselves",
    we: "they",
    us: "them",
    our: "their",
    ours: "theirs",
  },
  COMPANY: {
    i: "they",
    me: "them",
    my: "their",
    myself: "themselves",
    you: "they",
    your: "their",
    yours: "theirs",
    yourself: "themselves",
  },
};

const opened =
  /^(?:(?:hi|hello|hey|so|and|but|well|ok|okay|oh|ah|aha|hm+|mm+|yes|yeah|yep|no|now|also|actually|basically|anyway|then|sorry|excuse me|um+|uh+|unfortunately|sure|of course|great|fine|cool|alright|perfect|thanks(?: a lot| so much)?|thank you(?: so much| very much)?|no problem|certainly|absolutely|i'm afraid|i am afraid|i understand|i see|done)(?![\p{L}'-])[\s,.!;:–—-]*)+/iu;
const asking =
  /^(?:i (?:just |really |would |'d )*(?:like|want|wanted|need|wish|wanna) to (?:know|ask)(?: you)?|i'd (?:just )?like to (?:know|ask)(?: you)?|(?:can|could|would) (?:you|someone|anyone)(?: please)? tell me|(?:do|does) (?:you|anyone) know|i(?: was|'m| am)? (?:just )?wondering|(?:just )?wondering|any idea|i wonder|(?:a |one )?(?:quick )?question[:,]?|i have a (?:quick )?question[:,]?|tell me|my question is)[\s,:]+/iu;

/** The third person of what "I" does. */
const present: Record<string, string> = {
  am: "is",
  "i'm": "is",
  have: "has",
  do: "does",
  go: "goes",
  try: "tries",
  "don't": "does not",
  dont: "does not",
  "haven't": "has not",
  havent: "has not",
  "can't": "cannot",
  cant: "cannot",
  "won't": "will not",
  "couldn't": "could not",
  "didn't": "did not",
  didnt: "did not",
  "wasn't": "was not",
  "wouldn't": "would not",
  wanna: "wants to",
};
for (const verb of "want need get keep see think know use receive understand live work own run love like hope believe pay order forget require wish prefer feel hear lose miss mean suggest recommend expect guess notice remember rent travel play make take see say".split(
  " ",
))
  present[verb] ??= /(?:s|x|sh|ch)$/.test(verb) ? `${verb}es` : `${verb}s`;
/** Words that begin a sentence whose "I" was left out. */
const leftOut =
  /^(?:(?:just|still|already|also|really|only|recently)\s+)*(?:want(?:ed)?|need(?:ed)?|trying|tried|looking|got|forgot|can't|cant|cannot|couldn't|have|haven't|had|bought|ordered|received|paid|don't|didn't|dont|didnt|would like|am|was|checking|wondering|having|lost|sent|did)\s+(?!you\b|i\b|we\b|it\b|that\b|this\b|the \w+ (?:come|arrive|work))/iu;
const adverbs = /^((?:just|still|already|also|really|only|recently|never|always|even|do|then|have|has|had)\s+)/iu;

/** What `sentence` says, without its subject and beginning with a verb: "wants to ...", "asks whether ...", "says ...". */
export function retell(raw: string, { who }: Teller): string {
  const stripped = raw.replace(/[’`´]/g, "'").replace(/\s+/g, " ").trim().replace(opened, "");
  const kept = wordsOf(stripped).length > 0 ? stripped : raw.trim();
  const indirect = asking.exec(kept);
  const sentence = (indirect ? kept.slice(indirect[0].length) : kept).replace(/[\s.!?…]+$/u, "");
  if (sentence === "") return "";
  const two =
    /^(.{8,}?)\s*[,;–-]\s+(?:and\s+|so\s+|but\s+)?((?:can|could|would|will|do|does|is|are|how|what|when|where|why|may|should)\s.+)$/iu.exec(
      sentence,
    );
  if (two && !indirect && /\?\s*$/.test(kept) && !/^(?:if|when|after|since|because|as)\b/i.test(sentence))
    return isCourtesy(`${two[2]}?`)
      ? retell(two[1] ?? "", { who })
      : `${retell(two[1] ?? "", { who })} and ${retell(`${two[2]}?`, { who })}`;
  const told =
    request(sentence, who) ?? question(sentence, who) ?? (indirect ? `asks ${persons(sentence, who)}` : null);
  if (told) return told;
  if (/\?\s*$/.test(kept)) return `asks: ${persons(sentence, who)}?`;
  return ownDoing(sentence, who) ?? `says ${lowerFirst(persons(sentence, who))}`;
}

const verbless = /^(?:asks?|says?)\b/;

/** What a company tells its customers to do. */
const toDo =
  /^(?:add|adjust|ask|call|change|check|choose|clean|clear|click|close|confirm|contact|download|enter|fill|follow|give|go|hold|install|keep|leave|let us know|log (?:in|out)|look|loosen|make sure|move|open|press|provide|pull|push|put|reinstall|remove|reply|reset|restart|return|ring|select|send|share|sign (?:in|out)|switch|take|tell|tighten|try|turn|type|unplug|update|upload|use|visit|wait|write)(?![\p{L}'’])/iu;

/** What customers tell a company to do. */
const wanted =
  /^(?:book|bring|call|cancel|change|check|close|find|fix|get|give|help|let|look|make|move|pass|put|refund|remove|replace|send|ship|stop|switch|tell|transfer|update)(?![\p{L}'’])/iu;

/** "Please refund it", "can you merge them", "find out please": what is asked for. */
function request(sentence: string, who: Teller["who"]): string | null {
  const polite = /^(?:please|pls|plz|kindly)\s+(?!note\b|find\b|be advised\b)(.+)$/iu.exec(sentence);
  const able =
    /^(?:can|could|would|will)\s+(?:you|(?:someone|anyone|somebody)(?:\s+else|\s+there|\s+(?:from|in|on|at)\s+(?:your|the)\s+\p{L}+)?)\s+(?!not\s)(?:please\s+|pls\s+|kindly\s+|also\s+|maybe\s+|possibly\s+)*(?:help\s+me\s+(?:to\s+)?(?=[a-z]))?(.+)$/iu.exec(
      sentence,
    );
  const pleaded = who === "CUSTOMER" && wanted.test(sentence) && /[\s,](?:please|pls)\W*$/iu.test(sentence);
  const told = (who === "COMPANY" && toDo.test(sentence)) || pleaded ? sentence : null;
  const what = polite?.[1] ?? able?.[1] ?? told;
  if (!what || verbless.test(what)) return null;
  const verb = wordsOf(what)[0] ?? "";
  if (/^(?:with|in|on|about|the|my|your|this|that|it)$/i.test(verb)) return null;
  const [negated, rest] = /^(?:do not|don't)\s+/i.test(what)
    ? ["not ", what.replace(/^(?:do not|don't)\s+/i, "")]
    : ["", what];
  const whom = who === "COMPANY" ? "them " : "";
  return `asks ${whom}${negated}to ${lowerFirst(persons(rest.replace(/[\s,]+(?:please|pls)\W*$/i, ""), who))}`;
}

const be = "is|are|was|were|'s";
const auxiliary = "can|could|will|would|should|shall|may|must|do|does|did|have|has|had|am|is|are|was|were";

// Compiled once: compiling costs more than matching.
const asksYesNo = new RegExp(`^(?:${auxiliary}|isn't|aren't|doesn't|don't|can't|won't|didn't)\\s`, "iu");
/** Typed without a question mark; "do" and "have" may tell somebody to. */
const surelyAsks = /^(?:is|are|was|were|does|did|can|could|will|would|isn't|aren't|doesn't|didn't|can't|won't)\s/iu;
const beforePronoun = new RegExp(`^(${auxiliary})\\s+(i|we|you|it|they|he|she|this|that|there)\\s+(.+)$`, "iu");
const beforeIt = new RegExp(`^(${be})\\s+(it|that|this|they)$`, "iu");
const beforeNoun = new RegExp(
  `^(${be})\\s+((?:my|our|your|the|this|that)\\s+[\\p{L}\\p{N}-]+(?:\\s+(?:#|no\\.?|number)?\\s?[\\p{L}\\p{N}#-]*\\d[\\p{L}\\p{N}-]*)?)$`,
  "iu",
);

function question(sentence: string, who: Teller["who"]): string | null {
  const wh =
    /^((?:how (?:much|many|long|often|soon|late|far|old|big)(?: \w+)?|how|where|when|why|what|which|who)(?:\s+(?:size|kind|type|time|colour|color|date|day|part|one|of \w+)(?:\s+of\s+\w+)?)?)\s+(.+)$/iu.exec(
      sentence,
    );
  if (wh) {
    const [, word = "", rest = ""] = wh;
    const asked = inverted(rest, who, /^(?:how|where)$/i.test(word));
    return `asks ${word.toLowerCase()} ${asked ?? persons(rest, who)}`;
  }
  const yesNo = asksYesNo.test(sentence);
  if (!yesNo)
    return /^(?:if|whether)\s/i.test(sentence)
      ? `asks ${lowerFirst(persons(sentence, who)).replace(/^if\b/, "whether")}`
      : null;
  const asked = inverted(sentence, who, false);
  if (asked) return `asks whether ${asked}`;
  return surelyAsks.test(sentence) ? `asks: ${persons(sentence, who)}?` : null;
}

/** "can I get it" as "they can get it", "is my parcel" as "their parcel is"; null where the subject's end is not clear. */
function inverted(rest: string, who: Teller["who"], asksHow: boolean): string | null {
  const found = beforePronoun.exec(rest);
  if (found) {
    const [, verb = "", subject = "", tail = ""] = found;
    const helper = verb.toLowerCase();
    if (asksHow && /^(?:do|can|should|could)$/.test(helper) && /^(?:i|we)$/i.test(subject))
      return `to ${persons(tail, who)}`;
    const whoever = persons(subject, who).toLowerCase();
    if (helper === "do" || helper === "did")
      return helper === "do" ? `${whoever} ${persons(tail, who)}` : `${whoever} did ${persons(tail, who)}`;
    if (helper === "does") return `${whoever} ${thirdPerson(tail, who)}`;
    const plural = whoever === "they" && /^(?:am|is|was)$/.test(helper);
    return `${whoever} ${plural ? (helper === "was" ? "were" : "are") : helper} ${persons(tail, who)}`;
  }
  const [, verb, it] = beforeIt.exec(rest) ?? [];
  if (verb && it) return `${it.toLowerCase()} ${verb.toLowerCase()}`;
  const noun = beforeNoun.exec(rest);
  return noun
    ? `${lowerFirst(persons(noun[2] ?? "", who))} ${(noun[1] ?? "").toLowerCase().replace("'s", "is")}`
    : null;
}

function thirdPerson(tail: string, who: Teller["who"]): string {
  const [verb = "", ...rest] = tail.split(" ");
  const known = present[verb.toLowerCase()] ?? (/(?:s|x|sh|ch)$/.test(verb) ? `${verb}es` : `${verb}s`);
  return `${known} ${persons(rest.join(" "), who)}`.trim();
}

/** "I'm on my phone and have no idea": the second thing that the same person does. */
const alsoDoing = /(,| and| but) (have|need|want|know|don't|dont|haven't|can't|cant)(?= )/giu;

/** "I want ...", "trying to ...": what they want, did or are about to do. */
function ownDoing(sentence: string, who: Teller["who"]): string | null {
  const said = (
    who === "CUSTOMER" ? /^(?:i|we)('m|'ve|'d|'ll|'re| )\s*(.+)$/iu : /^i('m|'ve|'d|'ll|'re| )\s*(.+)$/iu
  ).exec(sentence);
  const short = /^(?:im|ive)\s+(.+)$/iu.exec(sentence);
  let rest: string;
  let front = "";
  if (said) {
    const helper = { "'m": "is ", "'ve": "has ", "'d": "would ", "'ll": "will ", "'re": "is " }[
      (said[1] ?? "").toLowerCase()
    ];
    rest = said[2] ?? "";
    front = helper ?? "";
    if (front === "would " && /^(?:been|bought|ordered|already)\b/i.test(rest)) front = "had ";
  } else if (short) {
    rest = short[1] ?? "";
    front = /^im/i.test(sentence) ? "is " : "has ";
  } else if (leftOut.test(sentence)) {
    rest = lowerFirst(sentence);
    if (/^(?:trying|looking|checking|wondering|having)\b/i.test(rest)) front = "is ";
  } else return null;
  rest = rest.replace(alsoDoing, (_, link: string, verb: string) => `${link} ${present[verb.toLowerCase()] ?? verb}`);
  if (front) return `${front}${persons(rest, who)}`;
  if (/^(?:can see|see|understand|think|believe|hope|mean|guess)\b(?:\s+that)?\s/i.test(rest) && who === "COMPANY")
    return `says ${lowerFirst(persons(rest.replace(/^(?:can see|see|understand|think|believe|hope|mean|guess)(?:\s+that)?\s+/i, ""), who))}`;
  let adverb = "";
  for (let found = adverbs.exec(rest); found && !/^(?:do|have|had|has)\s/i.test(found[0]); found = adverbs.exec(rest)) {
    adverb += found[0].toLowerCase();
    rest = rest.slice(found[0].length);
  }
  const [verb = "", ...others] = rest.split(" ");
  const told = present[verb.toLowerCase()] ?? verb;
  return `${adverb}${told} ${persons(others.join(" "), who)}`.trim();
}

/** Who speaks, with the short forms of what they are, have, will and would. */
const contracted = Object.fromEntries(
  [
    ["CUSTOMER", "i|we"],
    ["COMPANY", "i|you"],
  ].map(([who, own]) => [who, new RegExp(`(?<![\\p{L}'])(?:${own})'(m|re|ve|ll|d)(?![\\p{L}])`, "giu")]),
) as Record<Teller["who"], RegExp>;
const inFull: Record<string, string> = { m: "are", re: "are", ve: "have", ll: "will", d: "would" };
const ownBeing = /(?<![\p{L}'])i (am|was)(?![\p{L}'])/giu;
// "for you", "reach you": what is done to somebody, not what they do.
const doneToYou =
  /(?<=(?:^|\s)(?:for|to|with|from|of|reach|send|sent|give|gave|offer|call|contact|help|refund|charge|tell|inform|email|e-mail|see|have|with|at|get|connect|transfer|assist|thank|let|ask|by|(?!\p{L}*thing\s)\p{L}+ing)\s)you(?![\p{L}'])|(?<![\p{L}'-])you$/giu;
const anyWord = /(?<![\p{L}\p{N}'@.-])[\p{L}]+(?![\p{L}\p{N}'@-])/gu;

/** First and second person as third; "am" and "was" go with what stands before them. */
function persons(text: string, who: Teller["who"]): string {
  const swap = pronouns[who];
  const full = text
    .replace(contracted[who], (_, short: string) => `they ${inFull[short.toLowerCase()]}`)
    .replace(ownBeing, (_, being: string) => (/^am$/i.test(being) ? "they are" : "they were"));
  const whom = who === "COMPANY" ? full.replace(doneToYou, "them") : full;
  return whom.replace(anyWord, (word) => swap[word.toLowerCase()] ?? word);
}

function lowerFirst(text: string): string {
  // Names and abbreviations keep their large letter.
  const [first = ""] = text.split(/[\s,.;:!?]/u);
  const ordinary =
    /^(?:The|This|That|These|Those|There|It|Its|It's|They|Their|Them|You|Your|We|Our|He|She|A|An|In|On|At|For|When|Since|If|My|After|Before|Because|As|To|One|Two|All|Some|Every|Each|Any|No|Not|Nothing|Nobody|Yesterday|Today|Tomorrow|What|Which|Who|How|Why|Where|Then|With|From|By|Only|Both|Yes|Please|Send|Change|Cancel|Refund|Enter|Clean|Update|Check|Try|Use|Click|Go|Open|Close|Loosen|Unplug|Wrong|Got|Items|Points|Delivery|Orders|Returns|Colours|Name|Number|Price|Last|Still|Just|Sent|Your|Company|Refunds?|Prices?|Customers?|People|Someone|Somebody|Everything|Everyone|Maybe|Once|Until|While|Although|Here|Same|More|Most|Other|Another|Many|Much|Several|Next|First|Second|Free|New|Old|So|But|And)$/;
  return ordinary.test(first) || /^\p{Lu}\p{Ll}+(?:ing|ed|s)$/u.test(first)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
}
