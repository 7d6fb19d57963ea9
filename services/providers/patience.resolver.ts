import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { DataSource } from "typeorm";
import type { GraphContext } from "../../kit/subgraph";
import { workspaceOf } from "../../kit/viewer";
import { checkedPatience, type Patience, patienceOf, type WholePatience } from "./patience";
import { DeskPatience } from "./patience.entity";

@Resolver(() => DeskPatience)
export class PatienceResolver {
  constructor(
    private readonly db: DataSource,
    private readonly byDefault: WholePatience,
  ) {}

  @Query(() => DeskPatience, {
    description: "How long the workspace's desks are waited for, where a connection says nothing else.",
  })
  @Authorized("SERVICE")
  async patience(@Ctx() { viewer }: GraphContext): Promise<DeskPatience> {
    const [row]: { patience: Patience }[] = await this.db.query(
      "select patience from workspace_patience where workspace_id = $1",
      [workspaceOf(viewer)],
    );
    return patienceOf(this.byDefault, row?.patience);
  }

  @Mutation(() => DeskPatience, {
    description: "Sets it, in place of what was set before; it counts for deliveries under way, too.",
  })
  @Authorized("SERVICE")
  async setPatience(
    @Arg("patience", () => DeskPatience) patience: DeskPatience,
    @Ctx() context: GraphContext,
  ): Promise<DeskPatience> {
    await this.db.query(
      `insert into workspace_patience (workspace_id, patience) values ($1, $2::jsonb)
       on conflict (workspace_id) do update set patience = excluded.patience`,
      [workspaceOf(context.viewer), JSON.stringify(checkedPatience(patience) ?? {})],
    );
    return this.patience(context);
  }
}
