import type { EntityManager } from "typeorm";
import type { OfficeHours } from "./office-hours";
import { type Absence, absenceOf, type DeskNow, nextStop, type Stop } from "./route";
import type { Takes } from "./takes";

/**
 * The first desk of a handover's way, from `turn` on, that is open and has room now; null when none is left. Inside the
 * transaction that adds the delivery: where room is counted, two handovers do not both get the last place. `absence`: the
 * handover will wait there, because nobody of the team is there now.
 */
export async function chooseDesk(
  tx: EntityManager,
  { workspaceId, stops, turn, now }: { workspaceId: string; stops: Stop[]; turn: number; now: Date },
): Promise<{ turn: number; stop: Stop; absence: Absence | null } | null> {
  const desks = await desksNow(tx, workspaceId, stops.slice(turn));
  const next = nextStop(stops, turn, desks, now);
  if (!next) return null;
  const [row]: { hours: OfficeHours }[] = await tx.query(
    "select hours from workspace_office_hours where workspace_id = $1",
    [workspaceId],
  );
  return { ...next, absence: absenceOf({ stops, turn: next.turn, officeHours: row?.hours ?? null }, desks, now) };
}

async function desksNow(tx: EntityManager, workspaceId: string, stops: Stop[]): Promise<Map<string, DeskNow>> {
  const ids = stops.flatMap(({ connectionId }) => connectionId ?? []);
  if (ids.length === 0) return new Map();
  const taking: { id: string; takes: Takes | null }[] = await tx.query(
    "select id, takes from connection where id = any($1::uuid[])",
    [ids],
  );
  const counted = taking.flatMap(({ id, takes }) => (takes?.mostRunning ? id : []));
  const running = counted.length > 0 ? await countRunning(tx, workspaceId, counted) : new Map<string, number>();
  return new Map(taking.map(({ id, takes }): [string, DeskNow] => [id, { takes, running: running.get(id) ?? 0 }]));
}

async function countRunning(tx: EntityManager, workspaceId: string, ids: string[]): Promise<Map<string, number>> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 7013))", [workspaceId]);
  const rows: { id: string; running: number }[] = await tx.query(
    `select d.connection_id as id, count(*)::integer as running
     from delivery d join carried_handover h on h.id = d.handover_id
     where d.connection_id = any($1::uuid[]) and h.over_at is null
       and d.status in ('WAITING_FOR_SUMMARY', 'DELIVERING', 'DELIVERED')
     group by d.connection_id`,
    [ids],
  );
  return new Map(rows.map(({ id, running }) => [id, running]));
}
