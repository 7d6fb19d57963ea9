import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { projectPath } from "../kit/project";
import { trainAnswerability } from "../services/assistant/answerability/train-answerability";
import { isLearned, keepLearned } from "../services/policy/learned/learned-file";
import { trainings as signalTrainings } from "../services/policy/learned/train";
import { runCommand, UsageError } from "./run-command";

interface Training {
  learn(): Buffer;
  /** Is this what is committed? */
  isKept(bytes: Buffer): boolean;
  keep(bytes: Buffer): void;
}

const answerability = projectPath("services/assistant/answerability", "answerability.json");

const trainings: Record<string, Training> = {
  ...Object.fromEntries(
    Object.entries(signalTrainings).map(([name, learn]) => [
      name,
      { learn, isKept: (bytes) => isLearned(name, bytes), keep: (bytes) => keepLearned(name, bytes) },
    ]),
  ),
  "answerability.json": {
    learn: () => Buffer.from(`${JSON.stringify(trainAnswerability(), null, 2)}\n`),
    isKept: (bytes) => existsSync(answerability) && readFileSync(answerability).equals(bytes),
    keep: (bytes) => writeFileSync(answerability, bytes),
  },
};

const usage = `Learns the weights of the signals from services/policy/corpus and services/assistant/corpus.

  npm run train                all of them
  npm run train -- intent.bin  those named: ${Object.keys(trainings).join(", ")}
  npm run train -- --check     writes nothing; exit code 1 when a committed file is not what its corpus gives`;

runCommand(usage, async () => {
  const { check, names } = asked();
  const stale: string[] = [];
  for (const name of names) {
    const started = performance.now();
    const { learn, isKept, keep } = trainings[name] as Training;
    const bytes = learn();
    const same = isKept(bytes);
    const took = `${Math.ceil(bytes.length / 1024)} kB, ${((performance.now() - started) / 1000).toFixed(1)} s`;
    if (!same && check) stale.push(name);
    if (!same && !check) keep(bytes);
    process.stdout.write(
      `${name}: ${same ? "unchanged" : check ? "NOT what the corpus gives" : "written"} (${took})\n`,
    );
  }
  if (stale.length > 0)
    throw new Error(`Not up to date: ${stale.join(", ")}. Run \`npm run train\` and commit what it wrote.`);
});

function asked(): { check: boolean; names: string[] } {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { check: { type: "boolean" } } });
  const unknown = positionals.filter((name) => !(name in trainings));
  if (unknown.length > 0) throw new UsageError(`Nothing learned is called ${unknown.join(", ")}.`);
  return {
    check: values.check ?? false,
    names: positionals.length > 0 ? positionals : Object.keys(trainings),
  };
}
