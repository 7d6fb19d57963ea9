import { tables } from "@joplin/turndown-plugin-gfm";
import { type Cheerio, type CheerioAPI, load } from "cheerio";
import TurndownService from "turndown";
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
}

export interface ReadDocument {
  title: string;
  /** Markdown, without the title. */
  body: string;
  url: string | null;
  language: string;
}

/** Reads a document into an article. Throws, in a sentence, when there is nothing in it. */
export function readDocument(document: Document): ReadDocument {
  const read = document.format === "HTML" ? readHtml(document.content) : readMarkdown(document.content);
  const title = read.title || titleFrom(document.name);
  if (!read.body.trim()) throw new Error("It has no text.");
  return {
    title: title.slice(0, 300),
    body: read.body.trim(),
    url: document.url ?? read.url,
    language: (
      document.language ??
      read.language ??
      guessLanguage(`${title} ${read.body}`.slice(0, 5000), "en")
    ).toLowerCase(),
  };
}

interface Found {
  title: string;
  body: string;
  url: string | null;
  language: string | null;
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

/** What surrounds the text of a page: menus, banners, forms, what is not shown. */
const around = [
  "script, style, noscript, template, iframe, svg, canvas, form, button, dialog, nav, aside, head",
  "body > header, body > footer, body > div > header, body > div > footer",
  "[role=navigation], [role=banner], [role=contentinfo], [role=search], [role=complementary], [role=dialog]",
  "[hidden], [aria-hidden=true]",
  "[class*=cookie], [id*=cookie], [class*=breadcrumb], [class*=sidebar], [class*=related-articles], .skip-link",
].join(", ");

function readHtml(content: string): Found {
  const page = load(content);
  const pageTitle = page("title").first().text().trim();
  const url = page("link[rel=canonical]").attr("href") ?? page("meta[property='og:url']").attr("content") ?? null;
  const language = page("html").attr("lang") ?? null;
  page(around).remove();
  const main = mainPart(page);
  const heading = main.find("h1").first().length ? main.find("h1").first() : page("h1").first();
  // A heading that was never closed holds the rest of the page.
  const own = heading.find("p, div, table, ul, ol, section").length > 0 ? heading.contents().first() : heading;
  // "Returns | Lumen & Loom" names the shop after the topic.
  const title = own.text().replace(/\s+/g, " ").trim() || (pageTitle.split(/\s+[|–—-]\s+/)[0] ?? "");
  own.remove();
  return { title, body: toMarkdown(page.html(main)), url: url && /^https?:/.test(url) ? url : null, language };
}

function mainPart(page: CheerioAPI): Cheerio<never> {
  for (const selector of ["main", "[role=main]", "article", "[itemprop=articleBody]", "#content, .content"]) {
    const found = page(selector)
      .toArray()
      .sort((one, other) => page(other).text().length - page(one).text().length)[0];
    if (found && page(found).text().trim().length > 80) return page(found) as never;
  }
  return page("body") as never;
}

const converter = new TurndownService({ headingStyle: "atx", bulletListMarker: "-", codeBlockStyle: "fenced" });
converter.use(tables);
// Definition lists are how many help centres write questions and answers.
converter.addRule("term", { filter: "dt", replacement: (text) => `\n\n### ${text.trim()}\n\n` });
converter.addRule("definition", { filter: "dd", replacement: (text) => `\n\n${text.trim()}\n\n` });
converter.addRule("summary", { filter: "summary", replacement: (text) => `\n\n### ${text.trim()}\n\n` });
converter.remove("img");

function toMarkdown(html: string): string {
  return converter
    .turndown(html)
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function titleFrom(name: string): string {
  const file = name.split(/[/\\]/).at(-1) ?? name;
  const words = file
    .replace(/\.[a-z]+$/i, "")
    .replace(/[-_]+/g, " ")
    .trim();
  return words ? words.charAt(0).toUpperCase() + words.slice(1) : "Untitled";
}
