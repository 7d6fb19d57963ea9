import type { MigrationInterface, QueryRunner } from "typeorm";

/** Workspaces, conversations, messages, handovers. */
export class Conversations1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table workspace (
        id uuid primary key,
        name text not null,
        widget_key text not null unique,
        assistant_mode text not null check (assistant_mode in ('BUILT_IN', 'EXTERNAL')),
        language text not null,
        created_at timestamptz not null
      )`);
    await runner.query(`
      create table conversation (
        id uuid primary key,
        workspace_id uuid not null references workspace,
        channel text not null check (channel in ('CHAT', 'TICKET')),
        language text not null,
        customer_id uuid not null,
        customer_name text,
        customer_email text,
        customer_external_id text,
        offers_as_button boolean not null,
        control text not null check (control in ('ASSISTANT', 'QUEUE', 'AGENT', 'NONE')),
        epoch int not null,
        last_sequence int not null,
        answered_through int not null,
        answer_due_at timestamptz,
        awaiting_message_id uuid,
        last_message_at timestamptz,
        opened_at timestamptz not null,
        closed_at timestamptz,
        check ((control = 'NONE') = (closed_at is not null))
      ) with (fillfactor = 80)`);
    await runner.query("create index conversation_newest on conversation (workspace_id, opened_at desc, id desc)");
    await runner.query(
      "create index conversation_answer_due on conversation (answer_due_at) where answer_due_at is not null",
    );
    await runner.query(
      `create index conversation_awaiting on conversation (workspace_id, last_message_at)
       where awaiting_message_id is not null`,
    );
    await runner.query(`
      create table message (
        id uuid primary key,
        workspace_id uuid not null,
        conversation_id uuid not null references conversation,
        sequence int not null,
        author text not null check (author in ('CUSTOMER', 'ASSISTANT', 'AGENT', 'SYSTEM')),
        author_name text,
        text text not null,
        posted_at timestamptz not null,
        in_reply_to uuid,
        answered boolean,
        citations jsonb not null default '[]',
        client_message_id text,
        origin text,
        unique (conversation_id, sequence)
      )`);
    await runner.query(
      `create unique index message_once_per_client_id on message (conversation_id, author, client_message_id)
       where client_message_id is not null`,
    );
    await runner.query(
      "create unique index message_once_per_origin on message (conversation_id, origin) where origin is not null",
    );
    await runner.query(`
      create table handover (
        id uuid primary key,
        position bigserial,
        workspace_id uuid not null,
        conversation_id uuid not null references conversation,
        status text not null,
        reason text not null,
        message_id uuid,
        created_at timestamptz not null,
        offered_at timestamptz,
        offer_expires_at timestamptz,
        requested_at timestamptz,
        delivered_at timestamptz,
        joined_at timestamptz,
        ended_at timestamptz,
        ending text,
        agent_id text,
        agent_name text,
        note text
      )`);
    await runner.query(
      `create unique index handover_one_open on handover (conversation_id)
       where status in ('OFFERED', 'REQUESTED', 'DELIVERING', 'WAITING', 'ACTIVE')`,
    );
    await runner.query("create index handover_of_conversation on handover (conversation_id, position)");
    await runner.query("create index handover_offer_due on handover (offer_expires_at) where status = 'OFFERED'");
    await runner.query("create index handover_active on handover (conversation_id) where status = 'ACTIVE'");
    await runner.query(`
      create table submitted_answer (
        id uuid primary key,
        workspace_id uuid not null,
        conversation_id uuid not null references conversation,
        message_id uuid not null references message,
        epoch int not null,
        answered boolean not null,
        text text not null,
        submitted_at timestamptz not null,
        unique (message_id, epoch)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ["submitted_answer", "handover", "message", "conversation", "workspace"])
      await runner.query(`drop table ${table}`);
  }
}
