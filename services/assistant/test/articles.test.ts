import { randomUUID } from "node:crypto";
import { createFakeClock } from "../../../kit/clock";
import { createSilentLog } from "../../../kit/log";
import type { Viewer } from "../../../kit/viewer";
import { type Stage, stage } from "../../../test/support/stage";
import { assistantTables, createAssistant } from "../service";
import { someCompany } from "./viewers";

let on: Stage;
beforeAll(async () => {
  on = await stage("assistant", assistantTables, (parts) =>
    createAssistant({ ...parts, clock: createFakeClock(), log: createSilentLog(), model: null }),
  );
});
afterAll(() => on.close());

const create = "mutation ($i: ArticleInput!) { createArticle(input: $i) { id title version language visibility } }";
const update =
  "mutation ($id: ID!, $i: ArticleChange!) { updateArticle(id: $id, input: $i) { title body version url } }";
const remove = "mutation ($id: ID!) { deleteArticle(id: $id) }";
const one = "query ($id: ID!) { article(id: $id) { title body } }";
const search =
  "query ($q: String!, $l: String) { searchPassages(question: $q, language: $l) { heading text score article { title } } }";
const take = `mutation ($d: [DocumentInput!]!) {
  importArticles(documents: $d) { created updated unchanged failed { name reason } } }`;
type Created = { createArticle: { id: string } };
type Found = { searchPassages: { text: string; article: { title: string } }[] };

test("an article is found from its first moment, by its new words after a change, and never after it was deleted", async () => {
  const { agent } = someCompany();
  const { createArticle } = await on.ask<Created>(agent, create, {
    i: { title: "Opening hours", body: "We open at nine." },
  });
  expect(createArticle).toMatchObject({ version: 1, language: "en", visibility: "PUBLIC" });
  expect(await on.ask<Found>(agent, search, { q: "When do you open?" })).toMatchObject({
    searchPassages: [{ text: "We open at nine." }],
  });
  const changed = await on.ask(agent, update, { id: createArticle.id, i: { body: "Our door is unlocked at ten." } });
  expect(changed).toEqual({
    updateArticle: { title: "Opening hours", body: "Our door is unlocked at ten.", version: 2, url: null },
  });
  expect(await on.ask(agent, search, { q: "nine" })).toEqual({ searchPassages: [] });
  expect(await on.ask<Found>(agent, search, { q: "door" })).toMatchObject({
    searchPassages: [{ text: "Our door is unlocked at ten." }],
  });
  expect(await on.ask(agent, remove, { id: createArticle.id })).toEqual({ deleteArticle: createArticle.id });
  expect(await on.ask(agent, search, { q: "door" })).toEqual({ searchPassages: [] });
  expect(await on.refusal(agent, remove, { id: createArticle.id })).toMatchObject({
    extensions: { code: "NOT_FOUND" },
  });
});

test("a slip of the pen is forgiven, and words are found in any of their forms and accents", async () => {
  const { agent } = someCompany();
  await on.ask(agent, create, {
    i: { title: "Lieferung", body: "Die Lieferungen kommen mit der Post. Vorhänge dauern länger.", language: "de" },
  });
  await on.ask(agent, create, { i: { title: "Warranty", body: "Every lamp has a warranty.", language: "en" } });
  const titles = async (q: string, l: string) =>
    (await on.ask<Found>(agent, search, { q, l })).searchPassages.map(({ article }) => article.title);
  expect(await titles("waranty", "en")).toEqual(["Warranty"]);
  expect(await titles("Lieferzeit", "de")).toEqual(["Lieferung"]);
  expect(await titles("vorhange", "de")).toEqual(["Lieferung"]);
  expect(await titles("wrench", "en")).toEqual([]);
});

test("an import changes only what changed, and one bad document holds up no other", async () => {
  const { backEnd } = someCompany();
  const documents = [
    { name: "a.md", format: "MARKDOWN", content: "# Returns\n\nThirty days." },
    {
      name: "b.html",
      format: "HTML",
      content: "<main><h1>Care</h1><p>Wash at 40 degrees, and dry flat on a line.</p></main>",
    },
    { name: "c.md", format: "MARKDOWN", content: "" },
    { name: "d.md", format: "MARKDOWN", content: "Text.", url: "javascript:alert(1)" },
  ];
  const run = async () => (await on.ask<{ importArticles: object }>(backEnd, take, { d: documents })).importArticles;
  expect(await run()).toEqual({
    created: 2,
    updated: 0,
    unchanged: 0,
    failed: [
      { name: "c.md", reason: "It has no text." },
      { name: "d.md", reason: "The url must begin with http:// or https://." },
    ],
  });
  expect(await run()).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  documents[0] = { name: "a.md", format: "MARKDOWN", content: "# Returns\n\nForty days." };
  expect(await run()).toMatchObject({ created: 0, updated: 1, unchanged: 1 });
  const { articles } = await on.ask<{ articles: { title: string; version: number }[] }>(
    backEnd,
    "{ articles { title version } }",
  );
  expect(articles).toEqual([
    { title: "Care", version: 1 },
    { title: "Returns", version: 2 },
  ]);
});

