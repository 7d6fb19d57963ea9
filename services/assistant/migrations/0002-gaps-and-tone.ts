import type { MigrationInterface, QueryRunner } from "typeorm";

/** Drafts of articles, which handover an unanswered question led to, and how a workspace's assistant sounds. */
export class GapsAndTone1767225600003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("alter table articles drop constraint articles_visibility_check");
    await runner.query(
      "alter table articles add constraint articles_visibility_check check (visibility in ('PUBLIC', 'INTERNAL', 'DRAFT'))",
    );
    await runner.query("alter table answers add column handover_id uuid");
    await runner.query("create index answers_of_conversation on answers (conversation_id, created_at)");
    await runner.query(`
      create table assistant_settings (
        workspace_id uuid primary key,
        tone text not null
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("drop table assistant_settings");
    await runner.query("drop index answers_of_conversation");
    await runner.query("alter table answers drop column handover_id");
    await runner.query("update articles set visibility = 'INTERNAL' where visibility = 'DRAFT'");
    await runner.query("alter table articles drop constraint articles_visibility_check");
    await runner.query(
      "alter table articles add constraint articles_visibility_check check (visibility in ('PUBLIC', 'INTERNAL'))",
    );
  }
}
