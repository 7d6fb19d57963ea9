import { Authorized, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { isId } from "../../kit/is-id";
import type { GraphContext } from "../../kit/subgraph";
import { maySee } from "../../kit/viewer";
import { AssessedMessage, Assessment, TaggedConversation } from "./assessment.entity";
import type { Loaders } from "./assessment.loaders";
import { Tag } from "./tag.entity";

@Resolver(() => AssessedMessage)
export class AssessedMessageResolver {
  constructor(private readonly loaders: Loaders) {}

  @Authorized("AGENT", "SERVICE")
  @FieldResolver(() => Assessment, {
    nullable: true,
    description:
      "Policy's reading of this customer message; null for other messages, and for those said while a person had control.",
  })
  async assessment(@Root() { id }: AssessedMessage, @Ctx() context: GraphContext): Promise<Assessment | null> {
    const found = await this.visible(id, context);
    return found.find(({ answerId }) => answerId === null) ?? null;
  }

  @Authorized("AGENT", "SERVICE")
  @FieldResolver(() => Assessment, {
    nullable: true,
    description: "Policy's reading of the latest answer drafted to this customer message, before the customer read it.",
  })
  async answerAssessment(@Root() { id }: AssessedMessage, @Ctx() context: GraphContext): Promise<Assessment | null> {
    const found = await this.visible(id, context);
    return found.find(({ answerId }) => answerId !== null) ?? null;
  }

  private async visible(id: string, context: GraphContext): Promise<Assessment[]> {
    const found = await this.loaders.ofMessage.load(id);
    return found.filter((assessment) => maySee(context.viewer, assessment));
  }
}

@Resolver(() => TaggedConversation)
export class TaggedConversationResolver {
  constructor(private readonly loaders: Loaders) {}

  @Authorized("AGENT", "SERVICE")
  @FieldResolver(() => [Tag], { nullable: true, description: "The topics seen in this conversation, oldest first." })
  async tags(@Root() { id }: TaggedConversation, @Ctx() context: GraphContext): Promise<Tag[]> {
    if (!isId(id)) return [];
    const found = await this.loaders.tagsOfConversation.load(id);
    return found.filter((link) => maySee(context.viewer, link)).map(({ tag }) => tag);
  }
}
