import type { DataSource } from "typeorm";
import type { Bus } from "./bus";

/**
 * Names the write-ahead log that a connection's commits go to: that of one running server. Two databases with the same
 * name share it, so of two commits the later is never on disk without the earlier, in whichever database. Null when
 * the server does not tell.
 */
export async function writeAheadLogOf(query: (sql: string) => Promise<unknown[]>): Promise<string | null> {
  try {
    const [row] = (await query(
      "select system_identifier || '/' || extract(epoch from pg_postmaster_start_time()) as name from pg_control_system()",
    )) as { name: string }[];
    return row?.name ?? null;
  } catch {
    return null;
  }
}

/** Whether a service's database and its bus are kept in one write-ahead log. */
export async function sharesLog(db: DataSource, bus: Bus): Promise<boolean> {
  if (!bus.writeAheadLog) return false;
  return bus.writeAheadLog === (await writeAheadLogOf((sql) => db.query(sql)));
}
