import type { MigrationInterface, QueryRunner } from "typeorm";

/** What desks call in, what of it was told on, their OAuth tokens, and how a handover came to its end. */
export class Webhooks1767225600002 implements MigrationInterface {
  name = "Webhooks1767225600002";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table carried_handover add column ending text`);
    await runner.query(`
      create table webhook_call (
        id bigserial primary key,
        workspace_id uuid not null,
        connection_id uuid not null references connection (id),
        call_id text,
        received_at timestamptz not null,
        body bytea,
        state text not null default 'WAITING',
        attempts integer not null default 0,
        events integer,
        error text,
        due_at timestamptz,
        leased_until timestamptz
      )`);
    await runner.query(`create unique index webhook_call_once on webhook_call (connection_id, call_id)
      where call_id is not null`);
    await runner.query(`create index webhook_call_due on webhook_call (due_at) where due_at is not null`);
    await runner.query(`
      create table desk_event (
        connection_id uuid not null references connection (id),
        event_id text not null,
        workspace_id uuid not null,
        handover_id uuid,
        kind text not null,
        at timestamptz not null,
        primary key (connection_id, event_id)
      )`);
    await runner.query(`create index desk_event_at on desk_event (at)`);
    await runner.query(`
      create table connection_token (
        connection_id uuid primary key references connection (id),
        workspace_id uuid not null,
        sealed text not null,
        updated_at timestamptz not null
      )`);
    await runner.query(`create index delivery_external on delivery (connection_id, external_id)
      where external_id is not null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index delivery_external`);
    for (const table of ["connection_token", "desk_event", "webhook_call"]) await runner.query(`drop table ${table}`);
    await runner.query(`alter table carried_handover drop column ending`);
  }
}
