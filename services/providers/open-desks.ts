import { createRequire } from "node:module";
import { isAbsolute, join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { projectPath } from "../../kit/project";
import { ProviderName } from "../../schema/words";
import { configFields } from "./config-fields";
import { desks } from "./desks";
import { defineProvider, type Provider, ProviderFailure, secret, stepNames } from "./provider";
import { baseUrlField, createDeskHttp } from "./provider.http";
import { isFresh, sameSecret } from "./provider.proof";

/** What a provider that comes as a package is made with, so that it needs no path into Baton. */
const tools = { z, defineProvider, secret, ProviderFailure, createDeskHttp, baseUrlField, sameSecret, isFresh };

/**
 * Baton's desks and those of packages, by name or absolute path; one that plays a desk's name takes its place. Names are
 * looked up from `folder`, Baton's own, where such packages are installed.
 */
export function openDesks(packages: string[] = [], folder: string = projectPath()): Provider[] {
  const from = createRequire(pathToFileURL(join(folder, "package.json")));
  return [...desks, ...packages.map((name) => fromPackage(name, from))];
}

function fromPackage(name: string, from: NodeJS.Require): Provider {
  let loaded: unknown;
  try {
    loaded = from(isAbsolute(name) ? name : from.resolve(name));
  } catch (error) {
    throw new Error(`The provider package ${name} cannot be loaded: ${(error as Error).message.split("\n")[0]}`);
  }
  const outer = loaded as { default?: unknown };
  const make = typeof outer.default === "function" ? outer.default : loaded;
  if (typeof make !== "function")
    throw new Error(
      `The provider package ${name} must export a function that takes Baton's tools and gives a provider.`,
    );
  const provider = make(tools) as Provider;
  const problem = problemOf(provider);
  if (problem) throw new Error(`The provider of package ${name} cannot be used: ${problem}`);
  return provider;
}

function problemOf(provider: Partial<Provider> | null): string | null {
  if (!provider || typeof provider !== "object") return "the function gave no provider.";
  if (!provider.name || !(provider.name in ProviderName))
    return `its name must be one of ${Object.keys(ProviderName).join(", ")}.`;
  if (!(provider.config instanceof z.ZodObject)) return "its config must be made with the tools' z.object.";
  const nameless = configFields(provider.config).find(({ description }) => description === "");
  if (nameless) return `its setting ${nameless.name} has no description.`;
  if (!provider.steps?.conversation) return "it has no step conversation.";
  const unknown = Object.keys(provider.steps).find((step) => !stepNames.includes(step as never));
  if (unknown) return `there is no step ${unknown}; there are ${stepNames.join(", ")}.`;
  if (!provider.capabilities || !provider.title || !provider.testConnection)
    return "it needs a title, capabilities and testConnection.";
  return null;
}
