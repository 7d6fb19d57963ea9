import { phrasesFor, primary } from "./phrases";
import { retell } from "./retell";
import { clip } from "./sentences";
import type { Line } from "./summary";

/** How sentences are told: retold where both sides of it are English, else quoted in the customer's words. */
export interface Telling {
  /** What the customer writes. */
  reads: string;
  /** What the agent reads. */
  writes: string;
}

const longest = 200;

/** What the customer said, as one sentence about them; of several sentences one. */
export function tellCustomer(sentences: string[], { reads, writes }: Telling): string {
  const phrases = phrasesFor(writes);
  const parts = sentences.map((sentence) => clip(sentence, longest));
  if (!retold({ reads, writes })) {
    const said = parts.map(ended).join(" ");
    return parts.length === 1 && said.endsWith("?") ? phrases.customerAsks(said) : phrases.customerWrites(said);
  }
  const told = parts.map((part) => retell(part, { who: "CUSTOMER" })).filter((part) => part !== "");
  const [first = "", ...others] = told;
  const same = (verb: string) => first.startsWith(verb);
  const more = others.map((other) =>
    same("says ") && other.startsWith("says ") ? `; ${other.slice(5)}` : ` and ${other}`,
  );
  return ended(`Customer ${first}${more.join("")}`);
}

/** What an agent or the assistant said, as one sentence about them. */
export function tellCompany(line: Pick<Line, "author" | "authorName">, sentences: string[], telling: Telling): string {
  const parts = sentences.map((sentence) => clip(sentence, longest));
  const name = line.author === "AGENT" ? line.authorName : undefined;
  if (!retold(telling)) return phrasesFor(telling.writes).companyWrites(name, parts.map(ended).join(" "));
  const told = parts.map((part) => retell(part, { who: "COMPANY" })).filter((part) => part !== "");
  const [first = "", ...others] = told;
  const more = others.map((other) =>
    first.startsWith("says ") && other.startsWith("says ") ? `; ${other.slice(5)}` : ` and ${other}`,
  );
  return ended(`${name === undefined ? "The assistant" : (name ?? "The agent")} ${first}${more.join("")}`);
}

/** Whether sentences are put into the third person, which only English can. */
export function retold({ reads, writes }: Telling): boolean {
  return primary(reads) === "en" && primary(writes) === "en";
}

/** A sentence with an end. */
export function ended(sentence: string): string {
  return /[.!?…。！？]["”’»)]?$/.test(sentence) ? sentence : `${sentence}.`;
}
