import "reflect-metadata";
import { buildSubgraphSchema } from "@apollo/subgraph";
import type { DocumentNode, GraphQLSchema } from "graphql";
import { type AuthChecker, buildSchema, createResolversMap } from "type-graphql";
import { refuse } from "./errors";
import { subgraphSdl } from "./subgraph.sdl";
import type { Role, Viewer } from "./viewer";

/** What every resolver gets. */
export interface GraphContext {
  viewer: Viewer;
}

/** Answers one entity reference; `null` when there is none in the viewer's reach. */
export type ResolveReference = (reference: Record<string, unknown>, context: GraphContext) => unknown;

export interface SubgraphParts {
  /** Instances of type-graphql resolver classes, made with their dependencies. */
  resolvers: object[];
  /** Entity classes that no root field reaches. */
  orphanedTypes?: object[];
  /** Per entity type: how a reference from another subgraph is answered. Use a DataLoader for anything that reads. */
  references?: Record<string, ResolveReference>;
}

export interface Subgraph {
  sdl: DocumentNode;
  schema: GraphQLSchema;
}

/**
 * Builds a subgraph. `@Authorized("AGENT", "SERVICE")` on a resolver refuses every other role with FORBIDDEN, or
 * UNAUTHENTICATED when nobody is signed in; `@Authorized()` wants anybody with a token.
 */
export async function buildSubgraph(parts: SubgraphParts): Promise<Subgraph> {
  const instances = new Map(parts.resolvers.map((resolver) => [resolver.constructor, resolver]));
  const schema = await buildSchema({
    resolvers: parts.resolvers.map((resolver) => resolver.constructor) as never,
    orphanedTypes: (parts.orphanedTypes ?? []) as never,
    container: { get: (resolver: never) => instances.get(resolver) },
    authChecker,
    validate: false,
    // buildSubgraphSchema below checks the whole; this would refuse, besides, a subgraph of entities without a query.
    skipCheck: true,
    pubSub: declaredOnly as never,
  });
  const sdl = subgraphSdl(schema);
  const resolvers = createResolversMap(schema) as Record<string, Record<string, unknown>>;
  for (const [type, resolve] of Object.entries(parts.references ?? {}))
    resolvers[type] = { ...resolvers[type], __resolveReference: resolve };
  return { sdl, schema: buildSubgraphSchema([{ typeDefs: sdl, resolvers: resolvers as never }]) };
}

const authChecker: AuthChecker<GraphContext, Role> = ({ context: { viewer } }, roles) => {
  if (viewer.role === "ANONYMOUS")
    throw refuse("UNAUTHENTICATED", "This needs a token. Send `Authorization: Bearer <token>`.");
  if (roles.length > 0 && !roles.includes(viewer.role))
    throw refuse("FORBIDDEN", `A token of role ${viewer.role} may not do this; it takes ${roles.join(" or ")}.`);
  return true;
};

/** type-graphql wants a pubsub for `@Subscription`; a subgraph only declares the field, the gateway serves it. */
const declaredOnly = {
  publish() {},
  subscribe(): never {
    throw refuse("BAD_INPUT", "Subscribe at the gateway; a subgraph holds no socket.");
  },
};
