import type { DataSource } from "typeorm";
import type { Credentials } from "./credentials";

/** Where something is sealed, and with which context (`credentials.ts`). */
const places = [
  { table: "connection", id: "id", column: "secrets", context: (id: string) => id },
  { table: "connection_token", id: "connection_id", column: "sealed", context: (id: string) => `tokens of ${id}` },
];

/** Seals anew what a former key has sealed; resolves to how many rows. What no key opens stays as it is. */
export async function resealAll(db: DataSource, credentials: Credentials): Promise<number> {
  let resealed = 0;
  for (const { table, id, column, context } of places) {
    const rows: { id: string; sealed: string }[] = await db.query(
      `select ${id} as id, ${column} as sealed from ${table}`,
    );
    for (const row of rows.filter(({ sealed }) => credentials.isFormer(sealed))) {
      let opened: Record<string, unknown>;
      try {
        opened = credentials.open(row.sealed, context(row.id));
      } catch {
        continue;
      }
      // Unless it was changed meanwhile: then it is sealed with the key in use already.
      const [, changed]: [unknown, number] = await db.query(
        `update ${table} set ${column} = $3 where ${id} = $1 and ${column} = $2`,
        [row.id, row.sealed, credentials.seal(opened, context(row.id))],
      );
      resealed += changed;
    }
  }
  return resealed;
}
