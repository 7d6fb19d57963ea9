import type { EntityManager } from "typeorm";
import type { Clock } from "../../kit/clock";
import type { Handle } from "../../kit/inbox";
import type { ProviderName } from "../../schema/words";
import { rouse } from "./delivery.rows";
import { followIntoDesk } from "./follow-into-desk";
import type { Provider } from "./provider";
import type { Stop } from "./route";

/**
 * What the customer writes after the handover follows it into the desk, in order. Also what they write to the assistant
 * while no desk has taken it: it may be tried again.
 */
export function onMessagePosted(deps: {
  db: EntityManager;
  clock: Clock;
  providers: Map<ProviderName, Provider>;
  wake: (inMs: number) => void;
}): Handle<"message.posted"> {
  const forwards = (stops: Stop[]) => stops.some(({ provider }) => deps.providers.get(provider)?.forwardMessage);

  return async (event, work) => {
    const { conversation, message } = event.data;
    const { control } = conversation;
    if (message.author !== "CUSTOMER" || control === "NONE") return { ignored: "not_ours" };
    if (control === "ASSISTANT" && !(await isUndelivered(deps.db, conversation.id))) return { ignored: "not_ours" };
    const queued = await work.transaction(async (tx) => {
      const [carried]: { id: string; stops: Stop[]; through: number | null }[] = await tx.query(
        `select id, stops, (requested->'data'->'transcript'->-1->>'sequence')::integer as through
         from carried_handover where conversation_id = $1 and over_at is null and requested is not null
         order by created_at desc limit 1`,
        [conversation.id],
      );
      // What the desk reads from the graph, or got with the transcript, need not follow.
      if (!carried || message.sequence <= (carried.through ?? 0) || !forwards(carried.stops)) return false;
      await followIntoDesk(tx, { workspaceId: event.workspaceid, handoverId: carried.id }, message);
      await rouse(tx, carried.id, deps.clock.now());
      return true;
    });
    if (!queued) return { ignored: "not_ours" };
    deps.wake(0);
    return "done";
  };
}

/** The assistant has the conversation although a handover of it is not over: no desk took it. */
async function isUndelivered(db: EntityManager, conversationId: string): Promise<boolean> {
  const [{ found }]: [{ found: boolean }] = await db.query(
    "select exists (select from carried_handover where conversation_id = $1 and over_at is null) as found",
    [conversationId],
  );
  return found;
}
