import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readSources } from "./import-sources";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "baton-sources-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, content: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

test("a folder gives its Markdown and HTML, by their paths, and nothing else", () => {
  put("a.md", "# A");
  put("deep/b.html", "<p>B</p>");
  put("picture.png", "x");
  put(".hidden/c.md", "# C");
  const { documents, failed } = readSources(folder, "en");
  expect(documents.map(({ name, format, language }) => [name, format, language])).toEqual([
    ["a.md", "MARKDOWN", "en"],
    ["deep/b.html", "HTML", "en"],
  ]);
  expect(failed).toEqual([]);
});

test("every row of a CSV is an article of its own, whatever separates its columns", () => {
  const path = put(
    "faq.csv",
    '\uFEFFQuestion;Answer;Url\nDo you rent?;"Yes;\nfor weekends.";https://x.example\n;no question;\n',
  );
  const { documents, failed } = readSources(path, null);
  expect(documents).toEqual([
    {
      name: "faq.csv#do-you-rent",
      format: "MARKDOWN",
      content: "---\ntitle: Do you rent?\n---\n\nYes;\nfor weekends.",
      url: "https://x.example",
      language: null,
    },
  ]);
  expect(failed).toMatchObject([{ name: "faq.csv row 3" }]);
});

test("a sitemap gives the pages that lie beside it, with their addresses, and names those that do not", () => {
  put("help/returns.html", "<p>Thirty days</p>");
  put("help/care/index.html", "<p>Wash</p>");
  const path = put(
    "sitemap.xml",
    `<?xml version="1.0"?><urlset><url><loc>https://x.example/help/returns</loc></url><url><loc>https://x.example/help/care/</loc></url>
     <url><loc>https://x.example/../../etc/passwd</loc></url></urlset>`,
  );
  const { documents, failed } = readSources(path, null);
  expect(documents.map(({ name, url }) => [name, url])).toEqual([
    ["/help/returns", "https://x.example/help/returns"],
    ["/help/care/", "https://x.example/help/care/"],
  ]);
  expect(failed).toHaveLength(1);
});

test("a page travels without its scripts", () => {
  const path = put("big.html", `<script>${"x".repeat(300_000)}</script><p>Text</p>`);
  expect(readSources(path, null).documents[0]?.content).toBe("<p>Text</p>");
});

test("where there is nothing, one sentence says so", () => {
  expect(() => readSources(join(folder, "nowhere"), null)).toThrow(/nothing at/);
  expect(() => readSources(folder, null)).toThrow(/no \.md, \.html or \.csv/);
  expect(() => readSources(put("x.pdf", ""), null)).toThrow(/neither/);
});
