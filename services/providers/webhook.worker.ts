import type { EntityManager } from "typeorm";
import { raiseAlarm } from "../../kit/alarms";
import type { Clock } from "../../kit/clock";
import type { Log } from "../../kit/log";
import { restsOnContext } from "../../kit/mask.context";
import type { Outbox } from "../../kit/outbox";
import { createSweep } from "../../kit/sweep";
import { backoff } from "../../kit/wake";
import { newEvent } from "../../schema/events/catalogue";
import type { ProviderName } from "../../schema/words";
import type { Accounts } from "./accounts";
import { attempt } from "./attempt";
import { Connection } from "./connection.entity";
import type { Connections } from "./connections";
import { handingOf } from "./handing";
import { maskingOf } from "./on-masking-changed";
import type { DeskEvent, Provider } from "./provider";
import { saidBefore } from "./said-before";
import type { Settings } from "./settings";
import {
  carriedInto,
  claimCalls,
  firstToTell,
  isDelivering,
  notKnownYet,
  postponeCall,
  settleCall,
  type WaitingCall,
} from "./webhook.rows";

const pollMs = 1_000;
const leaseMs = 60_000;
/** Calls looked at side by side, each of another connection. */
const mostAtOnce = 16;
/** With growing pauses: about an hour, for a desk that cannot be read meanwhile. */
const mostAttempts = 20;
const longestPauseMs = 300_000;

export interface WebhookWorker {
  start(): void;
  wake(): void;
  stop(): Promise<void>;
}

/** Looks at the calls that were kept: what happened in a desk is said as an event, once, in order. */
export function createWebhookWorker(deps: {
  db: EntityManager;
  outbox: Outbox;
  clock: Clock;
  log: Log;
  providers: Map<ProviderName, Provider>;
  connections: Connections;
  accounts: Accounts;
  settings: Settings;
}): WebhookWorker {
  const { db, outbox, clock, log, settings } = deps;
  const stopping = new AbortController();

  const running = new Set<Promise<void>>();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted && running.size < mostAtOnce) {
      const calls = await claimCalls(db, clock.now(), mostAtOnce - running.size, leaseMs);
      if (calls.length === 0) return;
      for (const call of calls) begin(call);
    }
  }

  /** Nobody waits for it: a desk that hangs holds up its own calls only. */
  function begin(call: WaitingCall): void {
    const looked: Promise<void> = lookAt(call)
      .catch(async (error) => {
        log.warn({ err: error, call: call.id }, "a webhook call could not be looked at");
        // Its message may hold anything. Without a database the lease ends, and another worker comes.
        await again(call, `unexpected ${error instanceof Error ? error.name : "error"}`, true, null);
      })
      .catch((error) => log.warn({ err: error, call: call.id }, "a webhook call is left to the next worker"))
      .finally(() => {
        running.delete(looked);
        looking.wake();
      });
    running.add(looked);
  }

  async function lookAt(call: WaitingCall): Promise<void> {
    const connection = await db.findOneBy(Connection, { id: call.connectionId });
    const provider = connection && deps.providers.get(connection.provider);
    const { webhook } = provider ?? {};
    if (!connection || !webhook) return settleCall(db, call.id, { state: "IGNORED", events: 0 });
    let unknown = false;
    const looked = await attempt(
      async (signal) =>
        webhook.parse({
          config: deps.connections.configOf(connection) as never,
          account: deps.accounts.of(call),
          body: call.body,
          receivedAt: call.receivedAt,
          signal,
          carried: async (externalId) => {
            const carried = await carriedInto(db, call.connectionId, externalId);
            if (!carried) unknown = true;
            return carried && { handing: handingOf(carried), receipts: carried.receipts };
          },
        }),
      { timeoutMs: settings.stepTimeoutMs, signal: stopping.signal, clock },
    );
    if (!looked.ok) {
      if (stopping.signal.aborted) return postponeCall(db, call.id, clock.now(), "the service stopped");
      if (looked.unexpected !== null)
        log.warn({ err: looked.unexpected, connection: connection.id }, "a provider broke its contract");
      if (looked.access && call.attempts === 1) raise(call, looked.error);
      return again(call, looked.error, looked.retry || looked.access, looked.afterMs);
    }
    let said = 0;
    for (const event of looked.result) {
      const carried = await carriedInto(db, call.connectionId, event.externalId);
      if (!carried) unknown = true;
      // The next desk has it: that what this one had was tidied away ends nothing.
      else if (event.kind === "LEFT" && (carried.status === "FAILED" || carried.status === "UNCLAIMED")) continue;
      else if (await tell(call, event, carried)) said += 1;
    }
    // The desk was quicker than we are: what it tells of is being made right now, and its id is not kept yet.
    if (unknown && said === 0 && call.attempts < 5 && (await isDelivering(db, call.connectionId)))
      return again(call, notKnownYet, true, null);
    await settleCall(db, call.id, { state: said > 0 ? "DONE" : "IGNORED", events: said });
  }

  async function again(call: WaitingCall, error: string, retry: boolean, afterMs: number | null): Promise<void> {
    if (retry && call.attempts < mostAttempts) {
      const pauseMs = Math.max(backoff(call.attempts, settings.firstRetryMs, longestPauseMs), afterMs ?? 0);
      return postponeCall(db, call.id, new Date(clock.now().getTime() + pauseMs), error);
    }
    raise(call, error);
    await settleCall(db, call.id, { state: "GIVEN_UP", events: 0, error });
  }

  function raise(call: WaitingCall, problem: string): void {
    const facts = { connection: call.connectionId, call: call.id, problem };
    raiseAlarm(log, "webhook_unread", facts, "what a help desk told could not be read");
  }

  function tell(
    call: WaitingCall,
    event: DeskEvent,
    carried: { workspaceId: string; conversationId: string; handoverId: string },
  ): Promise<boolean> {
    const { workspaceId, conversationId, handoverId } = carried;
    return outbox.transaction(async (tx, say) => {
      if (!(await firstToTell(tx, call, event, handoverId, clock.now()))) return false;
      const mask = await maskingOf(tx, workspaceId);
      const before =
        event.kind === "REPLIED" && restsOnContext(event.text) ? await saidBefore(tx, handoverId) : undefined;
      say(deskEventSaid(event, { workspaceId, conversationId, handoverId }, (text) => mask(text, before)));
      return true;
    });
  }

  const looking = createSweep({ name: "webhook-calls", everyMs: pollMs, run, log });
  return {
    start: () => looking.start(),
    wake: () => looking.wake(),
    async stop() {
      stopping.abort();
      await looking.stop();
      await Promise.all(running);
    },
  };
}

function deskEventSaid(
  event: DeskEvent,
  { handoverId, ...story }: { workspaceId: string; conversationId: string; handoverId: string },
  mask: (text: string) => string,
) {
  const agent = event.agent ?? { id: null, name: "" };
  switch (event.kind) {
    case "JOINED":
      return newEvent("agent.joined", { ...story, data: { handoverId, agent } });
    case "REPLIED":
      return newEvent("agent.replied", {
        ...story,
        // The event is kept and carried before conversations reads it.
        data: { handoverId, agent, text: mask(event.text), externalId: event.messageId },
      });
    case "LEFT":
      return newEvent("agent.left", { ...story, data: { handoverId, agent: event.agent, left: event.left } });
  }
}
