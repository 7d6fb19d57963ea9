import { randomUUID } from "node:crypto";
import { Arg, Authorized, Ctx, Field, ID, InputType, Mutation, Query, Resolver } from "type-graphql";
import { type DataSource, IsNull, QueryFailedError } from "typeorm";
import type { Clock } from "../../kit/clock";
import { refuse } from "../../kit/errors";
import { isId } from "../../kit/is-id";
import type { GraphContext } from "../../kit/subgraph";
import { workspaceOf } from "../../kit/viewer";
import { mostTags, nameOf, textWithin } from "./input";
import { lockPolicy } from "./policy-version";
import { Tag } from "./tag.entity";

const mostExamples = 100;

@InputType({ description: "A new tag." })
class TagInput {
  @Field(() => String, { description: "1 to 120 characters." })
  name!: string;

  @Field(() => String, { defaultValue: "", description: "What belongs to the topic; at most 1,000 characters." })
  description!: string;

  @Field(() => Boolean, { defaultValue: false, description: "The assistant does not answer on it." })
  blocked!: boolean;

  @Field(() => [String], { defaultValue: [], description: "Messages about it: at most 100 of at most 500 characters." })
  examples!: string[];
}

@InputType({ description: "What changes in a tag; what is left out stays as it is." })
class TagChange {
  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => Boolean, { nullable: true })
  blocked?: boolean | null;

  @Field(() => [String], { nullable: true, description: "All of them: the list is replaced." })
  examples?: string[] | null;
}

@Resolver(() => Tag)
export class TagResolver {
  constructor(private readonly deps: { db: DataSource; clock: Clock }) {}

  @Authorized("AGENT", "SERVICE")
  @Query(() => [Tag], { description: "The workspace's topics, oldest first." })
  tags(@Ctx() { viewer }: GraphContext): Promise<Tag[]> {
    return this.deps.db.getRepository(Tag).find({
      where: { workspaceId: workspaceOf(viewer), deletedAt: IsNull() },
      order: { createdAt: "ASC", id: "ASC" },
    });
  }

  @Authorized("SERVICE")
  @Mutation(() => Tag, {
    description:
      "Adds a tag; it holds for the next message. CONFLICT when the name is taken. At most 500 per workspace.",
  })
  async createTag(@Arg("input", () => TagInput) input: TagInput, @Ctx() { viewer }: GraphContext): Promise<Tag> {
    const workspaceId = workspaceOf(viewer);
    const now = this.deps.clock.now();
    const tag = this.deps.db.manager.create(Tag, {
      id: randomUUID(),
      workspaceId,
      name: textWithin("name", input.name, 1, 120),
      description: textWithin("description", input.description, 0, 1_000),
      blocked: input.blocked,
      examples: examplesWithin(input.examples),
      version: 1,
      createdAt: now,
      updatedAt: now,
      updatedBy: nameOf(viewer),
      deletedAt: null,
    });
    return this.deps.db
      .transaction(async (tx) => {
        await lockPolicy(tx, workspaceId);
        if ((await tx.countBy(Tag, { workspaceId, deletedAt: IsNull() })) >= mostTags)
          throw refuse("BAD_INPUT", `A workspace has at most ${mostTags} tags; delete one first.`);
        return tx.save(tag);
      })
      .catch(unlessTaken(tag.name));
  }

  @Authorized("SERVICE")
  @Mutation(() => Tag, { description: "Changes a tag. CONFLICT when the new name is taken." })
  async updateTag(
    @Arg("id", () => ID) id: string,
    @Arg("input", () => TagChange) input: TagChange,
    @Ctx() { viewer }: GraphContext,
  ): Promise<Tag> {
    return this.change(id, viewer, (tag) => {
      tag.name = input.name == null ? tag.name : textWithin("name", input.name, 1, 120);
      tag.description =
        input.description == null ? tag.description : textWithin("description", input.description, 0, 1_000);
      tag.blocked = input.blocked ?? tag.blocked;
      tag.examples = input.examples ? examplesWithin(input.examples) : tag.examples;
      tag.version += 1;
    }).catch(unlessTaken(input.name ?? ""));
  }

  @Authorized("SERVICE")
  @Mutation(() => ID, {
    description: "Deletes a tag and answers with its id. Conversations lose it; past assessments keep its name.",
  })
  async deleteTag(@Arg("id", () => ID) id: string, @Ctx() { viewer }: GraphContext): Promise<string> {
    await this.change(id, viewer, (tag) => {
      tag.deletedAt = this.deps.clock.now();
    });
    return id;
  }

  private change(id: string, viewer: GraphContext["viewer"], apply: (tag: Tag) => void) {
    const workspaceId = workspaceOf(viewer);
    return this.deps.db.transaction(async (tx) => {
      await lockPolicy(tx, workspaceId);
      const found = isId(id)
        ? await tx.findOne(Tag, {
            where: { id, workspaceId, deletedAt: IsNull() },
            lock: { mode: "pessimistic_write" },
          })
        : null;
      if (!found) throw refuse("NOT_FOUND", `No tag ${id} in your workspace.`);
      apply(found);
      found.updatedAt = this.deps.clock.now();
      found.updatedBy = nameOf(viewer);
      return tx.save(found);
    });
  }
}

function examplesWithin(examples: string[]): string[] {
  if (examples.length > mostExamples)
    throw refuse("BAD_INPUT", `\`examples\` must have at most ${mostExamples} messages; this has ${examples.length}.`);
  return examples.map((example) => textWithin("examples", example, 1, 500));
}

function unlessTaken(name: string): (error: unknown) => never {
  return (error) => {
    const taken = error instanceof QueryFailedError && (error.driverError as { code?: string }).code === "23505";
    throw taken ? refuse("CONFLICT", `There is a tag named "${name}" already.`) : error;
  };
}
