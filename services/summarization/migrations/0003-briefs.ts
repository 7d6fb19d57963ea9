import type { MigrationInterface, QueryRunner } from "typeorm";

/** What a person did while they had a conversation, one per handover that came back. */
export class Briefs1767225600006 implements MigrationInterface {
  name = "Briefs1767225600006";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table brief (
        id uuid primary key,
        workspace_id uuid not null,
        conversation_id uuid not null,
        handover_id uuid not null unique,
        agent_name text,
        decided jsonb not null,
        promised jsonb not null,
        changed jsonb not null,
        note text,
        through_sequence integer not null,
        written_at timestamptz not null
      )`);
    await runner.query("create index brief_latest on brief (conversation_id, through_sequence desc)");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("drop table brief");
  }
}
