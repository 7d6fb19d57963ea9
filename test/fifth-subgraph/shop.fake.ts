import type { LatestOrders } from "./subgraph";

/** A shop with one customer, in the place of your own system. */
export const fakeShop: LatestOrders = async (externalId) =>
  externalId === "customer-1042"
    ? [
        { number: "L-2087", content: "Floor lamp, oak", state: "SENT" },
        { number: "L-1991", content: "Two wool blankets", state: "DELIVERED" },
      ]
    : [];
