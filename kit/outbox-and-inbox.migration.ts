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
      ) with (fillfactor = 70)`);
    await runner.query("create index inbox_waiting on inbox (position) where state = 'waiting'");
    await runner.query("create index inbox_waiting_by_key on inbox (key, position) where state = 'waiting'");
    await runner.query("create index inbox_finished on inbox (finished_at) where state <> 'waiting'");
    await runner.query("create index inbox_by_key on inbox (key, position)");
    // One claim at a time per database, so that two processes never start two events of one conversation side by
    // side; a function, because the lock must be held before the claim's snapshot is taken, in one round trip.
    await runner.query(`
      create function claim_from_inbox(my_lease uuid, most int, lease_ms int) returns setof inbox
      language plpgsql as $$
      begin
        perform pg_advisory_xact_lock(7013);
        return query
          update inbox i
            set lease = my_lease, leased_until = clock_timestamp() + make_interval(secs => lease_ms / 1000.0),
                attempts = i.attempts + 1, started_at = clock_timestamp()
          from (
            select w.position from inbox w
            where w.state = 'waiting' and w.next_attempt_at <= clock_timestamp()
              and (w.leased_until is null or w.leased_until < clock_timestamp())
              and not exists (
                select from inbox e where e.key = w.key and e.state = 'waiting'
                  and (e.position < w.position or (e.position > w.position and e.leased_until > clock_timestamp())))
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
