import type { MigrationInterface, QueryRunner } from "typeorm";

/** What the assistant knows: articles, their passages as they are searched, and the words that occur in them. */
export class Articles1767225600002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Both come with Postgres and may be installed by whoever owns the database.
    await runner.query("create extension if not exists pg_trgm");
    await runner.query("create extension if not exists btree_gin");
    await runner.query(`
      create table articles (
        id uuid primary key,
        workspace_id uuid not null,
        title text not null,
        body text not null,
        language text not null,
        url text,
        visibility text not null check (visibility in ('PUBLIC', 'INTERNAL')),
        version int not null default 1,
        source_name text,
        source_hash text,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        unique (workspace_id, source_name)
      )`);
    await runner.query("create index articles_of_workspace on articles (workspace_id, title, id)");
    await runner.query(`
      create table passages (
        id bigint generated always as identity primary key,
        workspace_id uuid not null,
        article_id uuid not null references articles on delete cascade,
        position int not null,
        heading text not null,
        text text not null,
        language text not null,
        config text not null,
        visibility text not null,
        search tsvector not null,
        unique (article_id, position)
      )`);
    await runner.query("create index passages_searched on passages using gin (workspace_id, search)");
    await runner.query("create index passages_by_language on passages (workspace_id, language)");
    // For words that occur nowhere: which known word was meant?
    await runner.query(`
      create table article_words (
        workspace_id uuid not null,
        article_id uuid not null references articles on delete cascade,
        word text not null,
        primary key (article_id, word)
      )`);
    await runner.query("create index article_words_known on article_words (workspace_id, word)");
    await runner.query("create index article_words_alike on article_words using gin (workspace_id, word gin_trgm_ops)");
    // One row per customer message that was answered or not: an event that comes again finds it here.
    await runner.query(`
      create table answers (
        id uuid primary key,
        workspace_id uuid not null,
        conversation_id uuid not null,
        message_id uuid not null unique,
        question text not null,
        language text not null,
        answered boolean not null,
        coverage real,
        written_by text not null,
        article_ids uuid[] not null,
        created_at timestamptz not null
      )`);
    await runner.query("create index answers_missing on answers (workspace_id, created_at) where not answered");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("drop table answers");
    await runner.query("drop table article_words");
    await runner.query("drop table passages");
    await runner.query("drop table articles");
  }
}
