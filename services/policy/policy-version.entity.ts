import { Field, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { ChannelPolicy } from "./channel-policy";
import type { PolicyContent, PolicyRuleFacts } from "./policy-content";
import { type ChangedSettings, settingsOf } from "./settings";

/** What made a version: a change made directly, a draft, or the return to an older version. */
export const PolicyOrigin = { EDIT: "EDIT", DRAFT: "DRAFT", ROLLBACK: "ROLLBACK" } as const;
export type PolicyOrigin = keyof typeof PolicyOrigin;
registerEnumType(PolicyOrigin, {
  name: "PolicyOrigin",
  description: "What made a version: one change made directly, a draft, or the return to an older version.",
});

@ObjectType({ simpleResolvers: true, description: "A guidance rule as a version or a draft has it." })
export class PolicyRule implements PolicyRuleFacts {
  @Field(() => ID, { description: "Of the GuidanceRule; it stays the same over all versions." })
  id!: string;

  @Field(() => String)
  text!: string;

  @Field(() => Boolean)
  enabled!: boolean;

  @Field(() => Int, { description: "In a draft: the version the rule would get." })
  version!: number;
}

/** A workspace's rules and settings as they were published at one time; never changed. */
@ObjectType({
  simpleResolvers: true,
  description: "A workspace's guidance rules and settings as published at one time. Versions are never changed.",
})
@Entity("policy_version")
export class PolicyVersion implements PolicyContent {
  @PrimaryColumn({ type: "uuid", name: "workspace_id" })
  workspaceId!: string;

  @Field(() => Int, { description: "Counts from 1 in the workspace; the highest is in force." })
  @PrimaryColumn({ type: "integer" })
  number!: number;

  @Field(() => [PolicyRule])
  @Column({ type: "jsonb" })
  rules!: PolicyRule[];

  @Column({ type: "jsonb" })
  settings!: ChangedSettings;

  @Field(() => PolicyOrigin)
  @Column({ type: "text" })
  origin!: PolicyOrigin;

  @Field(() => String, { description: "What the author said about it; may be empty." })
  @Column({ type: "text" })
  note!: string;

  @Field(() => Int, { nullable: true, description: "The older version that this one brought back." })
  @Column({ type: "integer", nullable: true })
  restores!: number | null;

  @Field(() => Boolean, { description: "Published although scenarios failed." })
  @Column({ type: "boolean" })
  forced!: boolean;

  @Field(() => GraphQLISODateTime)
  @Column({ type: "timestamptz", name: "published_at" })
  publishedAt!: Date;

  @Field(() => String, { description: "The author." })
  @Column({ type: "text", name: "published_by" })
  publishedBy!: string;

  @Field(() => ChannelPolicy)
  get chat(): ChannelPolicy {
    return settingsOf(this.settings, "CHAT");
  }

  @Field(() => ChannelPolicy)
  get ticket(): ChannelPolicy {
    return settingsOf(this.settings, "TICKET");
  }
}

/** Rules and settings somebody works on; nothing of it holds before it is published. */
@ObjectType({
  simpleResolvers: true,
  description: "Guidance rules and settings that somebody works on. Nothing of it holds before it is published.",
})
@Entity("policy_draft")
export class PolicyDraft implements PolicyContent {
  @Field(() => ID)
  @PrimaryColumn({ type: "uuid" })
  id!: string;

  @Column({ type: "uuid", name: "workspace_id" })
  workspaceId!: string;

  @Field(() => String)
  @Column({ type: "text" })
  name!: string;

  @Field(() => Int, { description: "The version it was made from or last brought up to date with; 0: from nothing." })
  @Column({ type: "integer" })
  base!: number;

  @Field(() => [PolicyRule])
  @Column({ type: "jsonb" })
  rules!: PolicyRule[];

  @Column({ type: "jsonb" })
  settings!: ChangedSettings;

  @Field(() => GraphQLISODateTime)
  @Column({ type: "timestamptz", name: "created_at" })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime)
  @Column({ type: "timestamptz", name: "updated_at" })
  updatedAt!: Date;

  @Field(() => String, { description: "Who changed it last." })
  @Column({ type: "text", name: "updated_by" })
  updatedBy!: string;

  @Field(() => ChannelPolicy)
  get chat(): ChannelPolicy {
    return settingsOf(this.settings, "CHAT");
  }

  @Field(() => ChannelPolicy)
  get ticket(): ChannelPolicy {
    return settingsOf(this.settings, "TICKET");
  }
}
