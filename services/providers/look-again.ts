import type { EntityManager } from "typeorm";
import type { Clock } from "../../kit/clock";
import type { Log } from "../../kit/log";
import { createSweep, type Sweep } from "../../kit/sweep";
import type { ProviderName } from "../../schema/words";
import type { Provider } from "./provider";

/** What is open for longer than an hour is looked at so many times more seldom. */
const seldomer = 6;
/** A handover that nobody ended in so many days is not looked at any longer. */
const mostDays = 30;
/** Looks of one round, at one connection and over all. */
const mostThere = 20;
const mostAtOnce = 500;

/**
 * Calls may be missed, and some desks never repeat one: open handovers there are looked at now and then, as if the desk
 * had called about them. A look is kept as a call, once for each stretch of `everyMs`, so that several processes make
 * one of it; the worker of the calls does the rest. A connection with a call that could not be read is left alone.
 */
export function createLookAgain(deps: {
  db: EntityManager;
  clock: Clock;
  log: Log;
  providers: Map<ProviderName, Provider>;
  everyMs: number;
  wake: () => void;
}): Sweep {
  const { db, clock, log, everyMs, wake } = deps;
  const reminders = new Map(
    [...deps.providers.values()].flatMap(({ name, webhook }) =>
      webhook?.reminder ? [[name, webhook.reminder] as const] : [],
    ),
  );

  async function run(): Promise<void> {
    if (reminders.size === 0) return;
    const now = clock.now();
    const due: DueLook[] = await db.query(dueLooks, [now, [...reminders.keys()], everyMs]);
    let kept = 0;
    for (const { lookId, provider, connectionId, workspaceId, externalId } of due) {
      const body = reminders.get(provider)?.(externalId);
      const [look] = await db.query(keepLook, [workspaceId, connectionId, lookId, body, now]);
      if (look) kept += 1;
    }
    if (kept > 0) wake();
  }

  return createSweep({ name: "look-again", everyMs: Math.min(everyMs, 60_000), run, log });
}

/** Looks that are over are kept no longer than they tell another process that they were made. */
export async function forgetLooks(rows: Pick<EntityManager, "query">, now: Date, everyMs: number): Promise<void> {
  await rows.query("delete from webhook_call where call_id like 'look/%' and due_at is null and received_at < $1", [
    new Date(now.getTime() - 2 * seldomer * everyMs),
  ]);
}

interface DueLook {
  lookId: string;
  provider: ProviderName;
  connectionId: string;
  workspaceId: string;
  externalId: string;
}

// Each delivery has stretches of its own, so that not all come at once; which of many come first is left to chance.
const dueLooks = `
  with open as (
    select d.id, d.provider, d.connection_id, d.workspace_id, d.external_id,
           $3::float8 * case when d.delivered_at > $1::timestamptz - interval '1 hour' then 1 else ${seldomer} end as every
    from delivery d
      join carried_handover h on h.id = d.handover_id
      join connection c on c.id = d.connection_id
    where d.status = 'DELIVERED' and d.provider = any($2) and d.external_id is not null and h.over_at is null
      and c.secrets <> '' and d.delivered_at > $1::timestamptz - interval '${mostDays} days'
      and d.delivered_at <= $1::timestamptz - make_interval(secs => $3 / 1000.0)
      and not exists (select from webhook_call w where w.connection_id = d.connection_id
                      and w.due_at is not null and w.attempts > 0 and w.error is not null)
  ), looks as (
    select o.*, 'look/' || id || '/' || every::bigint || '/'
      || floor((extract(epoch from $1::timestamptz) * 1000 + mod(abs(hashtext(id::text)::bigint), every::bigint)) / every) as look_id
    from open o
  )
  select look_id as "lookId", provider, connection_id as "connectionId", workspace_id as "workspaceId",
         external_id as "externalId"
  from (
    select l.*, row_number() over (partition by connection_id order by random()) as place
    from looks l
    where not exists (select from webhook_call w where w.connection_id = l.connection_id and w.call_id = l.look_id)
  ) d
  where place <= ${mostThere} order by random() limit ${mostAtOnce}`;

const keepLook = `
  insert into webhook_call (workspace_id, connection_id, call_id, body, received_at, due_at)
  values ($1, $2, $3, $4, $5, $5) on conflict do nothing returning id`;
