import {
  Arg,
  Authorized,
  Ctx,
  Field,
  GraphQLISODateTime,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  registerEnumType,
} from "type-graphql";
import type { DataSource, EntityManager } from "typeorm";
import type { Clock } from "../../kit/clock";
import { refuse } from "../../kit/errors";
import type { GraphContext } from "../../kit/subgraph";
import { workspaceOf } from "../../kit/viewer";
import { nameOf } from "./input";
import { StoredSettings } from "./policy-settings.entity";
import { type ChangedSettings, type ChannelSettings, Sensitivity, settingsOf, WhenUnanswered } from "./settings";

registerEnumType(Sensitivity, {
  name: "Sensitivity",
  description: "How soon annoyance counts: LOW only when it is plain, HIGH at its first signs.",
});
registerEnumType(WhenUnanswered, {
  name: "WhenUnanswered",
  description:
    "What happens when the assistant cannot answer: a person is offered, or takes over without the customer reading so.",
});

@ObjectType({ simpleResolvers: true, description: "What policy does on one channel." })
class ChannelPolicy implements ChannelSettings {
  @Field(() => Boolean, {
    description: "A bare request for a person in the very first message is answered once with a request for details.",
  })
  firstMessageGuard!: boolean;

  @Field(() => Sensitivity)
  frustrationSensitivity!: Sensitivity;

  @Field(() => WhenUnanswered)
  whenUnanswered!: WhenUnanswered;

  @Field(() => Int, {
    description:
      "Customer messages from one offer to the next for the same reason; 1: every time. A declined one never returns.",
  })
  offerEvery!: number;

  @Field(() => Boolean, {
    description:
      "Frustration, repetition and unanswered questions lead to nothing. Safety, blocked tags, guidance rules and requests of customers still do.",
  })
  paused!: boolean;
}

@ObjectType({ simpleResolvers: true, description: "What a workspace wants of policy, per channel." })
class PolicySettings {
  @Field(() => ChannelPolicy)
  chat!: ChannelPolicy;

  @Field(() => ChannelPolicy)
  ticket!: ChannelPolicy;

  @Field(() => Int, { description: "0 before the first change; grows with every one." })
  version!: number;

  @Field(() => GraphQLISODateTime, { nullable: true, description: "Null before the first change." })
  updatedAt!: Date | null;
}

@InputType({ description: "What changes on one channel; what is left out stays as it is." })
class ChannelPolicyChange {
  @Field(() => Boolean, { nullable: true })
  firstMessageGuard?: boolean | null;

  @Field(() => Sensitivity, { nullable: true })
  frustrationSensitivity?: Sensitivity | null;

  @Field(() => WhenUnanswered, { nullable: true })
  whenUnanswered?: WhenUnanswered | null;

  @Field(() => Int, { nullable: true, description: "1 to 50." })
  offerEvery?: number | null;

  @Field(() => Boolean, { nullable: true })
  paused?: boolean | null;
}

@InputType({ description: "What changes in the settings." })
class PolicySettingsChange {
  @Field(() => ChannelPolicyChange, { nullable: true })
  chat?: ChannelPolicyChange | null;

  @Field(() => ChannelPolicyChange, { nullable: true })
  ticket?: ChannelPolicyChange | null;
}

@Resolver(() => PolicySettings)
export class PolicySettingsResolver {
  constructor(private readonly deps: { db: DataSource; clock: Clock }) {}

  @Authorized("AGENT", "SERVICE")
  @Query(() => PolicySettings, { description: "The workspace's settings; the defaults before the first change." })
  async policySettings(@Ctx() { viewer }: GraphContext): Promise<PolicySettings> {
    return shown(await this.deps.db.manager.findOneBy(StoredSettings, { workspaceId: workspaceOf(viewer) }));
  }

  @Authorized("SERVICE")
  @Mutation(() => PolicySettings, { description: "Changes settings; they hold for the next message." })
  async updatePolicySettings(
    @Arg("input", () => PolicySettingsChange) input: PolicySettingsChange,
    @Ctx() { viewer }: GraphContext,
  ): Promise<PolicySettings> {
    const workspaceId = workspaceOf(viewer);
    const now = this.deps.clock.now();
    return this.deps.db.transaction(async (tx) => {
      const before = await this.locked(tx, workspaceId, now, nameOf(viewer));
      before.changed = {
        CHAT: { ...before.changed.CHAT, ...given(input.chat) },
        TICKET: { ...before.changed.TICKET, ...given(input.ticket) },
      };
      before.version += 1;
      before.updatedAt = now;
      before.updatedBy = nameOf(viewer);
      return shown(await tx.save(before));
    });
  }

  /** The workspace's row, made when it is not there, so that two changes at once both count. */
  private async locked(tx: EntityManager, workspaceId: string, now: Date, by: string): Promise<StoredSettings> {
    await tx.query(
      `insert into policy_settings (workspace_id, changed, version, updated_at, updated_by)
       values ($1, '{}', 0, $2, $3) on conflict do nothing`,
      [workspaceId, now, by],
    );
    return tx.findOneOrFail(StoredSettings, { where: { workspaceId }, lock: { mode: "pessimistic_write" } });
  }
}

function shown(stored: StoredSettings | null): PolicySettings {
  return {
    chat: settingsOf(stored?.changed, "CHAT"),
    ticket: settingsOf(stored?.changed, "TICKET"),
    version: stored?.version ?? 0,
    updatedAt: stored?.updatedAt ?? null,
  };
}

/** Only what the caller named; null counts as left out. */
function given(change: ChannelPolicyChange | null | undefined): NonNullable<ChangedSettings["CHAT"]> {
  const { offerEvery } = change ?? {};
  if (offerEvery != null && (offerEvery < 1 || offerEvery > 50))
    throw refuse("BAD_INPUT", "`offerEvery` must be between 1 and 50.");
  return Object.fromEntries(Object.entries(change ?? {}).filter(([, value]) => value != null));
}
