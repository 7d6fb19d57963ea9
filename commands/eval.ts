import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { projectPath } from "../kit/project";
import { type Floor, readFloors } from "./judge/floors";
import { readJsonLines } from "./judge/json-lines";
import { measure } from "./judge/measure";
import { judgedSignals } from "./judge/signals";
import { measureSummaries } from "./judge/summaries";
import { runCommand, UsageError } from "./run-command";

const usage = `Measures the signals on the project's own cases (services/policy/cases) against their floors, and summaries
on theirs (services/summarization/cases).

  npm run eval               a table of all; exit code 1 when one is below its floor
  npm run eval -- NAME ...   those named in a floors.json of these folders
  npm run eval -- --misses   also what was judged wrong`;

/** A file of the committed cases. */
const cases = (file: string) => projectPath("services/policy/cases", file);
const summaryCases = (file: string) => projectPath("services/summarization/cases", file);

runCommand(usage, async () => {
  const { names, misses } = asked();
  const floors = readFloors(cases("floors.json"));
  const ofSummaries = readFloors(summaryCases("floors.json"));
  const unknown = names.filter((name) => !(name in floors || name in ofSummaries));
  if (unknown.length > 0) throw new UsageError(`floors.json has no ${unknown.join(", ")}.`);
  const rows: string[][] = [["", "cases", "measured", "", "floor", ""]];
  const wrong: string[] = [];
  let below = 0;
  for (const [name, floor] of Object.entries(floors)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const signal = judgedSignals[floor.signal ?? name];
    if (!signal) throw new Error(`floors.json: there is no judge for "${floor.signal ?? name}".`);
    const lines = rowsOf(floor.cases ?? `${name}.jsonl`);
    const options = {
      definitions: floor.definitions ? rowsOf(floor.definitions) : [],
      examples: floor.examples ? rowsOf(floor.examples) : [],
    };
    hold(name, lines, floor, measure(signal, lines, options));
  }
  for (const [name, floor] of Object.entries(ofSummaries)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const lines = readJsonLines(summaryCases(floor.cases ?? `${name}.jsonl`));
    hold(name, lines, floor, await measureSummaries(lines));
  }
  process.stdout.write(`${tableOf(rows)}\n`);
  if (misses) process.stdout.write(`\n${wrong.join("\n")}\n`);
  if (below > 0) throw new Error(`${below} ${below === 1 ? "measure is" : "measures are"} below the floor.`);

  /** Adds what was measured to the table, and counts what is below its floor. */
  function hold(
    name: string,
    lines: unknown[],
    floor: Floor,
    { measures, missed }: { measures: Record<string, number>; missed: string[] },
  ): void {
    wrong.push(...missed.map((miss) => `${name}: ${miss}`));
    const bounds = [
      ...Object.entries(floor.atLeast).map(([what, bound]) => ({ what, bound, sign: ">=" })),
      ...Object.entries(floor.atMost).map(([what, bound]) => ({ what, bound, sign: "<=" })),
    ];
    bounds.forEach(({ what, bound, sign }, index) => {
      const value = measures[what];
      if (value === undefined)
        throw new Error(`floors.json: ${name} has no measure "${what}": ${Object.keys(measures).join(", ")}`);
      const kept = sign === ">=" ? value >= bound : value <= bound;
      if (!kept) below++;
      const first = index === 0 ? [name, String(lines.length)] : ["", ""];
      rows.push([...first, what, value.toFixed(3), `${sign} ${bound.toFixed(3)}`, kept ? "" : "BELOW THE FLOOR"]);
    });
  }
});

function rowsOf(file: string): unknown[] {
  if (!existsSync(cases(file))) throw new Error(`services/policy/cases/${file} is missing.`);
  return readJsonLines(cases(file));
}

function tableOf(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function asked(): { names: string[]; misses: boolean } {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { misses: { type: "boolean" } } });
  return { names: positionals, misses: values.misses ?? false };
}
