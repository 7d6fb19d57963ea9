import { randomUUID } from "node:crypto";
import type { DataSource } from "typeorm";
import type { Clock } from "../../kit/clock";
import type { Handle } from "../../kit/inbox";
import type { Outbox } from "../../kit/outbox";
import { newEvent } from "../../schema/events/catalogue";
import { endGrowing, growing } from "./answer-delta";
import type { Answerability } from "./answerability/answerability";
import { briefFor } from "./brief";
import { type DraftAnswerDeps, draftAnswer } from "./draft-answer";
import { toneOf } from "./gap.resolver";

/** Drafts an answer to a message that policy leaves to the assistant: exactly one per message. */
export function onMessageAssessed(
  deps: DraftAnswerDeps & { db: DataSource; outbox: Outbox; clock: Clock },
): Handle<"message.assessed"> {
  const { db, clock } = deps;
  return async (event, work) => {
    const { conversation, message, recent, assessment } = event.data;
    if (assessment.decision !== "CONTINUE") return { ignored: "not_ours" };
    if (conversation.assistantMode !== "BUILT_IN") return { ignored: "external_assistant" };
    if (conversation.control !== "ASSISTANT") return { ignored: "not_in_control" };
    const known: unknown[] = await db.query("select from answers where message_id = $1", [message.id]);
    if (known.length > 0) return { ignored: "already_done" };

    const turns = recent.at(-1)?.id === message.id ? recent : [...recent, message];
    const shown = growing(deps, event);
    const { draft, question } = await draftAnswer(deps, {
      workspaceId: event.workspaceid,
      turns,
      earlier: deps.model ? await askedBefore(db, conversation.id, turns) : [],
      language: conversation.language,
      brief: await briefFor(db, conversation.id, turns, work.signal),
      tone: deps.model && (await toneOf(db, event.workspaceid)),
      signal: work.signal,
      onGrowth: shown.grow,
    });
    await shown.settled();
    const answerId = randomUUID();
    const { answered, text, citations, coverage, answerability } = draft;
    return work.transaction(async (tx, say) => {
      const added: unknown[] = await tx.query(
        `insert into answers (id, workspace_id, conversation_id, message_id, question, language, answered, coverage,
           written_by, article_ids, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (message_id) do nothing returning id`,
        [
          answerId,
          event.workspaceid,
          conversation.id,
          message.id,
          question.text.slice(0, 2000),
          question.language,
          answered,
          coverage,
          draft.writtenBy,
          citations.map((citation) => citation.articleId),
          clock.now(),
        ],
      );
      if (added.length === 0) return { ignored: "already_done" };
      if (deps.model) await endGrowing(tx, conversation.id);
      say(
        newEvent("answer.drafted", {
          workspaceId: event.workspaceid,
          conversationId: conversation.id,
          cause: event,
          at: clock.now(),
          data: {
            conversation,
            answer: {
              answerId,
              messageId: message.id,
              epoch: conversation.epoch,
              answered,
              text,
              citations,
              coverage,
              ...(answerability && { answerability: factsOf(answerability) }),
            },
          },
        }),
      );
      return "done";
    });
  };
}

/** What policy needs of it: the score and the words that speak against it. */
function factsOf({ score, missing, otherwise }: Answerability) {
  return { score, missing, otherwise };
}

/** How many of a long conversation's earlier questions a model is told: the first ones and the latest. */
const mostEarlier = { first: 3, latest: 5 };

/** What the customer asked before the turns that the event carries, the oldest first; the middle is left out. */
async function askedBefore(db: DataSource, conversationId: string, turns: { id: string }[]): Promise<string[]> {
  const rows: { question: string }[] = await db.query(
    `select question from (
       select question, created_at, row_number() over (order by created_at) as from_first,
         row_number() over (order by created_at desc) as from_last
       from answers where conversation_id = $1 and message_id <> all($2::uuid[])
     ) asked where from_first <= $3 or from_last <= $4 order by created_at`,
    [conversationId, turns.map(({ id }) => id), mostEarlier.first, mostEarlier.latest],
  );
  return rows.map(({ question }) => question);
}
