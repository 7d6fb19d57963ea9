import { Client, type Pool, type QueryResult } from "pg";

/** A batch takes at most this many records and about this many bytes of each partition. */
export const mostRecords = 100;
export const mostBytes = 2_000_000;

/** The next records of each of `mine` (topic, partition, position), in order. */
export const nextRecords = (mine: string) => /* SQL */ `
  select l.topic, l.partition, l.position, l.key, l.value from ${mine} m cross join lateral (
    select *, sum(octet_length(value)) over (order by position) - octet_length(value) as before from (
      select * from log where topic = m.topic and partition = m.partition and position >= m.position
      order by position limit ${mostRecords}
    ) oldest
  ) l where l.before < ${mostBytes} order by l.topic, l.partition, l.position`;

/** Partitions per topic. Few, because each group holds one position per partition. */
export const partitionCount = 4;

/**
 * The bus database. `partitions` counts the records of each partition; its row is locked until the records are
 * committed, so positions become visible in order and a reader that has seen n has seen all before n.
 */
const tables = /* SQL */ `
  create table if not exists partitions (
    topic text not null,
    partition int not null,
    next_position bigint not null default 0,
    primary key (topic, partition)
  );
  create table if not exists log (
    topic text not null,
    partition int not null,
    position bigint not null,
    key text not null,
    value text not null,
    at timestamptz not null default now(),
    primary key (topic, partition, position)
  );
  create index if not exists log_by_key on log (key);
  create index if not exists log_by_time on log using brin (at);
  create table if not exists group_offsets (
    "group" text not null,
    topic text not null,
    partition int not null,
    position bigint not null default 0,
    primary key ("group", topic, partition)
  );
  alter table partitions set (fillfactor = 50);
  alter table group_offsets set (fillfactor = 50);

  -- One statement, one round trip, one commit. The partitions are locked in one order, so that two publishers that
  -- write to the same ones wait for each other instead of deadlocking.
  create or replace function publish(topics text[], parts int[], keys text[], vals text[]) returns void
  language plpgsql as $$
  declare
    target record;
    first bigint;
  begin
    for target in
      select r.topic, r.part, count(*) as n from unnest(topics, parts) as r(topic, part) group by 1, 2 order by 1, 2
    loop
      update partitions set next_position = next_position + target.n
        where topic = target.topic and partition = target.part
        returning next_position - target.n into first;
      if not found then
        insert into partitions as p (topic, partition, next_position) values (target.topic, target.part, target.n)
          on conflict (topic, partition) do update set next_position = p.next_position + target.n
          returning p.next_position - target.n into first;
      end if;
      insert into log (topic, partition, position, key, value)
        select r.topic, r.part, first - 1 + row_number() over (order by r.ord), r.key, r.val
        from unnest(topics, parts, keys, vals) with ordinality as r(topic, part, key, val, ord)
        where r.topic = target.topic and r.part = target.part;
    end loop;
  end $$;

  -- What a group has not read yet, with the rows of its positions locked. A function, so that its plan is kept and it
  -- can be called in the same round trip that begins the transaction.
  create or replace function take(reader text, topics text[])
    returns table (topic text, partition int, "position" bigint, key text, value text)
  language plpgsql as $$
  #variable_conflict use_column
  begin
    return query with mine as materialized (
      select g.topic, g.partition, g.position from group_offsets g join partitions p using (topic, partition)
      where g."group" = reader and g.topic = any(topics) and p.next_position > g.position
      for update of g skip locked
    ) ${nextRecords("mine")};
  end $$;
`;

/** Makes the bus database and its tables when they are not there. Safe to run from many processes at once. */
export async function migrateBus(url: string): Promise<void> {
  let client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    if ((error as { code?: string }).code !== "3D000") throw error;
    await createDatabase(url);
    client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
    await client.connect();
  }
  try {
    await client.query("select pg_advisory_lock(7011)");
    await client.query("set client_min_messages = warning");
    await client.query(tables);
  } finally {
    await client.end();
  }
}

async function createDatabase(url: string): Promise<void> {
  const server = new URL(url);
  const name = decodeURIComponent(server.pathname.slice(1));
  server.pathname = "/postgres";
  const client = new Client({ connectionString: server.href, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query(`create database "${name.replaceAll('"', '""')}"`);
  } catch (error) {
    // Another process made it meanwhile: duplicate_database, or unique_violation when both did at the same instant.
    if (!["42P04", "23505"].includes((error as { code?: string }).code ?? "")) throw error;
  } finally {
    await client.end();
  }
}

/** Records looked at by one statement of `pruneLog`; it must end well before the pool's `statement_timeout`. */
const prunedAtOnce = 5_000;

/**
 * Forgets records older than `keepDays` that every group has passed, and older than `mostDays` in any case: a group
 * that nobody reads with any more must not keep the log for ever. Piece by piece, each from where the last one ended:
 * one statement for a long backlog would run out of time, today and every day after.
 */
export async function pruneLog(pool: Pool, keepDays = 7, mostDays = 30): Promise<void> {
  const { rows: partitions } = await pool.query<{ topic: string; partition: number }>(
    "select topic, partition from partitions",
  );
  for (const { topic, partition } of partitions) {
    let from: string | null = "0";
    while (from !== null) {
      // Positions and times grow together: from the first record to keep on, all are kept.
      const looked: QueryResult<{ last: string | null; kept: string | null }> = await pool.query(
        `with piece as materialized (
           select position,
             at < now() - make_interval(days => $4) and (
               at < now() - make_interval(days => $5)
               or position < all (select g.position from group_offsets g where g.topic = $1 and g.partition = $2)
             ) as old
           from log where topic = $1 and partition = $2 and position >= $3 order by position limit ${prunedAtOnce}
         ), ends as (
           select max(position) as last, min(position) filter (where not old) as kept from piece
         ), gone as (
           delete from log where topic = $1 and partition = $2 and position >= $3
             and position < (select coalesce(kept, last + 1) from ends)
         ) select last, kept from ends`,
        [topic, partition, from, keepDays, mostDays],
      );
      const piece = looked.rows[0];
      from = !piece?.last || piece.kept ? null : String(BigInt(piece.last) + 1n);
    }
  }
}
