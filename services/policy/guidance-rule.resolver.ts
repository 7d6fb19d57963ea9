import { randomUUID } from "node:crypto";
import { Arg, Authorized, Ctx, Field, ID, InputType, Mutation, Query, Resolver } from "type-graphql";
import { type DataSource, IsNull } from "typeorm";
import type { Clock } from "../../kit/clock";
import { refuse } from "../../kit/errors";
import { isId } from "../../kit/is-id";
import type { GraphContext } from "../../kit/subgraph";
import { workspaceOf } from "../../kit/viewer";
import { GuidanceRule } from "./guidance-rule.entity";
import { longestRule, mostRules, nameOf, textWithin } from "./input";
import { lockPolicy, recordVersion } from "./policy-version";

@InputType({ description: "A new guidance rule." })
class GuidanceRuleInput {
  @Field(() => String, {
    description:
      'One instruction, 1 to 1,000 characters: "If the customer wants to sell to us, hand over to a person".',
  })
  text!: string;

  @Field(() => Boolean, { defaultValue: true })
  enabled!: boolean;
}

@InputType({ description: "What changes in a rule; what is left out stays as it is." })
class GuidanceRuleChange {
  @Field(() => String, { nullable: true })
  text?: string | null;

  @Field(() => Boolean, { nullable: true })
  enabled?: boolean | null;
}

@Resolver(() => GuidanceRule)
export class GuidanceRuleResolver {
  constructor(private readonly deps: { db: DataSource; clock: Clock }) {}

  @Authorized("AGENT", "SERVICE")
  @Query(() => [GuidanceRule], { description: "The workspace's rules, oldest first, those that are off included." })
  guidanceRules(@Ctx() { viewer }: GraphContext): Promise<GuidanceRule[]> {
    return this.deps.db.getRepository(GuidanceRule).find({
      where: { workspaceId: workspaceOf(viewer), deletedAt: IsNull() },
      order: { createdAt: "ASC", id: "ASC" },
    });
  }

  @Authorized("SERVICE")
  @Mutation(() => GuidanceRule, {
    description: "Adds a rule; it holds for the next message. At most 200 per workspace.",
  })
  async createGuidanceRule(
    @Arg("input", () => GuidanceRuleInput) input: GuidanceRuleInput,
    @Ctx() { viewer }: GraphContext,
  ): Promise<GuidanceRule> {
    const workspaceId = workspaceOf(viewer);
    const text = textWithin("text", input.text, 1, longestRule);
    const now = this.deps.clock.now();
    return this.deps.db.transaction(async (tx) => {
      await lockPolicy(tx, workspaceId);
      if ((await tx.countBy(GuidanceRule, { workspaceId, deletedAt: IsNull() })) >= mostRules)
        throw refuse("BAD_INPUT", `A workspace has at most ${mostRules} guidance rules; delete one first.`);
      const rule = await tx.save(
        tx.create(GuidanceRule, {
          id: randomUUID(),
          workspaceId,
          text,
          enabled: input.enabled,
          version: 1,
          createdAt: now,
          updatedAt: now,
          updatedBy: nameOf(viewer),
          deletedAt: null,
        }),
      );
      await recordVersion(tx, { workspaceId, by: nameOf(viewer), at: now, origin: "EDIT" });
      return rule;
    });
  }

  @Authorized("SERVICE")
  @Mutation(() => GuidanceRule, { description: "Changes a rule. A new text is a new version." })
  async updateGuidanceRule(
    @Arg("id", () => ID) id: string,
    @Arg("input", () => GuidanceRuleChange) input: GuidanceRuleChange,
    @Ctx() { viewer }: GraphContext,
  ): Promise<GuidanceRule> {
    return this.change(id, viewer, (rule) => {
      const text = input.text == null ? rule.text : textWithin("text", input.text, 1, longestRule);
      if (text !== rule.text) rule.version += 1;
      rule.text = text;
      rule.enabled = input.enabled ?? rule.enabled;
    });
  }

  @Authorized("SERVICE")
  @Mutation(() => ID, { description: "Deletes a rule and answers with its id. Past assessments keep its text." })
  async deleteGuidanceRule(@Arg("id", () => ID) id: string, @Ctx() { viewer }: GraphContext): Promise<string> {
    await this.change(id, viewer, (rule) => {
      rule.deletedAt = this.deps.clock.now();
    });
    return id;
  }

  private change(id: string, viewer: GraphContext["viewer"], apply: (rule: GuidanceRule) => void) {
    const workspaceId = workspaceOf(viewer);
    const now = this.deps.clock.now();
    return this.deps.db.transaction(async (tx) => {
      await lockPolicy(tx, workspaceId);
      const found = isId(id)
        ? await tx.findOne(GuidanceRule, {
            where: { id, workspaceId, deletedAt: IsNull() },
            lock: { mode: "pessimistic_write" },
          })
        : null;
      if (!found) throw refuse("NOT_FOUND", `No guidance rule ${id} in your workspace.`);
      apply(found);
      found.updatedAt = now;
      found.updatedBy = nameOf(viewer);
      await tx.save(found);
      await recordVersion(tx, { workspaceId, by: nameOf(viewer), at: now, origin: "EDIT" });
      return found;
    });
  }
}
