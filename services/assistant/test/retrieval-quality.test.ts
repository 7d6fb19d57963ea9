import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createSilentLog } from "../../../kit/log";
import { projectPath } from "../../../kit/project";
import { type TestDatabase, testDatabase } from "../../../test/support/postgres";
import { importDocument } from "../articles";
import { draftAnswer } from "../draft-answer";
import { questionOf, type Said } from "../question";
import { languagesOf, retrieve } from "../retrieve";
import { assistantTables } from "../service";

/** The demo's help centre and what this folder adds to it: 60 articles, a third in each language. */
const folders = ["demo/help-centre", ...["en", "de", "fr"].map((one) => `services/assistant/test/help-centre/${one}`)];
const workspaceId = randomUUID();
let database: TestDatabase;

interface Asked {
  language: string;
  /** The article that answers; null when none does. */
  article: string | null;
  turns: Said[];
}

const questions = readFileSync(projectPath("services/assistant/test/help-centre/questions.tsv"), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line): Asked => {
    const [language = "", article = "", question = ""] = line.split("\t");
    const turns = question.split(" >> ").map((text): Said => ({ author: "CUSTOMER", text }));
    return { language, article: article === "-" ? null : article, turns };
  });

beforeAll(async () => {
  database = await testDatabase("assistant", assistantTables);
  for (const folder of folders)
    for (const name of readdirSync(projectPath(folder)))
      await database.db.transaction((tx) =>
        importDocument(
          tx,
          workspaceId,
          {
            name: `${folder}/${name}`,
            format: "MARKDOWN",
            content: readFileSync(projectPath(`${folder}/${name}`), "utf8"),
            url: null,
            language: null,
          },
          { by: "test", at: new Date() },
        ),
      );
});
afterAll(() => database.drop());

test("the help centre has 60 articles, and there are 200 questions to it", async () => {
  const [{ count }] = await database.db.query("select count(*)::int from articles");
  expect(count).toBe(60);
  expect(questions).toHaveLength(200);
});

test("the article that answers is among the first three for nine questions of ten, in every language", async () => {
  const missed: string[] = [];
  const languages = await languagesOf(database.db, workspaceId, "PUBLIC");
  const share: Record<string, { found: number; asked: number }> = {};
  for (const { language, article, turns } of questions) {
    if (!article) continue;
    // As a widget that was never told the language.
    const question = questionOf(turns, "en", languages);
    const { passages } = await retrieve(database.db, {
      workspaceId,
      question,
      languages,
      visibility: "PUBLIC",
      first: 20,
    });
    const articles = [...new Set(passages.map(({ url }) => url?.split("/").at(-1)))];
    const rank = articles.indexOf(article);
    const found = rank >= 0 && rank < 3;
    share[language] ??= { found: 0, asked: 0 };
    share[language].asked += 1;
    share[language].found += found ? 1 : 0;
    if (!found) missed.push(`${turns.at(-1)?.text} -> ${articles.slice(0, 3).join(", ")} (not ${article}, ${rank})`);
  }
  if (missed.length) report("not among the first three", missed, share);
  for (const { found, asked } of Object.values(share)) expect(found / asked).toBeGreaterThanOrEqual(0.9);
});

test("what nobody wrote about is declined, and what somebody did is mostly answered from there", async () => {
  const wrong: string[] = [];
  const count = { answered: 0, answerable: 0, right: 0, declined: 0, unanswerable: 0 };
  for (const { article, turns } of questions) {
    const { draft } = await draftAnswer(
      { db: database.db, model: null, log: createSilentLog() },
      { workspaceId, turns, language: "en" },
    );
    const from = draft.citations[0]?.url?.split("/").at(-1);
    const line = `${draft.coverage?.toFixed(2)} ${turns.at(-1)?.text} -> ${draft.answered ? from : "no"}: ${draft.text.slice(0, 90).replace(/\n/g, " / ")}`;
    if (article) {
      count.answerable++;
      if (draft.answered) count.answered++;
      if (draft.answered && from === article) count.right++;
      else wrong.push(line);
    } else {
      count.unanswerable++;
      if (draft.answered) wrong.push(`MADE UP ${line}`);
      else count.declined++;
    }
  }
  if (wrong.length) report("not as wanted", wrong, count);
  expect(count.declined / count.unanswerable).toBeGreaterThanOrEqual(0.9);
  expect(count.right / count.answered).toBeGreaterThanOrEqual(0.9);
  expect(count.answered / count.answerable).toBeGreaterThanOrEqual(0.8);
});

function report(what: string, lines: string[], numbers: object): void {
  process.stdout.write(`${what}:\n  ${lines.join("\n  ")}\n${JSON.stringify(numbers)}\n`);
}
