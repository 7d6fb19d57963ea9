import type { MigrationInterface, QueryRunner } from "typeorm";

/** Versions and drafts of a workspace's policy, scenarios, replays, handovers as heard of, and verdicts on them. */
export class Trust1767225600003 implements MigrationInterface {
  name = "Trust1767225600003";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table policy_version (
        workspace_id uuid not null,
        number integer not null,
        rules jsonb not null,
        settings jsonb not null,
        origin text not null,
        note text not null,
        restores integer,
        forced boolean not null,
        published_at timestamptz not null,
        published_by text not null,
        primary key (workspace_id, number)
      )`);
    // What was published before versions were kept is everybody's first version: there is always a way back to it.
    await runner.query(`
      insert into policy_version
        (workspace_id, number, rules, settings, origin, note, restores, forced, published_at, published_by)
      select workspace_id, 1,
        coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'text', r.text, 'enabled', r.enabled, 'version', r.version)
                          order by r.created_at, r.id)
                  from guidance_rule r where r.workspace_id = w.workspace_id and r.deleted_at is null), '[]'),
        coalesce((select changed from policy_settings s where s.workspace_id = w.workspace_id), '{}'),
        'EDIT', '', null, false, now(), 'migration'
      from (select workspace_id from guidance_rule union select workspace_id from policy_settings) w`);
    await runner.query(`
      create table policy_draft (
        id uuid primary key,
        workspace_id uuid not null,
        name text not null,
        base integer not null,
        rules jsonb not null,
        settings jsonb not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        updated_by text not null
      )`);
    await runner.query(`create index policy_draft_of_workspace on policy_draft (workspace_id)`);
    await runner.query(`
      create table scenario (
        id uuid primary key,
        workspace_id uuid not null,
        name text not null,
        channel text not null,
        language text not null,
        turns jsonb not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        updated_by text not null
      )`);
    await runner.query(`create index scenario_of_workspace on scenario (workspace_id)`);
    await runner.query(`
      create table replay (
        id uuid primary key,
        workspace_id uuid not null,
        draft_id uuid,
        draft_name text not null,
        rules jsonb not null,
        settings jsonb not null,
        baseline text not null,
        since timestamptz not null,
        until timestamptz not null,
        most_messages integer not null,
        status text not null,
        processed integer not null default 0,
        total integer not null default 0,
        result jsonb,
        error text,
        started_at timestamptz not null,
        started_by text not null,
        finished_at timestamptz,
        held_until timestamptz
      )`);
    await runner.query(`create index replay_of_workspace on replay (workspace_id, started_at desc)`);
    await runner.query(`create index replay_to_run on replay (started_at) where status = 'RUNNING'`);
    await runner.query(`
      create table replay_change (
        replay_id uuid not null references replay (id) on delete cascade,
        position integer not null,
        workspace_id uuid not null,
        conversation_id uuid not null,
        change text not null,
        before jsonb not null,
        after jsonb not null,
        primary key (replay_id, position)
      )`);
    await runner.query(`
      create table heard_handover (
        id uuid primary key,
        workspace_id uuid not null,
        conversation_id uuid not null,
        message_id uuid,
        reason text not null,
        status text not null,
        requested_at timestamptz
      )`);
    await runner.query(`create index heard_handover_requested on heard_handover (workspace_id, requested_at)`);
    await runner.query(`
      create table verdict (
        handover_id uuid primary key,
        workspace_id uuid not null,
        verdict text not null,
        comment text not null,
        missed_rule_id uuid,
        given_at timestamptz not null,
        given_by text not null
      )`);
    await runner.query(`alter table heard_conversation
      add column channel text not null default 'CHAT', add column language text not null default 'en'`);
    await runner.query(`alter table assessment add column policy_version integer`);
    await runner.query(`create index assessment_of_workspace on assessment (workspace_id, assessed_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("drop index assessment_of_workspace");
    await runner.query("alter table assessment drop column policy_version");
    await runner.query("alter table heard_conversation drop column channel, drop column language");
    for (const table of [
      "verdict",
      "heard_handover",
      "replay_change",
      "replay",
      "scenario",
      "policy_draft",
      "policy_version",
    ])
      await runner.query(`drop table ${table}`);
  }
}
