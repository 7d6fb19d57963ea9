import { readDocument } from "./document";

const read = (format: "MARKDOWN" | "HTML", content: string, more = {}) =>
  readDocument({ name: "help/returning-things.md", format, content, url: null, language: null, ...more });

test("Markdown with front matter: title, address and language are taken from it", () => {
  const content =
    '---\ntitle: Returns: how they work\nurl: "https://x.example/r"\nlanguage: EN\n---\n# Returns: how they work\n\nText.';
  expect(read("MARKDOWN", content)).toEqual({
    title: "Returns: how they work",
    url: "https://x.example/r",
    language: "en",
    body: "Text.",
  });
});

test("without front matter the first heading is the title, without one the file's name is", () => {
  expect(read("MARKDOWN", "# Sending back\n\nText.").title).toBe("Sending back");
  expect(read("MARKDOWN", "Just text.").title).toBe("Returning things");
});

test("what the import says comes before what the document says, and a guess comes last", () => {
  const german = "Die Lieferung dauert drei Tage, und der Versand ist kostenlos, wenn Sie mehr bestellen.";
  expect(read("MARKDOWN", german).language).toBe("de");
  expect(read("HTML", `<html lang="fr"><body><p>${german}</p></body></html>`).language).toBe("fr");
  expect(read("HTML", `<html lang="fr"><body><p>${german}</p></body></html>`, { language: "nl" }).language).toBe("nl");
});

test.each([
  ["url: javascript:alert(1)\nlanguage: English", null, "en"],
  ["url: /help/returns\nlang: en_US", null, "en-us"],
  ["url: https://x.example/r\nlanguage: pt-BR", "https://x.example/r", "pt-br"],
])("an address or a language that no article could have is taken for none: %j", (front, url, language) => {
  const text = "You can return a lamp within thirty days, and we pay for the parcel.";
  expect(read("MARKDOWN", `---\n${front}\n---\n${text}`)).toMatchObject({ url, language });
});

test("of a page the text is kept, and what surrounds it is not", () => {
  const page = `<html lang="en"><head><title>Returns | Shop</title><link rel="canonical" href="https://x.example/returns"></head>
    <body><header>Logo</header><nav><a>Menu</a></nav><div id="cookie-banner">We use cookies</div>
    <main><nav>Breadcrumbs</nav><h1>Returning an item</h1><p>You have <strong>30 days</strong>, counted from the delivery of your parcel.</p>
    <h2>Costs</h2><table><thead><tr><th>From</th><th>Fee</th></tr></thead><tbody><tr><td>Spain</td><td>6.50 euros</td></tr></tbody></table>
    <dl><dt>Opened packs?</dt><dd>No.</dd></dl><script>alert(1)</script><p hidden>secret</p></main>
    <footer>Imprint</footer></body></html>`;
  const { title, body, url } = read("HTML", page);
  expect(title).toBe("Returning an item");
  expect(url).toBe("https://x.example/returns");
  expect(body).toMatch(/## Costs\n\n\| From \| Fee \|/);
  expect(body).toMatch(/### Opened packs\?\n\nNo\./);
  expect(body).not.toMatch(/Logo|Menu|Breadcrumbs|cookies|alert|secret|Imprint|Returning an item/);
});

test.each([
  ['<html><body class="page has-sidebar">', "</body></html>"],
  ['<html class="no-cookies"><body><div id="cookie-ok"><div class="sidebar-right">', "</div></div></body></html>"],
])("a page whose layout is named after a sidebar or cookies is read all the same: %s", (begin, end) => {
  const page = `${begin}<div class="sidebar">Popular</div><div id="cookie-banner">We use cookies</div>
    <h1>Returns</h1><p>You can send everything back within thirty days, and we pay for the parcel.</p>${end}`;
  expect(read("HTML", page)).toMatchObject({
    title: "Returns",
    body: "You can send everything back within thirty days, and we pay for the parcel.",
  });
});

test("a table without a header row is a table all the same", () => {
  const { body } = read(
    "HTML",
    "<body><h1>Fees</h1><table><tr><td>Spain</td><td>6.50</td></tr><tr><td>Italy</td><td>7</td></tr></table></body>",
  );
  expect(body).toMatch(/\|.*Spain.*\|.*6\.50.*\|/);
});

test("a page that breaks off in the middle is read as far as it goes", () => {
  expect(read("HTML", "<h1>Care<p>Wash at 40 degrees<table><tr><td>x").body).toMatch(/Wash at 40 degrees/);
});

test("a document with more text than an article may have is refused in a sentence", () => {
  expect(() => read("MARKDOWN", "Words. ".repeat(50_000))).toThrow(/300000 characters; cut it in two/);
});

test("a document without text is refused in a sentence", () => {
  expect(() => read("HTML", "<html><body><nav>Menu</nav></body></html>")).toThrow("It has no text.");
  expect(() => read("MARKDOWN", "---\ntitle: X\n---\n")).toThrow("It has no text.");
});
