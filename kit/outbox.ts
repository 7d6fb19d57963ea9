import type { EntityManager } from "typeorm";
import type { BatonEvent } from "../schema/events/catalogue";

/** Adds events to what the running transaction says once it is committed. */
export type Say = (...events: BatonEvent[]) => void;

/**
 * A service's effects and what it says of them, in one transaction: the events are inserted into the `outbox` table
 * last (after the effect has taken its row locks, so that a conversation's events keep the order of its changes),
 * and relayed to the bus at once after the commit.
 */
export interface Outbox {
  transaction<Result>(effect: (tx: EntityManager, say: Say) => Promise<Result>): Promise<Result>;
  /** Starts relaying, beginning with what an earlier process left behind. */
  start(): Promise<void>;
  stop(): Promise<void>;
}
