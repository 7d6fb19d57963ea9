import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { Kind, parse, validate } from "graphql";
import { projectPath } from "../kit/project";
import { apiSchema } from "../schema/check";

const ours = /^(README|CONTRIBUTING|docs|services|test|gateway|kit|schema|bench|commands)/;
const documents = readdirSync(projectPath(), { encoding: "utf8" })
  .filter((name) => ours.test(name))
  .flatMap((name) =>
    name.endsWith(".md")
      ? [name]
      : readdirSync(projectPath(name), { recursive: true, encoding: "utf8" })
          .filter((file) => file.endsWith(".md"))
          .map((file) => posix.join(name, file)),
  );

const areasWithEnv = ["kit/service-env.ts", "gateway/env.ts", "commands/env.ts", "services/providers/env.ts"];

const textOf = (document: string) => readFileSync(projectPath(document), "utf8");

test("every command that a document names is there", () => {
  const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
  const named = documents.flatMap((document) =>
    [...textOf(document).matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, script]) => ({ document, script })),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(({ script }) => !(String(script) in scripts))).toEqual([]);
});

test("every file that a document links to or names with its folder is there", () => {
  const named = documents.flatMap((document) => {
    const text = textOf(document);
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)];
    const paths = [...text.matchAll(/`((?:schema|kit|gateway|commands|demo|test|docs|bench)\/[\w./-]+)`/g)];
    return [...links, ...paths].map(([, file]) => ({ document, file: String(file) }));
  });
  expect(named.filter(({ document, file }) => !isThere(document, file))).toEqual([]);
});

/** From the project's root, or from the document's own folder. */
function isThere(document: string, file: string): boolean {
  return existsSync(projectPath(file)) || existsSync(projectPath(posix.dirname(document), file));
}

test("every GraphQL example fits the graph", () => {
  const schema = apiSchema(parse(textOf("schema/supergraph.graphql")));
  const problems = documents.flatMap((document) =>
    [...textOf(document).matchAll(/```graphql\n([\s\S]*?)```/g)].flatMap(([, source]) =>
      parse(String(source))
        .definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
        .flatMap((definition) => validate(schema, { kind: Kind.DOCUMENT, definitions: [definition] }))
        .map(({ message }) => `${document}: ${message}`),
    ),
  );
  expect(problems).toEqual([]);
});

test("every setting is described in the README", () => {
  const settings = areasWithEnv.flatMap((file) =>
    [...textOf(file).matchAll(/^\s+([A-Z][A-Z_]+): (?!serviceEnv)/gm)].map(([, name]) => String(name)),
  );
  expect(settings.length).toBeGreaterThan(15);
  expect(settings.filter((name) => !textOf("README.md").includes(`\`${name}\``))).toEqual([]);
});
