import { createInterface } from "node:readline";
import { z } from "zod";
import { systemClock } from "../../kit/clock";
import { createLog } from "../../kit/log";
import { mask } from "../../kit/mask";
import type { Model } from "../../kit/model";
import { configuredModel } from "../../kit/model.gemini";
import { languageOf } from "../../services/summarization/language";
import { render } from "../../services/summarization/render";
import { createSummarize, type Summarize } from "../../services/summarization/summarize";
import type { Dialogue } from "../../services/summarization/summary";
import { readJudgeEnv } from "../env";
import { BadLineError, withLine } from "./json-lines";
import { rougeL } from "./rouge";

const turn = z.object({ role: z.string(), text: z.string() });
const line = z.object({ id: z.union([z.string(), z.number()]), dialogue: z.array(turn), lang: z.string().optional() });

/** What one line must hold to be measured: what people wrote about the dialogue. */
const measuredLine = line.extend({ references: z.array(z.string()).min(1) });

/** The brief of a dialogue, as production writes it: by the model where one is configured, else the extract. */
async function briefOf(summarize: Summarize, { dialogue, lang }: z.infer<typeof line>): Promise<string> {
  return render(await summarize(dialogueFrom(dialogue, lang)), "BRIEF");
}

function dialogueFrom(turns: z.infer<typeof turn>[], lang: string | undefined): Dialogue {
  const authors = { user: "CUSTOMER", customer: "CUSTOMER", agent: "AGENT", human: "AGENT", system: "SYSTEM" } as const;
  const customers = turns.filter(({ role }) => authors[role.toLowerCase() as keyof typeof authors] === "CUSTOMER");
  // As on entry: no summary ever reads a secret.
  const texts: string[] = [];
  for (const { text } of turns) texts.push(mask(text, [], texts));
  return {
    language:
      lang?.toLowerCase() ??
      languageOf(
        customers.map(({ text }) => text),
        "en",
      ),
    customer: { id: nobody, name: null, email: null, externalId: null },
    messages: turns.map(({ role }, index) => ({
      id: `00000000-0000-4000-8000-${String(index + 1).padStart(12, "0")}`,
      sequence: index + 1,
      author: authors[role.toLowerCase() as keyof typeof authors] ?? "ASSISTANT",
      authorName: null,
      text: texts[index] ?? "",
      postedAt: "2026-01-01T00:00:00.000Z",
      inReplyTo: null,
      answered: null,
    })),
  };
}

const nobody = "00000000-0000-4000-8000-000000000000";

function summarizing(model: Model | null): Summarize {
  return createSummarize({ model, clock: systemClock, log: createLog("judge", "error") });
}

/** Reads dialogues from standard input, a line each, and prints {"id","pred"}. */
export async function judgeSummaries(): Promise<void> {
  const env = readJudgeEnv();
  const log = createLog("judge", "error");
  const { GEMINI_API_KEY: apiKey, GEMINI_MODEL: model, GEMINI_BASE_URL: baseUrl } = env;
  const summarize = summarizing(configuredModel({ apiKey, model, baseUrl, log }));
  let number = 0;
  try {
    for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
      number++;
      if (!text.trim()) continue;
      const read = withLine(text, number, (value) => line.parse(value));
      process.stdout.write(`${JSON.stringify({ id: read.id, pred: await briefOf(summarize, read) })}\n`);
    }
  } catch (error) {
    if (!(error instanceof BadLineError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

/** How close the extract comes to what people wrote, on average over dialogues and references; no model takes part. */
export async function measureSummaries(
  lines: unknown[],
): Promise<{ measures: Record<string, number>; missed: string[] }> {
  const summarize = summarizing(null);
  const scored = await Promise.all(
    lines.map(async (raw) => {
      const read = measuredLine.parse(raw);
      const pred = await briefOf(summarize, read);
      const score = read.references.reduce((sum, one) => sum + rougeL(pred, one), 0) / read.references.length;
      return { id: read.id, pred, score };
    }),
  );
  return {
    measures: { "rouge-l": scored.reduce((sum, { score }) => sum + score, 0) / Math.max(1, scored.length) },
    missed: scored
      .filter(({ score }) => score < 0.25)
      .map(({ id, pred, score }) => `${id} (${score.toFixed(2)}): ${pred}`),
  };
}
