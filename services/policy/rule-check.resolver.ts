import {
  Arg,
  Authorized,
  Ctx,
  Field,
  Float,
  ID,
  Int,
  ObjectType,
  Query,
  Resolver,
  registerEnumType,
} from "type-graphql";
import { type DataSource, IsNull } from "typeorm";
import type { GraphContext } from "../../kit/subgraph";
import { workspaceOf } from "../../kit/viewer";
import { AssessedMessage } from "./assessment.entity";
import { checkRule, RuleProblem } from "./check-rule";
import { GuidanceRule } from "./guidance-rule.entity";
import { longestRule, textWithin } from "./input";
import type { Turn } from "./signal";

registerEnumType(RuleProblem, {
  name: "RuleProblem",
  description:
    "What can be wrong with a rule. NO_HANDOVER: it does not hand over, which is all that a rule can do. MATCHES_NEARLY_EVERYTHING: two in five messages or more. What past messages say is found from 50 of them on.",
});

@ObjectType({ simpleResolvers: true, description: "One thing that is wrong with a rule." })
class RuleFindingShown {
  @Field(() => RuleProblem)
  problem!: RuleProblem;

  @Field(() => String, { description: "What is wrong and what to do, for the rule's author." })
  message!: string;

  @Field(() => GuidanceRule, { nullable: true, description: "The other rule of a contradiction or a duplicate." })
  other!: GuidanceRule | null;
}

@ObjectType({ simpleResolvers: true, description: "A past message that a rule would match." })
class RuleExample {
  @Field(() => AssessedMessage)
  message!: AssessedMessage;

  @Field(() => String)
  text!: string;

  @Field(() => Float)
  score!: number;
}

@ObjectType({ simpleResolvers: true, description: "A rule, looked at before it is saved." })
class RuleCheck {
  @Field(() => Boolean, { description: "Nothing was found." })
  ok!: boolean;

  @Field(() => [RuleFindingShown])
  findings!: RuleFindingShown[];

  @Field(() => Int, {
    description:
      "Past messages of customers looked at: the latest, at most 2,000, and as many as can be read in five seconds.",
  })
  messages!: number;

  @Field(() => Int, { description: "How many of them the rule would match." })
  matched!: number;

  @Field(() => [RuleExample], { description: "Up to five of them, the surest first." })
  examples!: RuleExample[];
}

const mostMessages = 2_000;

/** Tells what is wrong with a rule before it is saved. */
@Resolver()
export class RuleCheckResolver {
  constructor(private readonly deps: { db: DataSource }) {}

  @Authorized("AGENT", "SERVICE")
  @Query(() => RuleCheck, {
    description:
      "What is wrong with a rule: its wording, the other published rules beside it, and what it would have matched. Nothing is saved.",
  })
  async checkRule(
    @Arg("text", () => String) text: string,
    @Arg("ruleId", () => ID, { nullable: true, description: "The rule it would replace: it is no duplicate of that." })
    ruleId: string | null,
    @Ctx() { viewer }: GraphContext,
  ): Promise<RuleCheck> {
    const { db } = this.deps;
    const workspaceId = workspaceOf(viewer);
    const wording = textWithin("text", text, 1, longestRule);
    const others = await db.manager.find(GuidanceRule, {
      where: { workspaceId, enabled: true, deletedAt: IsNull() },
      order: { createdAt: "ASC", id: "ASC" },
    });
    const past: Turn[] = await db.query(
      `select m.id, m.sequence, 'CUSTOMER' as author, m.facts->>'text' as text, null as answered, null as "inReplyTo"
       from assessment a join heard_message m on m.id = a.message_id
       where a.workspace_id = $1 and a.answer_id is null order by a.assessed_at desc limit ${mostMessages}`,
      [workspaceId],
    );
    const found = await checkRule(
      wording,
      others.filter(({ id }) => id !== ruleId),
      past,
    );
    return {
      ok: found.findings.length === 0,
      findings: found.findings.map((finding) => ({
        ...finding,
        other: others.find(({ id }) => id === finding.other?.id) ?? null,
      })),
      messages: found.messages,
      matched: found.matched,
      examples: found.examples.map(({ messageId, ...example }) => ({ ...example, message: { id: messageId } })),
    };
  }
}
