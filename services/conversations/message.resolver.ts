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
import { Conversation } from "./conversation.entity";
import type { Deps } from "./deps";
import type { Loaders } from "./loaders";
import { Message } from "./message.entity";
import { pageSize } from "./page-size";
import { conversationInReach, noSuchConversation } from "./reach";

@Resolver(() => Message)
export class MessageResolver {
  constructor(
    private readonly deps: Deps,
    private readonly loaders: Loaders,
  ) {}

  @Authorized()
  @Query(() => [Message], { description: "A conversation's messages in order, from a position on." })
  async messages(
    @Ctx() { viewer }: GraphContext,
    @Arg("conversationId", () => ID) conversationId: string,
    @Arg("after", () => Int, { defaultValue: 0, description: "Only messages with a greater sequence." }) after: number,
    @Arg("first", () => Int, { defaultValue: 100, description: "1 to 500." }) first: number,
  ): Promise<Message[]> {
    const conversation = await conversationInReach(this.deps, viewer, conversationId);
    if (!conversation) throw noSuchConversation();
    return this.loaders.messagesOf.load({ conversationId: conversation.id, after, first: pageSize(first, 500) });
  }

  @Directive('@wakesOn(events: ["message.posted"], argument: "conversationId", cursor: "after", position: "sequence")')
  @Authorized()
  @Subscription(() => [Message], {
    name: "messages",
    topics: "declared",
    description:
      "A stream: what was posted after `after`, then every new message as it is posted. Go on after the greatest sequence seen.",
  })
  messagesLive(
    @Ctx() { viewer }: GraphContext,
    @Arg("conversationId", () => ID) conversationId: string,
    @Arg("after", () => Int, { defaultValue: 0, description: "Only messages with a greater sequence." }) after: number,
    @Arg("first", () => Int, { defaultValue: 100, description: "1 to 500." }) first: number,
  ): Promise<Message[]> {
    return this.messages({ viewer }, conversationId, after, first);
  }

  @FieldResolver(() => Conversation)
  conversation(@Root() message: Message): Promise<Conversation | null> {
    return this.loaders.conversation.load(message.conversationId);
  }

  @FieldResolver(() => Message, {
    nullable: true,
    description: "The customer's message an assistant's message answers.",
  })
  inReplyTo(@Root() message: Message): Promise<Message | null> | null {
    return message.inReplyTo ? this.loaders.message.load(message.inReplyTo) : null;
  }
}
