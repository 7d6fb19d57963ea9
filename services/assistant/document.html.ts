import { tables } from "@joplin/turndown-plugin-gfm";
import { type Cheerio, type CheerioAPI, load } from "cheerio";
import TurndownService from "turndown";
import type { Found } from "./document";

/** What surrounds the text of a page: menus, banners, forms, what is not shown. */
const around = [
  "script, style, noscript, template, iframe, svg, canvas, form, button, dialog, nav, aside, head",
  "body > header, body > footer, body > div > header, body > div > footer",
  "[role=navigation], [role=banner], [role=contentinfo], [role=search], [role=complementary], [role=dialog]",
  "[hidden], [aria-hidden=true]",
].join(", ");
/** The same by its name, unless it holds the text: "has-sidebar" on the body tells of the whole page. */
const named =
  "[class*=cookie], [id*=cookie], [class*=breadcrumb], [class*=sidebar], [class*=related-articles], .skip-link";
const holdsTheText = "html, body, main, [role=main], :has(main, [role=main], h1)";

/**
 * Reads the main text of a page: its title, address, language, and what it says as Markdown with its tables.
 * @public loaded by `document.ts` when it is needed, which knip does not see
 */
export function readHtml(content: string): Found {
  const page = load(content);
  const pageTitle = page("title").first().text().trim();
  const url = page("link[rel=canonical]").attr("href") ?? page("meta[property='og:url']").attr("content") ?? null;
  const language = page("html").attr("lang") ?? null;
  page(around).remove();
  page(named).not(holdsTheText).remove();
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
