import type { MigrationInterface, QueryRunner } from "typeorm";

/** When anybody of the team is there at all, and whether somebody was when a desk was chosen. */
export class OfficeHours1767225600010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("create table workspace_office_hours (workspace_id uuid primary key, hours jsonb not null)");
    await runner.query("alter table delivery add column absence jsonb");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("alter table delivery drop column absence");
    await runner.query("drop table workspace_office_hours");
  }
}
