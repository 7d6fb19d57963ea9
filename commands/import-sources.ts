import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join, relative, sep } from "node:path";
import { load } from "cheerio";
import { parse } from "csv-parse/sync";

/** One document as `importArticles` takes it. */
export interface SourceDocument {
  name: string;
  format: "MARKDOWN" | "HTML";
  content: string;
  url: string | null;
  language: string | null;
}

export interface Sources {
  documents: SourceDocument[];
  /** What was named but could not be read. */
  failed: { name: string; reason: string }[];
}

/**
 * What a path holds: a folder of Markdown, HTML and CSV files, one such file, or a sitemap whose pages lie beside it.
 * Throws a sentence when there is nothing there.
 */
export function readSources(path: string, language: string | null): Sources {
  if (!existsSync(path)) throw new Error(`There is nothing at ${path}.`);
  if (!statSync(path).isDirectory()) return readFile(path, basename(path), language);
  const found: Sources = { documents: [], failed: [] };
  for (const file of filesIn(path)) {
    const { documents, failed } = readFile(file, relative(path, file).split(sep).join("/"), language);
    found.documents.push(...documents);
    found.failed.push(...failed);
  }
  if (found.documents.length + found.failed.length === 0)
    throw new Error(`There is no .md, .html or .csv file in ${path}.`);
  return found;
}

const known = [".md", ".markdown", ".html", ".htm", ".csv"];

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => one.name.localeCompare(other.name))
    .flatMap((entry) => {
      if (entry.name.startsWith(".") || entry.name === "node_modules") return [];
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesIn(path);
      return known.includes(extname(entry.name).toLowerCase()) ? [path] : [];
    });
}

function readFile(path: string, name: string, language: string | null): Sources {
  const content = readFileSync(path, "utf8");
  switch (extname(path).toLowerCase()) {
    case ".md":
    case ".markdown":
      return { documents: [{ name, format: "MARKDOWN", content, url: null, language }], failed: [] };
    case ".html":
    case ".htm":
      return { documents: [{ name, format: "HTML", content: slim(content), url: null, language }], failed: [] };
    case ".csv":
      return readCsv(content, name, language);
    case ".xml":
      return readSitemap(path, content, language);
    default:
      throw new Error(`${path} is neither Markdown, HTML, CSV nor a sitemap (.xml).`);
  }
}

/** Questions and their answers, one article a row. Columns: question, answer, and if there are any url and language. */
function readCsv(content: string, name: string, language: string | null): Sources {
  let rows: Record<string, string>[];
  try {
    rows = parse(content, {
      bom: true,
      columns: (header: string[]) => header.map((column) => column.trim().toLowerCase()),
      skip_empty_lines: true,
      trim: true,
      relax_column_count: true,
      delimiter: [",", ";", "\t"],
    });
  } catch (error) {
    return { documents: [], failed: [{ name, reason: `It is not CSV: ${(error as Error).message}` }] };
  }
  const found: Sources = { documents: [], failed: [] };
  for (const [index, row] of rows.entries()) {
    const { question, answer } = row;
    const line = `${name} row ${index + 2}`;
    if (!question || !answer) {
      found.failed.push({
        name: line,
        reason: "It has no question or no answer (columns: question, answer, url, language).",
      });
      continue;
    }
    found.documents.push({
      // By its question, so that rows may be moved.
      name: `${name}#${question
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, "-")
        .replace(/^-|-$/g, "")
        .slice(0, 120)}`,
      format: "MARKDOWN",
      content: `---\ntitle: ${question.replace(/\s+/g, " ")}\n---\n\n${answer}`,
      url: row.url || null,
      language: row.language || language,
    });
  }
  return found;
}

/** The pages a sitemap names, read from the files that lie where their addresses say, beside it. */
function readSitemap(path: string, content: string, language: string | null): Sources {
  const found: Sources = { documents: [], failed: [] };
  const page = load(content, { xml: true });
  const addresses = page("url > loc")
    .toArray()
    .map((element) => page(element).text().trim());
  if (addresses.length === 0) throw new Error(`${path} is a sitemap without pages (<url><loc>).`);
  const folder = dirname(path);
  for (const address of addresses) {
    if (!URL.canParse(address)) {
      found.failed.push({ name: address, reason: "It is not an address." });
      continue;
    }
    const parts = decodeURIComponent(new URL(address).pathname)
      .split("/")
      .filter((part) => part && part !== "." && part !== "..");
    const place = join(folder, ...parts);
    const file = [
      place,
      `${place}.html`,
      `${place}.htm`,
      join(place, "index.html"),
      `${place}.md`,
      join(folder, `${parts.at(-1) ?? "index"}.html`),
    ].find((one) => existsSync(one) && statSync(one).isFile());
    if (!file) {
      found.failed.push({
        name: address,
        reason: `There is no page for it beside the sitemap (${relative(folder, place)}.html).`,
      });
      continue;
    }
    found.documents.push({
      name: new URL(address).pathname,
      format: /\.(md|markdown)$/i.test(file) ? "MARKDOWN" : "HTML",
      content: slim(readFileSync(file, "utf8")),
      url: address,
      language,
    });
  }
  return found;
}

/** Pages are mostly scripts and drawings, which hold no text: they need not travel. */
function slim(page: string): string {
  if (page.length < 50_000) return page;
  return page
    .replace(/<(script|style|svg|noscript)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/\s(?:src|srcset|style)="[^"]*"/gi, "");
}
