import type { MigrationInterface, QueryRunner } from "typeorm";

/** When an agent took a handover, and when it was said that nobody had come in time. */
export class NobodyCame1767225600007 implements MigrationInterface {
  name = "NobodyCame1767225600007";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table carried_handover add column taken_at timestamptz`);
    await runner.query(`alter table delivery add column unclaimed_at timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table delivery drop column unclaimed_at`);
    await runner.query(`alter table carried_handover drop column taken_at`);
  }
}
