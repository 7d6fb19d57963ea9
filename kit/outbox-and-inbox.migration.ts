import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * The two tables every service has: what it has said and not yet published, and what it has heard. Comes first in a
 * service's list of migrations.
 */
export class OutboxAndInbox1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table outbox (
        position bigserial primary key,
        workspace_id uuid,
        topic text not null,
        key text not null,
        value text not null,
        said_at timestamptz not null default now()
      )`);
    await runner.query(`
      create table inbox (
        position bigserial primary key,
        event_id text not null unique,
        workspace_id uuid,
        type text not null,
        topic text not null,
        partition int not null,
        record_offset text not null,
        key text not null,
        value text not null,
        state text not null default 'waiting' check (state in ('waiting', 'done', 'dead')),
        attempts int not null default 0,
        next_attempt_at timestamptz not null default now(),
        lease uuid,
        leased_until timestamptz,
        outcome text,
        error text,
        received_at timestamptz not null default now(),
        started_at timestamptz,
        finished_at timestamptz
      )`);
    await runner.query("create index inbox_ready on inbox (position) where state = 'waiting' and lease is null");
    await runner.query("create index inbox_waiting_by_key on inbox (key, position) where state = 'waiting'");
    // The database itself guards that one event of a conversation is handled at a time.
    await runner.query("create unique index inbox_running on inbox (key) where lease is not null");
    await runner.query("create index inbox_by_key on inbox (key, position)");
    await runner.query("create index inbox_finished on inbox (finished_at) where state <> 'waiting'");
    // Both tables are queues: what is done leaves dead entries at the front of the indexes, where every read begins.
    for (const table of ["outbox", "inbox"])
      await runner.query(
        `alter table ${table} set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)`,
      );
    // A function, because the lock that lets one claim run at a time must be held before the claim's snapshot is
    // taken, and that in one round trip. The statistics of a queue are always out of date: the planner is told to use
    // the indexes, and the conditions are scalar subqueries because it would turn `not exists` into a join.
    await runner.query(`
      create function claim_from_inbox(my_lease uuid, most int, lease_ms int) returns setof inbox
      language plpgsql set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off as $$
      begin
        -- A claim that a crash of the server forgets is claimed again.
        perform set_config('synchronous_commit', 'off', true);
        perform pg_advisory_xact_lock(7013);
        update inbox set lease = null, leased_until = null
          where lease is not null and leased_until < clock_timestamp();
        return query
          update inbox i
            set lease = my_lease, leased_until = clock_timestamp() + make_interval(secs => lease_ms / 1000.0),
                attempts = i.attempts + 1, started_at = clock_timestamp()
          from (
            select w.position from inbox w
            where w.state = 'waiting' and w.lease is null and w.next_attempt_at <= clock_timestamp()
              and w.position = (select e.position from inbox e where e.key = w.key and e.state = 'waiting'
                order by e.position limit 1)
              and (select r.position from inbox r where r.key = w.key and r.lease is not null limit 1) is null
            order by w.position limit most
            for update skip locked
          ) next
          where i.position = next.position
          returning i.*;
      end $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("drop function claim_from_inbox(uuid, int, int)");
    await runner.query("drop table inbox");
    await runner.query("drop table outbox");
  }
}
