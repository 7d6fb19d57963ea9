import type { MigrationInterface, QueryRunner } from "typeorm";

/** The few conversations that wait, or that an agent has, among all that a workspace ever had. */
export class ConversationsByControl1700000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      "create index conversation_by_control on conversation (workspace_id, control, opened_at desc, id desc)",
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("drop index conversation_by_control");
  }
}
