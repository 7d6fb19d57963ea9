import type { MigrationInterface, QueryRunner } from "typeorm";

/** What each attempt sent to a desk and got back, masked; kept for a while. */
export class WhatWasSent1767225600004 implements MigrationInterface {
  name = "WhatWasSent1767225600004";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table delivery_request (
        id bigserial primary key,
        workspace_id uuid not null,
        delivery_id uuid not null references delivery (id),
        attempt_id bigint not null references delivery_attempt (id),
        at timestamptz not null,
        method text not null,
        path text not null,
        sent text,
        status integer,
        answered text,
        request_id text,
        duration_ms integer
      )`);
    await runner.query(`create index delivery_request_delivery on delivery_request (delivery_id, id)`);
    await runner.query(`create index delivery_request_attempt on delivery_request (attempt_id)`);
    await runner.query(`create index delivery_request_at on delivery_request (at)`);
    await runner.query(`create index delivery_newest on delivery (workspace_id, created_at desc)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index delivery_newest`);
    await runner.query(`drop table delivery_request`);
  }
}
