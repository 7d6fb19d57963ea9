import type { EventOf, EventType } from "../schema/events/catalogue";
import type { Outbox } from "./outbox";

/** Why a handler did nothing with an event; a closed list, counted in the metrics. */
export type IgnoredReason =
  | "already_done"
  | "stale_epoch"
  | "not_in_control"
  | "external_assistant"
  | "conversation_closed"
  | "unknown_conversation"
  | "not_ours";

/** What became of an event. A handler that throws is tried again with backoff, then its event is a dead letter. */
export type Outcome = "done" | { ignored: IgnoredReason };

/** The work item a handler holds: one event, leased from the inbox, the oldest of its conversation. */
export interface Work {
  /**
   * The handler's effect. The inbox row is marked done in the same transaction, so the effect happens once; throws
   * when the lease was lost meanwhile. At most one call per handling; slow work (a model) goes before it, outside.
   */
  transaction: Outbox["transaction"];
  /** Counts from 1. */
  attempt: number;
  /** Aborted when the service stops or the lease is lost. */
  signal: AbortSignal;
}

export type Handle<Type extends EventType> = (event: EventOf<Type>, work: Work) => Promise<Outcome>;
/** What a service hears: one handler per event type. The topics follow from the types. */
export type Handlers = { [Type in EventType]?: Handle<Type> };

export interface Inbox {
  /** Listens with the service's group and works on what is waiting. Resolves when live. */
  start(): Promise<void>;
  stop(): Promise<void>;
}
