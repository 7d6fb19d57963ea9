import type { MigrationInterface, QueryRunner } from "typeorm";

/** Handovers that wait because nobody of the team was there, and until when. */
export class NobodyThere1700000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("alter table handover add column unattended boolean not null default false");
    await runner.query("alter table handover add column expected_at timestamptz");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("alter table handover drop column expected_at");
    await runner.query("alter table handover drop column unattended");
  }
}
