import type { DataSource, EntityManager } from "typeorm";
import type { Log } from "../../kit/log";
import type { Outbox } from "../../kit/outbox";
import { type EventOf, newEvent } from "../../schema/events/catalogue";

/** Shows an answer while it is written. */
export interface Growing {
  /** The sentences so far, each already checked. Never throws: a glimpse that is lost does not matter. */
  grow(soFar: string): void;
  /** Resolves once all that was given is written, so that nothing comes after the answer itself. */
  settled(): Promise<void>;
}

/** Follows the answer to one message: each growth is a row and an event. Shown only while its epoch lasts. */
export function growing(
  deps: { db: DataSource; outbox: Outbox; log: Log },
  event: EventOf<"message.assessed">,
): Growing {
  const { conversation, message } = event.data;
  let last = Promise.resolve();
  async function write(text: string): Promise<void> {
    await deps.outbox.transaction(async (tx, say) => {
      await tx.query(
        `insert into answer_delta (conversation_id, workspace_id, epoch, message_id, text) values ($1, $2, $3, $4, $5)
         on conflict (conversation_id) do update
           set epoch = excluded.epoch, message_id = excluded.message_id, text = excluded.text, changed_at = now()`,
        [conversation.id, event.workspaceid, conversation.epoch, message.id, text],
      );
      say(
        newEvent("answer.progressed", {
          workspaceId: event.workspaceid,
          conversationId: conversation.id,
          cause: event,
          data: { messageId: message.id, epoch: conversation.epoch, text },
        }),
      );
    });
  }
  return {
    grow(soFar) {
      last = last
        .then(() => write(soFar))
        .catch((error) => deps.log.warn({ err: error }, "a glimpse of an answer was not shown"));
    },
    settled: () => last,
  };
}

/** Nothing is being written any more: the answer is drafted. */
export async function endGrowing(tx: EntityManager, conversationId: string): Promise<void> {
  await tx.query("delete from answer_delta where conversation_id = $1", [conversationId]);
}
