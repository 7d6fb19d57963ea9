import { Arg, Authorized, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root, Subscription } from "type-graphql";
import type { GraphContext } from "../../kit/subgraph";
import { Conversation } from "./conversation.entity";
import type { Deps } from "./deps";
import { Handover } from "./handover.entity";
import { currentOf } from "./handover.lifecycle";
import type { Loaders } from "./loaders";
import { Message } from "./message.entity";
import { conversationInReach } from "./reach";

@Resolver(() => Handover)
export class HandoverResolver {
  constructor(
    private readonly deps: Deps,
    private readonly loaders: Loaders,
  ) {}

  @Authorized()
  @Query(() => Handover, {
    nullable: true,
    description:
      "The conversation's open handover; when none is open, the newest, whatever became of it. Null when there is none in reach.",
  })
  async handover(
    @Ctx() { viewer }: GraphContext,
    @Arg("conversationId", () => ID) conversationId: string,
  ): Promise<Handover | null> {
    const conversation = await conversationInReach(this.deps, viewer, conversationId);
    return conversation ? currentOf(await this.loaders.handoversOf.load(conversation.id)) : null;
  }

  @Directive(
    '@wakesOn(events: ["handover.changed", "control.changed", "summary.written", "brief.written", "delivery.failed"], argument: "conversationId")',
  )
  @Authorized()
  @Subscription(() => Handover, {
    name: "handover",
    nullable: true,
    topics: "declared",
    description: "The live form of the query of this name.",
  })
  handoverLive(
    @Ctx() { viewer }: GraphContext,
    @Arg("conversationId", () => ID) conversationId: string,
  ): Promise<Handover | null> {
    return this.handover({ viewer }, conversationId);
  }

  @FieldResolver(() => Conversation)
  conversation(@Root() handover: Handover): Promise<Conversation | null> {
    return this.loaders.conversation.load(handover.conversationId);
  }

  @FieldResolver(() => Message, { nullable: true, description: "The customer's message that led to it, if one did." })
  message(@Root() handover: Handover): Promise<Message | null> | null {
    return handover.messageId ? this.loaders.message.load(handover.messageId) : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "What the agent wants the assistant to know afterwards. Always null for the customer.",
  })
  note(@Root() handover: Handover, @Ctx() { viewer }: GraphContext): string | null {
    return viewer.role === "CUSTOMER" ? null : handover.note;
  }
}
