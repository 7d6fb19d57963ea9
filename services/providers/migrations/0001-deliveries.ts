import type { MigrationInterface, QueryRunner } from "typeorm";

/** Connections, the handovers this service carries, and how far each of their deliveries is. */
export class Deliveries1767225600001 implements MigrationInterface {
  name = "Deliveries1767225600001";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table connection (
        id uuid primary key,
        workspace_id uuid not null,
        provider text not null,
        name text not null,
        rank integer not null,
        config jsonb not null,
        secrets text not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        deleted_at timestamptz
      )`);
    await runner.query(`create index connection_rank on connection (workspace_id, rank) where deleted_at is null`);
    await runner.query(`
      create table carried_handover (
        id uuid primary key,
        workspace_id uuid not null,
        conversation_id uuid not null,
        requested jsonb,
        summary jsonb,
        cause jsonb,
        stops jsonb,
        over_at timestamptz,
        created_at timestamptz not null
      )`);
    await runner.query(
      `create index carried_handover_conversation on carried_handover (conversation_id) where over_at is null`,
    );
    await runner.query(`
      create table delivery (
        id uuid primary key,
        workspace_id uuid not null,
        conversation_id uuid not null,
        handover_id uuid not null references carried_handover (id),
        turn integer not null,
        provider text not null,
        connection_id uuid,
        status text not null,
        receipts jsonb not null default '{}',
        attempts integer not null default 0,
        revision integer not null default 0,
        due_at timestamptz,
        lease uuid,
        leased_until timestamptz,
        external_id text,
        url text,
        copy_text text,
        created_at timestamptz not null,
        delivered_at timestamptz,
        unique (handover_id, turn)
      )`);
    await runner.query(`create unique index delivery_one_at_a_time on delivery (handover_id)
      where status in ('WAITING_FOR_SUMMARY', 'DELIVERING', 'DELIVERED')`);
    await runner.query(`create index delivery_due on delivery (due_at) where due_at is not null`);
    await runner.query(`
      create table delivery_attempt (
        id bigserial primary key,
        workspace_id uuid not null,
        delivery_id uuid not null references delivery (id),
        step text not null,
        attempt integer not null,
        at timestamptz not null,
        duration_ms integer not null,
        outcome text not null,
        error text,
        request_id text
      )`);
    await runner.query(`create index delivery_attempt_delivery on delivery_attempt (delivery_id)`);
    await runner.query(`
      create table forwarded_message (
        message_id uuid primary key,
        workspace_id uuid not null,
        handover_id uuid not null references carried_handover (id),
        sequence integer not null,
        message jsonb not null,
        state text not null default 'WAITING'
      )`);
    await runner.query(
      `create index forwarded_message_waiting on forwarded_message (handover_id, sequence) where state = 'WAITING'`,
    );
    await runner.query(`
      create table desk_item (
        handover_id uuid primary key,
        workspace_id uuid not null,
        conversation_id uuid not null,
        requested_at timestamptz not null,
        agent_id text,
        agent_name text,
        taken_at timestamptz,
        closed_at timestamptz
      )`);
    await runner.query(
      `create index desk_item_queue on desk_item (workspace_id, requested_at) where closed_at is null`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      "desk_item",
      "forwarded_message",
      "delivery_attempt",
      "delivery",
      "carried_handover",
      "connection",
    ])
      await runner.query(`drop table ${table}`);
  }
}
