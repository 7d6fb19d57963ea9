import { Arg, Authorized, Ctx, Field, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import type { DataSource } from "typeorm";
import { refuse } from "../../kit/errors";
import type { GraphContext } from "../../kit/subgraph";
import { workspaceOf } from "../../kit/viewer";

@ObjectType({ simpleResolvers: true, description: "How a workspace's summaries are written." })
export class SummarySettings {
  @Field(() => String, {
    nullable: true,
    description: "The language the agents read, BCP 47 in lower case; null: the conversation's own.",
  })
  language!: string | null;
}

@Resolver(() => SummarySettings)
export class SummarySettingsResolver {
  constructor(private readonly db: DataSource) {}

  @Authorized("AGENT", "SERVICE")
  @Query(() => SummarySettings, { description: "How the viewer's workspace wants its summaries." })
  async summarySettings(@Ctx() { viewer }: GraphContext): Promise<SummarySettings> {
    const [kept]: SummarySettings[] = await this.db.query(
      "select language from summary_settings where workspace_id = $1",
      [workspaceOf(viewer)],
    );
    return { language: kept?.language ?? null };
  }

  @Authorized("SERVICE")
  @Mutation(() => SummarySettings, {
    description:
      "Sets the language in which summaries are written from now on, whatever language customers write. A model translates; without one the labels are in it (en, de, fr, es, pt, it, nl) and the customer is quoted.",
  })
  async setSummaryLanguage(
    @Ctx() { viewer }: GraphContext,
    @Arg("language", () => String, {
      nullable: true,
      description: "BCP 47, such as en or pt-BR; null for each conversation's own.",
    })
    language?: string | null,
  ): Promise<SummarySettings> {
    const tag = language?.trim().replaceAll("_", "-").toLowerCase() ?? null;
    if (tag !== null && (!/^[a-z]{2,3}(-[a-z0-9]{1,8})*$/.test(tag) || tag.length > 35))
      throw refuse("BAD_INPUT", `"${tag.slice(0, 40)}" is no language tag; send one like "en" or "pt-BR".`);
    await this.db.query(
      `insert into summary_settings (workspace_id, language) values ($1, $2)
       on conflict (workspace_id) do update set language = excluded.language`,
      [workspaceOf(viewer), tag],
    );
    return { language: tag };
  }
}
