import { Authorized, Ctx, Directive, Query, Resolver, Subscription } from "type-graphql";
import { type DataSource, In } from "typeorm";
import { refuse } from "../../kit/errors";
import type { GraphContext } from "../../kit/subgraph";
import { workspaceOf } from "../../kit/viewer";
import { Delivery } from "./delivery.entity";

const mostAlarms = 200;
const wakes = '@wakesOn(events: ["delivery.started", "delivery.failed", "handover.delivered", "handover.changed"])';
const alarmsAre =
  "Handovers that no help desk took, each with its last delivery, newest first, at most 200. One goes away when an agent steps in or the handover is over.";

/** What must not stay unseen: a customer waits for a person and nobody was told. */
@Resolver()
export class AlarmResolver {
  constructor(private readonly db: DataSource) {}

  @Query(() => [Delivery], { description: alarmsAre })
  @Authorized("AGENT", "SERVICE")
  async handoverAlarms(@Ctx() { viewer }: GraphContext): Promise<Delivery[]> {
    const last: { id: string }[] = await this.db.query(
      `select id from (
         select distinct on (d.handover_id) d.id, d.created_at, d.handover_id
         from delivery d where d.workspace_id = $1 and d.status in ('FAILED', 'UNCLAIMED') order by d.handover_id, d.turn desc) failed
       where exists (select from carried_handover h where h.id = handover_id and h.over_at is null)
         and not exists (select from delivery o where o.handover_id = failed.handover_id
                         and o.status in ('WAITING_FOR_SUMMARY', 'DELIVERING', 'DELIVERED', 'CLOSED'))
         and not exists (select from desk_item i where i.handover_id = failed.handover_id and i.closed_at is null)
       order by created_at desc limit $2`,
      [workspaceOf(viewer), mostAlarms],
    );
    const found = await this.db.manager.findBy(Delivery, { id: In(last.map(({ id }) => id)) });
    return last.flatMap(({ id }) => found.filter((delivery) => delivery.id === id));
  }

  @Directive(wakes)
  @Subscription(() => [Delivery], { name: "handoverAlarms", topics: "handoverAlarms", description: alarmsAre })
  handoverAlarmsLive(): Delivery[] {
    throw refuse("BAD_INPUT", "Subscribe at the gateway; a subgraph holds no socket.");
  }
}
