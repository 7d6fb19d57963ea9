import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { preProcessFile } from "typescript";
import { projectPath } from "../kit/project";
import { catalogue } from "../schema/events/catalogue";

/** Who may import whom: the house rules of CONTRIBUTING.md, each with the sentence that explains it. */

const areas = ["schema", "kit", "services", "gateway", "commands", "demo", "test", "bench"];

/** Packages that one file of the house keeps away from all others, so that it can be replaced there. */
const doorways: [wanted: RegExp, doorway: RegExp, why: string][] = [
  [
    /^kafkajs$/,
    /^kit\/bus\.kafka/,
    "kafkajs is unmaintained: only kit/bus.kafka*.ts knows it, the rest knows kit/bus.ts.",
  ],
  [
    /^@google\//,
    /^kit\/model\.gemini/,
    "Only kit/model.gemini*.ts knows Gemini, the rest knows the port in kit/model.ts.",
  ],
  [
    /^@apollo\/gateway$/,
    /^gateway\//,
    "Only gateway/ knows @apollo/gateway (Elastic licence): a subgraph must not need it.",
  ],
  [
    /^@apollo\/composition$/,
    /^schema\/compose\.ts$/,
    "Composition happens offline, in schema/compose.ts; at run time nobody composes.",
  ],
];

const refusedNames = /^(utils?|helpers?|common|shared|base|types)$/;
const eventSubjects = Object.values(catalogue).flatMap((list) => list.map(({ type }) => type.split(".")[0]));

/** The folder that is one unit to others: `kit`, or `services/policy`. */
function areaOf(path: string): string {
  const [top = "", name = ""] = path.split("/");
  return top === "services" ? `services/${name}` : top;
}

/** Everything that is wrong with one source file, as sentences. `path` is given from the project's root. */
function problemsOf(path: string, source: string): string[] {
  const imports = preProcessFile(source, true, true).importedFiles.map(({ fileName }) => fileName);
  const isTest = path.endsWith(".test.ts") || path.includes("/test/") || path.startsWith("test/");
  return [
    ...nameProblems(path),
    ...imports.flatMap((wanted) =>
      wanted.startsWith(".")
        ? importProblems(path, posix.join(posix.dirname(path), wanted), isTest)
        : doorways.filter(([name, door]) => name.test(wanted) && !door.test(path) && !isTest).map(([, , why]) => why),
    ),
    ...(/\bprocess\.env\b/.test(codeOf(source)) && !/(^|[/.])env\.ts$/.test(path)
      ? ["Settings are read in env.ts files only (kit/env.ts checks them all at once); take the value as an argument."]
      : []),
  ].map((problem) => `${path}: ${problem}`);
}

function importProblems(path: string, target: string, isTest: boolean): string[] {
  const [from, to] = [areaOf(path), areaOf(target)];
  const [, provider] = /^services\/providers\/providers\/([^/]+)\//.exec(path) ?? [];
  if (provider && !isTest) {
    const own = target.startsWith(`services/providers/providers/${provider}/`);
    if (!own && !/^services\/providers\/provider(\.[a-z]+)?$/.test(target))
      return [
        `A provider's folder imports the contract (services/providers/provider.ts and provider.*.ts) and itself only, not ${target}.`,
      ];
  }
  if (from === to || (isTest && target.startsWith("test/support/"))) return [];
  if (["commands", "demo", "test", "bench"].includes(from)) return [];
  if (from === "schema") return [`schema/ is what parties agree on: it imports nothing of the house, not ${target}.`];
  if (to === "schema" || (to === "kit" && from !== "kit")) return [];
  if (from === "kit") return [`kit/ knows no domain: it may import schema/ only, not ${target}.`];
  return [`${from} may import kit/ and schema/ only, not ${target}: services talk through events and the graph.`];
}

function nameProblems(path: string): string[] {
  const names = path.replace(/\.ts$/, "").split("/");
  const file = names.at(-1) ?? "";
  const [, subject] = /^services\/[^/]+\/on-([a-z]+)-/.exec(path) ?? [];
  return [
    ...names
      .filter((name) => refusedNames.test(name))
      .map((name) => `"${name}" says nothing: name a file after what it does.`),
    ...(/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(file)
      ? []
      : ["File names are lower case with hyphens: request-handover.ts."]),
    ...(subject && !eventSubjects.includes(subject)
      ? [`on-${subject}-... is named after no event of schema/events/catalogue.ts: on-message-posted.ts.`]
      : []),
  ];
}

