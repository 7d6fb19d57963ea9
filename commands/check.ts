import { spawnSync } from "node:child_process";
import { projectPath } from "../kit/project";

/** `npm run check`: everything that can be wrong without running Baton. All checks run; each says how to mend it. */
const checks: { name: string; command: string; mend: string }[] = [
  {
    name: "format and lint",
    command: `biome ci --reporter=summary ${process.stdout.isTTY ? "" : "--colors=off"}`,
    mend: "npm run fix (and `npm run lint` shows the rest)",
  },
  { name: "types", command: "tsc", mend: "npm run types shows them as you edit; there is no automatic mending" },
  { name: "dead code", command: "knip", mend: "delete what is named, or name its entry in knip.json" },
  { name: "contracts", command: "node dist/commands/schema.js check", mend: "npm run fix, then commit what it wrote" },
  {
    name: "architecture",
    command: "jest --silent test/architecture.test.ts",
    mend: "move the import or the file as the sentence says; CONTRIBUTING.md has the rules",
  },
  {
    name: "judgement above its floors",
    command: "node dist/commands/eval.js",
    mend: "npm run -s judge shows single messages; a floor is lowered only with a reason in the commit",
  },
  {
    name: "what is learned comes from the corpus",
    command: "node dist/commands/train.js --check",
    mend: "npm run train, then commit what it wrote",
  },
];

const failed = checks.filter(({ name, command, mend }) => {
  const started = performance.now();
  // npm has put node_modules/.bin on the path.
  const { status } = spawnSync(command, { cwd: projectPath(), shell: true, stdio: ["ignore", "inherit", "inherit"] });
  const took = ((performance.now() - started) / 1000).toFixed(1);
  console.log(status === 0 ? `✓ ${name} (${took} s)` : `✗ ${name} (${took} s)\n  to mend: ${mend}`);
  return status !== 0;
});

console.log(`\nchecks: ${checks.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;
