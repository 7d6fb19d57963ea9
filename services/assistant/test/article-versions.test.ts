import { randomUUID } from "node:crypto";
import { createFakeClock } from "../../../kit/clock";
import { createSilentLog } from "../../../kit/log";
import type { Viewer } from "../../../kit/viewer";
import { testDatabase } from "../../../test/support/postgres";
import { type Stage, stage } from "../../../test/support/stage";
import { ArticleVersions1767225600009 } from "../migrations/0005-article-versions";
import { assistantTables, createAssistant } from "../service";
import { someCompany } from "./viewers";

let on: Stage;
const clock = createFakeClock();
beforeAll(async () => {
  on = await stage("assistant", assistantTables, (parts) =>
    createAssistant({ ...parts, clock, log: createSilentLog(), model: null }),
  );
});
afterAll(() => on.close());

const create = "mutation ($i: ArticleInput!) { createArticle(input: $i) { id } }";
const update = "mutation ($id: ID!, $i: ArticleChange!) { updateArticle(id: $id, input: $i) { version } }";
const restore =
  "mutation ($id: ID!, $v: Int!) { restoreArticle(id: $id, version: $v) { version title body visibility } }";
const take =
  "mutation ($d: [DocumentInput!]!) { importArticles(documents: $d) { created updated unchanged failed { reason } } }";
const history = `query ($id: ID!, $first: Int! = 20, $before: Int) { article(id: $id) { version versions(first: $first, before: $before) {
  number title body language url visibility origin sourceName restores changedBy changedAt } } }`;
const search = "query ($q: String!) { searchPassages(question: $q) { text } }";

interface Version {
  number: number;
  body: string;
  [field: string]: unknown;
}

async function versionsOf(viewer: Viewer, id: string, page: object = {}): Promise<Version[]> {
  const { article } = await on.ask<{ article: { versions: Version[] } }>(viewer, history, { id, ...page });
  return article.versions;
}

async function written(viewer: Viewer, input: object): Promise<string> {
  return (await on.ask<{ createArticle: { id: string } }>(viewer, create, { i: input })).createArticle.id;
}

test("every version is kept with what it said, who made it and when", async () => {
  const { agent, backEnd } = someCompany();
  const id = await written(backEnd, { title: "Returns", body: "Thirty days.", language: "EN" });
  clock.advance(60_000);
  const change = { title: "Sending back", body: "Forty days.", url: "https://shop.example/returns" };
  await on.ask(agent, update, { id, i: change });
  await on.ask(agent, update, { id, i: { visibility: "INTERNAL", language: "de" } });
  const later = clock.now().toISOString();
  const same = { origin: "WRITTEN", sourceName: null, restores: null };
  expect(await versionsOf(agent, id)).toEqual([
    { ...same, number: 3, ...change, language: "de", visibility: "INTERNAL", changedBy: "Ines", changedAt: later },
    { ...same, number: 2, ...change, language: "en", visibility: "PUBLIC", changedBy: "Ines", changedAt: later },
    {
      ...same,
      number: 1,
      title: "Returns",
      body: "Thirty days.",
      language: "en",
      url: null,
      visibility: "PUBLIC",
      changedBy: "shop",
      changedAt: new Date(clock.now().getTime() - 60_000).toISOString(),
    },
  ]);
});

test("what changes nothing makes no version", async () => {
  const { agent } = someCompany();
  const id = await written(agent, { title: "Returns", body: "Thirty days." });
  const unchanged = await on.ask(agent, update, {
    id,
    i: { title: " Returns ", body: "Thirty days.", language: "EN" },
  });
  expect(unchanged).toEqual({ updateArticle: { version: 1 } });
  expect(await versionsOf(agent, id)).toHaveLength(1);
});

