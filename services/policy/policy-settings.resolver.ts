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
} from "type-graphql";
import type { DataSource, EntityManager } from "typeorm";
import type { Clock } from "../../kit/clock";
import type { GraphContext } from "../../kit/subgraph";
import { workspaceOf } from "../../kit/viewer";
import { ChannelPolicy, ChannelPolicyChange, given } from "./channel-policy";
import { nameOf } from "./input";
import { StoredSettings } from "./policy-settings.entity";
import { lockPolicy, recordVersion } from "./policy-version";
import { settingsOf } from "./settings";

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
      await lockPolicy(tx, workspaceId);
      const before = await this.locked(tx, workspaceId, now, nameOf(viewer));
      before.changed = {
        CHAT: { ...before.changed.CHAT, ...given(input.chat) },
        TICKET: { ...before.changed.TICKET, ...given(input.ticket) },
      };
      before.version += 1;
      before.updatedAt = now;
      before.updatedBy = nameOf(viewer);
      await tx.save(before);
      await recordVersion(tx, { workspaceId, by: nameOf(viewer), at: now, origin: "EDIT" });
      return shown(before);
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
