import { randomUUID } from "node:crypto";
import { Arg, Authorized, Ctx, Field, ID, InputType, Int, Mutation, Query, Resolver } from "type-graphql";
import { type DataSource, type EntityManager, LessThan } from "typeorm";
import type { Clock } from "../../kit/clock";
import { refuse } from "../../kit/errors";
import { isId } from "../../kit/is-id";
import type { GraphContext } from "../../kit/subgraph";
import { workspaceOf } from "../../kit/viewer";
import { ChannelPolicyChange, given } from "./channel-policy";
import { longestRule, mostRules, nameOf, textWithin } from "./input";
import { findDraft, findVersion } from "./policy-asked";
import { mergeDraft, type PolicyContent } from "./policy-content";
import { lockPolicy, type Publication, publish, publishedPolicy } from "./policy-version";
import { PolicyDraft, type PolicyRule, PolicyVersion } from "./policy-version.entity";
import { DraftOutdated, PublishResult, RollbackResult, ScenariosFailed, ScenariosTooLong } from "./publish-results";
import { runScenarios } from "./run-scenarios";
import type { ScenarioResult } from "./scenario.entity";

const mostDrafts = 50;

@InputType({ description: "A rule of a draft: a new one, or one that changes." })
class DraftRuleInput {
  @Field(() => ID, { nullable: true, description: "Left out: a new rule." })
  id?: string | null;

  @Field(() => String, { nullable: true, description: "1 to 1,000 characters; needed for a new rule." })
  text?: string | null;

  @Field(() => Boolean, { nullable: true, description: "A new rule is on unless this says otherwise." })
  enabled?: boolean | null;
}

@InputType({ description: "What changes in a draft; what is left out stays as it is." })
class PolicyDraftChange {
  @Field(() => String, { nullable: true, description: "1 to 120 characters." })
  name?: string | null;

  @Field(() => [DraftRuleInput], { nullable: true, description: "Rules to add or to change; the others stay." })
  rules?: DraftRuleInput[] | null;

  @Field(() => [ID], { nullable: true, description: "Rules to take out." })
  removeRules?: string[] | null;

  @Field(() => ChannelPolicyChange, { nullable: true })
  chat?: ChannelPolicyChange | null;

  @Field(() => ChannelPolicyChange, { nullable: true })
  ticket?: ChannelPolicyChange | null;
}

const forceIs = "Publish even if scenarios fail or cannot all be played; the version will say so.";

/** Rules and settings: drafted, published, and brought back. */
@Resolver()
export class PolicyDraftResolver {
  constructor(private readonly deps: { db: DataSource; clock: Clock; playWithinMs: number }) {}

  @Authorized("AGENT", "SERVICE")
  @Query(() => [PolicyVersion], { description: "Every version of the workspace's policy, the one in force first." })
  policyVersions(
    @Ctx() { viewer }: GraphContext,
    @Arg("first", () => Int, { defaultValue: 20, description: "1 to 100." }) first: number,
    @Arg("before", () => Int, { nullable: true, description: "Only older ones than this number." }) before?: number,
  ): Promise<PolicyVersion[]> {
    return this.deps.db.getRepository(PolicyVersion).find({
      where: { workspaceId: workspaceOf(viewer), ...(before == null ? {} : { number: LessThan(before) }) },
      order: { number: "DESC" },
      take: Math.max(1, Math.min(first, 100)),
    });
  }

  @Authorized("AGENT", "SERVICE")
  @Query(() => [PolicyDraft], { description: "The workspace's drafts, the one changed last first." })
  policyDrafts(@Ctx() { viewer }: GraphContext): Promise<PolicyDraft[]> {
    return this.deps.db.getRepository(PolicyDraft).find({
      where: { workspaceId: workspaceOf(viewer) },
      order: { updatedAt: "DESC", id: "ASC" },
    });
  }

  @Authorized("AGENT", "SERVICE")
  @Query(() => PolicyDraft, { nullable: true, description: "One draft; null when there is none of this id." })
  async policyDraft(@Arg("id", () => ID) id: string, @Ctx() { viewer }: GraphContext): Promise<PolicyDraft | null> {
    return isId(id) ? this.deps.db.manager.findOneBy(PolicyDraft, { id, workspaceId: workspaceOf(viewer) }) : null;
  }