test("an earlier version is brought back as a new one, audience included, and answers at once", async () => {
  const { agent } = someCompany();
  const id = await written(agent, { title: "Returns", body: "Thirty days." });
  await on.ask(agent, update, { id, i: { body: "Forty nights.", visibility: "INTERNAL" } });
  expect(await on.ask(agent, restore, { id, v: 1 })).toEqual({
    restoreArticle: { version: 3, title: "Returns", body: "Thirty days.", visibility: "PUBLIC" },
  });
  expect(await on.ask(agent, search, { q: "thirty" })).toEqual({ searchPassages: [{ text: "Thirty days." }] });
  expect(await on.ask(agent, search, { q: "nights" })).toEqual({ searchPassages: [] });
  const [now, before] = await versionsOf(agent, id);
  expect(now).toMatchObject({ number: 3, origin: "RESTORED", restores: 1, changedBy: "Ines" });
  expect(before).toMatchObject({ number: 2, body: "Forty nights." });
  // It says that already.
  expect(await on.ask(agent, restore, { id, v: 1 })).toMatchObject({ restoreArticle: { version: 3 } });
});

test("a document makes a version only when what it says has changed, and never undoes what was restored", async () => {
  const { backEnd } = someCompany();
  const document = (content: string) => ({ name: "returns.md", format: "MARKDOWN", content });
  const imported = async (content: string) =>
    (await on.ask<{ importArticles: object }>(backEnd, take, { d: [document(content)] })).importArticles;
  await imported("# Returns\n\nThirty days.");
  expect(await imported("# Returns\n\nThirty days.")).toMatchObject({ updated: 0, unchanged: 1 });
  // Written otherwise, and still the same.
  expect(await imported("---\ntitle: Returns\n---\n\nThirty days.\n")).toMatchObject({ updated: 0, unchanged: 1 });
  expect(await imported("# Returns\n\nForty days.")).toMatchObject({ updated: 1, unchanged: 0 });
  const { articles } = await on.ask<{ articles: { id: string }[] }>(backEnd, "{ articles { id } }");
  const id = articles[0]?.id as string;
  expect(await versionsOf(backEnd, id)).toMatchObject([
    { number: 2, body: "Forty days.", origin: "IMPORTED", sourceName: "returns.md", changedBy: "shop" },
    { number: 1, body: "Thirty days.", origin: "IMPORTED", sourceName: "returns.md" },
  ]);
  await on.ask(backEnd, restore, { id, v: 1 });
  expect(await imported("# Returns\n\nForty days.")).toMatchObject({ updated: 0, unchanged: 1 });
  expect(await versionsOf(backEnd, id)).toMatchObject([
    { number: 3, body: "Thirty days.", sourceName: null },
    { number: 2 },
    { number: 1 },
  ]);
  // A document that says something new counts again.
  expect(await imported("# Returns\n\nFifty days.")).toMatchObject({ updated: 1 });
});

test("a document may be for agents only, and stays what somebody made of it", async () => {
  const { backEnd, customer } = someCompany();
  const document = { name: "goodwill.md", format: "MARKDOWN", content: "# Goodwill\n\nUp to 20 euros." };
  const imported = async (more: object) => {
    await on.ask(backEnd, take, { d: [{ ...document, ...more }] });
    const { articles } = await on.ask<{ articles: { id: string; visibility: string; version: number }[] }>(
      backEnd,
      "{ articles { id visibility version } }",
    );
    return articles[0];
  };
  const article = await imported({ visibility: "INTERNAL" });
  expect(article).toMatchObject({ visibility: "INTERNAL", version: 1 });
  expect(await on.ask(customer, "query ($id: ID!) { article(id: $id) { id } }", { id: article?.id })).toEqual({
    article: null,
  });
  expect(await imported({ content: "# Goodwill\n\nUp to 30 euros." })).toMatchObject({
    visibility: "INTERNAL",
    version: 2,
  });
  expect(await imported({ visibility: "PUBLIC" })).toMatchObject({ visibility: "PUBLIC", version: 3 });
});

