import type { MigrationInterface, QueryRunner } from "typeorm";

/** How long desks are waited for: of a workspace, and of a connection. */
export class Patience1767225600006 implements MigrationInterface {
  name = "Patience1767225600006";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table connection add column patience jsonb`);
    await runner.query(`create table workspace_patience (workspace_id uuid primary key, patience jsonb not null)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table workspace_patience`);
    await runner.query(`alter table connection drop column patience`);
  }
}
