import type { MigrationInterface, QueryRunner } from "typeorm";

/** When a customer whose handover is still on its way has to hear so. */
export class SlowDeliveries1700000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("alter table handover add column slow_at timestamptz");
    await runner.query("create index handover_slow on handover (slow_at) where status = 'DELIVERING'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("alter table handover drop column slow_at");
  }
}
