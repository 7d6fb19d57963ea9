import { randomUUID } from "node:crypto";
import { Arg, Authorized, Ctx, Field, ID, InputType, Mutation, Resolver } from "type-graphql";
import type { DataSource } from "typeorm";
import type { Clock } from "../../kit/clock";
import { refuse } from "../../kit/errors";
import { isId } from "../../kit/is-id";
import { type KeptPattern, masking } from "../../kit/masking";
import type { Outbox } from "../../kit/outbox";
import type { GraphContext } from "../../kit/subgraph";
import { maySee, type Viewer } from "../../kit/viewer";
import { type Correction, corrected, correctionLimit } from "./correction";
import { type Heard, heardConversation } from "./hear";
import {
  CorrectionTooLong,
  CorrectSummaryResult,
  EmptyCorrection,
  NoSummary,
  NotTheCustomersMessage,
  StrikeFromSummaryResult,
  SummaryClosed,
} from "./refusals";
import { saveSummary } from "./save-summary";
import type { Summarize } from "./summarize";
import { headlineLimit, type SummaryFacts } from "./summary";
import { Summary } from "./summary.entity";
import { writeSummary } from "./write-summary";

@InputType({ description: "What is put right; what is left out stays as it was." })
export class SummaryCorrection {
  @Field(() => String, { nullable: true, description: "At most 90 characters." })
  headline?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What the customer wants, in their words: at most 400 characters. The headline follows it.",
  })
  wants?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The question that is open, at most 400 characters; empty when none is.",
  })
  openQuestion?: string | null;
}

export interface CorrectionDeps {
  db: DataSource;
  outbox: Outbox;
  summarize: Summarize;
  clock: Clock;
}

/** What the customer does to the summary that goes to the agent. Every version is kept. */
@Resolver()
export class CorrectionResolver {
  constructor(private readonly deps: CorrectionDeps) {}

  @Authorized("CUSTOMER", "SERVICE")
  @Mutation(() => CorrectSummaryResult, {
    description:
      "Puts the summary right in the customer's words, as a new version; the one before is kept. An agent who has it already gets the correction as an addition.",
  })
  async correctSummary(
    @Ctx() { viewer }: GraphContext,
    @Arg("conversationId", () => ID) conversationId: string,
    @Arg("correction", () => SummaryCorrection) correction: SummaryCorrection,
  ): Promise<CorrectSummaryResult> {
    const heard = await this.heardBy(viewer, conversationId);
    if (heard.conversation.control === "NONE") return new SummaryClosed();
    const checked = checkedCorrection(correction, await this.maskOf(heard));
    if (checked instanceof EmptyCorrection || checked instanceof CorrectionTooLong) return checked;
    const before = await this.current(heard);
    if (!before) return new NoSummary();
    const changed = corrected(this.next(before), checked);
    return changed.text === before.text ? before : this.keep(heard, before, changed);
  }

