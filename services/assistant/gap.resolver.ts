import {
  Arg,
  Authorized,
  Ctx,
  Field,
  GraphQLISODateTime,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from "type-graphql";
import type { DataSource } from "typeorm";
import type { Clock } from "../../kit/clock";
import { refuse } from "../../kit/errors";
import { isId } from "../../kit/is-id";
import { shortened, storable } from "../../kit/storable";
import type { GraphContext } from "../../kit/subgraph";
import { workspaceOf } from "../../kit/viewer";
import { Article, ArticleVisibility } from "./article.entity";
import { addArticle, changeBy } from "./articles";
import { gapsIn, type Unanswered } from "./knowledge-gaps";
import { guessLanguage } from "./language";
import { sentencesOf } from "./passages";

@ObjectType({
  simpleResolvers: true,
  description: "Questions without an answer that ask for the same missing article.",
})
class KnowledgeGap {
  @Field(() => String, { description: "The wording that is most like the others." })
  question!: string;

  @Field(() => String)
  language!: string;

  @Field(() => [String], { description: "Each wording once, newest first." })
  questions!: string[];

  @Field(() => Int, { description: "How often it was asked." })
  count!: number;

  @Field(() => Int)
  conversations!: number;

  @Field(() => Int, { description: "Handovers that came of it." })
  handovers!: number;

  @Field(() => GraphQLISODateTime)
  lastAskedAt!: Date;
}

@InputType({ description: "An agent's answer that should become an article." })
class ReplyToDraft {
  @Field(() => String, { description: "What the agent wrote, 1 to 20,000 characters." })
  answer!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "What it answers; otherwise the last question of the conversation that the assistant could not answer.",
  })
  question?: string | null;

  @Field(() => ID, { nullable: true, description: "Where it was written." })
  conversationId?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "How a workspace's assistant behaves." })
class AssistantSettings {
  @Field(() => String, {
    nullable: true,
    description: "How it sounds, in the workspace's words; used by the model only.",
  })
  tone!: string | null;
}

/** No more than this is grouped at once; what is older has waited long enough to be asked again. */
const mostQuestions = 2_000;

@Resolver()
export class GapResolver {
  constructor(private readonly deps: { db: DataSource; clock: Clock }) {}

  @Authorized("AGENT", "SERVICE")
  @Query(() => [KnowledgeGap], { description: "What customers asked and no article answers, the most asked first." })
  async knowledgeGaps(
    @Arg("days", () => Int, { defaultValue: 30, description: "How far back, 1 to 365." }) days: number,
    @Arg("first", () => Int, { defaultValue: 20, description: "1 to 100." }) first: number,
    @Ctx() { viewer }: GraphContext,
  ): Promise<KnowledgeGap[]> {
    if (days < 1 || days > 365) throw refuse("BAD_INPUT", "`days` must be between 1 and 365.");
    if (first < 1 || first > 100) throw refuse("BAD_INPUT", "`first` must be between 1 and 100.");
    const since = new Date(this.deps.clock.now().getTime() - days * 86_400_000);
    const asked: Unanswered[] = await this.deps.db.query(
      `select message_id as "messageId", conversation_id as "conversationId", question, language,
         created_at as "askedAt", handover_id as "handoverId"
       from answers where workspace_id = $1 and not answered and created_at >= $2
       order by created_at desc limit $3`,
      [workspaceOf(viewer), since, mostQuestions],
    );
    return gapsIn(asked).slice(0, first);
  }

  @Authorized("AGENT", "SERVICE")
  @Mutation(() => Article, {
    description: "Makes a draft of an agent's answer: nobody is answered from it until its visibility is changed.",
  })
  async draftArticle(
    @Arg("input", () => ReplyToDraft) input: ReplyToDraft,
    @Ctx() { viewer }: GraphContext,
  ): Promise<Article> {
    const { clock, db } = this.deps;
    const workspaceId = workspaceOf(viewer);
    const body = storable(input.answer).trim();
    if (!body || body.length > 20_000) throw refuse("BAD_INPUT", "The answer must have 1 to 20,000 characters.");
    const question =
      storable(input.question ?? "").trim() || (await this.lastUnanswered(workspaceId, input.conversationId ?? null));
    const title = (question ?? sentencesOf(body)[0] ?? body).replace(/\s+/g, " ");
    const language = guessLanguage(`${title} ${body}`, "en");
    return db.transaction((tx) =>
      addArticle(
        tx,
        workspaceId,
        { title: shortened(title, 300), body, language, url: null, visibility: ArticleVisibility.DRAFT },
        { ...changeBy(viewer, clock.now()), origin: "REPLY" },
      ),
    );
  }

  @Authorized("AGENT", "SERVICE")
  @Query(() => AssistantSettings)
  async assistantSettings(@Ctx() { viewer }: GraphContext): Promise<AssistantSettings> {
    return { tone: await toneOf(this.deps.db, workspaceOf(viewer)) };
  }

  @Authorized("SERVICE")
  @Mutation(() => AssistantSettings, {
    description: "Sets how the assistant sounds; null or empty: friendly and plain.",
  })
  async setAssistantTone(
    @Arg("tone", () => String, { nullable: true, description: "At most 300 characters." }) tone: string | null,
    @Ctx() { viewer }: GraphContext,
  ): Promise<AssistantSettings> {
    const wanted = tone?.replace(/\s+/g, " ").trim() ?? "";
    if (wanted.length > 300) throw refuse("BAD_INPUT", "The tone must have at most 300 characters.");
    await this.deps.db.query(
      `insert into assistant_settings (workspace_id, tone) values ($1, $2)
       on conflict (workspace_id) do update set tone = excluded.tone`,
      [workspaceOf(viewer), wanted],
    );
    return { tone: wanted || null };
  }

  private async lastUnanswered(workspaceId: string, conversationId: string | null): Promise<string | null> {
    if (!conversationId || !isId(conversationId)) return null;
    const [row]: { question: string }[] = await this.deps.db.query(
      `select question from answers where workspace_id = $1 and conversation_id = $2 and not answered
       order by created_at desc limit 1`,
      [workspaceId, conversationId],
    );
    return row?.question ?? null;
  }
}

/** How a workspace wants its assistant to sound; null: it has not said. */
export async function toneOf(db: DataSource, workspaceId: string): Promise<string | null> {
  const [row]: { tone: string }[] = await db.query("select tone from assistant_settings where workspace_id = $1", [
    workspaceId,
  ]);
  return row?.tone || null;
}
