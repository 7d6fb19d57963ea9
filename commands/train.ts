import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { projectPath } from "../kit/project";
import { trainings } from "../services/policy/learned/train";
import { runCommand, UsageError } from "./run-command";

const usage = `Learns the weights of the signals from services/policy/corpus and writes them to services/policy/learned.

  npm run train                all of them
  npm run train -- intent.bin  those named: ${Object.keys(trainings).join(", ")}
  npm run train -- --check     writes nothing; exit code 1 when a committed file is not what its corpus gives`;

runCommand(usage, async () => {
  const { check, names } = asked();
  const stale: string[] = [];
  for (const name of names) {
    const started = performance.now();
    const bytes = (trainings[name] as () => Buffer)();
    const path = projectPath("services/policy/learned", name);
    const same = existsSync(path) && readFileSync(path).equals(bytes);
    const took = `${Math.ceil(bytes.length / 1024)} kB, ${((performance.now() - started) / 1000).toFixed(1)} s`;
    if (!same && check) stale.push(name);
    if (!same && !check) writeFileSync(path, bytes);
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
