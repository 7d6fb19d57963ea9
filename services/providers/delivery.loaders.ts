import type { DataSource } from "typeorm";
import { loadAll, loadOne } from "../../kit/load-rows";
import { maySee, type Viewer } from "../../kit/viewer";
import { Delivery } from "./delivery.entity";
import { DeliveryAttempt, DeliveryRequest } from "./delivery-attempt.entity";

export type DeliveryLoaders = ReturnType<typeof createLoaders>;

export function createLoaders(db: DataSource) {
  return {
    byId: loadOne(db, Delivery),
    byHandover: loadAll(db, Delivery, "handoverId", { turn: "ASC" }),
    attempts: loadAll(db, DeliveryAttempt, "deliveryId", { id: "ASC" }),
    /** By attempt. */
    requests: loadAll(db, DeliveryRequest, "attemptId", { id: "ASC" }),
  };
}

/** Deliveries are for those who work with the desk: errors and agents' screens are not for customers. */
export function mayFollow(viewer: Viewer, delivery: Delivery): boolean {
  return viewer.role !== "CUSTOMER" && maySee(viewer, delivery);
}
