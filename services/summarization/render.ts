import { phrasesFor } from "./phrases";
import { clip, weight } from "./sentences";
import type { Statement, SummaryFacts } from "./summary";

/** How a summary can be shown. */
export const SummaryFormat = { PLAIN: "PLAIN", HTML: "HTML", MARKDOWN: "MARKDOWN", BRIEF: "BRIEF" } as const;
export type SummaryFormat = keyof typeof SummaryFormat;

/** The most a rendering may have: bytes in UTF-8, words where the language sets blanks between them. */
export const renderingLimits = { bytes: 4096, words: 120, briefWords: 50 };

type Rendered = Omit<SummaryFacts, "text" | "html" | "markdown">;

interface Section {
  label: string;
  /** One sentence stands behind its label, a list below it. */
  list: boolean;
  entries: string[];
}

/** The whole summary in one of the formats, in its language. Pure; never longer than `renderingLimits`. */
export function render(summary: Rendered, format: SummaryFormat): string {
  if (format === "BRIEF") return brief(summary);
  const write = { PLAIN: plain, HTML: html, MARKDOWN: markdown }[format];
  // What says least is left out first, until it fits.
  for (let words = renderingLimits.words; ; words = Math.floor(words * 0.8)) {
    const text = write(summary.headline, sectionsOf(summary, words));
    if (Buffer.byteLength(text) <= renderingLimits.bytes || words < 10)
      return cutBytes(text, renderingLimits.bytes, format);
  }
}

/** The summary with its renderings, as it is kept and said. */
export function rendered(summary: Rendered): SummaryFacts {
  return {
    ...summary,
    text: render(summary, "PLAIN"),
    html: render(summary, "HTML"),
    markdown: render(summary, "MARKDOWN"),
  };
}

/** What goes into a rendering of so many words, the most important first come, shown in the order of reading. */
function sectionsOf(summary: Rendered, most: number): Section[] {
  const { labels, moods } = phrasesFor(summary.language);
  const { wants, facts, tried, promised, openQuestion, nextStep, contact } = summary;
  const told: string[] = [];
  let left = most - wordCount(summary.headline) - wordCount(`${labels.mood} ${moods[summary.mood]}`);
  const taken = new Map<string, string[]>();
  const take = (label: string, statements: (Statement | null)[]) => {
    for (const statement of statements) {
      if (!statement || told.some((earlier) => tells(earlier, statement.text))) continue;
      const words = wordCount(statement.text) + (taken.has(label) ? 0 : wordCount(label));
      if (words > left && told.length > 0) continue;
      left -= words;
      told.push(statement.text);
      taken.set(label, [...(taken.get(label) ?? []), statement.text]);
    }
  };
  const latest = <Entry>(entries: Entry[]) => [...entries].reverse();
  take(labels.wants, [wants]);
  take(labels.open, [openQuestion]);
  if (contact) take(labels.contact, [{ text: contact, messageIds: [] }]);
  take(labels.promised, latest(promised));
  take(labels.confirmed, latest(facts.filter(({ standing }) => standing === "CONFIRMED")));
  take(labels.tried, latest(tried));
  take(
    labels.claimed,
    facts.filter(({ standing }) => standing === "CLAIMED"),
  );
  take(labels.next, [nextStep]);
  const section = (label: string, list: boolean, order: Statement[]): Section => ({
    label,
    list,
    entries: order.map(({ text }) => text).filter((text) => taken.get(label)?.includes(text)),
  });
  return [
    section(labels.wants, false, wants ? [wants] : []),
    section(
      labels.claimed,
      true,
      facts.filter(({ standing }) => standing === "CLAIMED"),
    ),
    section(
      labels.confirmed,
      true,
      facts.filter(({ standing }) => standing === "CONFIRMED"),
    ),
    section(labels.tried, true, tried),
    section(labels.promised, true, promised),
    section(labels.open, false, openQuestion ? [openQuestion] : []),
    section(labels.next, false, nextStep ? [nextStep] : []),
    { label: labels.mood, list: false, entries: [moods[summary.mood]] },
    section(labels.contact, false, contact ? [{ text: contact, messageIds: [] }] : []),
  ].filter(({ entries }) => entries.length > 0);
}

