import { phrasesFor } from "./phrases";
import type { SummaryFacts } from "./summary";

/** The summary as plain text, in its language: for the customer to read and copy, and for desks that take text. */
export function renderText(summary: Omit<SummaryFacts, "text">): string {
  const { labels, moods } = phrasesFor(summary.language);
  const lines = [summary.headline];
  const wants = summary.wants?.text;
  const open = summary.openQuestion?.text;
  if (wants && !alike(wants, summary.headline)) lines.push("", `${labels.wants}: ${wants}`);
  if (summary.tried.length > 0) lines.push("", `${labels.tried}:`, ...summary.tried.map(({ text }) => `- ${text}`));
  if (open && !alike(open, wants ?? "") && !alike(open, summary.headline)) lines.push("", `${labels.open}: ${open}`);
  lines.push("", `${labels.mood}: ${moods[summary.mood]}`);
  if (summary.contact) lines.push(`${labels.contact}: ${summary.contact}`);
  return lines.join("\n");
}

function alike(a: string, b: string): boolean {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
  return plain(a) === plain(b);
}