test("a file with characters that nobody can keep is read without them, and holds up no other", async () => {
  const { backEnd } = someCompany();
  const d = [
    { name: "nul\0.md", format: "MARKDOWN", content: "# Returns\n\nThirty \0days." },
    { name: "half.md", format: "MARKDOWN", content: "# Care\n\nWash cold \ud83d." },
    { name: "fine.md", format: "MARKDOWN", content: "# Opening\n\nAt nine." },
  ];
  expect(await on.ask(backEnd, take, { d })).toMatchObject({ importArticles: { created: 3, failed: [] } });
  expect(await on.ask(backEnd, take, { d })).toMatchObject({ importArticles: { unchanged: 3 } });
  const texts = "{ articles { body sourceName } }";
  expect(await on.ask(backEnd, texts)).toEqual({
    articles: [
      { body: "Wash cold \ufffd.", sourceName: "half.md" },
      { body: "At nine.", sourceName: "fine.md" },
      { body: "Thirty days.", sourceName: "nul.md" },
    ],
  });
});

test("two imports of the same new documents at once make each article once", async () => {
  const { backEnd } = someCompany();
  const d = [{ name: "a.md", format: "MARKDOWN", content: "# Returns\n\nThirty days." }];
  const reports = await Promise.all(
    [1, 2, 3].map(() => on.ask<{ importArticles: { created: number } }>(backEnd, take, { d })),
  );
  expect(reports.reduce((sum, { importArticles }) => sum + importArticles.created, 0)).toBe(1);
  expect(await on.ask(backEnd, "{ articles { title } }")).toEqual({ articles: [{ title: "Returns" }] });
});

test("a workspace never sees or changes another's articles, and customers see public ones only", async () => {
  const mine = someCompany();
  const other = someCompany();
  const { createArticle: open } = await on.ask<Created>(mine.agent, create, { i: { title: "Open", body: "For all." } });
  const { createArticle: closed } = await on.ask<Created>(mine.agent, create, {
    i: { title: "Closed", body: "For us.", visibility: "INTERNAL" },
  });
  expect(await on.ask(mine.customer, one, { id: open.id })).toMatchObject({ article: { title: "Open" } });
  expect(await on.ask(mine.customer, one, { id: closed.id })).toEqual({ article: null });
  for (const viewer of [other.agent, other.backEnd, other.customer]) {
    expect(await on.ask(viewer, one, { id: open.id })).toEqual({ article: null });
  }
  const entity = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Article { title } } }";
  const r = [open, closed].map(({ id }) => ({ __typename: "Article", id }));
  expect(await on.ask(mine.customer, entity, { r })).toEqual({ _entities: [{ title: "Open" }, null] });
  expect(await on.ask(other.agent, entity, { r })).toEqual({ _entities: [null, null] });
  expect(await on.ask(other.agent, "{ articles { id } }")).toEqual({ articles: [] });
  expect(await on.ask(other.agent, search, { q: "all" })).toEqual({ searchPassages: [] });
  expect(await on.refusal(other.agent, update, { id: open.id, i: { title: "X" } })).toMatchObject({
    extensions: { code: "NOT_FOUND" },
  });
  expect(await on.refusal(other.agent, remove, { id: open.id })).toMatchObject({ extensions: { code: "NOT_FOUND" } });
});

test("customers and strangers may not change or search anything", async () => {
  const { customer, agent } = someCompany();
  const anonymous: Viewer = { role: "ANONYMOUS" };
  expect(await on.refusal(customer, create, { i: { title: "X", body: "Y" } })).toMatchObject({
    extensions: { code: "FORBIDDEN" },
  });
  expect(await on.refusal(customer, search, { q: "X" })).toMatchObject({ extensions: { code: "FORBIDDEN" } });
  expect(await on.refusal(agent, take, { d: [] })).toMatchObject({ extensions: { code: "FORBIDDEN" } });
  expect(await on.refusal(anonymous, one, { id: randomUUID() })).toMatchObject({
    extensions: { code: "UNAUTHENTICATED" },
  });
});

test.each([
  [{ title: " ", body: "x" }, /title/],
  [{ title: "x", body: " " }, /body/],
  [{ title: "x", body: "x".repeat(300_001) }, /300000/],
  [{ title: "x", body: "y", url: "ftp://x" }, /http/],
  [{ title: "x", body: "y", language: "english please" }, /BCP 47/],
])("bad input is refused in a sentence (%#)", async (i, sentence) => {
  const error = await on.refusal(someCompany().agent, create, { i });
  expect(error).toMatchObject({ message: expect.stringMatching(sentence), extensions: { code: "BAD_INPUT" } });
});

test("articles are paged by title", async () => {
  const { agent } = someCompany();
  for (const title of ["C", "A", "B", "A"]) await on.ask(agent, create, { i: { title, body: "text" } });
  const page = (after: string | null) =>
    on.ask<{ articles: { id: string; title: string }[] }>(
      agent,
      "query ($a: ID) { articles(first: 2, after: $a) { id title } }",
      { a: after },
    );
  const { articles: first } = await page(null);
  const { articles: second } = await page(first.at(-1)?.id ?? null);
  expect([...first, ...second].map(({ title }) => title)).toEqual(["A", "A", "B", "C"]);
});
