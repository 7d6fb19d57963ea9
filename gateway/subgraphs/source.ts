import type { GraphQLDataSource } from "@apollo/gateway";
import type { GraphQLSchema } from "graphql";
import type { GraphContext } from "../../kit/subgraph";

/** Where a subgraph is: in this process, or at a URL. A `Service` of kit/service.ts fits as it is. */
export type SourceConfig = { schema: GraphQLSchema } | { url: string };

/** One subgraph as the gateway asks it. */
export interface Source extends GraphQLDataSource<GraphContext & Record<string, unknown>> {
  /** Throws when the subgraph does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
