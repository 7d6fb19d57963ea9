import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { print } from "graphql";
import { projectPath } from "../kit/project";
import { asyncApi, eventSchemas, type JsonSchema } from "../schema/asyncapi";
import { type Allowed, breakingProblems, eventChanges, exampleProblems, graphChanges } from "../schema/check";
import { composeSupergraph } from "../schema/compose";
import { buildSubgraphs } from "./subgraphs";

/**
 * The committed contracts. `npm run schema` writes them from the code, `schema:check` says what is stale or would
 * break somebody, `schema:release` freezes them as what the next check compares with.
 */
const released = {
  supergraph: "schema/released/supergraph.graphql",
  events: "schema/released/events.json",
  allowed: "schema/released/allowed-breaking.json",
};
const examplesFolder = "schema/events/examples";
const subgraphsFolder = "schema/subgraphs";

void main(process.argv[2] ?? "write").catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

async function main(mode: string): Promise<void> {
  const examples = await readExamples();
  const files = await generate(examples);
  if (mode === "check") return check(files, examples);
  if (mode === "release") return release(files);
  for (const path of await staleSubgraphs(files)) await rm(projectPath(path));
  await write(files);
  console.log(`Written: ${Object.keys(files).join(", ")}`);
}

/** Every generated file: path and text. The same code gives the same text. */
async function generate(examples: Record<string, string>): Promise<Record<string, string>> {
  const { version } = JSON.parse(await readFile(projectPath("package.json"), "utf8")) as { version: string };
  const subgraphs = await buildSubgraphs();
  const readable = Object.fromEntries(Object.entries(examples).map(([name, text]) => [name, JSON.parse(text)]));
  return {
    ...Object.fromEntries(subgraphs.map(({ name, sdl }) => [`${subgraphsFolder}/${name}.graphql`, `${print(sdl)}\n`])),
    "schema/supergraph.graphql": composeSupergraph(subgraphs),
    "schema/events/asyncapi.json": toText(asyncApi({ version, examples: readable })),
  };
}

async function check(files: Record<string, string>, examples: Record<string, string>): Promise<void> {
  const stale = await staleSubgraphs(files);
  for (const [path, text] of Object.entries(files)) if ((await read(path)) !== text) stale.push(path);
  const changes = [
    ...(await graphChanges(await readReleased(released.supergraph), files["schema/supergraph.graphql"] ?? "")),
    ...eventChanges(JSON.parse(await readReleased(released.events)) as Record<string, JsonSchema>, eventSchemas()),
  ];
  const allowed = JSON.parse(await readReleased(released.allowed)) as Allowed[];
  for (const { message, level } of changes) if (level === "DANGEROUS") console.log(`note: ${message}`);
  const broken = breakingProblems(changes, allowed);
  const badExamples = exampleProblems(examples);
  report("These files are not what the code says", stale, "run `npm run schema` and commit what it writes");
  report(
    "The contract of the last release is not kept",
    broken,
    `keep the old shape beside the new one, or list the change with a reason in ${released.allowed}`,
  );
  report("Examples of events", badExamples, "add the example, or make the new shape accept the old one");
  if (!process.exitCode) console.log("The contracts are in order.");
}

function report(title: string, problems: string[], mend: string): void {
  if (problems.length === 0) return;
  console.error(`${title}:\n${problems.map((problem) => `  ${problem}`).join("\n")}\n  -> ${mend}`);
  process.exitCode = 1;
}

async function release(files: Record<string, string>): Promise<void> {
  await write({
    [released.supergraph]: files["schema/supergraph.graphql"] ?? "",
    [released.events]: toText(eventSchemas()),
    [released.allowed]: toText([]),
  });
  console.log(`Frozen: ${Object.values(released).join(", ")}`);
}

/** SDL files of services that are no more. */
async function staleSubgraphs(files: Record<string, string>): Promise<string[]> {
  const folder = projectPath(subgraphsFolder);
  const present = existsSync(folder) ? await readdir(folder) : [];
  return present.map((file) => `${subgraphsFolder}/${file}`).filter((path) => !(path in files));
}

async function readExamples(): Promise<Record<string, string>> {
  const names = (await readdir(projectPath(examplesFolder))).sort();
  return Object.fromEntries(
    await Promise.all(
      names.map(async (file) => [
        basename(file, ".json"),
        await readFile(projectPath(join(examplesFolder, file)), "utf8"),
      ]),
    ),
  );
}

async function readReleased(path: string): Promise<string> {
  const text = await read(path);
  if (text === null) throw new Error(`${path} is missing: run \`npm run schema:release\` to freeze the contract.`);
  return text;
}

async function read(path: string): Promise<string | null> {
  return readFile(projectPath(path), "utf8").catch(() => null);
}

async function write(files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(projectPath(path)), { recursive: true });
    await writeFile(projectPath(path), text);
  }
}

function toText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
