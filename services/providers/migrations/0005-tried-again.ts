import type { MigrationInterface, QueryRunner } from "typeorm";

/** Since when a desk has been failing, and whether what is half done there was taken away. */
export class TriedAgain1767225600005 implements MigrationInterface {
  name = "TriedAgain1767225600005";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table delivery add column failing_since timestamptz`);
    // What failed before was tidied up at once.
    await runner.query(`alter table delivery add column tidied boolean not null default false`);
    await runner.query(`update delivery set tidied = true where status = 'FAILED'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table delivery drop column tidied, drop column failing_since`);
  }
}
