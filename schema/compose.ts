import { composeServices } from "@apollo/composition";
import type { DocumentNode } from "graphql";

/** One team's part of the graph. `url` is where it answers when it runs as a process of its own. */
export interface SubgraphSource {
  name: string;
  url: string;
  sdl: DocumentNode;
}

/**
 * Composes subgraphs into the supergraph the gateway boots from, offline and deterministically: subgraphs are taken
 * in the order of their names. Throws with every composition error, each with its code and the subgraphs it concerns.
 */
export function composeSupergraph(subgraphs: SubgraphSource[]): string {
  const sources = [...subgraphs].sort((a, b) => (a.name < b.name ? -1 : 1));
  const result = composeServices(sources.map(({ name, url, sdl }) => ({ name, url, typeDefs: sdl })));
  if (result.supergraphSdl !== undefined) return `${result.supergraphSdl.trim()}\n`;
  const lines = result.errors.map((error) => `  ${String(error.extensions.code ?? "INVALID")}: ${error.message}`);
  throw new Error(
    `These subgraphs do not compose (${sources.map(({ name }) => name).join(", ")}):\n${lines.join("\n")}`,
  );
}
