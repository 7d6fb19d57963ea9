import { randomUUID } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { BatonEvent, EventOf } from "../../schema/events/catalogue";
import type { HandoverEnding, ProviderName } from "../../schema/words";
import type { DeliveryStatus } from "./next-move";
import type { Patience } from "./patience";
import type { Receipt, Receipts, TranscriptLine } from "./provider";
import type { Absence, Stop } from "./route";

type Rows = Pick<EntityManager, "query">;
/** The event that led here, as far as the next one needs it. */
export type Cause = Pick<BatonEvent, "id" | "correlationid">;

/** A delivery that this process has leased, with all that its next move needs. */
export interface Held {
  id: string;
  lease: string;
  /** The worker before was cut off, perhaps in the middle of what is to be done now. */
  cutOff: boolean;
  workspaceId: string;
  conversationId: string;
  handoverId: string;
  turn: number;
  provider: ProviderName;
  connectionId: string | null;
  status: DeliveryStatus;
  receipts: Receipts;
  /** Failed attempts of the step at hand. */
  attempts: number;
  /** When the first of them was; null while there is none. */
  failingSince: Date | null;
  connectionPatience: Patience | null;
  workspacePatience: Patience | null;
  /** Grows whenever somebody else changes what this delivery has to do. */
  revision: number;
  /** What was half done at a desk that failed is taken away, or need not be. */
  tidied: boolean;
  /** When the desk was last asked to open it, and did not tell what became of that; null where that is known. */
  unsureSince: Date | null;
  /** Another desk has the handover. */
  elsewhere: boolean;
  deliveredAt: Date | null;
  /** Nobody was there when this desk was chosen. */
  absence: Absence | null;
  /** When it was said that no agent had taken it in time. */
  unclaimedAt: Date | null;
  /** When an agent took the handover. */
  takenAt: Date | null;
  externalId: string | null;
  url: string | null;
  requested: EventOf<"handover.requested">;
  summary: EventOf<"summary.written">["data"]["summary"] | null;
  cause: Cause;
  stops: Stop[];
  over: boolean;
  /** How it came to its end; null while it is not over, and where it never began. */
  ending: HandoverEnding | null;
  message: TranscriptLine | null;
}

/** What a desk is told of a handover. */
export type CarriedRow = Pick<Held, "requested" | "summary" | "workspaceId" | "conversationId" | "handoverId">;

/** The worker was too slow or cut off: somebody else has the delivery. */
export class LeaseLost extends Error {}

/** A leased delivery: who holds `lease` may change it. */
export interface Claimed {
  id: string;
  lease: string;
  /** Who held it before has not given it back: their last move may have taken effect. */
  cutOff: boolean;
  connectionId: string | null;
}

/**
 * Leases up to `most` deliveries whose time has come, the longest waiting first; of one connection no more than
 * `mostOfOne`, with those in `running`, so that a desk that hangs leaves the other desks theirs.
 */
export async function claimDue(
  rows: Rows,
  now: Date,
  leaseMs: number,
  { most, mostOfOne, running }: { most: number; mostOfOne: number; running: Pick<Claimed, "connectionId">[] },
): Promise<Claimed[]> {
  const [claimed]: [Claimed[], number] = await rows.query(
    `with due as (
       select id, connection_id, row_number() over (partition by connection_id order by due_at)
         + (select count(*) from unnest($5::uuid[]) as busy(id) where busy.id = connection_id) as place
       from delivery where due_at <= $1 and (leased_until is null or leased_until < clock_timestamp())
     ), free as (
       select id, lease is not null as cut_off from delivery
       where id in (select id from due where connection_id is null or place <= $6)
         and due_at <= $1 and (leased_until is null or leased_until < clock_timestamp())
       order by due_at limit $3 for update skip locked
     )
     update delivery d set lease = $2, leased_until = clock_timestamp() + make_interval(secs => $4 / 1000.0)
     from free where d.id = free.id
     returning d.id, d.lease, free.cut_off as "cutOff", d.connection_id as "connectionId"`,
    [now, randomUUID(), most, leaseMs, running.flatMap(({ connectionId }) => connectionId ?? []), mostOfOne],
  );
  return claimed;
}

/** Keeps the leases of what still runs. */
export async function renewLeases(rows: Rows, held: { id: string; lease: string }[], leaseMs: number): Promise<void> {
  await rows.query(
    `update delivery d set leased_until = clock_timestamp() + make_interval(secs => $3 / 1000.0)
     from unnest($1::uuid[], $2::uuid[]) as mine(id, lease) where d.id = mine.id and d.lease = mine.lease`,
    [held.map(({ id }) => id), held.map(({ lease }) => lease), leaseMs],
  );
}

