import type { MigrationInterface, QueryRunner } from "typeorm";

/** What a workspace masks in messages besides what is always masked. */
export class MaskPatterns1700000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("alter table workspace add column mask_patterns jsonb not null default '[]'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("alter table workspace drop column mask_patterns");
  }
}
