import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { BadLineError, readJsonLines, withLine } from "./judge/json-lines";
import { type JudgedSignal, judgedSignals } from "./judge/signals";
import { runCommand, UsageError } from "./run-command";

const usage = `Judges lines of JSON from standard input, one line of JSON each on standard output.

  npm run -s judge -- SIGNAL [--definitions FILE] [--examples FILE]   -> {"id","pred","score"}
${Object.entries(judgedSignals)
  .map(([name, { reads }]) => `      ${name.padEnd(14)} reads ${reads}`)
  .join("\n")}

  npm run -s judge -- answers --articles DIR   {"id","question"} -> {"id","pred","answered","score","sources"}
      DIR holds Markdown, HTML or CSV. "turns" (the customer's earlier messages, oldest first) and "language" may be
      given too. pred is the answer, or null where the articles do not cover the question; score is the coverage.

  npm run -s judge -- summaries   {"id","dialogue":[{"role","text"}],"lang"?} -> {"id","pred"}
      role is user, assistant, agent or system. pred is the brief of the summary: one paragraph.`;

runCommand(usage, async () => {
  const [what = "", ...args] = process.argv.slice(2);
  // Answers need a database: what is only wanted there is not loaded for a signal.
  if (what === "answers") return (await import("./judge-answers.js")).judgeAnswers(args);
  if (what === "summaries") return (await import("./judge/summaries.js")).judgeSummaries();
  const signal = judgedSignals[what];
  if (!signal) {
    const names = [...Object.keys(judgedSignals), "answers", "summaries"].join(", ");
    throw new UsageError(what ? `There is no judge for "${what}": ${names}` : `What is to be judged? ${names}`);
  }
  await judgeLines(signal, args);
});

/** Lines are judged as they come; what is printed is gathered, since writing costs more than judging. */
async function judgeLines({ judge }: JudgedSignal, args: string[]): Promise<void> {
  const options = optionsFrom(args);
  let printed = "";
  let number = 0;
  try {
    for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
      number++;
      if (!text.trim()) continue;
      printed += `${JSON.stringify(withLine(text, number, (line) => judge(line, options)))}\n`;
      if (printed.length > 16_384) {
        process.stdout.write(printed);
        printed = "";
      }
    }
  } catch (error) {
    if (!(error instanceof BadLineError)) throw error;
    // The usage does not help with one bad line of a thousand.
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  } finally {
    process.stdout.write(printed);
  }
}

function optionsFrom(args: string[]): { definitions: unknown[]; examples: unknown[] } {
  const { definitions, examples } = parseArgs({
    args,
    options: { definitions: { type: "string" }, examples: { type: "string" } },
  }).values;
  return {
    definitions: definitions ? readJsonLines(definitions) : [],
    examples: examples ? readJsonLines(examples) : [],
  };
}
