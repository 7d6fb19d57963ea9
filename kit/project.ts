import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The full path of a file of this project that is no code (SQL, GraphQL, Markdown), given from the project's root:
 * `projectPath("schema/supergraph.graphql")`. Such files are not copied into `dist`, so compiled code and tests find
 * them the same way. Throws when there is no package.json above.
 */
export function projectPath(...parts: string[]): string {
  root ??= findRoot(__dirname);
  return join(root, ...parts);
}

let root: string | undefined;

function findRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (folder === dirname(folder)) throw new Error(`There is no package.json above ${from}.`);
  }
}