  @Authorized("SERVICE")
  @Mutation(() => PolicyDraft, {
    description: "A new draft that says what is in force now. At most 50 per workspace.",
  })
  async createPolicyDraft(
    @Arg("name", () => String, { description: "1 to 120 characters." }) name: string,
    @Ctx() { viewer }: GraphContext,
  ): Promise<PolicyDraft> {
    const workspaceId = workspaceOf(viewer);
    const kept = textWithin("name", name, 1, 120);
    const now = this.deps.clock.now();
    return this.deps.db.transaction(async (tx) => {
      await lockPolicy(tx, workspaceId);
      if ((await tx.countBy(PolicyDraft, { workspaceId })) >= mostDrafts)
        throw refuse("BAD_INPUT", `A workspace has at most ${mostDrafts} drafts; discard one first.`);
      const { number: base, rules, settings } = await publishedPolicy(tx, workspaceId);
      const draft = { id: randomUUID(), workspaceId, name: kept, base, rules: rules as PolicyRule[], settings };
      return tx.save(tx.create(PolicyDraft, { ...draft, createdAt: now, updatedAt: now, updatedBy: nameOf(viewer) }));
    });
  }

  @Authorized("SERVICE")
  @Mutation(() => PolicyDraft, { description: "Changes a draft. Nothing of it holds before it is published." })
  async changePolicyDraft(
    @Arg("id", () => ID) id: string,
    @Arg("input", () => PolicyDraftChange) input: PolicyDraftChange,
    @Ctx() { viewer }: GraphContext,
  ): Promise<PolicyDraft> {
    return this.change(id, viewer, async (draft, tx) => {
      const published = await publishedPolicy(tx, draft.workspaceId);
      if (input.name != null) draft.name = textWithin("name", input.name, 1, 120);
      draft.rules = changedRules(draft.rules, input, published) as PolicyRule[];
      draft.settings = {
        CHAT: { ...draft.settings.CHAT, ...given(input.chat) },
        TICKET: { ...draft.settings.TICKET, ...given(input.ticket) },
      };
    });
  }

  @Authorized("SERVICE")
  @Mutation(() => PolicyDraft, {
    description: "Brings a draft up to date: what it changed stays, everything else becomes what is in force now.",
  })
  async refreshPolicyDraft(@Arg("id", () => ID) id: string, @Ctx() { viewer }: GraphContext): Promise<PolicyDraft> {
    return this.change(id, viewer, async (draft, tx) => {
      const { number, ...current } = await publishedPolicy(tx, draft.workspaceId);
      const nothing: PolicyContent = { rules: [], settings: {} };
      const base = draft.base === 0 ? nothing : await findVersion(tx, draft.workspaceId, draft.base);
      Object.assign(draft, mergeDraft(base, draft, current), { base: number });
    });
  }

  @Authorized("SERVICE")
  @Mutation(() => ID, { description: "Throws a draft away and answers with its id." })
  async discardPolicyDraft(@Arg("id", () => ID) id: string, @Ctx() { viewer }: GraphContext): Promise<string> {
    const { manager } = this.deps.db;
    await manager.remove(await findDraft(manager, workspaceOf(viewer), id));
    return id;
  }

  @Authorized("SERVICE")
  @Mutation(() => PublishResult, {
    description: "Makes a draft the policy in force from the next message on. The draft is gone then.",
  })
  async publishPolicyDraft(
    @Arg("id", () => ID) id: string,
    @Arg("note", () => String, { defaultValue: "", description: "Why; at most 500 characters." }) note: string,
    @Arg("force", () => Boolean, { defaultValue: false, description: forceIs }) force: boolean,
    @Ctx() { viewer }: GraphContext,
  ): Promise<PolicyVersion | ScenariosFailed | ScenariosTooLong | DraftOutdated> {
    const publication = { ...this.publication(viewer, note), origin: "DRAFT" as const };
    return this.deps.db.transaction(async (tx) => {
      await lockPolicy(tx, publication.workspaceId);
      const draft = await findDraft(tx, publication.workspaceId, id, true);
      const { number } = await publishedPolicy(tx, publication.workspaceId);
      if (number !== draft.base)
        return Object.assign(new DraftOutdated(), {
          message: `Version ${number} was published after this draft was made from version ${draft.base}: bring the draft up to date with refreshPolicyDraft.`,
          current: await findVersion(tx, publication.workspaceId, number),
        });
      const published = await this.publishUnlessFailing(tx, draft, publication, force);
      if (published instanceof PolicyVersion) await tx.remove(draft);
      return published;
    });
  }

