import type { MigrationInterface, QueryRunner } from "typeorm";

/** What each workspace masks besides what is always masked. */
export class Masking1767225600009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("create table workspace_masking (workspace_id uuid primary key, patterns jsonb not null)");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("drop table workspace_masking");
  }
}
