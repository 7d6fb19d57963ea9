import DataLoader from "dataloader";
import { Ctx, Directive, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from "type-graphql";
import type { DataSource } from "typeorm";
import type { GraphContext } from "../../kit/subgraph";
import { maySee } from "../../kit/viewer";

@ObjectType({
  simpleResolvers: true,
  description:
    "An answer while the model writes it, sentence by sentence, each checked against its sources. It may be skipped, and it may be withdrawn: the message that follows is the truth.",
})
class AnswerDelta {
  @Field(() => ID, { description: "The customer's message that is being answered." })
  messageId!: string;

  @Field(() => String, { description: "All sentences so far; it replaces what was shown before." })
  text!: string;
}

/** The conversation this service hangs its writing on; it belongs to conversations. */
@ObjectType("Conversation")
@Directive('@key(fields: "id")')
export class AnsweredConversation {
  @Field(() => ID)
  id!: string;

  @Directive("@external")
  @Field(() => Int)
  epoch!: number;
}

interface Row {
  workspaceId: string;
  conversationId: string;
  epoch: number;
  messageId: string;
  text: string;
}

@Resolver(() => AnsweredConversation)
export class AnswerDeltaResolver {
  private readonly rows: DataLoader<string, Row | null>;

  constructor(db: DataSource) {
    // Keeps nothing: whoever asks in the same tick shares a query.
    this.rows = new DataLoader(
      async (ids) => {
        const found: Row[] = await db.query(
          `select workspace_id as "workspaceId", conversation_id as "conversationId", epoch, message_id as "messageId", text
           from answer_delta where conversation_id = any($1)`,
          [ids],
        );
        const byId = new Map(found.map((row) => [row.conversationId, row]));
        return ids.map((id) => byId.get(id) ?? null);
      },
      { cache: false },
    );
  }

  @Directive('@requires(fields: "epoch")')
  @FieldResolver(() => AnswerDelta, {
    nullable: true,
    description:
      "What the built-in assistant is writing just now, as long as it may speak; null when it writes nothing, and without a model, whose answers come at once.",
  })
  async answerDelta(
    @Root() { id, epoch }: AnsweredConversation,
    @Ctx() { viewer }: GraphContext,
  ): Promise<AnswerDelta | null> {
    const row = await this.rows.load(id);
    return row && row.epoch === epoch && maySee(viewer, row) ? row : null;
  }
}
