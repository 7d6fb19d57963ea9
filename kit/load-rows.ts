import DataLoader from "dataloader";
import { type DataSource, type FindOptionsOrder, type FindOptionsWhere, In, type ObjectLiteral } from "typeorm";
import { isId } from "./is-id";

type Entity<Row> = new () => Row;

/**
 * Reads for many at once and keeps nothing: whoever asks in the same tick shares a query, whoever asks later gets what
 * is true then. It knows no viewer: ask `maySee` about what comes out.
 */
export function loadTogether<Key, Found>(read: (keys: readonly Key[]) => Promise<Found[]>): DataLoader<Key, Found> {
  return new DataLoader(read, { cache: false });
}

/** The row with a value in a column, `id` unless another is named; the last in order where there are several. */
export function loadOne<Row extends ObjectLiteral>(
  db: DataSource,
  entity: Entity<Row>,
  column: keyof Row & string = "id",
  order: FindOptionsOrder<Row> = {},
): DataLoader<string, Row | null> {
  return loadTogether(async (values) => {
    const rows = await rowsWith(db, entity, column, order, values);
    const found = new Map(rows.map((row) => [String(row[column]), row]));
    return values.map((value) => found.get(value.toLowerCase()) ?? null);
  });
}

/** All rows with a value in a column, in order. */
export function loadAll<Row extends ObjectLiteral>(
  db: DataSource,
  entity: Entity<Row>,
  column: keyof Row & string,
  order: FindOptionsOrder<Row>,
): DataLoader<string, Row[]> {
  return loadTogether(async (values) => {
    const found = new Map<string, Row[]>();
    for (const row of await rowsWith(db, entity, column, order, values)) {
      const rows = found.get(String(row[column]));
      if (rows) rows.push(row);
      else found.set(String(row[column]), [row]);
    }
    return values.map((value) => found.get(value.toLowerCase()) ?? []);
  });
}

function rowsWith<Row extends ObjectLiteral>(
  db: DataSource,
  entity: Entity<Row>,
  column: keyof Row & string,
  order: FindOptionsOrder<Row>,
  values: readonly string[],
): Promise<Row[]> {
  const isUuid = db.getMetadata(entity).findColumnWithPropertyName(column)?.type === "uuid";
  const wanted = [...new Set(isUuid ? values.filter(isId) : values)];
  return db.getRepository(entity).find({ where: { [column]: In(wanted) } as FindOptionsWhere<Row>, order });
}
