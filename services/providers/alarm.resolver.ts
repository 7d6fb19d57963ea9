import { Authorized, Ctx, Directive, Query, Resolver, Subscription } from "type-graphql";
import { type DataSource, In } from "typeorm";
import { refuse } from "../../kit/errors";
import type { GraphContext } from "../../kit/subgraph";
import { workspaceOf } from "../../kit/viewer";
import { Delivery } from "./delivery.entity";
import { undeliveredOf } from "./undelivered";

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
    const last = await undeliveredOf(this.db.manager, workspaceOf(viewer), mostAlarms);
    const found = await this.db.manager.findBy(Delivery, { id: In(last) });
    return last.flatMap((id) => found.filter((delivery) => delivery.id === id));
  }

  @Directive(wakes)
  @Subscription(() => [Delivery], { name: "handoverAlarms", topics: "handoverAlarms", description: alarmsAre })
  handoverAlarmsLive(): Delivery[] {
    throw refuse("BAD_INPUT", "Subscribe at the gateway; a subgraph holds no socket.");
  }
}
