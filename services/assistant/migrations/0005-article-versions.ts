import type { MigrationInterface, QueryRunner } from "typeorm";

/** What every article said before, from now on; of the articles there are, the version they have reached. */
export class ArticleVersions1767225600009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table article_versions (
        article_id uuid not null references articles on delete cascade,
        number int not null,
        workspace_id uuid not null,
        title text not null,
        body text not null,
        language text not null,
        url text,
        visibility text not null check (visibility in ('PUBLIC', 'INTERNAL', 'DRAFT')),
        origin text not null check (origin in ('WRITTEN', 'IMPORTED', 'REPLY', 'RESTORED')),
        source_name text,
        restores int,
        changed_by text,
        changed_at timestamptz not null,
        primary key (article_id, number)
      )`);
    await runner.query(`
      insert into article_versions
        (article_id, number, workspace_id, title, body, language, url, visibility, origin, source_name, changed_at)
      select id, version, workspace_id, title, body, language, url, visibility,
        case when source_name is null then 'WRITTEN' else 'IMPORTED' end, source_name, updated_at
      from articles`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("drop table article_versions");
  }
}
