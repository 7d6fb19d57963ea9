import type { MigrationInterface, QueryRunner } from "typeorm";

/** What summarization has heard of each conversation, and the summaries it wrote. */
export class Summaries1767225600001 implements MigrationInterface {
  name = "Summaries1767225600001";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table heard_conversation (
        id uuid primary key,
        workspace_id uuid not null,
        facts jsonb not null,
        epoch integer not null,
        heard_at timestamptz not null default now()
      )`);
    await runner.query(`
      create table heard_message (
        conversation_id uuid not null,
        sequence integer not null,
        workspace_id uuid not null,
        facts jsonb not null,
        primary key (conversation_id, sequence)
      )`);
    await runner.query(`
      create table summary (
        id uuid primary key,
        workspace_id uuid not null,
        conversation_id uuid not null,
        handover_id uuid unique,
        headline text not null,
        wants jsonb,
        tried jsonb not null,
        open_question jsonb,
        mood text not null,
        contact text,
        language text not null,
        written_by text not null,
        through_sequence integer not null,
        written_at timestamptz not null,
        text text not null
      )`);
    await runner.query(
      `create index summary_latest on summary (conversation_id, through_sequence desc, written_at desc)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table summary`);
    await runner.query(`drop table heard_message`);
    await runner.query(`drop table heard_conversation`);
  }
}
