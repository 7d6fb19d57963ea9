import {
  Arg,
  Authorized,
  Ctx,
  createUnionType,
  Directive,
  ID,
  Mutation,
  Query,
  Resolver,
  Subscription,
} from "type-graphql";
import type { DataSource } from "typeorm";
import type { Clock } from "../../kit/clock";
import { refuse } from "../../kit/errors";
import { isId } from "../../kit/is-id";
import type { Outbox } from "../../kit/outbox";
import type { GraphContext } from "../../kit/subgraph";
import { type Viewer, workspaceOf } from "../../kit/viewer";
import { newEvent } from "../../schema/events/catalogue";
import { CarriedHandover } from "./delivery.entity";
import { type DeskItem, itemOf, queueFor, takeItem } from "./providers/console/desk";
import { AlreadyTaken, HandoverOver } from "./refusals";

const TakeHandoverResult = createUnionType({
  name: "TakeHandoverResult",
  types: () => [CarriedHandover, AlreadyTaken, HandoverOver] as const,
});

/** Items of one answer: nobody works through more at once, and the rest comes as they go. */
const queueLimit = 200;
const wakes =
  '@wakesOn(events: ["handover.delivered", "agent.joined", "handover.changed", "control.changed", "desk.changed", "summary.written"])';
const queueIs =
  "The queue of the desk built into Baton: handovers that wait, and those the viewer has taken; oldest first, at most 200.";

/** The desk built into Baton, as agents see it. */
@Resolver()
export class DeskResolver {
  constructor(private readonly deps: { db: DataSource; outbox: Outbox; clock: Clock }) {}

  @Query(() => [CarriedHandover], { description: queueIs })
  @Authorized("AGENT", "SERVICE")
  async handoverQueue(@Ctx() { viewer }: GraphContext): Promise<CarriedHandover[]> {
    const items = await queueFor(this.deps.db.manager, workspaceOf(viewer), agentOf(viewer), queueLimit);
    return items.map(({ handoverId }) => new CarriedHandover(handoverId));
  }

  @Directive(wakes)
  @Subscription(() => [CarriedHandover], { name: "handoverQueue", topics: "handoverQueue", description: queueIs })
  handoverQueueLive(): CarriedHandover[] {
    throw refuse("BAD_INPUT", "Subscribe at the gateway; a subgraph holds no socket.");
  }

  @Mutation(() => TakeHandoverResult, {
    description:
      "Takes a waiting handover: the agent now speaks for the company. Of two agents at once exactly one gets it.",
  })
  @Authorized("AGENT", "SERVICE")
  async takeHandover(
    @Arg("handoverId", () => ID) handoverId: string,
    @Ctx() { viewer }: GraphContext,
  ): Promise<CarriedHandover | AlreadyTaken | HandoverOver> {
    const { db, outbox, clock } = this.deps;
    const workspaceId = workspaceOf(viewer);
    const agent = agentOf(viewer);
    const item = isId(handoverId) ? await itemOf(db.manager, handoverId) : null;
    if (!item || item.workspaceId !== workspaceId)
      throw refuse("NOT_FOUND", `No handover ${handoverId} waits in your workspace's desk.`);
    const { conversationId } = item;
    const taken = await outbox.transaction(async (tx, say) => {
      const mine = await takeItem(tx, handoverId, agent, clock.now());
      if (mine) say(newEvent("agent.joined", { workspaceId, conversationId, data: { handoverId, agent } }));
      return mine;
    });
    if (taken) return new CarriedHandover(handoverId);
    return refused((await itemOf(db.manager, handoverId)) ?? item, agent);
  }
}

function refused(item: DeskItem, agent: { id: string; name: string }): CarriedHandover | AlreadyTaken | HandoverOver {
  if (item.closedAt)
    return Object.assign(new HandoverOver(), { message: "This handover is over: read handoverQueue again." });
  if (item.agentId === agent.id || (item.agentId === null && item.agentName === agent.name))
    return new CarriedHandover(item.handoverId);
  return Object.assign(new AlreadyTaken(), {
    message: `${item.agentName ?? "Another agent"} has taken this handover already.`,
    agentName: item.agentName,
  });
}

function agentOf(viewer: Viewer): { id: string; name: string } {
  if (viewer.role === "AGENT") return { id: viewer.agentId, name: viewer.name };
  if (viewer.role === "SERVICE") return { id: `service:${viewer.name}`, name: viewer.name };
  throw refuse("FORBIDDEN", "Agents and services only.");
}
