import type { EntityManager } from "typeorm";
import { mostSpoken } from "../../kit/mask.context";

/** What was said last of what the desk has got, the oldest first: it tells whether a bare number in a reply is a code. */
export async function saidBefore(tx: Pick<EntityManager, "query">, handoverId: string): Promise<string[]> {
  const rows: { text: string }[] = await tx.query(
    `select text from (
       select (line->>'sequence')::integer as sequence, line->>'text' as text
       from carried_handover, jsonb_array_elements(requested->'data'->'transcript') line
       where id = $1 and line->>'author' <> 'SYSTEM'
       union all
       select sequence, message->>'text' from forwarded_message where handover_id = $1
     ) said order by sequence desc limit $2`,
    [handoverId, mostSpoken],
  );
  return rows.map(({ text }) => text).reverse();
}
