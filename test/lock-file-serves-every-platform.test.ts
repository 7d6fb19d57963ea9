import { readFileSync } from "node:fs";
import { projectPath } from "../kit/project";

/**
 * npm leaves packages of other platforms out of the lock file when it writes it from an installed `node_modules` or
 * from a registry that lacks them; `npm ci` then refuses the file, here or on somebody else's machine.
 */
test("the lock file has every platform's packages", () => {
  const { packages } = JSON.parse(readFileSync(projectPath("package-lock.json"), "utf8")) as {
    packages: Record<string, { optionalDependencies?: Record<string, string>; version?: string }>;
  };
  const missing = Object.entries(packages).flatMap(([folder, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !placesOf(folder, name).some((place) => packages[place]?.version),
    ),
  );
  // To mend: `rm -rf node_modules package-lock.json && npm install`, with the public registry.
  expect(missing).toEqual([]);
});

/** Where Node looks for a package, from a package's own folder upwards. */
function placesOf(folder: string, name: string): string[] {
  const above = folder
    .split("/node_modules/")
    .map((_, index, parts) => parts.slice(0, index + 1).join("/node_modules/"));
  return [
    ...above.map((parent) => (parent ? `${parent}/node_modules/${name}` : `node_modules/${name}`)),
    `node_modules/${name}`,
  ];
}
