import { randomUUID } from "node:crypto";
import {
  Arg,
  Authorized,
  Ctx,
  Directive,
  FieldResolver,
  GraphQLISODateTime,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import type { DataSource } from "typeorm";
import type { Clock } from "../../kit/clock";
import { refuse } from "../../kit/errors";
import { isId } from "../../kit/is-id";
import type { Outbox } from "../../kit/outbox";
import type { GraphContext } from "../../kit/subgraph";
import type { Sweep } from "../../kit/sweep";
import { workspaceOf } from "../../kit/viewer";
import { nameOf, stretchOf } from "./input";
import { findDraft } from "./policy-asked";
import { ReplayChange } from "./replay";
import { ChangedConversation, Replay, ReplayBaseline } from "./replay.entity";
import { progressed } from "./replay.worker";

const mostMessages = 200_000;
const mostRunning = 3;
const replayIs = "A replay and how far it is; null when there is none of this id.";

/** Drafts, run over past conversations. */
@Resolver(() => Replay)
export class ReplayResolver {
  constructor(private readonly deps: { db: DataSource; outbox: Outbox; clock: Clock; worker: Sweep }) {}

  @Authorized("AGENT", "SERVICE")
  @Query(() => Replay, { nullable: true, description: replayIs })
  async replay(@Arg("id", () => ID) id: string, @Ctx() { viewer }: GraphContext): Promise<Replay | null> {
    return isId(id) ? this.deps.db.manager.findOneBy(Replay, { id, workspaceId: workspaceOf(viewer) }) : null;
  }

  @Directive('@wakesOn(events: ["replay.progressed"], argument: "id")')
  @Subscription(() => Replay, { name: "replay", topics: "replay", nullable: true, description: replayIs })
  replayLive(@Arg("id", () => ID) _id: string): Replay | null {
    throw refuse("BAD_INPUT", "Subscribe at the gateway; a subgraph holds no socket.");
  }

  @Authorized("AGENT", "SERVICE")
  @Query(() => [Replay], { description: "The workspace's replays, the latest first, at most 50." })
  replays(@Ctx() { viewer }: GraphContext): Promise<Replay[]> {
    return this.deps.db.getRepository(Replay).find({
      where: { workspaceId: workspaceOf(viewer) },
      order: { startedAt: "DESC", id: "ASC" },
      take: 50,
    });
  }

  @Authorized("SERVICE")
  @Mutation(() => Replay, {
    description:
      "Runs a draft over past conversations and compares; answers at once, and the replay runs on. Nothing but the replay itself is written, nobody is handed over. At most three run at a time.",
  })
  async replayPolicy(
    @Arg("draftId", () => ID) draftId: string,
    @Arg("since", () => GraphQLISODateTime, { nullable: true, description: "Left out: 30 days before `until`." })
    since: Date | null,
    @Arg("until", () => GraphQLISODateTime, { nullable: true, description: "Left out: now." }) until: Date | null,
    @Arg("baseline", () => ReplayBaseline, { defaultValue: "PUBLISHED" }) baseline: ReplayBaseline,
    @Arg("most", () => Int, {
      defaultValue: 10_000,
      description: "Customers' messages to look at, the latest conversations first: 1 to 200,000.",
    })
    most: number,
    @Ctx() { viewer }: GraphContext,
  ): Promise<Replay> {
    const { db, clock, worker } = this.deps;
    const workspaceId = workspaceOf(viewer);
    if (most < 1 || most > mostMessages) throw refuse("BAD_INPUT", "`most` must be between 1 and 200,000.");
    const startedAt = clock.now();
    const stretch = stretchOf(since, until, new Date(startedAt.getTime() + 1));
    const { rules, settings, name } = await findDraft(db.manager, workspaceId, draftId);
    if ((await db.manager.countBy(Replay, { workspaceId, status: "RUNNING" })) >= mostRunning)
      throw refuse("CONFLICT", `${mostRunning} replays run already; wait for one or cancel it.`);
    const replay = await db.manager.save(
      db.manager.create(Replay, {
        ...{ id: randomUUID(), workspaceId, draftId, draftName: name, rules, settings, baseline },
        ...{ ...stretch, mostMessages: most },
        ...{ status: "RUNNING", processed: 0, total: 0, result: null, error: null },
        ...{ startedAt, startedBy: nameOf(viewer), finishedAt: null },
      }),
    );
    worker.wake();
    return replay;
  }

  @Authorized("SERVICE")
  @Mutation(() => Replay, { description: "Stops a replay that runs; one that is over stays as it is." })
  async cancelReplay(@Arg("id", () => ID) id: string, @Ctx() { viewer }: GraphContext): Promise<Replay> {
    const { db, outbox, clock } = this.deps;
    const where = { id, workspaceId: workspaceOf(viewer) };
    if (!isId(id) || !(await db.manager.existsBy(Replay, where)))
      throw refuse("NOT_FOUND", `No replay ${id} in your workspace.`);
    await outbox.transaction(async (tx, say) => {
      const stopped = await tx.update(
        Replay,
        { ...where, status: "RUNNING" },
        { status: "CANCELLED", finishedAt: clock.now() },
      );
      if (!stopped.affected) return;
      const replay = await tx.findOneByOrFail(Replay, where);
      say(progressed(replay, "CANCELLED", replay.processed, replay.total));
    });
    return db.manager.findOneByOrFail(Replay, where);
  }

  @FieldResolver(() => [ChangedConversation], {
    description: "Conversations that would go otherwise, the latest first; none before the replay is DONE.",
  })
  async changes(
    @Root() replay: Replay,
    @Arg("change", () => ReplayChange, { nullable: true, description: "Only these." }) change: ReplayChange | null,
    @Arg("first", () => Int, { defaultValue: 20, description: "1 to 200." }) first: number,
    @Arg("skip", () => Int, { defaultValue: 0 }) skip: number,
  ): Promise<ChangedConversation[]> {
    const rows: (Omit<ChangedConversation, "conversation"> & { id: string })[] = await this.deps.db.query(
      `select conversation_id as id, change, before, after from replay_change
       where replay_id = $1 and workspace_id = $2 and ($3::text is null or change = $3)
       order by position limit $4 offset $5`,
      [replay.id, replay.workspaceId, change, Math.max(1, Math.min(first, 200)), Math.max(0, skip)],
    );
    return rows.map(({ id, ...row }) => ({ ...row, conversation: { id } }));
  }
}
