import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import type { DataSource, FindOptionsWhere } from "typeorm";
import type { GraphContext } from "../../kit/subgraph";
import { maySee, workspaceOf } from "../../kit/viewer";
import type { ProviderName } from "../../schema/words";
import { CarriedHandover, Delivery, DeliveryStep, HandoverLink } from "./delivery.entity";
import { type DeliveryLoaders, mayFollow } from "./delivery.loaders";
import { DeliveryAttempt, DeliveryRequest } from "./delivery-attempt.entity";
import { isId } from "./is-id";
import { DeliveryStatus } from "./next-move";
import { type Provider, stepNames } from "./provider";

/** Deliveries of one answer. */
const mostDeliveries = 200;

@Resolver(() => CarriedHandover)
export class CarriedHandoverResolver {
  constructor(private readonly loaders: (context: GraphContext) => DeliveryLoaders) {}

  @FieldResolver(() => [Delivery], { description: "One per desk tried, in order. Customers see none." })
  async deliveries(@Root() { id }: CarriedHandover, @Ctx() context: GraphContext): Promise<Delivery[]> {
    const found = await this.loaders(context).byHandover.load(id);
    return found.filter((delivery) => mayFollow(context, delivery));
  }

  @FieldResolver(() => HandoverLink, {
    nullable: true,
    description: "Where the customer goes and what they paste there, when the handover went to a link.",
  })
  async link(@Root() { id }: CarriedHandover, @Ctx() context: GraphContext): Promise<HandoverLink | null> {
    const deliveries = await this.loaders(context).byHandover.load(id);
    const link = deliveries.find(({ provider, deliveredAt }) => provider === "LINK" && deliveredAt);
    if (!link?.url || !maySee(context.viewer, link)) return null;
    return Object.assign(new HandoverLink(), { url: link.url, copyText: link.copyText });
  }
}

export interface DeliveryDeps {
  db: DataSource;
  loaders: (context: GraphContext) => DeliveryLoaders;
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
  attempts(@Root() { id }: Delivery, @Ctx() context: GraphContext): Promise<DeliveryAttempt[]> {
    return this.deps.loaders(context).attempts.load(id);
  }
}

@Resolver(() => DeliveryAttempt)
export class DeliveryAttemptResolver {
  constructor(private readonly loaders: (context: GraphContext) => DeliveryLoaders) {}

  @FieldResolver(() => [DeliveryRequest], {
    description: "What was asked of the desk, in order; the last 20 of an attempt and 200 of a delivery, for 30 days.",
  })
  requests(@Root() { id }: DeliveryAttempt, @Ctx() context: GraphContext): Promise<DeliveryRequest[]> {
    return this.loaders(context).requests.load(id);
  }
}
