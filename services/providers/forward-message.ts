import type { EntityManager } from "typeorm";
import { raiseAlarm } from "../../kit/alarms";
import type { CallDesk, Carried } from "./call-desk";
import type { DeliverDeps } from "./deliver";
import { change, type Held } from "./delivery.rows";
import type { Provider } from "./provider";

/** The customer's next message follows the handover into the desk; one at a time, so they keep their order. */
export function createForwardMessage({ db, log }: DeliverDeps, desk: CallDesk) {
  return async (held: Held, provider: Provider, signal: AbortSignal): Promise<Carried | null> => {
    const { message } = held;
    const send = provider.forwardMessage;
    if (!message || !send) return null;
    const settle = (tx: EntityManager, state: "SENT" | "GIVEN_UP") =>
      tx.query("update forwarded_message set state = $2 where message_id = $1", [message.id, state]);
    const made = await desk.call(held, signal, (input) => send({ ...input, message, idempotencyKey: message.id }));
    if (made.ok) {
      await db.transaction(async (tx) => {
        await settle(tx, "SENT");
        await change(tx, held, { attempts: 0 });
        await desk.done(tx, held, "message", made);
      });
      return null;
    }
    const facts = { handover: held.handoverId, message: message.id, provider: held.provider, problem: made.error };
    if (made.access && !held.failingSince && !signal.aborted)
      raiseAlarm(
        log,
        "message_undelivered",
        facts,
        "a customer's message waits: the desk does not take the key, or it may not do this",
      );
    return desk.failed("message", held, made, signal, async () => {
      await db.transaction(async (tx) => {
        await settle(tx, "GIVEN_UP");
        await change(tx, held, { attempts: 0 });
      });
      raiseAlarm(log, "message_undelivered", facts, "a customer's message did not reach the desk");
      return null;
    });
  };
}
