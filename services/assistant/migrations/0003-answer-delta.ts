import type { MigrationInterface, QueryRunner } from "typeorm";

/** What is being written in a conversation just now, and under which epoch. */
export class AnswerDelta1767225600005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table answer_delta (
        conversation_id uuid primary key,
        workspace_id uuid not null,
        epoch int not null,
        message_id uuid not null,
        text text not null,
        changed_at timestamptz not null default now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("drop table answer_delta");
  }
}
