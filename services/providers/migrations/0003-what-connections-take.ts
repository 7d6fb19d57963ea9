import type { MigrationInterface, QueryRunner } from "typeorm";

/** A connection may take some handovers only. */
export class WhatConnectionsTake1767225600003 implements MigrationInterface {
  name = "WhatConnectionsTake1767225600003";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table connection add column takes jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table connection drop column takes`);
  }
}
