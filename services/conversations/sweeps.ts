import { raiseAlarm } from "../../kit/alarms";
import { createSweep, type Sweep } from "../../kit/sweep";
import { oldestUnanswered, settleAnswer } from "./answer-clock";
import type { Deps } from "./deps";
import { endHandover, failHandover } from "./end-handover";
import { Handover } from "./handover.entity";
import { addSystemMessage, type Held, hold, moveHandover, openHandover, tellHandover } from "./held-conversation";
import { requestHandover } from "./request-handover";
import { textsFor } from "./texts";

/** Something that becomes due by time alone. */
interface Due {
  name: string;
  /** How long after the time in the row it is due. */
  afterMs: number;
  /** Locks one conversation (`id`, `workspace_id`) whose time is at or before $1 and that is not among $2. */
  select: string;
  /** What happens to it; it must not be due any more afterwards. */
  effect: (held: Held) => Promise<void>;
}

/** What this service looks for. */
function dueThings(deps: Deps): Due[] {
  return [
    {
      name: "answers that did not come",
      afterMs: 0,
      select: `select c.id, c.workspace_id from conversation c
        where c.answer_due_at <= $1 and c.id <> all($2::uuid[])
        order by c.answer_due_at limit 1 for update skip locked`,
      effect: giveUpOnTheAssistant,
    },
    {
      name: "offers nobody answered",
      afterMs: 0,
      select: `select c.id, c.workspace_id from handover h join conversation c on c.id = h.conversation_id
        where h.status = 'OFFERED' and h.offer_expires_at <= $1 and c.id <> all($2::uuid[])
        order by h.offer_expires_at limit 1 for update of c skip locked`,
      effect: expireOffer,
    },
    {
      name: "agents' conversations gone quiet",
      afterMs: deps.settings.quietAfterMs,
      select: `select c.id, c.workspace_id from handover h join conversation c on c.id = h.conversation_id
        where h.status = 'ACTIVE' and c.last_message_at <= $1 and c.id <> all($2::uuid[])
        limit 1 for update of c skip locked`,
      effect: endQuietHandover,
    },
    {
      name: "handovers nobody delivers",
      afterMs: deps.settings.deliveryBeginsWithinMs,
      select: `select c.id, c.workspace_id from handover h join conversation c on c.id = h.conversation_id
        where h.status = 'REQUESTED' and h.requested_at <= $1 and c.id <> all($2::uuid[])
        order by h.requested_at limit 1 for update of c skip locked`,
      effect: (held) => giveUpOnDelivery(deps, held),
    },
    {
      name: "handovers that are long on their way",
      afterMs: 0,
      select: `select c.id, c.workspace_id from handover h join conversation c on c.id = h.conversation_id
        where h.status = 'DELIVERING' and h.slow_at <= $1 and c.id <> all($2::uuid[])
        order by h.slow_at limit 1 for update of c skip locked`,
      effect: sayItTakesLong,
    },
  ];
}

/** Fails toward the human: an assistant that is silent for too long has lost the conversation. */
async function giveUpOnTheAssistant(held: Held): Promise<void> {
  const { control, answerDueAt } = held.conversation;
  if (control !== "ASSISTANT" || !answerDueAt || answerDueAt > held.now) return;
  const message = await oldestUnanswered(held);
  if (message) await requestHandover(held, { reason: "ASSISTANT_FAILED", messageId: message.id });
  else await settleAnswer(held, null);
}

async function expireOffer(held: Held): Promise<void> {
  const offer = await openHandover(held);
  if (offer?.status !== "OFFERED" || !offer.offerExpiresAt || offer.offerExpiresAt > held.now) return;
  await moveHandover(held, offer, "EXPIRED");
  tellHandover(held, offer, "OFFERED");
}

async function endQuietHandover(held: Held): Promise<void> {
  const handover = await openHandover(held);
  if (handover?.status !== "ACTIVE") return;
  const text = textsFor(held.conversation.language).backAfterSilence;
  await endHandover(held, handover, { ending: "TIMED_OUT", text });
}

/** The desk is down and is tried again: the customer hears the truth instead of nothing, and goes on waiting. */
async function sayItTakesLong(held: Held): Promise<void> {
  const handover = await openHandover(held);
  if (handover?.status !== "DELIVERING" || !handover.slowAt || handover.slowAt > held.now) return;
  await held.tx.update(Handover, { id: handover.id }, { slowAt: null });
  await addSystemMessage(held, textsFor(held.conversation.language).stillTrying);
}

/** Nobody has even begun to carry it to a desk: the customer hears the truth, and somebody who runs this is told. */
async function giveUpOnDelivery(deps: Deps, held: Held): Promise<void> {
  const handover = await openHandover(held);
  if (handover?.status !== "REQUESTED") return;
  await failHandover(held, handover);
  raiseAlarm(
    deps.log,
    "handover_undelivered",
    { handover: handover.id, conversation: held.conversation.id },
    "Nobody delivers handovers: does the providers service run? The customer was told; it is delivered once it does.",
  );
}

/** Most conversations of one kind in one round. */
const roundSize = 500;

/**
 * Takes what is due of one kind, each conversation once and in a transaction of its own; several processes share the
 * work. One that fails is left for the next round and does not hold up the others. Returns how many were taken.
 */
async function takeDue(deps: Deps, due: Due): Promise<number> {
  const seen: string[] = [];
  while (seen.length < roundSize) {
    let id: string | undefined;
    try {
      await deps.outbox.transaction(async (tx, say) => {
        const by = new Date(deps.clock.now().getTime() - due.afterMs);
        const rows: { id: string; workspace_id: string }[] = await tx.query(due.select, [by, seen]);
        const [row] = rows;
        if (!row) return;
        id = row.id;
        const held = await hold(deps, { tx, say }, { id: row.id, workspaceId: row.workspace_id });
        if (held) await due.effect(held);
      });
    } catch (error) {
      if (id === undefined) throw error;
      deps.log.warn(
        { err: error, conversation: id, sweep: due.name },
        "A due conversation is left for the next round.",
      );
    }
    if (id === undefined) break;
    seen.push(id);
  }
  return seen.length;
}

/** The sweeps of this service; started and stopped with it. */
export function createSweeps(deps: Deps): Sweep[] {
  const { log, settings } = deps;
  return dueThings(deps).map((due) =>
    createSweep({ name: due.name, everyMs: settings.sweepEveryMs, run: () => takeDue(deps, due), log }),
  );
}
