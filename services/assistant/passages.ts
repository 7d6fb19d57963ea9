import { marked, type Token, type Tokens } from "marked";
import { shortened } from "../../kit/storable";

/** A piece of an article that can answer on its own: what stands under one heading, or a part of it. */
export interface PassageText {
  /** The headings above it, outermost first: "Returns › What it costs"; empty above the first heading. */
  heading: string;
  /** Plain text: one line per paragraph, list item or table row. */
  text: string;
}

/** About three short paragraphs; small enough that a passage has one topic. */
const longest = 900;

/** Cuts a Markdown article into passages, at its headings and, where a part is too long, between its lines. */
export function passagesOf(title: string, body: string): PassageText[] {
  const passages: PassageText[] = [];
  const headings: { depth: number; text: string }[] = [];
  let lines: string[] = [];
  const close = () => {
    const heading = headings.map((one) => one.text).join(" › ");
    for (const text of bounded(lines)) passages.push({ heading, text });
    lines = [];
  };
  for (const token of marked.lexer(body)) {
    if (token.type !== "heading") {
      lines.push(...linesOf(token));
      continue;
    }
    close();
    const { depth } = token as Tokens.Heading;
    const text = inline((token as Tokens.Heading).tokens);
    while ((headings.at(-1)?.depth ?? 0) >= depth) headings.pop();
    // The article's own title again: it is known already.
    if (text.toLowerCase() !== title.toLowerCase()) headings.push({ depth, text });
  }
  close();
  return passages;
}

function bounded(lines: string[]): string[] {
  const parts: string[] = [];
  let part = "";
  for (const line of lines.flatMap((one) => (one.length > longest ? sentencesOf(one) : [one]))) {
    if (part && part.length + line.length > longest) {
      parts.push(part);
      part = "";
    }
    part = part ? `${part}\n${line}` : line;
    while (part.length > 2 * longest) {
      const piece = shortened(part, longest);
      parts.push(piece);
      part = part.slice(piece.length);
    }
  }
  if (part.trim()) parts.push(part);
  return parts;
}

function linesOf(token: Token): string[] {
  switch (token.type) {
    case "paragraph":
    case "text":
      return inline((token as Tokens.Paragraph).tokens ?? [token])
        .split("\n\n")
        .map((line) => line.replace(/\s+/g, " ").trim())
        .filter(Boolean);
    case "list":
      return (token as Tokens.List).items.flatMap((item, index) => {
        const [first = "", ...more] = item.tokens.flatMap(linesOf);
        const mark = (token as Tokens.List).ordered ? `${index + Number((token as Tokens.List).start || 1)}.` : "-";
        return [`${mark} ${first}`, ...more.map((line) => `  ${line}`)];
      });
    case "table":
      return rowsOf(token as Tokens.Table);
    case "blockquote":
      return (token as Tokens.Blockquote).tokens.flatMap(linesOf);
    case "code":
      return (token as Tokens.Code).text.split("\n").filter((line) => line.trim());
    case "html":
      return [withoutTags((token as Tokens.HTML).text)].filter(Boolean);
    default:
      return [];
  }
}

/** A row says by itself what its cells mean: "Germany: Standard delivery 3 days; Express delivery 1 day". */
function rowsOf(table: Tokens.Table): string[] {
  const names = table.header.map((cell) => inline(cell.tokens));
  return table.rows.map((row) => {
    const [first = "", ...cells] = row.map((cell) => inline(cell.tokens));
    const rest = cells.map((cell, index) => [names[index + 1], cell].filter(Boolean).join(" ")).join("; ");
    return rest ? `${first}: ${rest}` : first;
  });
}

function inline(tokens: Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === "br") return "\n";
      if (token.type === "html") return /^<br\b/i.test(token.raw) ? "\n" : withoutTags(token.raw);
      if (token.type === "image") return token.text as string;
      if ("tokens" in token && token.tokens) return inline(token.tokens);
      return unescaped("text" in token ? String(token.text) : token.raw);
    })
    .join("")
    .replace(/[ \t]*\n[ \t]*/g, " ")
    .trim();
}

function withoutTags(html: string): string {
  return unescaped(html.replace(/<!--[\s\S]*?-->|<[^>]*>/g, " ")).trim();
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " " };

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => entities[name] ?? "");
}

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** The sentences of a text. A line break ends one, so that list items and table rows stay whole. */
export function sentencesOf(text: string): string[] {
  return text.split("\n").flatMap((line) => {
    // "1. Open" is no sentence of its own.
    if (/^\s*(?:-|\d+\.)\s/.test(line)) return [line.trim()];
    return [...segmenter.segment(line)].map(({ segment }) => segment.trim()).filter(Boolean);
  });
}
