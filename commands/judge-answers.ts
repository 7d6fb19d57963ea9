import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { chmod, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { z } from "zod";
import { openDatabase } from "../kit/database";
import { startEmbeddedPostgres } from "../kit/database.embedded";
import { createLog } from "../kit/log";
import { configuredModel } from "../kit/model.gemini";
import { importDocument } from "../services/assistant/articles";
import { draftAnswer } from "../services/assistant/draft-answer";
import type { Said } from "../services/assistant/question";
import { assistantTables } from "../services/assistant/service";
import { readJudgeEnv } from "./env";
import { readSources } from "./import-sources";
import { UsageError } from "./run-command";

const line = z.object({
  id: z.union([z.string(), z.number()]),
  question: z.string(),
  turns: z.array(z.string()).default([]),
  language: z.string().default("en"),
});

/** Answers questions from a folder of articles, in a Postgres of its own that is gone afterwards. */
export async function judgeAnswers(args: string[]): Promise<void> {
  const folder = articlesIn(args);
  const env = readJudgeEnv();
  const log = createLog("judge", "error");
  const model = configuredModel({
    apiKey: env.GEMINI_API_KEY,
    model: env.GEMINI_MODEL,
    baseUrl: env.GEMINI_BASE_URL,
    log,
  });
  const { documents, failed } = readSources(folder, null);
  for (const { name, reason } of failed) process.stderr.write(`not read: ${name}: ${reason}\n`);
  const data = mkdtempSync(join(tmpdir(), "baton-judge-"));
  // Where root runs this, Postgres runs as nobody and must be able to go in.
  await chmod(data, 0o755);
  const postgres = await startEmbeddedPostgres({ folder: data, durable: false, log });
  try {
    const db = await openDatabase({ url: postgres.url("assistant"), tables: assistantTables, log, poolSize: 2 });
    const workspaceId = randomUUID();
    for (const document of documents) {
      const done = await db.transaction((tx) =>
        importDocument(tx, workspaceId, document, { by: "judge", at: new Date() }),
      );
      if (done.outcome === "FAILED") process.stderr.write(`not imported: ${done.name}: ${done.reason}\n`);
    }
    let number = 0;
    for await (const text of createInterface({ input: process.stdin })) {
      number++;
      if (!text.trim()) continue;
      const { id, question, turns, language } = lineFrom(text, number);
      const said = [...turns, question].map((one): Said => ({ author: "CUSTOMER", text: one }));
      const { draft } = await draftAnswer({ db, model, log }, { workspaceId, turns: said, language });
      const { answered, coverage, citations } = draft;
      const judged = {
        id,
        pred: answered ? draft.text : null,
        answered,
        score: coverage ?? 1,
        sources: citations.map(({ title, url, quote }) => ({ title, url, quote })),
      };
      process.stdout.write(`${JSON.stringify(judged)}\n`);
    }
    await db.destroy();
  } finally {
    await postgres.stop("now");
    await rm(data, { recursive: true, force: true });
  }
}

function articlesIn(args: string[]): string {
  const { articles } = parseArgs({ args, options: { articles: { type: "string" } } }).values;
  if (articles) return articles;
  throw new UsageError("--articles is missing: the folder with the articles to answer from.");
}

function lineFrom(text: string, number: number): z.infer<typeof line> {
  try {
    return line.parse(JSON.parse(text));
  } catch (error) {
    const problem = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new Error(`Line ${number} cannot be read: ${problem}`);
  }
}
