import { createHash } from "node:crypto";
import type { Handing, TranscriptLine } from "./provider";

/**
 * The mark a desk's item carries, by which it is found again before another is made: `baton-` and 25 letters and
 * digits, so that it fits into a tag.
 */
export function markOf(id: string): string {
  const digits = BigInt(`0x${createHash("sha256").update(id).digest("hex").slice(0, 32)}`);
  return `baton-${digits.toString(36).padStart(25, "0")}`;
}

/** The short mark a single message carries where the desk has no field for one. */
export function refOf(id: string): string {
  return createHash("sha256").update(id).digest("hex").slice(0, 10);
}

/** Who wrote a line, as agents read it. */
export function speakerOf({ author, authorName }: TranscriptLine): string {
  const roles = { CUSTOMER: "Customer", ASSISTANT: "Assistant", AGENT: "Agent", SYSTEM: "Notice" } as const;
  return authorName && (author === "CUSTOMER" || author === "AGENT")
    ? `${roles[author]} (${authorName})`
    : roles[author];
}

/** The conversation so far, one entry per message, with the time of each in UTC. */
export function transcriptEntries(transcript: TranscriptLine[]): string[] {
  return transcript.map((line) => `[${clock(line.postedAt)}] ${speakerOf(line)}: ${line.text}`);
}

/** What a ticket is called: the summary's headline, else how the conversation began. At most `limit` characters. */
export function subjectOf({ summary, transcript }: Handing, limit: number): string {
  const first = transcript.find(({ author }) => author === "CUSTOMER")?.text;
  return shortened((summary?.headline || first || "A customer asks for a person").replace(/\s+/g, " ").trim(), limit);
}

/** The customer's last words, which an agent answers first. */
export function lastWords({ transcript }: Handing): string {
  return transcript.findLast(({ author }) => author === "CUSTOMER")?.text ?? "The customer asks for a person.";
}

/** Entries put together, each part at most `limit` characters; an entry that is longer alone is cut into parts. */
export function partsOf(entries: string[], limit: number, between = "\n"): string[] {
  const parts: string[] = [];
  let part = "";
  for (const entry of entries.flatMap((text) => pieces(text, limit))) {
    if (part !== "" && part.length + between.length + entry.length > limit) {
      parts.push(part);
      part = entry;
    } else part = part === "" ? entry : `${part}${between}${entry}`;
  }
  return part === "" ? parts : [...parts, part];
}

/** Text as HTML: nothing in it is markup, and its lines stay lines. */
export function asHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "<br>");
}

/** What a person reads of HTML that a desk's editor wrote: its paragraphs are lines, its entities characters. */
export function fromHtml(html: string): string {
  // Loaded with the first reply that is HTML: most desks tell plain text.
  const { load } = require("cheerio") as typeof import("cheerio");
  const page = load(html.replace(/<br\s*\/?>|<\/(?:p|div|li|h[1-6])>(?=.)/gi, "$&\n"), null, false);
  page("script, style").remove();
  return page.root().text().replaceAll("\u00A0", " ").trim();
}

/** At most `limit` characters, never half of a character that needs two. */
export function shortened(text: string, limit: number): string {
  return text.length <= limit ? text : `${wholeCut(text, limit - 1)}…`;
}

function pieces(text: string, limit: number): string[] {
  const cut: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const piece = wholeCut(rest, limit);
    cut.push(piece);
    rest = rest.slice(piece.length);
  }
  return [...cut, rest];
}

function wholeCut(text: string, length: number): string {
  const cut = text.slice(0, length);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

function clock(iso: string): string {
  return iso.slice(0, 16).replace("T", " ");
}
