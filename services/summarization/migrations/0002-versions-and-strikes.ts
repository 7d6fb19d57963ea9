import type { MigrationInterface, QueryRunner } from "typeorm";

/** More of what a summary tells, its versions, what customers put right and strike out, and the agents' language. */
export class VersionsAndStrikes1767225600004 implements MigrationInterface {
  name = "VersionsAndStrikes1767225600004";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table summary
        add column facts jsonb not null default '[]',
        add column promised jsonb not null default '[]',
        add column next_step jsonb,
        add column html text not null default '',
        add column markdown text not null default '',
        add column version integer not null default 1,
        add column replaces uuid references summary,
        add column corrected_by text`);
    // Several versions of one handover's summary, each once; what was corrected stays as it was.
    await runner.query("alter table summary drop constraint summary_handover_id_key");
    await runner.query("create unique index summary_version on summary (handover_id, version)");
    await runner.query("create unique index summary_replaced_once on summary (replaces)");
    await runner.query(`
      create table struck_message (
        message_id uuid primary key,
        workspace_id uuid not null,
        conversation_id uuid not null,
        struck_at timestamptz not null
      )`);
    await runner.query("create index struck_message_of on struck_message (conversation_id)");
    await runner.query(`
      create table summary_settings (
        workspace_id uuid primary key,
        language text
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("drop table summary_settings");
    await runner.query("drop table struck_message");
    await runner.query("drop index summary_replaced_once");
    await runner.query("drop index summary_version");
    await runner.query("delete from summary where version > 1");
    await runner.query("alter table summary add constraint summary_handover_id_key unique (handover_id)");
    await runner.query(`
      alter table summary drop column facts, drop column promised, drop column next_step, drop column html,
        drop column markdown, drop column version, drop column replaces, drop column corrected_by`);
  }
}
