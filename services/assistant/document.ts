import { shortened } from "../../kit/storable";
import type { ArticleVisibility } from "./article.entity";
import { isLanguage, isWebAddress, longestBody } from "./article-text";
import { guessLanguage } from "./language";

/** How an imported document is written. */
export const DocumentFormat = { MARKDOWN: "MARKDOWN", HTML: "HTML" } as const;
export type DocumentFormat = keyof typeof DocumentFormat;

export interface Document {
  /** Its path or address: importing the same name again updates the same article. */
  name: string;
  format: DocumentFormat;
  content: string;
  /** Where the customer can read it; what the document itself says comes second. */
  url: string | null;
  /** BCP 47; what the document itself says comes second, a guess third. */
  language: string | null;
  /** Who may read it; missing: everybody, or whoever may read the article that is there. */
  visibility?: ArticleVisibility | null;
}

export interface ReadDocument {
  title: string;
  /** Markdown, without the title. */
  body: string;
  url: string | null;
  language: string;
}

/**
 * Reads a document into an article. Throws, in a sentence, when there is nothing in it or too much. An address or a
 * language that no article could have is taken for none: a page says "en_US" or "/help/returns" to others.
 */
export function readDocument(document: Document): ReadDocument {
  const read = document.format === "HTML" ? readPage(document.content) : readMarkdown(document.content);
  const title = read.title || titleFrom(document.name);
  if (!read.body.trim()) throw new Error("It has no text.");
  if (read.body.length > longestBody)
    throw new Error(`Its text is longer than ${longestBody} characters; cut it in two.`);
  const said = read.language?.trim().replaceAll("_", "-");
  return {
    title: shortened(title, 300),
    body: read.body.trim(),
    url: document.url ?? (read.url && isWebAddress(read.url) ? read.url : null),
    language: (
      document.language ??
      (said && isLanguage(said) ? said : null) ??
      guessLanguage(`${title} ${read.body}`.slice(0, 5000), "en")
    ).toLowerCase(),
  };
}

/** What the document itself says. */
export interface Found {
  title: string;
  body: string;
  url: string | null;
  language: string | null;
}

/** Loaded with the first page: its parser and its converter take longer to load than the rest of this service. */
function readPage(content: string): Found {
  const { readHtml } = require("./document.html") as typeof import("./document.html");
  return readHtml(content);
}

function readMarkdown(content: string): Found {
  const text = content.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const front = /^---\n([\s\S]*?)\n---(?:\n|$)/.exec(text);
  const facts = new Map<string, string>();
  // Not YAML on purpose: "title: Returns: how they work" is what people write.
  for (const line of front?.[1]?.split("\n") ?? []) {
    const fact = /^([\w-]+):\s*(.*?)\s*$/.exec(line);
    if (fact?.[1]) facts.set(fact[1].toLowerCase(), (fact[2] ?? "").replace(/^(["'])(.*)\1$/, "$2"));
  }
  let body = front ? text.slice(front[0].length) : text;
  const heading = /^\s*#\s+(.+?)\s*#*\s*(?:\n|$)/.exec(body);
  const title = facts.get("title") || heading?.[1] || "";
  if (heading && (!facts.get("title") || facts.get("title") === heading[1])) body = body.slice(heading[0].length);
  return { title, body, url: facts.get("url") || null, language: facts.get("language") || facts.get("lang") || null };
}

function titleFrom(name: string): string {
  const file = name.split(/[/\\]/).at(-1) ?? name;
  const words = file
    .replace(/\.[a-z]+$/i, "")
    .replace(/[-_]+/g, " ")
    .trim();
  return words ? words.charAt(0).toUpperCase() + words.slice(1) : "Untitled";
}
