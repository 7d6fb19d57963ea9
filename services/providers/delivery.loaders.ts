import DataLoader from "dataloader";
import { type DataSource, In } from "typeorm";
import type { GraphContext } from "../../kit/subgraph";
import { maySee } from "../../kit/viewer";
import { Delivery } from "./delivery.entity";
import { DeliveryAttempt, DeliveryRequest } from "./delivery-attempt.entity";

export interface DeliveryLoaders {
  byHandover: DataLoader<string, Delivery[]>;
  byId: DataLoader<string, Delivery | null>;
  attempts: DataLoader<string, DeliveryAttempt[]>;
  /** By attempt. */
  requests: DataLoader<string, DeliveryRequest[]>;
}

/** One set of loaders per request: what one request reads is read at once, and never kept. */
export function perRequest(db: DataSource): (context: GraphContext) => DeliveryLoaders {
  const byContext = new WeakMap<GraphContext, DeliveryLoaders>();
  return (context) => {
    const known = byContext.get(context);
    if (known) return known;
    const loaders: DeliveryLoaders = {
      byHandover: new DataLoader(async (ids) => {
        const found = await db.manager.find(Delivery, { where: { handoverId: In([...ids]) }, order: { turn: "ASC" } });
        return ids.map((id) => found.filter(({ handoverId }) => handoverId === id));
      }),
      byId: new DataLoader(async (ids) => {
        const found = await db.manager.findBy(Delivery, { id: In([...ids]) });
        return ids.map((id) => found.find((delivery) => delivery.id === id) ?? null);
      }),
      attempts: new DataLoader(async (ids) => {
        const found = await db.manager.find(DeliveryAttempt, {
          where: { deliveryId: In([...ids]) },
          order: { id: "ASC" },
        });
        return ids.map((id) => found.filter(({ deliveryId }) => deliveryId === id));
      }),
      requests: new DataLoader(async (ids) => {
        const found = await db.manager.find(DeliveryRequest, {
          where: { attemptId: In([...ids]) },
          order: { id: "ASC" },
        });
        return ids.map((id) => found.filter(({ attemptId }) => attemptId === id));
      }),
    };
    byContext.set(context, loaders);
    return loaders;
  };
}

/** Deliveries are for those who work with the desk: errors and agents' screens are not for customers. */
export function mayFollow({ viewer }: GraphContext, delivery: Delivery): boolean {
  return viewer.role !== "CUSTOMER" && maySee(viewer, delivery);
}
