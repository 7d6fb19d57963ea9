import { judgeAnswers } from "./judge-answers";
import { runCommand, UsageError } from "./run-command";

/** What can be judged from lines of JSON on standard input, by the code that runs in production. */
const judges: Record<string, (args: string[]) => Promise<void>> = {
  answers: judgeAnswers,
};

const usage = `Judges lines of JSON from standard input, one line of JSON each on standard output.

  npm run -s judge -- answers --articles DIR   {"id","question"} -> {"id","pred","answered","score","sources"}
      DIR holds Markdown, HTML or CSV. "turns" (the customer's earlier messages, oldest first) and "language" may be
      given too. pred is the answer, or null where the articles do not cover the question; score is the coverage.`;

runCommand(usage, async () => {
  const [what = "", ...args] = process.argv.slice(2);
  if (what === "--help" || what === "-h") {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const judge = judges[what];
  if (!judge)
    throw new UsageError(
      what ? `There is no judge for "${what}".` : `What is to be judged? ${Object.keys(judges).join(", ")}`,
    );
  await judge(args);
});
