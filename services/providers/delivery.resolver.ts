import {
  Arg,
  Authorized,
  Ctx,
  createUnionType,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import type { DataSource, FindOptionsWhere } from "typeorm";
import type { Clock } from "../../kit/clock";
import { refuse } from "../../kit/errors";
import { isId } from "../../kit/is-id";
import type { Outbox } from "../../kit/outbox";
import type { GraphContext } from "../../kit/subgraph";
import { maySee, workspaceOf } from "../../kit/viewer";
import type { ProviderName } from "../../schema/words";
import { CarriedHandover, Delivery, DeliveryStep, HandoverLink } from "./delivery.entity";
import { type DeliveryLoaders, mayFollow } from "./delivery.loaders";
import { DeliveryAttempt, DeliveryRequest } from "./delivery-attempt.entity";
import { DeliveryStatus } from "./next-move";
import { type Provider, stepNames } from "./provider";
import { AlreadyDelivered, DeliveryRunning, HandoverOver } from "./refusals";
import { type Retried, retryDelivery } from "./retry-delivery";

/** Deliveries of one answer. */
const mostDeliveries = 200;

@Resolver(() => CarriedHandover)
export class CarriedHandoverResolver {
  constructor(private readonly loaders: DeliveryLoaders) {}

  @FieldResolver(() => [Delivery], { description: "One per desk tried, in order. Customers see none." })
  async deliveries(@Root() { id }: CarriedHandover, @Ctx() { viewer }: GraphContext): Promise<Delivery[]> {
    const found = await this.loaders.byHandover.load(id);
    return found.filter((delivery) => mayFollow(viewer, delivery));
  }

  @FieldResolver(() => HandoverLink, {
    nullable: true,
    description: "Where the customer goes and what they paste there, when the handover went to a link.",
  })
  async link(@Root() { id }: CarriedHandover, @Ctx() { viewer }: GraphContext): Promise<HandoverLink | null> {
    const deliveries = await this.loaders.byHandover.load(id);
    const link = deliveries.find(({ provider, deliveredAt }) => provider === "LINK" && deliveredAt);
    if (!link?.url || !maySee(viewer, link)) return null;
    return Object.assign(new HandoverLink(), { url: link.url, copyText: link.copyText });
  }
}

const RetryDeliveryResult = createUnionType({
  name: "RetryDeliveryResult",
  types: () => [Delivery, AlreadyDelivered, DeliveryRunning, HandoverOver] as const,
});

export interface DeliveryDeps {
  db: DataSource;
  outbox: Outbox;
  clock: Clock;
  wake: (inMs: number) => void;
  loaders: DeliveryLoaders;
  providers: Map<ProviderName, Provider>;
}

@Resolver(() => Delivery)
export class DeliveryResolver {
  constructor(private readonly deps: DeliveryDeps) {}

  @Query(() => [Delivery], {
    description: "What was carried into help desks in the viewer's workspace, newest first, at most 200.",
  })
  @Authorized("AGENT", "SERVICE")
  async deliveries(
    @Ctx() { viewer }: GraphContext,
    @Arg("handoverId", () => ID, { nullable: true, description: "Those of one handover." }) handoverId?: string | null,
    @Arg("status", () => DeliveryStatus, { nullable: true }) status?: DeliveryStatus | null,
    @Arg("first", () => Int, { defaultValue: 50, description: "So many; more than 200 count as 200." }) first = 50,
  ): Promise<Delivery[]> {
    if (handoverId && !isId(handoverId)) return [];
    const where: FindOptionsWhere<Delivery> = {
      workspaceId: workspaceOf(viewer),
      ...(handoverId ? { handoverId } : {}),
      ...(status ? { status } : {}),
    };
    return this.deps.db.manager.find(Delivery, {
      where,
      order: { createdAt: "DESC", turn: "DESC" },
      take: Math.min(Math.max(first, 0), mostDeliveries),
    });
  }

  @Mutation(() => RetryDeliveryResult, {
    description:
      "Tries a delivery that failed again, from the first step that is not done; one that waits for its next attempt has it now.",
  })
  @Authorized("AGENT", "SERVICE", "OPERATOR")
  async retryDelivery(
    @Arg("deliveryId", () => ID) deliveryId: string,
    @Ctx() { viewer }: GraphContext,
  ): Promise<Delivery | AlreadyDelivered | DeliveryRunning | HandoverOver> {
    const { db, outbox, clock } = this.deps;
    const delivery = isId(deliveryId) ? await db.manager.findOneBy(Delivery, { id: deliveryId }) : null;
    const mine = viewer.role === "OPERATOR" || (delivery && workspaceOf(viewer) === delivery.workspaceId);
    if (!delivery || !mine) throw refuse("NOT_FOUND", `No delivery ${deliveryId} in your workspace.`);
    const retried = await outbox.transaction((tx, say) => retryDelivery(tx, say, delivery, clock.now()));
    if (retried.do === "refuse") return refused(retried);
    this.deps.wake(0);
    return db.manager.findOneByOrFail(Delivery, { id: deliveryId });
  }

  @FieldResolver(() => CarriedHandover, { description: "What was carried." })
  handover(@Root() { handoverId }: Delivery): CarriedHandover {
    return new CarriedHandover(handoverId);
  }

  @FieldResolver(() => [DeliveryStep], { description: "The provider's steps, in order." })
  steps(@Root() { provider, receipts }: Delivery): DeliveryStep[] {
    const steps = this.deps.providers.get(provider)?.steps ?? {};
    return stepNames.filter((name) => steps[name] ?? receipts[name]).map((name) => ({ name, done: name in receipts }));
  }

  @FieldResolver(() => [DeliveryAttempt], { description: "What was tried, in order." })
  attempts(@Root() { id }: Delivery): Promise<DeliveryAttempt[]> {
    return this.deps.loaders.attempts.load(id);
  }
}

@Resolver(() => DeliveryAttempt)
export class DeliveryAttemptResolver {
  constructor(private readonly loaders: DeliveryLoaders) {}

  @FieldResolver(() => [DeliveryRequest], {
    description: "What was asked of the desk, in order; the last 20 of an attempt and 200 of a delivery, for 30 days.",
  })
  requests(@Root() { id }: DeliveryAttempt): Promise<DeliveryRequest[]> {
    return this.loaders.requests.load(id);
  }
}

function refused(retried: Extract<Retried, { do: "refuse" }>): AlreadyDelivered | DeliveryRunning | HandoverOver {
  switch (retried.why) {
    case "over":
      return Object.assign(new HandoverOver(), { message: "This handover is over: nothing is left to deliver." });
    case "delivered":
      return Object.assign(new AlreadyDelivered(), {
        message: `${retried.provider} has this handover already.`,
        provider: retried.provider,
      });
    case "running":
      return Object.assign(new DeliveryRunning(), {
        message: `This handover is on its way to ${retried.provider} right now.`,
        provider: retried.provider,
      });
  }
}
