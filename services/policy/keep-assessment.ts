import { randomUUID } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { EventOf } from "../../schema/events/catalogue";
import type { Judgement } from "./assess";
import { sure } from "./assess";
import { worthKeeping } from "./read-signals";

export type AssessmentFacts = EventOf<"message.assessed">["data"]["assessment"];

/** What an assessment is of, and what judged. */
export interface About {
  workspaceId: string;
  conversationId: string;
  messageId: string;
  /** Null: of the message itself; else of this drafted answer to it. */
  answerId: string | null;
  detector: string;
  prompt: string | null;
  /** Number of the published policy that judged; 0: nothing was ever published. */
  policyVersion: number;
  at: Date;
}

/** Writes a judgement down, with everything needed to explain it later. */
export async function keepAssessment(tx: EntityManager, about: About, judgement: Judgement): Promise<AssessmentFacts> {
  const { decision, reason, explanation } = judgement;
  const signals = worthKeeping(judgement.signals);
  const id = randomUUID();
  await tx.query(
    `insert into assessment (id, workspace_id, conversation_id, message_id, answer_id, decision, reason, explanation,
       signals, detector, prompt, policy_version, assessed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      id,
      about.workspaceId,
      about.conversationId,
      about.messageId,
      about.answerId,
      decision,
      reason,
      explanation,
      JSON.stringify(signals),
      about.detector,
      about.prompt,
      about.policyVersion,
      about.at,
    ],
  );
  return { id, decision, reason, signals, detector: about.detector };
}

/** Gives the conversation the topics the message is about. */
export async function keepTags(tx: EntityManager, about: About, judgement: Judgement): Promise<void> {
  for (const { name, score, rule } of judgement.signals)
    if (name === "TAG" && rule && score >= sure)
      await tx.query(
        `insert into conversation_tag (conversation_id, tag_id, workspace_id, message_id, score, tagged_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (conversation_id, tag_id) do update set score = greatest(conversation_tag.score, excluded.score)`,
        [about.conversationId, rule.id, about.workspaceId, about.messageId, score, about.at],
      );
}
