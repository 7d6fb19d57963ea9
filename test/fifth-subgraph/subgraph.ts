import { readFileSync } from "node:fs";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import { projectPath } from "../../kit/project";
import type { GraphContext, Subgraph } from "../../kit/subgraph";

export interface Order {
  number: string;
  content: string;
  state: "PACKED" | "SENT" | "DELIVERED" | "RETURNED";
}

/** The shop's own system: the newest orders of one customer, by the company's id of the customer. */
export type LatestOrders = (externalId: string) => Promise<Order[]>;

/** What the gateway sends for a conversation: its key, and what `orders` requires. */
interface ConversationReference {
  id: string;
  customer?: { externalId: string | null };
}

/** The orders subgraph: contract first. `orders.graphql` is what is reviewed, this file answers it. */
export function createOrders(latestOrders: LatestOrders): Subgraph & { name: string } {
  const sdl = parse(readFileSync(projectPath("test/fifth-subgraph/orders.graphql"), "utf8"));
  const schema = buildSubgraphSchema([
    {
      typeDefs: sdl,
      resolvers: {
        Conversation: {
          __resolveReference: (reference: ConversationReference) => reference,
          orders({ customer }: ConversationReference, _args: unknown, { viewer }: GraphContext) {
            if (viewer.role !== "AGENT" && viewer.role !== "SERVICE") return null;
            return customer?.externalId ? latestOrders(customer.externalId) : [];
          },
        },
      },
    },
  ]);
  return { name: "orders", sdl, schema };
}