  @Authorized("CUSTOMER", "SERVICE")
  @Mutation(() => StrikeFromSummaryResult, {
    description:
      "Writes the summary anew without one of the customer's messages, and every later one too. The message itself stays in the conversation.",
  })
  async strikeFromSummary(
    @Ctx() { viewer }: GraphContext,
    @Arg("conversationId", () => ID) conversationId: string,
    @Arg("messageId", () => ID) messageId: string,
  ): Promise<StrikeFromSummaryResult> {
    const heard = await this.heardBy(viewer, conversationId);
    if (heard.conversation.control === "NONE") return new SummaryClosed();
    const { db, summarize, clock } = this.deps;
    const [own]: unknown[] = isId(messageId)
      ? await db.query(
          `select from heard_message
           where conversation_id = $1 and facts->>'id' = $2 and facts->>'author' = 'CUSTOMER'`,
          [heard.conversation.id, messageId.toLowerCase()],
        )
      : [];
    if (!own) return new NotTheCustomersMessage();
    await db.query(
      `insert into struck_message (message_id, workspace_id, conversation_id, struck_at) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [messageId, heard.workspaceId, heard.conversation.id, clock.now()],
    );
    // Read afterwards: a summary that is kept from now on was written without it.
    const before = await this.current(heard);
    // Also when it was struck out before: that may have been cut short, or met a correction.
    const written = await writeSummary({ db: db.manager, summarize }, heard);
    if (before?.text === written.text && !restsOn(before, messageId.toLowerCase())) return before;
    return this.keep(heard, before, before ? { ...written, version: before.version + 1 } : written);
  }

  /** The summary that stands now: the handover's while a person is awaited or there, else the latest. */
  private async current({ conversation }: Heard): Promise<Summary | null> {
    const summaries = this.deps.db.getRepository(Summary).createQueryBuilder("summary");
    const withPerson = conversation.control === "QUEUE" || conversation.control === "AGENT";
    const ofHandover = withPerson
      ? await summaries
          .where("summary.conversation_id = :id and summary.handover_id is not null", conversation)
          .orderBy({ "summary.written_at": "DESC", "summary.version": "DESC" })
          .getOne()
      : null;
    if (ofHandover) return ofHandover;
    return this.deps.db.getRepository(Summary).findOne({
      where: { conversationId: conversation.id },
      order: { throughSequence: "DESC", writtenAt: "DESC", version: "DESC" },
    });
  }

  private next(before: Summary): Omit<SummaryFacts, "text" | "html" | "markdown"> {
    const { headline, wants, facts, tried, promised, openQuestion, nextStep, mood, contact, language } = before;
    return {
      ...{ headline, wants, facts, tried, promised, openQuestion, nextStep, mood, contact, language },
      id: randomUUID(),
      writtenBy: before.writtenBy,
      throughSequence: before.throughSequence,
      writtenAt: this.deps.clock.now().toISOString(),
      version: before.version + 1,
      correctedBy: before.correctedBy,
    };
  }

  /** Keeps the new version. Where two change the same one at once, the second is told to look again. */
  private async keep(heard: Heard, before: Summary | null, summary: SummaryFacts): Promise<Summary> {
    const { workspaceId, conversation } = heard;
    const kept = await this.deps.outbox.transaction((tx, say) =>
      saveSummary(tx, say, {
        workspaceId,
        conversation,
        handoverId: before?.handoverId ?? null,
        summary,
        replaces: before?.id ?? null,
      }),
    );
    if (!kept) throw refuse("CONFLICT", "The summary was changed by somebody else just now. Read it and try again.");
    return this.deps.db.getRepository(Summary).findOneByOrFail({ id: summary.id });
  }

  private async maskOf({ workspaceId }: Heard): Promise<(text: string) => string> {
    const [kept]: { patterns: KeptPattern[] }[] = await this.deps.db.query(
      "select patterns from workspace_masking where workspace_id = $1",
      [workspaceId],
    );
    return masking(kept?.patterns ?? []);
  }

  private async heardBy(viewer: Viewer, conversationId: string): Promise<Heard> {
    const heard = isId(conversationId) ? await heardConversation(this.deps.db, conversationId.toLowerCase()) : null;
    if (heard && maySee(viewer, { workspaceId: heard.workspaceId, conversationId: heard.conversation.id }))
      return heard;
    throw refuse("NOT_FOUND", `No conversation ${conversationId} in your reach.`);
  }
}

/** The correction without secrets, blanks and what Postgres cannot keep; or why it cannot be taken. */
function checkedCorrection(
  given: SummaryCorrection,
  mask: (text: string) => string,
): Correction | EmptyCorrection | CorrectionTooLong {
  const limits = { headline: headlineLimit, wants: correctionLimit, openQuestion: correctionLimit };
  const checked: Correction = {};
  for (const field of ["headline", "wants", "openQuestion"] as const) {
    const raw = given[field];
    if (raw === null || raw === undefined) continue;
    const text = mask(Buffer.from(raw).toString().replaceAll("\0", "").replace(/\s+/g, " ").trim());
    if (text.length > limits[field]) return new CorrectionTooLong(field, limits[field]);
    if (field === "openQuestion") checked.openQuestion = text === "" ? null : text;
    else if (text === "") return new EmptyCorrection();
    else checked[field] = text;
  }
  return Object.keys(checked).length === 0 ? new EmptyCorrection() : checked;
}

function restsOn(summary: Summary, messageId: string): boolean {
  const { wants, facts, tried, promised, openQuestion, nextStep } = summary;
  return [wants, ...facts, ...tried, ...promised, openQuestion, nextStep].some((statement) =>
    statement?.messageIds.includes(messageId),
  );
}
