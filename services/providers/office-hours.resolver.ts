import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { DataSource } from "typeorm";
import type { GraphContext } from "../../kit/subgraph";
import { workspaceOf } from "../../kit/viewer";
import { checkHours } from "./office-hours";
import { DeskHours } from "./takes.entity";

@Resolver(() => DeskHours)
export class OfficeHoursResolver {
  constructor(private readonly db: DataSource) {}

  @Query(() => DeskHours, {
    nullable: true,
    description: "When anybody of the team is there at all; null: nothing is said of it.",
  })
  @Authorized("AGENT", "SERVICE")
  async officeHours(@Ctx() { viewer }: GraphContext): Promise<DeskHours | null> {
    const [row]: { hours: DeskHours }[] = await this.db.query(
      "select hours from workspace_office_hours where workspace_id = $1",
      [workspaceOf(viewer)],
    );
    return row?.hours ?? null;
  }

  @Mutation(() => DeskHours, {
    nullable: true,
    description:
      "Says when anybody of the team is there at all. A handover outside these hours is delivered and waits; its customer is told until when, and may leave an e-mail address or go on with the assistant (keepTalking). Null takes it back.",
  })
  @Authorized("SERVICE")
  async setOfficeHours(
    @Ctx() context: GraphContext,
    @Arg("hours", () => DeskHours, { nullable: true }) hours?: DeskHours | null,
  ): Promise<DeskHours | null> {
    const workspaceId = workspaceOf(context.viewer);
    if (!hours) {
      await this.db.query("delete from workspace_office_hours where workspace_id = $1", [workspaceId]);
      return null;
    }
    checkHours(hours, "hours");
    await this.db.query(
      `insert into workspace_office_hours (workspace_id, hours) values ($1, $2::jsonb)
       on conflict (workspace_id) do update set hours = excluded.hours`,
      [workspaceId, JSON.stringify(hours)],
    );
    return this.officeHours(context);
  }
}
