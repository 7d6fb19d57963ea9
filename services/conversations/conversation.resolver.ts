import {
  Arg,
  Authorized,
  Ctx,
  Directive,
  FieldResolver,
  ID,
  Int,
  Query,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import type { GraphContext } from "../../kit/subgraph";
import { workspaceOf } from "../../kit/viewer";
import { ControlHolder } from "../../schema/words";
import { Conversation, ConversationStatus } from "./conversation.entity";
import { ConversationConnection, pageOfConversations } from "./conversation.pages";
import type { Deps } from "./deps";
import { Handover } from "./handover.entity";
import { currentOf } from "./handover.lifecycle";
import type { Loaders } from "./loaders";
import { Message } from "./message.entity";
import { pageSize } from "./page-size";
import { conversationInReach } from "./reach";
import { Workspace } from "./workspace.entity";

@Resolver(() => Conversation)
export class ConversationResolver {
  constructor(
    private readonly deps: Deps,
    private readonly loaders: Loaders,
  ) {}

  @Authorized()
  @Query(() => Conversation, { nullable: true, description: "One conversation; null when it is out of reach." })
  conversation(@Ctx() { viewer }: GraphContext, @Arg("id", () => ID) id: string): Promise<Conversation | null> {
    return conversationInReach(this.deps, viewer, id);
  }

  @Authorized("AGENT", "SERVICE")
  @Query(() => ConversationConnection, { description: "The workspace's conversations, the newest first." })
  conversations(
    @Ctx() { viewer }: GraphContext,
    @Arg("first", () => Int, { defaultValue: 20, description: "1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "`pageInfo.endCursor` of the page before." })
    after?: string | null,
    @Arg("control", () => ControlHolder, { nullable: true }) control?: ControlHolder | null,
    @Arg("status", () => ConversationStatus, { nullable: true }) status?: ConversationStatus | null,
  ): Promise<ConversationConnection> {
    return pageOfConversations(this.deps.db, workspaceOf(viewer), {
      first: pageSize(first, 100),
      after: after ?? null,
      control: control ?? null,
      status: status ?? null,
    });
  }

  @Authorized("SERVICE")
  @Query(() => [Conversation], {
    description:
      "Where the workspace's own (EXTERNAL) assistant has the word: policy left `awaitedMessage` to it and it has not answered with postAssistantMessage. The longest waiting first, at most 100.",
  })
  awaitingAnswer(@Ctx() { viewer }: GraphContext): Promise<Conversation[]> {
    return this.deps.db
      .getRepository(Conversation)
      .createQueryBuilder("conversation")
      .where("conversation.workspace_id = :workspaceId and conversation.awaiting_message_id is not null", {
        workspaceId: workspaceOf(viewer),
      })
      .orderBy("conversation.last_message_at")
      .limit(100)
      .getMany();
  }

  @Directive(
    '@wakesOn(events: ["conversation.started", "customer.identified", "message.posted", "control.changed", "handover.changed", "conversation.closed", "summary.written", "brief.written", "answer.awaited", "answer.submitted", "answer.progressed"], argument: "id")',
  )
  @Authorized()
  @Subscription(() => Conversation, {
    name: "conversation",
    nullable: true,
    topics: "declared",
    description: "The live form of the query of this name.",
  })
  conversationLive(@Ctx() { viewer }: GraphContext, @Arg("id", () => ID) id: string): Promise<Conversation | null> {
    return this.conversation({ viewer }, id);
  }

  @Directive('@wakesOn(events: ["answer.awaited", "answer.submitted", "message.posted", "control.changed"])')
  @Authorized("SERVICE")
  @Subscription(() => [Conversation], {
    name: "awaitingAnswer",
    topics: "declared",
    description: "The live form of the query of this name.",
  })
  awaitingAnswerLive(@Ctx() { viewer }: GraphContext): Promise<Conversation[]> {
    return this.awaitingAnswer({ viewer });
  }

  @FieldResolver(() => Workspace)
  workspace(@Root() conversation: Conversation): Promise<Workspace | null> {
    return this.loaders.workspace.load(conversation.workspaceId);
  }

  @FieldResolver(() => [Message], { description: "In order." })
  messages(
    @Root() conversation: Conversation,
    @Arg("after", () => Int, { defaultValue: 0, description: "Only messages with a greater sequence." }) after: number,
    @Arg("first", () => Int, { defaultValue: 100, description: "1 to 500." }) first: number,
  ): Promise<Message[]> {
    return this.loaders.messagesOf.load({ conversationId: conversation.id, after, first: pageSize(first, 500) });
  }

  @FieldResolver(() => Message, {
    nullable: true,
    description: "The customer's message the workspace's own (EXTERNAL) assistant is to answer now, if any.",
  })
  awaitedMessage(@Root() conversation: Conversation): Promise<Message | null> | null {
    return conversation.awaitingMessageId ? this.loaders.message.load(conversation.awaitingMessageId) : null;
  }

  @FieldResolver(() => Handover, {
    nullable: true,
    description: "The open handover; when none is open, the newest, whatever became of it.",
  })
  async handover(@Root() conversation: Conversation): Promise<Handover | null> {
    return currentOf(await this.loaders.handoversOf.load(conversation.id));
  }

  @FieldResolver(() => [Handover], { description: "All handovers, the oldest first." })
  handovers(@Root() conversation: Conversation): Promise<Handover[]> {
    return this.loaders.handoversOf.load(conversation.id);
  }
}
