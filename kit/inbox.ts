import type { DataSource } from "typeorm";
import { type BatonEvent, type EventOf, type EventType, topicOf } from "../schema/events/catalogue";
import type { Bus, Subscription } from "./bus";
import type { Clock } from "./clock";
import { eventMetrics } from "./inbox.metrics";
import { receive } from "./inbox.receive";
import { createInboxRows, type Finished, type InboxRow, leaseName, nameOf } from "./inbox.rows";
import type { Log } from "./log";
import type { Outbox, Say } from "./outbox";
import { createSweep } from "./sweep";
import { backoff } from "./wake";
import { sharesLog } from "./write-ahead-log";

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

/** The handler was too slow or cut off: its event was taken by somebody else, and its effect was undone. */
export class LeaseLost extends Error {
  constructor() {
    super("the lease on this event was lost; its effect was not kept");
  }
}

/** Attempts before an event becomes a dead letter. */
const mostAttempts = 8;
/** Nobody rang: look anyway, for what another process left behind. */
const pollMs = 1_000;

export interface InboxOptions {
  /** Names the group on the bus. */
  service: string;
  db: DataSource;
  outbox: Outbox;
  bus: Bus;
  handlers: Handlers;
  log: Log;
  clock: Clock;
  /** Events handled side by side, each of another conversation. */
  workers?: number;
  /** Pause before the second attempt, in milliseconds; doubles with every further one, up to 30 s. */
  firstRetryMs?: number;
  /** A worker that shows no sign of life for this many milliseconds loses its event to another. */
  leaseMs?: number;
}

/**
 * What the service hears, kept in its own `inbox` table: one row per event, however often the bus brings it. Workers
 * take the oldest waiting event of each conversation; an event that fails is tried again with backoff and in the
 * end set aside as a dead letter, and holds up its own conversation only.
 */
