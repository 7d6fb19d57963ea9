import type { MigrationInterface, QueryRunner } from "typeorm";

/** What a conversation is about, by the names of the topics that policy found in it. */
export class Tags1700000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("alter table conversation add column tags text[] not null default '{}'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("alter table conversation drop column tags");
  }
}
