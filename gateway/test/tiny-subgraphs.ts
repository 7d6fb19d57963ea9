import "reflect-metadata";
import { randomUUID } from "node:crypto";
import {
  Arg,
  Authorized,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  GraphQLISODateTime,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import { refuse } from "../../kit/errors";
import { buildSubgraph, type GraphContext, type Subgraph } from "../../kit/subgraph";
import { maySee } from "../../kit/viewer";

@Directive('@key(fields: "id")')
@ObjectType("Message", { simpleResolvers: true })
class Message {
  @Field(() => ID) id!: string;
  @Field(() => Int) sequence!: number;
  @Field(() => String) text!: string;
}

@Directive('@key(fields: "id")')
@ObjectType("Conversation")
class Conversation {
  @Field(() => ID) id!: string;
  @Field(() => String) title!: string;
  workspaceId!: string;
}

@Directive('@key(fields: "id")')
@ObjectType("Message")
class AssessedMessage {
  @Field(() => ID) id!: string;
}

/** What the two subgraphs of the tests show; a test changes it by hand. */
export interface TinyWorld {
  conversations: Map<string, Conversation>;
  messages: Map<string, Message[]>;
  /** Reads of the store, by field. */
  reads: Record<string, number>;
  /** Set by a test to hold every read of a conversation. */
  gate: Promise<void> | null;
  open(workspaceId: string, title?: string): string;
  say(conversationId: string, text: string): Message;
}

export function createTinyWorld(): TinyWorld {
  const world: TinyWorld = {
    conversations: new Map(),
    messages: new Map(),
    reads: {},
    gate: null,
    open(workspaceId, title = "new") {
      const id = randomUUID();
      world.conversations.set(id, { id, workspaceId, title });
      world.messages.set(id, []);
      return id;
    },
    say(conversationId, text) {
      const list = world.messages.get(conversationId) ?? [];
      const message = { id: randomUUID(), sequence: list.length + 1, text };
      list.push(message);
      return message;
    },
  };
  return world;
}

export async function tinyConversations(world: TinyWorld): Promise<Subgraph> {
  const count = (field: string) => {
    world.reads[field] = (world.reads[field] ?? 0) + 1;
  };
  const find = (asked: string, { viewer }: GraphContext): Conversation | null => {
    const id = asked.toLowerCase();
    const found = world.conversations.get(id);
    return found && maySee(viewer, { workspaceId: found.workspaceId, conversationId: id }) ? found : null;
  };

  @Resolver(() => Conversation)
  class ConversationsResolver {
    @Query(() => Conversation, { nullable: true })
    async conversation(@Arg("id", () => ID) id: string, @Ctx() context: GraphContext): Promise<Conversation | null> {
      count("conversation");
      await world.gate;
      const found = find(id, context);
      return found ? { ...found } : null;
    }

    @Query(() => [Message])
    messages(
      @Arg("conversationId", () => ID) conversationId: string,
      @Arg("after", () => Int, { defaultValue: 0 }) after: number,
      @Arg("first", () => Int, { defaultValue: 20 }) first: number,
      @Ctx() context: GraphContext,
    ): Message[] {
      count("messages");
      if (!find(conversationId, context)) throw refuse("NOT_FOUND", "There is no such conversation.");
      return (world.messages.get(conversationId.toLowerCase()) ?? [])
        .filter(({ sequence }) => sequence > after)
        .slice(0, first);
    }

    @Authorized("AGENT", "SERVICE")
    @Query(() => [Conversation])
    queue(@Ctx() { viewer }: GraphContext): Conversation[] {
      return [...world.conversations.values()].filter(
        ({ workspaceId }) => "workspaceId" in viewer && workspaceId === viewer.workspaceId,
      );
    }

    @Query(() => String)
    whoAmI(@Ctx() { viewer }: GraphContext): string {
      return JSON.stringify(viewer);
    }

    @Query(() => String)
    on(@Arg("day", () => GraphQLISODateTime) day: Date): string {
      return day.toISOString();
    }

    @Mutation(() => Message)
    post(@Arg("conversationId", () => ID) conversationId: string, @Arg("text", () => String) text: string): Message {
      return world.say(conversationId, text);
    }

    @Directive('@wakesOn(events: ["control.changed", "message.posted"], argument: "id")')
    @Subscription(() => Conversation, { nullable: true, topics: "declared", name: "conversation" })
    conversationLive(@Arg("id", () => ID) _id: string): Conversation | null {
      return null;
    }

    @Directive(
      '@wakesOn(events: ["message.posted"], argument: "conversationId", cursor: "after", position: "sequence")',
    )
    @Subscription(() => [Message], { topics: "declared", name: "messages" })
    messagesLive(
      @Arg("conversationId", () => ID) _conversationId: string,
      @Arg("after", () => Int, { defaultValue: 0 }) _after: number,
      @Arg("first", () => Int, { defaultValue: 20 }) _first: number,
    ): Message[] {
      return [];
    }

    @Directive('@wakesOn(events: ["control.changed"])')
    @Subscription(() => [Conversation], { topics: "declared", name: "queue" })
    queueLive(): Conversation[] {
      return [];
    }
  }

  return buildSubgraph({
    resolvers: [new ConversationsResolver()],
    references: {
      Conversation: ({ id }, context) => find(String(id), context),
      Message: ({ id }) => [...world.messages.values()].flat().find((message) => message.id === id) ?? null,
    },
  });
}

export async function tinyPolicy(): Promise<Subgraph> {
  @Resolver(() => AssessedMessage)
  class PolicyResolver {
    @FieldResolver(() => String, { nullable: true })
    assessment(@Root() { id }: AssessedMessage): string {
      return `read ${id}`;
    }

    @Query(() => String, { nullable: true })
    rules(): string {
      return "none";
    }

    @Query(() => String, { nullable: true })
    breaks(): string {
      throw new Error("password=hunter2 in table x");
    }

    @Query(() => String, { nullable: true })
    refuses(): string {
      throw refuse("CONFLICT", "Somebody was faster.", { hint: "read again" });
    }
  }
  return buildSubgraph({
    resolvers: [new PolicyResolver()],
    orphanedTypes: [AssessedMessage],
    references: { Message: ({ id }) => ({ id }) },
  });
}
