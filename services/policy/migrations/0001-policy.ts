import type { MigrationInterface, QueryRunner } from "typeorm";

/** What workspaces tell policy, what it has heard of conversations, and what it made of them. */
export class Policy1767225600002 implements MigrationInterface {
  name = "Policy1767225600002";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table policy_settings (
        workspace_id uuid primary key,
        changed jsonb not null,
        version integer not null,
        updated_at timestamptz not null,
        updated_by text not null
      )`);
    await runner.query(`
      create table guidance_rule (
        id uuid primary key,
        workspace_id uuid not null,
        text text not null,
        enabled boolean not null,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        updated_by text not null,
        deleted_at timestamptz
      )`);
    await runner.query(
      `create index guidance_rule_of_workspace on guidance_rule (workspace_id) where deleted_at is null`,
    );
    await runner.query(`
      create table tag (
        id uuid primary key,
        workspace_id uuid not null,
        name text not null,
        description text not null,
        blocked boolean not null,
        examples text[] not null,
        version integer not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        updated_by text not null,
        deleted_at timestamptz
      )`);
    await runner.query(`create unique index tag_name on tag (workspace_id, lower(name)) where deleted_at is null`);
    await runner.query(`
      create table heard_conversation (
        id uuid primary key,
        workspace_id uuid not null,
        epoch integer not null,
        settled_through integer not null default 0
      )`);
    await runner.query(`
      create table heard_message (
        conversation_id uuid not null,
        sequence integer not null,
        id uuid not null unique,
        workspace_id uuid not null,
        facts jsonb not null,
        answered boolean,
        primary key (conversation_id, sequence)
      )`);
    await runner.query(`
      create table heard_offer (
        handover_id uuid primary key,
        conversation_id uuid not null,
        workspace_id uuid not null,
        reason text not null,
        sequence integer not null,
        status text not null
      )`);
    await runner.query(`create index heard_offer_of_conversation on heard_offer (conversation_id)`);
    await runner.query(`
      create table assessment (
        id uuid primary key,
        workspace_id uuid not null,
        conversation_id uuid not null,
        message_id uuid not null,
        answer_id uuid,
        decision text not null,
        reason text,
        explanation text not null,
        signals jsonb not null,
        detector text not null,
        prompt text,
        assessed_at timestamptz not null
      )`);
    await runner.query(`create index assessment_of_message on assessment (message_id, assessed_at desc)`);
    await runner.query(`create index assessment_of_conversation on assessment (conversation_id, assessed_at)`);
    await runner.query(`
      create table conversation_tag (
        conversation_id uuid not null,
        tag_id uuid not null,
        workspace_id uuid not null,
        message_id uuid not null,
        score real not null,
        tagged_at timestamptz not null,
        primary key (conversation_id, tag_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      "conversation_tag",
      "assessment",
      "heard_offer",
      "heard_message",
      "heard_conversation",
      "tag",
      "guidance_rule",
      "policy_settings",
    ])
      await runner.query(`drop table ${table}`);
  }
}
