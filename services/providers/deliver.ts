import type { EntityManager } from "typeorm";
import type { Clock } from "../../kit/clock";
import type { Log } from "../../kit/log";
import type { Outbox } from "../../kit/outbox";
import { backoff } from "../../kit/wake";
import type { ProviderName } from "../../schema/words";
import type { Accounts } from "./accounts";
import { type Attempt, attempt } from "./attempt";
import { Connection } from "./connection.entity";
import type { Connections } from "./connections";
import { addDelivery, type CarriedRow, change, type Held, loadHeld, logAttempt } from "./delivery.rows";
import { afterFailure, type Move, nextMove } from "./next-move";
import { type Handing, type Provider, ProviderFailure, type Receipt, type Receipts, type StepName } from "./provider";
import { deliveryFailed, deliveryStarted, handoverDelivered } from "./say-delivery";
import type { Settings } from "./settings";

export interface DeliverDeps {
  db: EntityManager;
  outbox: Outbox;
  clock: Clock;
  log: Log;
  providers: Map<ProviderName, Provider>;
  connections: Connections;
  accounts: Accounts;
  settings: Settings;
}

/** What the worker does after a delivery gave its lease back. */
export interface Carried {
  /** Look again in so many milliseconds; null: nobody knows of anything to do. */
  againInMs: number | null;
}

/**
 * Carries one leased delivery as far as it goes now. Each move is decided by `nextMove`, and its effect is kept before
 * the next one: after a crash it goes on at the first step without a receipt.
 */