  @Authorized("SERVICE")
  @Mutation(() => RollbackResult, {
    description: "Brings back what an older version said, as a new version: history only grows.",
  })
  async rollbackPolicy(
    @Arg("version", () => Int) version: number,
    @Arg("note", () => String, { defaultValue: "", description: "Why; at most 500 characters." }) note: string,
    @Arg("force", () => Boolean, { defaultValue: false, description: forceIs }) force: boolean,
    @Ctx() { viewer }: GraphContext,
  ): Promise<PolicyVersion | ScenariosFailed | ScenariosTooLong> {
    const publication = { ...this.publication(viewer, note), origin: "ROLLBACK" as const, restores: version };
    return this.deps.db.transaction(async (tx) => {
      await lockPolicy(tx, publication.workspaceId);
      const wanted = await findVersion(tx, publication.workspaceId, version);
      return this.publishUnlessFailing(tx, wanted, publication, force);
    });
  }

  private async publishUnlessFailing(
    tx: EntityManager,
    content: PolicyContent,
    publication: Publication,
    force: boolean,
  ): Promise<PolicyVersion | ScenariosFailed | ScenariosTooLong> {
    const { workspaceId } = publication;
    const asked = { workspaceId, policy: content, withinMs: this.deps.playWithinMs };
    const { results, left } = await runScenarios(tx, asked);
    const failed = results.filter(({ passed }) => !passed);
    if (left > 0 && !force)
      return Object.assign(new ScenariosTooLong(), {
        message: `Only ${results.length} of ${results.length + left} scenarios could be played in the time there is. Nothing was published: delete some, or shorten them, or publish with \`force: true\`.`,
        played: results.length,
        failed,
      });
    if (failed.length > 0 && !force)
      return Object.assign(new ScenariosFailed(), {
        message: `${failed.length} of ${results.length} scenarios would not go as expected, ${namesOf(failed)}. Nothing was published: \`failed\` tells what was decided. Mend the policy or the scenarios, or publish with \`force: true\`.`,
        failed,
      });
    return publish(tx, content, { ...publication, forced: failed.length > 0 || left > 0 });
  }

  private publication(viewer: GraphContext["viewer"], note: string) {
    const kept = textWithin("note", note, 0, 500);
    return { workspaceId: workspaceOf(viewer), by: nameOf(viewer), at: this.deps.clock.now(), note: kept };
  }

  private change(
    id: string,
    viewer: GraphContext["viewer"],
    apply: (draft: PolicyDraft, tx: EntityManager) => Promise<void>,
  ): Promise<PolicyDraft> {
    return this.deps.db.transaction(async (tx) => {
      const draft = await findDraft(tx, workspaceOf(viewer), id, true);
      await apply(draft, tx);
      return tx.save(Object.assign(draft, { updatedAt: this.deps.clock.now(), updatedBy: nameOf(viewer) }));
    });
  }
}

/** The first scenarios by name: whoever asks for the message alone must know where to look. */
function namesOf(failed: ScenarioResult[]): string {
  const names = failed.slice(0, 3).map(({ scenario }) => `"${scenario.name}"`);
  return `${names.join(", ")}${failed.length > names.length ? " among them" : ""}`;
}

/** The draft's rules after a change; versions are the ones they would get if published now. */
function changedRules(rules: PolicyRule[], change: PolicyDraftChange, published: PolicyContent): PolicyRule[] {
  const removed = new Set(change.removeRules ?? []);
  for (const id of removed)
    if (!rules.some((rule) => rule.id === id)) throw refuse("NOT_FOUND", `No rule ${id} in this draft.`);
  const kept = rules.filter((rule) => !removed.has(rule.id));
  for (const { id, text, enabled } of change.rules ?? []) {
    const wording = text == null ? null : textWithin("text", text, 1, longestRule);
    const at = id == null ? kept.length : kept.findIndex((rule) => rule.id === id);
    if (at < 0) throw refuse("NOT_FOUND", `No rule ${id} in this draft.`);
    const before = kept[at];
    const said = wording ?? before?.text;
    if (said === undefined) throw refuse("BAD_INPUT", "A new rule needs a `text`.");
    const now = published.rules.find((rule) => rule.id === before?.id);
    const version = now ? now.version + (now.text === said ? 0 : 1) : 1;
    kept[at] = { id: before?.id ?? randomUUID(), text: said, enabled: enabled ?? before?.enabled ?? true, version };
  }
  if (kept.length > mostRules) throw refuse("BAD_INPUT", `A workspace has at most ${mostRules} guidance rules.`);
  return kept;
}
