import type { MigrationInterface, QueryRunner } from "typeorm";

/** Finds what is undelivered or under way without reading what is done. */
export class WhatIsMeasured1767225600008 implements MigrationInterface {
  name = "WhatIsMeasured1767225600008";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index delivery_left on delivery (handover_id, turn) where status in ('FAILED', 'UNCLAIMED')`,
    );
    await runner.query(
      `create index delivery_under_way on delivery (created_at) where status in ('WAITING_FOR_SUMMARY', 'DELIVERING')`,
    );
    await runner.query(`create index carried_handover_open on carried_handover (id) where over_at is null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of ["carried_handover_open", "delivery_under_way", "delivery_left"])
      await runner.query(`drop index ${index}`);
  }
}