/** Of a delivery d: refused requests (4xx) made nothing; what was given up may have, where no refusal was heard. */
const unsureSince = `(
  select max(a.at + make_interval(secs => a.duration_ms / 1000.0)) from delivery_attempt a
  where a.delivery_id = d.id and a.step = 'conversation' and d.receipts->'conversation' is null
    and (a.outcome = 'AGAIN' and a.error !~ ' answered 4[0-9][0-9]'
         or a.outcome = 'GIVEN_UP' and a.error ~ 'no answer| answered (5[0-9][0-9]|in a shape)'))`;

/** The delivery as it is now; null when the lease is lost. */
export async function loadHeld(
  rows: Rows,
  { id, lease, cutOff }: Pick<Claimed, "id" | "lease" | "cutOff">,
): Promise<Held | null> {
  const [found]: Omit<Held, "cutOff">[] = await rows.query(
    `select d.id, d.lease, d.workspace_id as "workspaceId", d.conversation_id as "conversationId",
            d.handover_id as "handoverId", d.turn, d.provider, d.connection_id as "connectionId", d.status, d.receipts,
            d.attempts, d.failing_since as "failingSince", d.revision, d.tidied, ${unsureSince} as "unsureSince",
            (select c.patience from connection c where c.id = d.connection_id) as "connectionPatience",
            (select w.patience from workspace_patience w where w.workspace_id = d.workspace_id) as "workspacePatience", d.external_id as "externalId", d.url,
            d.delivered_at as "deliveredAt", d.absence, d.unclaimed_at as "unclaimedAt", h.taken_at as "takenAt",
            exists (select from delivery o where o.handover_id = h.id and o.id <> d.id
                    and o.status in ('DELIVERED', 'CLOSED')) as elsewhere,
            h.requested, h.summary, h.cause, h.stops, h.over_at is not null as over, h.ending,
            (select m.message from forwarded_message m where m.handover_id = h.id and m.state = 'WAITING'
             order by m.sequence, m.message->>'postedAt' limit 1) as message
     from delivery d join carried_handover h on h.id = d.handover_id
     where d.id = $1 and d.lease = $2`,
    [id, lease],
  );
  return found ? { ...found, cutOff } : null;
}

/** Changes a held delivery; throws `LeaseLost` when it is no longer ours. */
export async function change(
  rows: Rows,
  held: Held,
  changes: Partial<{
    status: DeliveryStatus;
    receipts: Receipts;
    /** Of the step at hand; 0 when it is done or the next one begins. */
    attempts: number;
    failingSince: Date;
    externalId: string | null;
    url: string | null;
    copyText: string | null;
    deliveredAt: Date;
    tidied: boolean;
    unclaimedAt: Date;
    /** Null: nothing is left to do until somebody wakes it. Gives the lease back. */
    dueAt: Date | null;
  }>,
): Promise<void> {
  const values: unknown[] = [held.id, held.lease];
  const set = (column: string, value: unknown) => `${column} = $${values.push(value)}`;
  const sets: string[] = [];
  if (changes.status !== undefined) sets.push(set("status", changes.status));
  if (changes.receipts !== undefined) sets.push(set("receipts", JSON.stringify(changes.receipts)));
  if (changes.attempts !== undefined) sets.push(set("attempts", changes.attempts));
  if (changes.attempts === 0) sets.push("failing_since = null");
  else if (changes.failingSince !== undefined) sets.push(set("failing_since", changes.failingSince));
  if (changes.externalId !== undefined) sets.push(set("external_id", changes.externalId));
  if (changes.url !== undefined) sets.push(set("url", changes.url));
  if (changes.copyText !== undefined) sets.push(set("copy_text", changes.copyText));
  if (changes.deliveredAt !== undefined) sets.push(set("delivered_at", changes.deliveredAt));
  if (changes.unclaimedAt !== undefined) sets.push(set("unclaimed_at", changes.unclaimedAt));
  if (changes.tidied !== undefined) sets.push(set("tidied", changes.tidied));
  if (changes.dueAt !== undefined)
    // Whoever changed the delivery meanwhile wants it looked at again: then its time stays as they set it.
    sets.push(
      `due_at = case when revision = $${values.push(held.revision)} then $${values.push(changes.dueAt)}::timestamptz else due_at end`,
      "lease = null",
      "leased_until = null",
    );
  const [, changed]: [unknown, number] = await rows.query(
    `update delivery set ${sets.join(", ")} where id = $1 and lease = $2`,
    values,
  );
  if (changed !== 1) throw new LeaseLost("the lease on this delivery was lost");
}