/** The code alone: neither what comments say nor what stands in quotes. */
function codeOf(source: string): string {
  return source.replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\*[\s\S]*?\*\/|\/\/.*/g, "");
}

const files = areas.flatMap((area) =>
  existsSync(projectPath(area))
    ? readdirSync(projectPath(area), { recursive: true, encoding: "utf8" }).map((file) => posix.join(area, file))
    : [],
);
const sources = files.filter((file) => file.endsWith(".ts"));

test("every file keeps the rules of the house", () => {
  expect(sources.length).toBeGreaterThan(20);
  expect(sources.flatMap((path) => problemsOf(path, readFileSync(projectPath(path), "utf8")))).toEqual([]);
});

test.each(Object.keys(catalogue))("service %s has the same files as every other", (name) => {
  const expected = ["README.md", "env.ts", "main.ts", "service.ts"].map((file) => `services/${name}/${file}`);
  expect(expected.filter((file) => !files.includes(file))).toEqual([]);
});

test.each<[path: string, source: string, sentence: string]>([
  ["schema/words.ts", 'import { x } from "../kit/log";', "imports nothing of the house"],
  ["kit/bus.ts", 'import { x } from "../services/policy/assess";', "kit/ knows no domain"],
  ["services/policy/assess.ts", 'import { x } from "../conversations/texts";', "services talk through events"],
  ["services/policy/assess.ts", 'export { x } from "../../gateway/auth";', "services talk through events"],
  ["services/policy/assess.ts", 'const x = await import("../../demo/widget");', "services talk through events"],
  ["services/policy/assess.ts", 'const x = require("../../commands/start");', "services talk through events"],
  ["services/policy/assess.ts", 'import { x } from "../../test/support/clock";', "services talk through events"],
  ["gateway/server.ts", 'import { x } from "../services/policy/service";', "gateway may import kit/ and schema/"],
  ["services/providers/providers/link/link.ts", 'import { x } from "../../deliver";', "imports the contract"],
  ["services/providers/providers/link/link.ts", 'import { x } from "../console/console";', "imports the contract"],
  ["services/providers/providers/link/link.ts", 'import { x } from "../../../../kit/log";', "imports the contract"],
  ["services/policy/main.ts", 'import { Kafka } from "kafkajs";', "kafkajs is unmaintained"],
  ["services/policy/main.ts", 'import type { X } from "@google/generative-ai";', "knows Gemini"],
  ["services/policy/main.ts", 'import { X } from "@apollo/gateway";', "Only gateway/ knows"],
  ["commands/start.ts", 'import { composeServices } from "@apollo/composition";', "Composition happens offline"],
  ["services/policy/main.ts", "const port = process.env.PORT;", "env.ts files only"],
  ["kit/utils.ts", "", '"utils" says nothing'],
  ["kit/shared/bus.ts", "", '"shared" says nothing'],
  ["kit/PostgresBus.ts", "", "lower case with hyphens"],
  ["services/policy/on-something-odd.ts", "", "named after no event"],
])("the rules catch %s with %s", (path, source, sentence) => {
  expect(problemsOf(path, source).join()).toContain(sentence);
});

test.each<[path: string, source: string]>([
  ["services/policy/on-message-posted.ts", 'import { x } from "../../schema/words"; import { y } from "./assess";'],
  ["services/policy/test/rules.test.ts", 'import { x } from "../../../test/support/clock";'],
  ["services/providers/providers/link/link.ts", 'import { x } from "../../provider"; import { z } from "zod";'],
  ["services/policy/env.ts", "export const env = read(process.env);"],
  ["kit/bus.kafka.ts", 'import { Kafka } from "kafkajs"; // process.env is not read here'],
  ["commands/start.ts", 'import { x } from "../services/policy/service"; import { y } from "../gateway/server";'],
])("the rules let %s import what it may", (path, source) => {
  expect(problemsOf(path, source)).toEqual([]);
});