export function createDeliver(deps: DeliverDeps) {
  const { db, outbox, clock, log, connections, settings } = deps;

  return async (claimed: { id: string; lease: string }, signal: AbortSignal): Promise<Carried> => {
    for (;;) {
      const held = await loadHeld(db, claimed);
      if (!held) return { againInMs: null };
      if (signal.aborted) {
        await change(db, held, { dueAt: clock.now() });
        return { againInMs: null };
      }
      const provider = providerOf(held);
      const move = nextMove(standingOf(held, provider), provider);
      const carried = await make(move, held, provider, signal);
      if (carried) return carried;
    }
  };

  /** Null: the delivery is still ours, and there may be more to do. */
  async function make(move: Move, held: Held, provider: Provider, signal: AbortSignal): Promise<Carried | null> {
    switch (move.do) {
      case "rest":
        await change(db, held, { dueAt: null });
        return { againInMs: null };
      case "cancel":
        await change(db, held, { status: "CANCELLED", dueAt: null });
        return { againInMs: null };
      case "start":
        await start(held);
        return null;
      case "deliver":
        await outbox.transaction(async (tx, say) => {
          await change(tx, held, { status: "DELIVERED", deliveredAt: clock.now() });
          say(handoverDelivered(held, provider.mode, held.cause));
        });
        return null;
      case "step":
        return step(move.step, held, provider, signal);
      case "close":
        return close(held, provider, signal);
      case "forward":
        return forward(held, provider, signal);
    }
  }

  /** The summary did not come in time: it goes without, and the summary follows. */
  async function start(held: Held): Promise<void> {
    await outbox.transaction(async (tx, say) => {
      const [, changed]: [unknown, number] = await tx.query(
        `update delivery set status = 'DELIVERING' where id = $1 and lease = $2 and status = 'WAITING_FOR_SUMMARY'`,
        [held.id, held.lease],
      );
      if (changed === 1) say(deliveryStarted(held, held.cause));
    });
  }

  async function step(name: StepName, held: Held, provider: Provider, signal: AbortSignal): Promise<Carried | null> {
    const made = await call(held, signal, async (callSignal) => {
      const run = provider.steps[name];
      return run ? run({ ...(await inputFor(held)), signal: callSignal }) : {};
    });
    if (made.ok) {
      await stepDone(name, held, provider, made);
      return null;
    }
    return failed(name, held, made, signal, () =>
      held.status === "DELIVERED" ? goWithoutSummary(held, made) : nextDesk(name, held, provider, made),
    );
  }

  /** Keeps the receipt; when it was the last step, the same transaction says that the desk has the handover. */
  async function stepDone(name: StepName, held: Held, provider: Provider, made: Attempt<Receipt> & { ok: true }) {
    const receipt = made.result;
    const receipts: Receipts = { ...held.receipts, [name]: receipt };
    const now = { ...held, receipts, externalId: receipt.externalId ?? held.externalId, url: receipt.url ?? held.url };
    const last = nextMove(standingOf(now, provider), provider).do === "deliver";
    await outbox.transaction(async (tx, say) => {
      await change(tx, held, {
        receipts,
        attempts: 0,
        externalId: now.externalId,
        url: now.url,
        ...(receipt.copyText === undefined ? {} : { copyText: receipt.copyText }),
        ...(last ? { status: "DELIVERED" as const, deliveredAt: clock.now() } : {}),
      });
      await logDone(tx, held, name, made);
      if (last) say(handoverDelivered(now, provider.mode, held.cause));
    });
  }

  /** This desk has had its chances: the next one gets the handover, and when there is none it is an alarm. */
  async function nextDesk(
    name: StepName,
    held: Held,
    provider: Provider,
    { error }: { error: string },
  ): Promise<Carried> {
    const stop = held.stops[held.turn + 1];
    if (Object.keys(held.receipts).length > 0) await tidyUp(held, provider);
    await outbox.transaction(async (tx, say) => {
      await change(tx, held, { status: "FAILED", dueAt: null });
      say(deliveryFailed(held, `${provider.title}, step ${name}: ${error}`, !stop, held.cause));
      if (!stop) return;
      const { workspaceId, conversationId, handoverId, cause } = held;
      const now = clock.now();
      const turn = held.turn + 1;
      const facts = {
        workspaceId,
        conversationId,
        handoverId,
        turn,
        stop,
        status: "DELIVERING" as const,
        dueAt: now,
        now,
      };
      const id = await addDelivery(tx, facts);
      say(deliveryStarted({ id, workspaceId, conversationId, handoverId, ...stop }, cause));
    });
    const facts = { handover: held.handoverId, delivery: held.id, provider: held.provider, step: name, problem: error };
    if (stop) log.warn({ ...facts, next: stop.provider }, "a help desk did not take a handover: the next one is tried");
    else log.error({ ...facts, alarm: "handover_undelivered" }, "no help desk took a handover");
    return { againInMs: stop ? 0 : null };
  }

  /** What is half done at a desk that failed would wait there for nobody. Tried once: it must not delay the next desk. */
  async function tidyUp(held: Held, provider: Provider): Promise<void> {
    const { close: closing } = provider;
    if (!closing) return;
    const made = await call(held, AbortSignal.timeout(settings.stepTimeoutMs), async (signal) =>
      closing({ ...(await inputFor(held)), ending: null, signal }),
    );
    await logAttempt(db, held, {
      step: "close",
      attempt: 1,
      ...made,
      outcome: made.ok ? "DONE" : "GIVEN_UP",
    });
  }

  /** The desk has the handover already; only its late summary does not get there. */
  async function goWithoutSummary(held: Held, { error }: { error: string }): Promise<Carried | null> {
    await change(db, held, { receipts: { ...held.receipts, summary: {} }, attempts: 0 });
    log.warn(
      { handover: held.handoverId, provider: held.provider, problem: error },
      "a late summary did not reach the desk",
    );
    return null;
  }

  async function close(held: Held, provider: Provider, signal: AbortSignal): Promise<Carried | null> {
    const { close: closing } = provider;
    const status = held.status === "DELIVERED" ? ("CLOSED" as const) : ("CANCELLED" as const);
    const end = (tx: EntityManager) => change(tx, held, { status, dueAt: null });
    if (!closing) {
      await end(db);
      return { againInMs: null };
    }
    const made = await call(held, signal, async (callSignal) =>
      closing({ ...(await inputFor(held)), ending: held.ending, signal: callSignal }),
    );
    if (made.ok) {
      await db.transaction(async (tx) => {
        await logDone(tx, held, "close", made);
        await end(tx);
      });
      return { againInMs: null };
    }
    return failed("close", held, made, signal, async () => {
      await end(db);
      log.warn({ handover: held.handoverId, provider: held.provider, problem: made.error }, "a desk's item stays open");
      return { againInMs: null };
    });
  }

  /** The customer's next message follows the handover into the desk; one at a time, so they keep their order. */
  async function forward(held: Held, provider: Provider, signal: AbortSignal): Promise<Carried | null> {
    const { message } = held;
    const send = provider.forwardMessage;
    if (!message || !send) return null;
    const settle = (tx: EntityManager, state: "SENT" | "GIVEN_UP") =>
      tx.query("update forwarded_message set state = $2 where message_id = $1", [message.id, state]);
    const made = await call(held, signal, async (callSignal) => {
      const input = await inputFor(held);
      return send({ ...input, message, idempotencyKey: message.id, signal: callSignal });
    });
    if (made.ok) {
      await db.transaction(async (tx) => {
        await settle(tx, "SENT");
        await change(tx, held, { attempts: 0 });
        await logDone(tx, held, "message", made);
      });
      return null;
    }
    return failed("message", held, made, signal, async () => {
      await db.transaction(async (tx) => {
        await settle(tx, "GIVEN_UP");
        await change(tx, held, { attempts: 0 });
      });
      const facts = { handover: held.handoverId, message: message.id, provider: held.provider, problem: made.error };
      log.error({ ...facts, alarm: "message_undelivered" }, "a customer's message did not reach the desk");
      return null;
    });
  }

  function call<Result>(held: Held, signal: AbortSignal, work: (signal: AbortSignal) => Promise<Result>) {
    return attempt(work, { timeoutMs: settings.stepTimeoutMs, signal, clock }).then((made) => {
      if (!made.ok && made.unexpected !== null && !signal.aborted)
        log.warn(
          { err: made.unexpected, handover: held.handoverId, provider: held.provider },
          "a provider broke its contract",
        );
      return made;
    });
  }

  /** Another attempt after a pause, or `giveUp`. An attempt that ended because the service stops does not count. */
  async function failed(
    stepName: string,
    held: Held,
    made: Attempt<unknown> & { ok: false },
    signal: AbortSignal,
    giveUp: () => Promise<Carried | null>,
  ): Promise<Carried | null> {
    if (signal.aborted) return null;
    const attempts = held.attempts + 1;
    const { mostAttempts, firstRetryMs, longestPauseMs } = settings;
    const next = afterFailure({
      attempts,
      mostAttempts,
      longestPauseMs,
      retry: made.retry,
      afterMs: made.afterMs,
      pauseMs: backoff(attempts, firstRetryMs, longestPauseMs),
    });
    await logAttempt(db, held, {
      step: stepName,
      attempt: attempts,
      ...made,
      outcome: next.again ? "AGAIN" : "GIVEN_UP",
    });
    if (!next.again) return giveUp();
    await change(db, held, { attempts, dueAt: new Date(clock.now().getTime() + next.afterMs) });
    return { againInMs: next.afterMs };
  }

  function logDone(tx: EntityManager, held: Held, stepName: string, made: Attempt<unknown> & { ok: true }) {
    return logAttempt(tx, held, { step: stepName, attempt: held.attempts + 1, ...made, outcome: "DONE" });
  }

  async function inputFor(held: Held) {
    return {
      config: (await configFor(held)) as never,
      account: deps.accounts.of(held),
      handing: handingOf(held),
      receipts: held.receipts,
      idempotencyKey: held.handoverId,
    };
  }

  async function configFor({ connectionId, workspaceId }: Held): Promise<unknown> {
    if (!connectionId) return {};
    const connection = await db.findOneBy(Connection, { id: connectionId, workspaceId });
    if (!connection) throw new ProviderFailure("the connection is not there any longer", { retry: false });
    return connections.configOf(connection);
  }

  function providerOf({ provider }: Held): Provider {
    return deps.providers.get(provider) ?? missing(provider);
  }
}

function standingOf(held: Held, provider: Provider) {
  return {
    status: held.status,
    receipts: held.receipts,
    hasSummary: held.summary !== null,
    over: held.over,
    hasMessage: held.message !== null && provider.forwardMessage !== undefined,
  };
}

export function handingOf({ requested, summary, workspaceId, conversationId, handoverId }: CarriedRow): Handing {
  const { conversation, handover, transcript } = requested.data;
  return {
    handoverId,
    workspaceId,
    conversationId,
    channel: conversation.channel,
    language: conversation.language,
    reason: handover.reason,
    requestedAt: handover.requestedAt ?? requested.time,
    customer: conversation.customer,
    transcript,
    summary,
    tags: [],
  };
}

/** A provider whose folder is gone takes nothing more; what it would have been given goes to the next desk. */
function missing(name: ProviderName): Provider {
  const gone = async () => {
    throw new ProviderFailure(`${name} is not part of this installation`, { retry: false });
  };
  return {
    name,
    title: name,
    mode: "DESK",
    capabilities: { handover: false, email: false, summary: "AUTOMATED", tags: false, handBack: false },
    config: null as never,
    steps: { conversation: gone },
    testConnection: gone,
  };
}
