import { Column, Entity, PrimaryColumn } from "typeorm";
import type { z } from "zod";
import type { conversationFacts } from "../../schema/events/conversations";
import type { Line } from "./summary";

/** A conversation as last heard of. */
@Entity("heard_conversation")
export class HeardConversation {
  @PrimaryColumn({ type: "uuid" })
  id!: string;

  @Column({ type: "uuid", name: "workspace_id" })
  workspaceId!: string;

  @Column({ type: "jsonb" })
  facts!: z.infer<typeof conversationFacts>;

  @Column({ type: "integer" })
  epoch!: number;
}

/** A message as it was posted. */
@Entity("heard_message")
export class HeardMessage {
  @PrimaryColumn({ type: "uuid", name: "conversation_id" })
  conversationId!: string;

  @PrimaryColumn({ type: "integer" })
  sequence!: number;

  @Column({ type: "uuid", name: "workspace_id" })
  workspaceId!: string;

  @Column({ type: "jsonb" })
  facts!: Line;
}