function plain(headline: string, sections: Section[]): string {
  const lines = sections.flatMap(({ label, list, entries }) =>
    list ? ["", `${label}:`, ...entries.map((entry) => `- ${entry}`)] : ["", `${label}: ${entries[0]}`],
  );
  return [headline, ...lines].join("\n");
}

function markdown(headline: string, sections: Section[]): string {
  const lines = sections.flatMap(({ label, list, entries }) =>
    list
      ? ["", `**${label}:**`, "", ...entries.map((entry) => `- ${asMarkdown(entry)}`)]
      : ["", `**${label}:** ${asMarkdown(entries[0] ?? "")}`],
  );
  return [`**${asMarkdown(headline)}**`, ...lines].join("\n");
}

function html(headline: string, sections: Section[]): string {
  const parts = sections.map(({ label, list, entries }) =>
    list
      ? `<p><b>${asHtml(label)}:</b></p><ul>${entries.map((entry) => `<li>${asHtml(entry)}</li>`).join("")}</ul>`
      : `<p><b>${asHtml(label)}:</b> ${asHtml(entries[0] ?? "")}</p>`,
  );
  return [`<p><b>${asHtml(headline)}</b></p>`, ...parts].join("");
}

/** One paragraph: what they want, what became of it, what is open. */
function brief(summary: Rendered): string {
  const { wants, facts, tried, promised, openQuestion, headline } = summary;
  const claimed = facts.filter(({ standing }) => standing === "CLAIMED");
  const confirmed = facts.filter(({ standing }) => standing === "CONFIRMED");
  const inOrder = [wants, ...claimed, ...confirmed, ...tried, ...promised, openQuestion].filter((one) => one !== null);
  const telling = [...claimed].sort((one, other) => weight(other.text) - weight(one.text));
  const byWorth = [
    wants,
    promised.at(-1),
    openQuestion,
    confirmed.at(-1),
    tried.at(-1),
    ...telling.slice(0, 2),
    tried.at(-2),
  ];
  const taken: Statement[] = [];
  let left = renderingLimits.briefWords;
  for (const statement of byWorth) {
    if (!statement || taken.some((earlier) => tells(earlier.text, statement.text))) continue;
    const words = wordCount(statement.text);
    if (words > left && taken.length > 0) continue;
    left -= words;
    taken.push(statement);
  }
  if (taken.length === 0) return `${headline}.`;
  return cutBytes(
    inOrder
      .filter((one) => taken.includes(one))
      .map(({ text }) => text)
      .join(" "),
    renderingLimits.bytes,
    "BRIEF",
  );
}

function wordCount(text: string): number {
  return text.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[\p{L}\p{N}]+/gu)?.length ?? 0;
}

/** At most so many bytes; of HTML, whole elements only. */
function cutBytes(text: string, limit: number, format: SummaryFormat): string {
  if (Buffer.byteLength(text) <= limit) return text;
  if (format === "HTML") {
    const elements = text.match(/<(p|ul)>.*?<\/\1>/gsu) ?? [];
    let kept = "";
    for (const element of elements) {
      if (Buffer.byteLength(kept + element) > limit) break;
      kept += element;
    }
    return kept;
  }
  let characters = limit;
  while (Buffer.byteLength(clip(text, characters)) > limit) characters = Math.floor(characters * 0.9);
  return clip(text, characters);
}

function asHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** What a customer wrote is no markup: neither a link nor a heading. */
function asMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, "\\$&").replace(/^(\s*)([-+]|\d+[.)])(\s)/gm, "$1\\$2$3");
}

/** Does what is told already say this too? */
function tells(told: string, text: string): boolean {
  const letters = (of: string) => ` ${(of.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(" ")} `;
  return letters(told).includes(letters(text));
}
