import type { EntityManager } from "typeorm";
import type { ProviderName } from "../../schema/words";
import type { CarriedRow } from "./delivery.rows";
import type { DeliveryStatus } from "./next-move";
import type { DeskEvent, Receipts } from "./provider";

type Rows = Pick<EntityManager, "query">;

/** Attempts, some ten seconds of them, for which an unread call keeps its place before those that came after it. */
const holdsBackFor = 5;

/** A call that waits to be looked at. */
export interface WaitingCall {
  id: string;
  workspaceId: string;
  connectionId: string;
  body: Buffer;
  receivedAt: Date;
  /** Of looking at it, this one included. */
  attempts: number;
}

/** Keeps a call to look at; the same one twice is kept once. */
export async function keepCall(
  rows: Rows,
  call: { workspaceId: string; connectionId: string; callId: string | null; body: Buffer; receivedAt: Date },
): Promise<void> {
  await rows.query(
    `insert into webhook_call (workspace_id, connection_id, call_id, body, received_at, due_at)
     values ($1, $2, $3, $4, $5, $5) on conflict do nothing`,
    [call.workspaceId, call.connectionId, call.callId, call.body, call.receivedAt],
  );
}

/** Why a call is looked at again that tells of what may be made right now; what came after it need not wait for that. */
export const notKnownYet = "nothing is known of it yet";

/**
 * Leases the oldest waiting call of each connection that has none at work: so a connection's calls keep their order, and
 * a desk that hangs takes one place only. One that could not be read holds back those behind it for its first attempts.
 */
export async function claimCalls(rows: Rows, now: Date, most: number, leaseMs: number): Promise<WaitingCall[]> {
  const [claimed]: [WaitingCall[], number] = await rows.query(
    `with waiting as (
       select id, connection_id, due_at,
              coalesce(bool_or(leased_until > clock_timestamp()) over its_connection, false) as busy,
              min(id) filter (where attempts = 0 or (attempts <= ${holdsBackFor} and error is distinct from $4
                                                     and due_at <= $1::timestamptz + interval '1 minute'))
                over its_connection as first
       from webhook_call where due_at is not null window its_connection as (partition by connection_id)
     )
     update webhook_call set leased_until = clock_timestamp() + make_interval(secs => $3 / 1000.0), attempts = attempts + 1
     where id in (
       select id from webhook_call
       where id in (select min(id) from waiting where not busy and due_at <= $1 and id <= coalesce(first, id)
                    group by connection_id)
         and due_at <= $1 and (leased_until is null or leased_until < clock_timestamp())
       order by id limit $2 for update skip locked)
     returning id, workspace_id as "workspaceId", connection_id as "connectionId", body, received_at as "receivedAt", attempts`,
    [now, most, leaseMs, notKnownYet],
  );
  return claimed.sort((a, b) => Number(a.id) - Number(b.id));
}

/** It was looked at: its body, which may hold personal text, is not kept any longer. */
export async function settleCall(
  rows: Rows,
  id: string,
  settled: { state: "DONE" | "IGNORED" | "GIVEN_UP"; events: number; error?: string },
): Promise<void> {
  await rows.query(
    `update webhook_call set state = $2, events = $3, error = $4, body = null, due_at = null, leased_until = null
     where id = $1`,
    [id, settled.state, settled.events, settled.error?.slice(0, 1000) ?? null],
  );
}

/** It is looked at again later. */
export async function postponeCall(rows: Rows, id: string, dueAt: Date, error: string): Promise<void> {
  await rows.query("update webhook_call set due_at = $2, error = $3, leased_until = null where id = $1", [
    id,
    dueAt,
    error.slice(0, 1000),
  ]);
}

/** True for the first to tell of it; false when it was told before. */
export async function firstToTell(
  tx: Rows,
  call: Pick<WaitingCall, "workspaceId" | "connectionId">,
  event: DeskEvent,
  handoverId: string | null,
  now: Date,
): Promise<boolean> {
  const [told] = await tx.query(
    `insert into desk_event (connection_id, event_id, workspace_id, handover_id, kind, at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning event_id`,
    [call.connectionId, event.eventId.slice(0, 500), call.workspaceId, handoverId, event.kind, now],
  );
  return told !== undefined;
}

/** What was carried into a conversation or ticket of a connection's desk, the latest; null when nothing was. */
export async function carriedInto(
  rows: Rows,
  connectionId: string,
  externalId: string,
): Promise<(CarriedRow & { receipts: Receipts; provider: ProviderName; status: DeliveryStatus }) | null> {
  const found = await rows.query(
    `select d.provider, d.status, d.receipts, d.workspace_id as "workspaceId", d.conversation_id as "conversationId",
            d.handover_id as "handoverId", h.requested, h.summary
     from delivery d join carried_handover h on h.id = d.handover_id
     where d.connection_id = $1 and d.external_id = $2 and h.requested is not null
     order by d.created_at desc limit 1`,
    [connectionId, externalId],
  );
  return found[0] ?? null;
}

/** Has an agent taken this handover at the connection's desk, or written there? */
export async function agentCameTo(rows: Rows, connectionId: string | null, handoverId: string): Promise<boolean> {
  const [{ came }]: [{ came: boolean }] = await rows.query(
    `select exists (select from desk_event where connection_id = $1 and handover_id = $2
                    and kind in ('JOINED', 'REPLIED')) as came`,
    [connectionId, handoverId],
  );
  return came;
}

/** Is a delivery on its way to this desk, so that its conversation or ticket may be there and not yet known here? */
export async function isDelivering(rows: Rows, connectionId: string): Promise<boolean> {
  const [{ delivering }]: [{ delivering: boolean }] = await rows.query(
    `select exists (select from delivery where connection_id = $1 and status = 'DELIVERING' and external_id is null)
       as delivering`,
    [connectionId],
  );
  return delivering;
}

/** Calls and events are kept for 30 days: longer than any desk repeats one. */
export async function forgetOldCalls(rows: Rows, now: Date): Promise<void> {
  const before = new Date(now.getTime() - 30 * 86_400_000);
  await rows.query("delete from webhook_call where due_at is null and received_at < $1", [before]);
  await rows.query(
    `delete from desk_event e where at < $1
     and not exists (select from carried_handover h where h.id = e.handover_id and h.over_at is null)`,
    [before],
  );
}
