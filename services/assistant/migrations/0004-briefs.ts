import type { MigrationInterface, QueryRunner } from "typeorm";

/** What the last person did in each conversation, for the answers after it. */
export class Briefs1767225600007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table brief (
        conversation_id uuid primary key,
        workspace_id uuid not null,
        facts jsonb not null,
        through_sequence int not null
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("drop table brief");
  }
}
