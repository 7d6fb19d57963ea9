import {
  Arg,
  Authorized,
  Ctx,
  Directive,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import type { DataSource } from "typeorm";
import { refuse } from "../../kit/errors";
import { isId } from "../../kit/is-id";
import type { Outbox } from "../../kit/outbox";
import type { GraphContext } from "../../kit/subgraph";
import { maySee, type Viewer } from "../../kit/viewer";
import { Brief } from "./brief.entity";
import { type Heard, heardConversation } from "./hear";
import { type SummaryFormat as Format, render, SummaryFormat } from "./render";
import { saveSummary } from "./save-summary";
import type { Summarize } from "./summarize";
import { SummarizedConversation, SummarizedHandover, Summary } from "./summary.entity";
import type { Loaders } from "./summary.loaders";
import { writeSummary } from "./write-summary";

const latestFirst = { throughSequence: "DESC", writtenAt: "DESC", version: "DESC" } as const;
const wakes = '@wakesOn(events: ["summary.written"], argument: "conversationId")';
export interface SummaryDeps {
  db: DataSource;
  outbox: Outbox;
  summarize: Summarize;
  /** How long `summarize` waits for a message it was told of and has not heard yet, in milliseconds. */
  patienceMs?: number;
}

@Resolver(() => Summary)
export class SummaryResolver {
  /** Per conversation: the summary being written for somebody who asked. */
  private readonly running = new Map<string, Promise<Summary>>();

  constructor(
    private readonly deps: SummaryDeps,
    private readonly loaders: Loaders,
  ) {}

  @FieldResolver(() => String, {
    description: "The summary in a format, in its language: at most 4 kB and 120 words.",
  })
  rendered(
    @Root() summary: Summary,
    @Arg("format", () => SummaryFormat, { defaultValue: SummaryFormat.PLAIN }) format: Format,
  ): string {
    return render({ ...summary, writtenAt: summary.writtenAt.toISOString() }, format);
  }

  @FieldResolver(() => Summary, {
    nullable: true,
    description: "The version before, as it was until the customer corrected it or struck a message out.",
  })
  async previous(@Root() { replaces }: Summary, @Ctx() context: GraphContext): Promise<Summary | null> {
    return replaces ? seen(context.viewer, this.loaders.byId.load(replaces)) : null;
  }

  @Query(() => Summary, {
    nullable: true,
    description: "The latest summary of a conversation; null when there is none yet.",
  })
  @Authorized("CUSTOMER", "AGENT", "SERVICE")
  async summary(
    @Arg("conversationId", () => ID) conversationId: string,
    @Ctx() { viewer }: GraphContext,
  ): Promise<Summary | null> {
    return seen(viewer, this.latest(conversationId));
  }

  @Directive(wakes)
  @Subscription(() => Summary, {
    name: "summary",
    topics: "summary",
    nullable: true,
    description: "The latest summary of a conversation, live.",
  })
  summaryLive(@Arg("conversationId", () => ID) _conversationId: string): Summary | null {
    throw refuse("BAD_INPUT", "Subscribe at the gateway; a subgraph holds no socket.");
  }

  @Mutation(() => Summary, {
    description:
      "Summarises a conversation now. Answers with the summary there is when no message arrived since it was written.",
  })
  @Authorized("CUSTOMER", "AGENT", "SERVICE")
  async summarize(
    @Arg("conversationId", () => ID) conversationId: string,
    @Arg("throughSequence", () => Int, {
      nullable: true,
      description: "Sequence of a message that must be in it, such as the one just posted; waits a moment for it.",
    })
    throughSequence: number | null,
    @Ctx() { viewer }: GraphContext,
  ): Promise<Summary> {
    const id = conversationId.toLowerCase();
    const heard = await this.heardBy(viewer, id, throughSequence ?? 0);
    const latest = await this.latest(id);
    if (latest && latest.throughSequence >= heard.through) return latest;
    const key = `${id} ${heard.through}`;
    const running = this.running.get(key) ?? this.write(heard).finally(() => this.running.delete(key));
    this.running.set(key, running);
    return running;
  }

  private async write(heard: Heard): Promise<Summary> {
    const { db, outbox, summarize } = this.deps;
    const { workspaceId, conversation } = heard;
    const summary = await writeSummary({ db: db.manager, summarize }, heard);
    await outbox.transaction((tx, say) =>
      saveSummary(tx, say, { workspaceId, conversation, handoverId: null, summary }),
    );
    return db.getRepository(Summary).findOneByOrFail({ id: summary.id });
  }

  private latest(conversationId: string): Promise<Summary | null> {
    if (!isId(conversationId)) return Promise.resolve(null);
    return this.deps.db.getRepository(Summary).findOne({ where: { conversationId }, order: latestFirst });
  }

  /** What was heard of the conversation; a customer's own one exists, so its news are awaited for a moment. */
  private async heardBy(viewer: Viewer, conversationId: string, sequence: number): Promise<Heard> {
    const own = viewer.role === "CUSTOMER" && viewer.conversationId === conversationId;
    const until = Date.now() + (this.deps.patienceMs ?? 2000);
    for (;;) {
      const heard = isId(conversationId) ? await heardConversation(this.deps.db, conversationId) : null;
      const visible = heard && maySee(viewer, { workspaceId: heard.workspaceId, conversationId }) ? heard : null;
      if (visible && visible.through >= sequence) return visible;
      const worthWaiting = visible ? sequence > 0 : own;
      if (!worthWaiting || Date.now() >= until) {
        if (visible) return visible;
        throw refuse("NOT_FOUND", `No conversation ${conversationId} in your reach.`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

@Resolver(() => SummarizedConversation)
export class SummarizedConversationResolver {
  constructor(private readonly loaders: Loaders) {}

  @FieldResolver(() => Summary, {
    nullable: true,
    description: "The latest summary, whether of a handover or on demand.",
  })
  async summary(@Root() { id }: SummarizedConversation, @Ctx() context: GraphContext): Promise<Summary | null> {
    return seen(context.viewer, this.loaders.byConversation.load(id));
  }

  @FieldResolver(() => Brief, {
    nullable: true,
    description: "What the last person did here, for whichever assistant answers next; null for customers.",
  })
  async brief(@Root() { id }: SummarizedConversation, @Ctx() context: GraphContext): Promise<Brief | null> {
    return forStaff(context.viewer, this.loaders.briefOfConversation.load(id));
  }
}

@Resolver(() => SummarizedHandover)
export class SummarizedHandoverResolver {
  constructor(private readonly loaders: Loaders) {}

  @FieldResolver(() => Summary, {
    nullable: true,
    description: "The summary that went over; null until it is written.",
  })
  async summary(@Root() { id }: SummarizedHandover, @Ctx() context: GraphContext): Promise<Summary | null> {
    return seen(context.viewer, this.loaders.byHandover.load(id));
  }

  @FieldResolver(() => Brief, {
    nullable: true,
    description: "What the person did, once the assistant has the conversation again; null for customers.",
  })
  async brief(@Root() { id }: SummarizedHandover, @Ctx() context: GraphContext): Promise<Brief | null> {
    return forStaff(context.viewer, this.loaders.briefOfHandover.load(id));
  }
}

/** A brief holds what an agent wrote for the assistant alone. */
async function forStaff(viewer: Viewer, found: Promise<Brief | null>): Promise<Brief | null> {
  const brief = viewer.role === "AGENT" || viewer.role === "SERVICE" ? await found : null;
  return brief && maySee(viewer, brief) ? brief : null;
}

/** The summary if it is in the viewer's reach, else null. */
export async function seen(viewer: Viewer, found: Promise<Summary | null>): Promise<Summary | null> {
  const summary = await found;
  return summary && maySee(viewer, summary) ? summary : null;
}
