import { phrasesFor, primary } from "./phrases";
import { retell } from "./retell";
import { retellFrench } from "./retell-french";
import { retellDutch, retellGerman } from "./retell-german-dutch";
import { retellItalian, retellPortuguese, retellSpanish } from "./retell-spanish-portuguese-italian";
import { clip } from "./sentences";
import type { Line } from "./summary";

/** How sentences are told: in the third person where both sides use one language and it is safe, else quoted. */
export interface Telling {
  /** What the customer writes. */
  reads: string;
  /** What the agent reads. */
  writes: string;
}

const longest = 200;

/** What the customer said, as one sentence about them; of several sentences one. */
export function tellCustomer(sentences: string[], { reads, writes }: Telling): string {
  const parts = sentences.map((sentence) => clip(sentence, longest));
  if (!retold({ reads, writes })) return parts.length > 0 ? abroad(parts, { reads, writes }) : "";
  return ended(`Customer ${joined(parts, "CUSTOMER")}`);
}

/** Sentences as what one person did and said: "says it is broken; it smells and asks for a new one". */
function joined(parts: string[], who: "CUSTOMER" | "COMPANY"): string {
  const [first = "", ...others] = parts.map((part) => retell(part, { who })).filter((part) => part !== "");
  const more = others.map((other) =>
    first.startsWith("says ") && other.startsWith("says ") ? `; ${other.slice(5)}` : ` and ${other}`,
  );
  return `${first}${more.join("")}`;
}

const tongues: Record<string, { retell(sentence: string): string | null; customer: RegExp; again: string }> = {
  de: { retell: retellGerman, customer: /^Der Kunde (?=\p{Ll})/u, again: "Er " },
  nl: { retell: retellDutch, customer: /^De klant (?=\p{Ll})/u, again: "Hij " },
  fr: { retell: retellFrench, customer: /^Le client (?=\p{Ll})/u, again: "Il " },
  es: { retell: retellSpanish, customer: /^El cliente /u, again: "" },
  pt: { retell: retellPortuguese, customer: /^O cliente /u, again: "" },
  it: { retell: retellItalian, customer: /^Il cliente /u, again: "" },
};

/** The sentence about the customer, where it can be told so in the language both sides use; else null. */
export function retoldAbroad(sentence: string, { reads, writes }: Telling): string | null {
  const tongue = primary(reads) === primary(writes) ? tongues[primary(writes)] : undefined;
  const plain = sentence.replace(/[.!\s]+$/u, "");
  // Cut off, a question, somebody else's words: quoted.
  if (!tongue || /[?…"“”„«»:;]/u.test(plain)) return null;
  const told = tongue.retell(plain);
  // "The customer is a customer since ..."
  return told && !/(?:kund|klant|client).+(?:kund|klant|client)/iu.test(told) ? told : null;
}

/** What cannot be retold safely is quoted, and a quotation is right in every language. */
function abroad(parts: string[], telling: Telling): string {
  const phrases = phrasesFor(telling.writes);
  const tongue = tongues[primary(telling.writes)];
  const told: string[] = [];
  let quoted: string[] = [];
  let afterOwn = false;
  const quote = () => {
    const said = quoted.map(ended).join(" ");
    if (said)
      told.push(quoted.length === 1 && said.endsWith("?") ? phrases.customerAsks(said) : phrases.customerWrites(said));
    quoted = [];
  };
  for (const part of parts) {
    const own = retoldAbroad(part, telling);
    if (own === null || !tongue) {
      quoted.push(part);
      afterOwn = false;
      continue;
    }
    quote();
    const again = afterOwn ? own.replace(tongue.customer, tongue.again) : own;
    told.push(ended(again.charAt(0).toUpperCase() + again.slice(1)));
    afterOwn = tongue.customer.test(own);
  }
  quote();
  return told.join(" ");
}

/** What an agent or the assistant said, as one sentence about them. */
export function tellCompany(line: Pick<Line, "author" | "authorName">, sentences: string[], telling: Telling): string {
  const parts = sentences.map((sentence) => clip(sentence, longest));
  const name = line.author === "AGENT" ? line.authorName : undefined;
  if (!retold(telling)) return phrasesFor(telling.writes).companyWrites(name, parts.map(ended).join(" "));
  return ended(`${name === undefined ? "The assistant" : (name ?? "The agent")} ${joined(parts, "COMPANY")}`);
}

/** Whether every sentence is put into the third person, which only English can. */
export function retold({ reads, writes }: Telling): boolean {
  return primary(reads) === "en" && primary(writes) === "en";
}

/** A sentence with an end. */
export function ended(sentence: string): string {
  return /[.!?…。！？]["”’»)]?$/.test(sentence) ? sentence : `${sentence}.`;
}