/** What a desk made is known, although the delivery is not ours any longer: whoever has it goes on there, or closes it. */
export async function keepLate(rows: Rows, id: string, receipt: Receipt, now: Date): Promise<void> {
  await rows.query(
    `update delivery set receipts = receipts || jsonb_build_object('conversation', $2::jsonb), external_id = $3, url = $4,
       status = case status when 'CANCELLED' then 'DELIVERING' else status end, tidied = false,
       due_at = least(coalesce(due_at, $5), $5), revision = revision + 1
     where id = $1 and receipts->'conversation' is null`,
    [id, JSON.stringify(receipt), receipt.externalId ?? null, receipt.url ?? null, now],
  );
}

/** Adds the delivery of a handover's `turn`-th desk. */
export async function addDelivery(
  rows: Rows,
  facts: {
    workspaceId: string;
    conversationId: string;
    handoverId: string;
    turn: number;
    stop: Stop;
    absence: Absence | null;
    status: DeliveryStatus;
    dueAt: Date;
    now: Date;
  },
): Promise<string> {
  const id = randomUUID();
  await rows.query(
    `insert into delivery (id, workspace_id, conversation_id, handover_id, turn, provider, connection_id, status, due_at, created_at, absence)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb)`,
    [
      id,
      facts.workspaceId,
      facts.conversationId,
      facts.handoverId,
      facts.turn,
      facts.stop.provider,
      facts.stop.connectionId,
      facts.status,
      facts.dueAt,
      facts.now,
      facts.absence && JSON.stringify(facts.absence),
    ],
  );
  return id;
}

/** Something changed for the handover's deliveries: they are looked at now. */
export async function rouse(rows: Rows, handoverId: string, now: Date): Promise<void> {
  await rows.query(
    `update delivery set due_at = least(coalesce(due_at, $2), $2), revision = revision + 1
     where handover_id = $1 and status in ('WAITING_FOR_SUMMARY', 'DELIVERING', 'DELIVERED')`,
    [handoverId, now],
  );
  await rouseUntidy(rows, handoverId, now);
}

/** What is left at desks that failed, or where nobody came, is taken away, now that nobody needs it there. */
export async function rouseUntidy(rows: Rows, handoverId: string, now: Date): Promise<void> {
  await rows.query(
    `update delivery d set due_at = least(coalesce(due_at, $2), $2), revision = revision + 1
     where handover_id = $1 and status in ('FAILED', 'UNCLAIMED') and not tidied
       and (receipts <> '{}' or ${unsureSince} is not null)`,
    [handoverId, now],
  );
}

/** The first turn of a handover's way that was not tried yet, after `turn`. */
export async function nextTurn(rows: Rows, handoverId: string, turn: number): Promise<number> {
  const [{ last }]: [{ last: number }] = await rows.query(
    "select max(turn) as last from delivery where handover_id = $1",
    [handoverId],
  );
  return Math.max(last, turn) + 1;
}

/** Has the desk put another handover, which is not over, into the same conversation or ticket? Then that one needs it. */
export async function isAnothersNow(rows: Rows, { id, connectionId, externalId }: Held): Promise<boolean> {
  if (!connectionId || !externalId) return false;
  const [{ needed }]: [{ needed: boolean }] = await rows.query(
    `select exists (select from delivery d join carried_handover h on h.id = d.handover_id
                    where d.connection_id = $1 and d.external_id = $2 and d.id <> $3
                      and d.status in ('DELIVERING', 'DELIVERED') and h.over_at is null) as needed`,
    [connectionId, externalId, id],
  );
  return needed;
}

/** Handovers of a conversation that are not over, but for one, are. Returns how many there were. */
export async function endHandoversOf(
  rows: Rows,
  conversationId: string,
  exceptId: string | null,
  now: Date,
): Promise<number> {
  const [ended]: [{ id: string }[], number] = await rows.query(
    `update carried_handover set over_at = $3 where conversation_id = $1 and id is distinct from $2 and over_at is null
     returning id`,
    [conversationId, exceptId, now],
  );
  for (const { id } of ended) await rouse(rows, id, now);
  return ended.length;
}
