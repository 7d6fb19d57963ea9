import DataLoader from "dataloader";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { type DataSource, In } from "typeorm";
import type { GraphContext } from "../../kit/subgraph";
import { maySee } from "../../kit/viewer";
import type { ProviderName } from "../../schema/words";
import { CarriedHandover, Delivery, DeliveryAttempt, DeliveryStep, HandoverLink } from "./delivery.entity";
import { type Provider, stepNames } from "./provider";

export interface DeliveryLoaders {
  byHandover: DataLoader<string, Delivery[]>;
  byId: DataLoader<string, Delivery | null>;
  attempts: DataLoader<string, DeliveryAttempt[]>;
}

/** One set of loaders per request: what one request reads is read at once, and never kept. */
export function perRequest(db: DataSource): (context: GraphContext) => DeliveryLoaders {
  const byContext = new WeakMap<GraphContext, DeliveryLoaders>();
  return (context) => {
    const known = byContext.get(context);
    if (known) return known;
    const loaders: DeliveryLoaders = {
      byHandover: new DataLoader(async (ids) => {
        const found = await db.manager.find(Delivery, { where: { handoverId: In([...ids]) }, order: { turn: "ASC" } });
        return ids.map((id) => found.filter(({ handoverId }) => handoverId === id));
      }),
      byId: new DataLoader(async (ids) => {
        const found = await db.manager.findBy(Delivery, { id: In([...ids]) });
        return ids.map((id) => found.find((delivery) => delivery.id === id) ?? null);
      }),
      attempts: new DataLoader(async (ids) => {
        const found = await db.manager.find(DeliveryAttempt, {
          where: { deliveryId: In([...ids]) },
          order: { id: "ASC" },
        });
        return ids.map((id) => found.filter(({ deliveryId }) => deliveryId === id));
      }),
    };
    byContext.set(context, loaders);
    return loaders;
  };
}

/** Deliveries are for those who work with the desk: errors and agents' screens are not for customers. */
export function mayFollow({ viewer }: GraphContext, delivery: Delivery): boolean {
  return viewer.role !== "CUSTOMER" && maySee(viewer, delivery);
}

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

@Resolver(() => Delivery)
export class DeliveryResolver {
  constructor(
    private readonly loaders: (context: GraphContext) => DeliveryLoaders,
    private readonly providers: Map<ProviderName, Provider>,
  ) {}

  @FieldResolver(() => [DeliveryStep], { description: "The provider's steps, in order." })
  steps(@Root() { provider, receipts }: Delivery): DeliveryStep[] {
    const steps = this.providers.get(provider)?.steps ?? {};
    return stepNames.filter((name) => steps[name] ?? receipts[name]).map((name) => ({ name, done: name in receipts }));
  }

  @FieldResolver(() => [DeliveryAttempt], { description: "What was tried, in order." })
  attempts(@Root() { id }: Delivery, @Ctx() context: GraphContext): Promise<DeliveryAttempt[]> {
    return this.loaders(context).attempts.load(id);
  }
}
