import type { EntityManager } from "typeorm";
import { backoff } from "../../kit/wake";
import { type Attempt, attempt } from "./attempt";
import { logAttempt } from "./attempt.rows";
import { Connection } from "./connection.entity";
import type { DeliverDeps } from "./deliver";
import { change, type Held } from "./delivery.rows";
import { handingOf } from "./handing";
import { knownOf, type MaskedRequest, maskRequest } from "./mask-payload";
import { afterFailure } from "./next-move";
import { patienceOf } from "./patience";
import { ProviderFailure, type StepInput } from "./provider";
import { type Exchange, recordExchanges } from "./provider.record";

/** What the worker does after a delivery gave its lease back. */
export interface Carried {
  /** Look again in so many milliseconds; null: nobody knows of anything to do. */
  againInMs: number | null;
}

/** How a call ended, and what it sent to the desk, masked. */
export type Called<Result> = Attempt<Result> & { requests: MaskedRequest[] };
export type Done<Result> = Called<Result> & { ok: true };
export type Failed = Called<unknown> & { ok: false };

/** What every call of a provider is given; the signal and what is special to a call are added by the caller. */
export type CallInput = Omit<StepInput<never>, "signal">;

/** Calls of a provider for a delivery, each logged, and what follows one that failed. */
export interface CallDesk {
  /** Within the time one step may take. Never throws. */
  call<Result>(
    held: Held,
    signal: AbortSignal,
    work: (input: CallInput & { signal: AbortSignal }) => Promise<Result>,
  ): Promise<Called<Result>>;
  done(tx: EntityManager, held: Held, step: string, made: Done<unknown>): Promise<void>;
  /** The process before ended in the middle of a move, and nobody knows what became of it. */
  cutOff(held: Held, step: string): Promise<void>;
  /** Another attempt after a pause, or `giveUp`. An attempt that ended because the service stops does not count. */
  failed(
    step: string,
    held: Held,
    made: Failed,
    signal: AbortSignal,
    giveUp: () => Promise<Carried | null>,
  ): Promise<Carried | null>;
}

export function createCallDesk(deps: DeliverDeps): CallDesk {
  const { db, clock, log, settings } = deps;

  async function inputFor(held: Held): Promise<CallInput> {
    return {
      config: (await configFor(held)) as never,
      account: deps.accounts.of(held),
      handing: handingOf(held),
      receipts: held.receipts,
      idempotencyKey: held.handoverId,
      cutOff: held.cutOff,
    };
  }

  async function configFor({ connectionId, workspaceId }: Held): Promise<unknown> {
    if (!connectionId) return {};
    const connection = await db.findOneBy(Connection, { id: connectionId, workspaceId });
    if (!connection) throw new ProviderFailure("the connection is not there any longer", { retry: false });
    return deps.connections.configOf(connection);
  }

  /** Before a desk has the handover, another one may take it; afterwards there is only this one. */
  function patienceMsFor({ status, over, connectionPatience, workspacePatience }: Held): number {
    if (status !== "DELIVERING" || over) return settings.followUpMs;
    const patience = patienceOf(settings.patience, workspacePatience, connectionPatience);
    const { moveOnAfterSeconds, waitingMinutes } = patience;
    // A customer waits no longer for a desk than for its people.
    return Math.min(moveOnAfterSeconds, waitingMinutes > 0 ? waitingMinutes * 60 : moveOnAfterSeconds) * 1000;
  }

  return {
    async call(held, signal, work) {
      const book: Exchange[] = [];
      const made = await attempt(
        async (callSignal) => {
          const input = { ...(await inputFor(held)), signal: callSignal };
          return recordExchanges(book, () => work(input));
        },
        { timeoutMs: settings.stepTimeoutMs, signal, clock },
      );
      if (!made.ok && made.unexpected !== null && !signal.aborted)
        log.warn(
          { err: made.unexpected, handover: held.handoverId, provider: held.provider },
          "a provider broke its contract",
        );
      const known = knownOf(handingOf(held), held.message, []);
      return { ...made, requests: book.map((exchange) => maskRequest(exchange, known)) };
    },

    done: (tx, held, step, made) =>
      logAttempt(tx, held, { step, attempt: held.attempts + 1, ...made, outcome: "DONE" }),

    cutOff: (held, step) =>
      logAttempt(db, held, {
        step,
        attempt: held.attempts + 1,
        at: clock.now(),
        durationMs: 0,
        outcome: "AGAIN",
        error: "the process ended in the middle",
        requests: [],
      }),

    async failed(step, held, made, signal, giveUp) {
      if (signal.aborted) {
        // Whoever ends it looks for what was made: see `unsureSince`.
        if (step === "conversation")
          await logAttempt(db, held, { step, attempt: held.attempts + 1, ...made, outcome: "AGAIN" });
        if (!made.afterMs) return null;
        // It may have taken effect, and the desk shows it later: whoever goes on must not look before.
        await change(db, held, { dueAt: new Date(clock.now().getTime() + made.afterMs) });
        return { againInMs: null };
      }
      const attempts = held.attempts + 1;
      const now = clock.now();
      const failingSince = held.failingSince ?? now;
      const next = afterFailure({
        // Another desk does not need this one's key. Where there is none, it is worth waiting until that is put right.
        retry: made.retry || (made.access && held.status !== "DELIVERING"),
        failingMs: now.getTime() - failingSince.getTime(),
        patienceMs: patienceMsFor(held),
        pauseMs: backoff(attempts, settings.firstRetryMs, settings.longestPauseMs),
        afterMs: made.afterMs,
      });
      await logAttempt(db, held, { step, attempt: attempts, ...made, outcome: next.again ? "AGAIN" : "GIVEN_UP" });
      if (!next.again) return giveUp();
      await change(db, held, { attempts, failingSince, dueAt: new Date(now.getTime() + next.afterMs) });
      return { againInMs: next.afterMs };
    },
  };
}
