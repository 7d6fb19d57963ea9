import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { DataSource } from "typeorm";
import type { Clock } from "../../kit/clock";
import type { GraphContext } from "../../kit/subgraph";
import { workspaceOf } from "../../kit/viewer";
import { checkedPatience, type Patience, patienceOf, type WholePatience } from "./patience";
import { DeskPatience } from "./patience.entity";
import { rouseWaiting } from "./unclaimed";

@Resolver(() => DeskPatience)
export class PatienceResolver {
  constructor(
    private readonly deps: {
      db: DataSource;
      clock: Clock;
      byDefault: WholePatience;
      wake: (inMs: number) => void;
    },
  ) {}

  @Query(() => DeskPatience, {
    description: "How long the workspace's desks are waited for, where a connection says nothing else.",
  })
  @Authorized("SERVICE")
  async patience(@Ctx() { viewer }: GraphContext): Promise<DeskPatience> {
    const [row]: { patience: Patience }[] = await this.deps.db.query(
      "select patience from workspace_patience where workspace_id = $1",
      [workspaceOf(viewer)],
    );
    return patienceOf(this.deps.byDefault, row?.patience);
  }

  @Mutation(() => DeskPatience, {
    description: "Sets it, in place of what was set before; it counts for deliveries under way, too.",
  })
  @Authorized("SERVICE")
  async setPatience(
    @Arg("patience", () => DeskPatience) patience: DeskPatience,
    @Ctx() context: GraphContext,
  ): Promise<DeskPatience> {
    const workspaceId = workspaceOf(context.viewer);
    const { db, clock, wake } = this.deps;
    await db.transaction(async (tx) => {
      await tx.query(
        `insert into workspace_patience (workspace_id, patience) values ($1, $2::jsonb)
         on conflict (workspace_id) do update set patience = excluded.patience`,
        [workspaceId, JSON.stringify(checkedPatience(patience) ?? {})],
      );
      await rouseWaiting(tx, workspaceId, clock.now());
    });
    wake(0);
    return this.patience(context);
  }
}
