import {
  Arg,
  Authorized,
  Ctx,
  createUnionType,
  FieldResolver,
  GraphQLISODateTime,
  ID,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import type { DataSource } from "typeorm";
import type { Clock } from "../../kit/clock";
import { refuse } from "../../kit/errors";
import { isId } from "../../kit/is-id";
import type { GraphContext } from "../../kit/subgraph";
import { maySee, workspaceOf } from "../../kit/viewer";
import { Verdict } from "../../schema/words";
import type { Loaders } from "./assessment.loaders";
import { GuidanceRule } from "./guidance-rule.entity";
import { nameOf, stretchOf, textWithin } from "./input";
import { countHandovers, reportOf } from "./policy-report";
import { Refusal } from "./refusals";
import { HandoverVerdict, JudgedHandover, PolicyReport, TallyShown } from "./verdict.entity";

@ObjectType({ implements: Refusal, description: "The handover was only offered: no person was asked for." })
class NothingToJudge extends Refusal {}

const GiveVerdictResult = createUnionType({
  name: "GiveVerdictResult",
  types: () => [HandoverVerdict, NothingToJudge] as const,
});

/** What agents say of handovers afterwards, and what follows for the rules. */
@Resolver(() => JudgedHandover)
export class VerdictResolver {
  constructor(private readonly deps: { db: DataSource; clock: Clock; loaders: Loaders }) {}

  @Authorized("AGENT", "SERVICE")
  @FieldResolver(() => HandoverVerdict, { nullable: true, description: "What an agent said of it afterwards." })
  async verdict(@Root() { id }: JudgedHandover, @Ctx() context: GraphContext): Promise<HandoverVerdict | null> {
    const found = await this.deps.loaders.verdict.load(id);
    return found && maySee(context.viewer, { workspaceId: found.workspaceId, conversationId: "" }) ? found : null;
  }

  @Authorized("AGENT", "SERVICE")
  @Mutation(() => GiveVerdictResult, {
    description: "Says of a handover whether it was right. A second verdict on the same handover replaces the first.",
  })
  async giveVerdict(
    @Arg("handoverId", () => ID) handoverId: string,
    @Arg("verdict", () => Verdict) verdict: Verdict,
    @Arg("comment", () => String, { defaultValue: "", description: "At most 1,000 characters." }) comment: string,
    @Arg("missedRuleId", () => ID, {
      nullable: true,
      description: "With TOO_LATE: the guidance rule that should have matched earlier.",
    })
    missedRuleId: string | null,
    @Ctx() { viewer }: GraphContext,
  ): Promise<HandoverVerdict | NothingToJudge> {
    const { db, clock } = this.deps;
    const workspaceId = workspaceOf(viewer);
    const [handover]: { requested_at: Date | null }[] = isId(handoverId)
      ? await db.query("select requested_at from heard_handover where id = $1 and workspace_id = $2", [
          handoverId,
          workspaceId,
        ])
      : [];
    if (!handover) throw refuse("NOT_FOUND", `No handover ${handoverId} in your workspace.`);
    if (!handover.requested_at)
      return Object.assign(new NothingToJudge(), {
        message: "This handover was offered and never requested: there is nothing to judge yet.",
      });
    if (missedRuleId) {
      if (verdict !== "TOO_LATE") throw refuse("BAD_INPUT", "`missedRuleId` goes with TOO_LATE only.");
      const known = isId(missedRuleId) && (await db.manager.findOneBy(GuidanceRule, { id: missedRuleId, workspaceId }));
      if (!known) throw refuse("NOT_FOUND", `No guidance rule ${missedRuleId} in your workspace.`);
    }
    const given = db.manager.create(HandoverVerdict, {
      handoverId,
      workspaceId,
      verdict,
      comment: textWithin("comment", comment, 0, 1_000),
      missedRuleId: missedRuleId ?? null,
      givenAt: clock.now(),
      givenBy: nameOf(viewer),
    });
    // In one statement: a button that is pressed twice gives two verdicts at once.
    await db.manager.upsert(HandoverVerdict, given, ["handoverId"]);
    return given;
  }

  @Authorized("AGENT", "SERVICE")
  @Query(() => PolicyReport, {
    description: "Handovers per reason and per rule, with the false and the missed ones according to agents' verdicts.",
  })
  async policyReport(
    @Arg("since", () => GraphQLISODateTime, { nullable: true, description: "Left out: 30 days before `until`." })
    since: Date | null,
    @Arg("until", () => GraphQLISODateTime, { nullable: true, description: "Left out: now." }) until: Date | null,
    @Ctx() { viewer }: GraphContext,
  ): Promise<PolicyReport> {
    const stretch = stretchOf(since, until, this.deps.clock.now());
    const report = reportOf(await countHandovers(this.deps.db, workspaceOf(viewer), stretch.since, stretch.until));
    const shown = (tally: object) => Object.assign(new TallyShown(), tally);
    return {
      ...stretch,
      total: shown(report.total),
      byReason: [...report.byReason].map(([reason, tally]) => ({ reason, tally: shown(tally) })),
      byRule: [...report.byRule]
        .map(([id, { text, tally }]) => ({ id, text, tally: shown(tally) }))
        .sort((a, b) => b.tally.falseHandovers - a.tally.falseHandovers || b.tally.handovers - a.tally.handovers),
    };
  }
}