export function createInbox(options: InboxOptions): Inbox {
  const { service, db, outbox, bus, handlers, log, clock, workers = 8 } = options;
  const { firstRetryMs = 100, leaseMs = 10_000 } = options;
  const rows = createInboxRows({ service, db, leaseMs });
  const running = new Map<string, { row: InboxRow; cut: AbortController; finished: Promise<void> }>();
  const retries = new Set<NodeJS.Timeout>();
  let subscription: Subscription | null = null;
  let stopped = false;
  let claiming = false;
  let claimed = Promise.resolve();
  let claimAgain = false;
  /** The last claim took all it could: there may be more that is ready. */
  let mayBeMore = false;

  /** Gives every free worker an event. Called whenever something may have become ready. */
  function wake() {
    claimAgain = true;
    if (!claiming) claimed = claim();
  }

  async function claim() {
    claiming = true;
    try {
      while (claimAgain && !stopped && running.size < workers) {
        claimAgain = false;
        const most = workers - running.size;
        const claimed = await rows.claim(most);
        mayBeMore = claimed.length === most;
        for (const row of claimed) start(row);
      }
    } catch (error) {
      log.warn({ err: error }, "inbox: taking events failed, trying again");
    }
    claiming = false;
  }

  function start(row: InboxRow) {
    const cut = new AbortController();
    const finished = handle(row, cut)
      .catch((error): Finished => {
        log.warn({ err: error, event: row.eventId }, "inbox: an event is left to the next worker");
        return { followed: true };
      })
      .then(({ followed }) => {
        running.delete(leaseName(row));
        if (followed || mayBeMore) wake();
      });
    running.set(leaseName(row), { row, cut, finished });
  }

  async function handle(row: InboxRow, cut: AbortController): Promise<Finished> {
    const parsed = rows.read(row);
    const hopeless = row.attempts > mostAttempts ? (row.error ?? "the process died each time it was handled") : null;
    if (!parsed.ok || hopeless) {
      await setAside(row, parsed.ok ? (hopeless ?? "") : parsed.problem);
      return { followed: true };
    }
    const handler = handlers[parsed.event.type] as ((event: BatonEvent, work: Work) => Promise<Outcome>) | undefined;
    if (!handler) return rows.finish(row, { ignored: "not_ours" });
    const stopTimer = eventMetrics.handling.startTimer({ service, type: row.type });
    eventMetrics.waiting.observe({ service }, row.waitedMs / 1000);
    let kept: Finished | null = null;
    let called = false;
    const work: Work = {
      attempt: row.attempts,
      signal: cut.signal,
      async transaction(effect) {
        if (called) throw new Error("a handler may call work.transaction only once");
        called = true;
        let finished: Finished | null = null;
        const result = await outbox.transaction(async (tx, say: Say) => {
          const answer = await effect(tx, say);
          finished = await rows.finishIn(tx, row, answer);
          if (!finished) throw new LeaseLost();
          return answer;
        });
        kept = finished;
        return result;
      },
    };
    try {
      const outcome = await handler(parsed.event, work);
      if (kept && outcome !== "done") await rows.note(row, outcome);
      kept ??= await rows.finish(row, outcome);
      count(row, nameOf(outcome));
      return kept;
    } catch (error) {
      if (kept) log.warn({ err: error, event: row.eventId, type: row.type }, "inbox: failed after its effect was kept");
      else if (error instanceof LeaseLost) throw error;
      else if (stopped && cut.signal.aborted) await rows.release(row);
      else await tryAgainLater(row, error);
      return kept ?? { followed: true };
    } finally {
      stopTimer();
    }
  }

  const count = (row: InboxRow, outcome: string) => eventMetrics.handled.inc({ service, type: row.type, outcome });

  async function tryAgainLater(row: InboxRow, error: unknown) {
    const problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (row.attempts >= mostAttempts) return setAside(row, problem);
    const pause = backoff(row.attempts, firstRetryMs, 30_000);
    log.warn({ err: error, event: row.eventId, type: row.type, attempt: row.attempts, pause }, "inbox: trying again");
    await rows.postpone(row, problem, pause);
    count(row, "retried");
    const retry = setTimeout(() => {
      retries.delete(retry);
      wake();
    }, pause + 5);
    retries.add(retry);
  }

  async function setAside(row: InboxRow, problem: string) {
    log.error({ event: row.eventId, type: row.type, attempts: row.attempts, problem }, "inbox: a dead letter");
    await outbox.transaction((tx) => rows.setAside(tx, row, problem, clock.now()));
    outbox.wake();
    count(row, "dead");
  }

  const lookAnyway = createSweep({ name: `${service}-inbox`, everyMs: pollMs, run: async () => wake(), log });
  const forgetting = createSweep({
    name: `${service}-inbox-retention`,
    everyMs: 3_600_000,
    run: () => rows.forget(15),
    log,
  });
  const renewing = createSweep({
    name: `${service}-inbox-leases`,
    everyMs: leaseMs / 3,
    log,
    async run() {
      if (running.size === 0) return;
      const ours = await rows.renew([...running.values()].map(({ row }) => row));
      // A row that is done meanwhile is not renewed either; its handler is about to return.
      for (const [name, { cut }] of running) if (!ours.has(name)) cut.abort(new LeaseLost());
    },
  });

  return {
    async start() {
      const heard = new Set(Object.keys(handlers));
      const topics = [...new Set([...heard].map((type) => topicOf(type as EventType)))];
      lookAnyway.start();
      renewing.start();
      forgetting.start();
      if (topics.length === 0) return;
      const oneLog = await sharesLog(db, bus);
      subscription = await bus.subscribe({
        group: service,
        topics,
        from: "committed",
        onBatch: async (records) => {
          const { announced } = await receive({ service, db, records, heard, clock, log, oneLog, onWaiting: wake });
          if (announced) outbox.wake();
        },
      });
    },
    async stop() {
      if (stopped) return;
      await subscription?.stop();
      stopped = true;
      await Promise.all([lookAnyway.stop(), forgetting.stop()]);
      for (const retry of retries) clearTimeout(retry);
      await claimed;
      for (const { cut } of running.values()) cut.abort(new Error("the service is stopping"));
      await Promise.all([...running.values()].map(({ finished }) => finished));
      await renewing.stop();
    },
  };
}