test("a draft made of an agent's answer has its history too: who wrote it, and that it was published", async () => {
  const { agent } = someCompany();
  const { draftArticle } = await on.ask<{ draftArticle: { id: string } }>(
    agent,
    'mutation { draftArticle(input: { question: "Do you rent lamps?", answer: "Yes, for a weekend." }) { id } }',
  );
  await on.ask(agent, update, { id: draftArticle.id, i: { visibility: "PUBLIC" } });
  expect(await versionsOf(agent, draftArticle.id)).toMatchObject([
    { number: 2, visibility: "PUBLIC", origin: "WRITTEN" },
    { number: 1, visibility: "DRAFT", origin: "REPLY", changedBy: "Ines", body: "Yes, for a weekend." },
  ]);
});

test("a long history is read in pages, the newest first", async () => {
  const { agent } = someCompany();
  const id = await written(agent, { title: "Returns", body: "Day 1." });
  for (let day = 2; day <= 5; day += 1) await on.ask(agent, update, { id, i: { body: `Day ${day}.` } });
  const numbers = async (page: object) => (await versionsOf(agent, id, page)).map(({ number }) => number);
  expect(await numbers({ first: 2 })).toEqual([5, 4]);
  expect(await numbers({ first: 2, before: 4 })).toEqual([3, 2]);
  expect(await numbers({ first: 2, before: 2 })).toEqual([1]);
  for (const first of [0, 101])
    expect(await on.refusal(agent, history, { id, first })).toMatchObject({ extensions: { code: "BAD_INPUT" } });
});

test("customers see no history, and nobody restores what is another workspace's or was never there", async () => {
  const mine = someCompany();
  const other = someCompany();
  const id = await written(mine.agent, { title: "Returns", body: "Thirty days." });
  expect(await on.refusal(mine.customer, history, { id })).toMatchObject({ extensions: { code: "FORBIDDEN" } });
  expect(await on.refusal(mine.customer, restore, { id, v: 1 })).toMatchObject({ extensions: { code: "FORBIDDEN" } });
  for (const [viewer, article, v] of [
    [other.agent, id, 1],
    [mine.agent, id, 2],
    [mine.agent, id, -1],
    [mine.agent, randomUUID(), 1],
    [mine.agent, "nonsense", 1],
  ] as const)
    expect(await on.refusal(viewer, restore, { id: article, v })).toMatchObject({ extensions: { code: "NOT_FOUND" } });
  expect(await on.ask(other.agent, history, { id })).toEqual({ article: null });
});

test("two who change an article at once make two versions", async () => {
  const { agent } = someCompany();
  const id = await written(agent, { title: "Returns", body: "Thirty days." });
  await Promise.all([1, 2, 3, 4].map((day) => on.ask(agent, update, { id, i: { body: `Day ${day}.` } })));
  expect((await versionsOf(agent, id)).map(({ number }) => number)).toEqual([5, 4, 3, 2, 1]);
});

test("an article that goes takes its history with it", async () => {
  const { agent } = someCompany();
  const id = await written(agent, { title: "Returns", body: "Thirty days." });
  await on.ask(agent, "mutation ($id: ID!) { deleteArticle(id: $id) }", { id });
  expect(await on.db.query("select from article_versions where article_id = $1", [id])).toEqual([]);
});

test("articles from before versions were kept begin their history with what they say", async () => {
  const before = assistantTables.migrations.filter((one) => one !== ArticleVersions1767225600009);
  const database = await testDatabase("assistant_before", { ...assistantTables, migrations: before });
  try {
    const [article] = await database.db.query(
      `insert into articles (id, workspace_id, title, body, language, visibility, version, source_name, created_at, updated_at)
       values (gen_random_uuid(), gen_random_uuid(), 'Returns', 'Thirty days.', 'en', 'PUBLIC', 4, 'returns.md', now(), now())
       returning id`,
    );
    await new ArticleVersions1767225600009().up(database.db.createQueryRunner());
    expect(
      await database.db.query("select article_id, number, body, origin, changed_by from article_versions"),
    ).toEqual([{ article_id: article.id, number: 4, body: "Thirty days.", origin: "IMPORTED", changed_by: null }]);
  } finally {
    await database.drop();
  }
});
