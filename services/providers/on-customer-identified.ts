import type { EntityManager } from "typeorm";
import type { Clock } from "../../kit/clock";
import type { Handle } from "../../kit/inbox";
import type { EventOf } from "../../schema/events/catalogue";
import type { ProviderName } from "../../schema/words";
import { rouse } from "./delivery.rows";
import { followIntoDesk } from "./follow-into-desk";
import type { Provider, TranscriptLine } from "./provider";
import type { Stop } from "./route";

interface Carried {
  id: string;
  stops: Stop[];
  /** The last that the desk has or will get. */
  email: string | null;
  /** The newest message that the desk has or will get. */
  sequence: number;
}

/** How a desk is told; an address that the customer types as a message stands alone. */
const saying = "The customer's e-mail address: ";

/**
 * An e-mail address that the customer leaves after the handover follows it into the desk like a message of theirs: the
 * contact there is made already. Not where a desk on the way is not to have addresses.
 */
export function onCustomerIdentified(deps: {
  clock: Clock;
  providers: Map<ProviderName, Provider>;
  wake: (inMs: number) => void;
}): Handle<"customer.identified"> {
  return async (event, work) => {
    const { email } = event.data.conversation.customer;
    if (email === null) return { ignored: "not_ours" };
    const queued = await work.transaction(async (tx) => {
      const carried = await carriedNow(tx, event.subject);
      if (!carried || carried.email === email || !takesAddresses(carried.stops, deps.providers)) return false;
      await addToDesk(tx, event, carried, email);
      await rouse(tx, carried.id, deps.clock.now());
      return true;
    });
    if (!queued) return { ignored: "not_ours" };
    deps.wake(0);
    return "done";
  };
}

async function carriedNow(tx: EntityManager, conversationId: string): Promise<Carried | undefined> {
  const [carried]: Carried[] = await tx.query(
    `select id, stops,
       coalesce((select replace(message->>'text', $2, '') from forwarded_message
                 where handover_id = carried_handover.id and message->>'text' ~ ('^(' || $2 || ')?\\S+@\\S+$')
                 order by sequence desc, message->>'postedAt' desc limit 1),
                requested->'data'->'conversation'->'customer'->>'email') as email,
       greatest(1, (requested->'data'->'transcript'->-1->>'sequence')::integer,
                (select max(sequence) from forwarded_message where handover_id = carried_handover.id)) as sequence
     from carried_handover where conversation_id = $1 and over_at is null and requested is not null
     order by created_at desc limit 1`,
    [conversationId, saying],
  );
  return carried;
}

function takesAddresses(stops: Stop[], providers: Map<ProviderName, Provider>): boolean {
  const told = stops.flatMap(({ provider }) => providers.get(provider) ?? []).filter((one) => one.forwardMessage);
  return told.length > 0 && told.every(({ capabilities }) => capabilities.email);
}

async function addToDesk(
  tx: EntityManager,
  event: EventOf<"customer.identified">,
  { id, sequence }: Carried,
  email: string,
): Promise<void> {
  const message: TranscriptLine = {
    id: event.id,
    sequence,
    author: "CUSTOMER",
    authorName: null,
    text: `${saying}${email}`,
    postedAt: event.time,
    inReplyTo: null,
    answered: null,
  };
  await followIntoDesk(tx, { workspaceId: event.workspaceid, handoverId: id }, message);
}
