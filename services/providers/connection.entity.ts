import { GraphQLScalarType, Kind, type ValueNode } from "graphql";
import { Directive, Field, GraphQLISODateTime, ID, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import "../../schema/words.graph";
import { ProviderName } from "../../schema/words";
import type { Patience } from "./patience";
import { DeskPatience } from "./patience.entity";
import type { Takes } from "./takes";
import { ConnectionTakes } from "./takes.entity";

/** A configuration in the graph: which fields there are is the provider's affair, told by `Provider.configFields`. */
export const ProviderConfig = new GraphQLScalarType({
  name: "ProviderConfig",
  description: 'An object with the fields that Provider.configFields lists, such as { urlTemplate: "https://..." }.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => fromLiteral(node, variables ?? {}),
});

function fromLiteral(node: ValueNode, variables: Record<string, unknown>): unknown {
  switch (node.kind) {
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, fromLiteral(value, variables)]));
    case Kind.LIST:
      return node.values.map((value) => fromLiteral(value, variables));
    case Kind.VARIABLE:
      return variables[node.name.value];
    case Kind.NULL:
      return null;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    default:
      return node.value;
  }
}

@ObjectType({ simpleResolvers: true, description: "A workspace's configured provider. Its secrets are never shown." })
@Directive('@key(fields: "id")')
@Entity("connection")
export class Connection {
  @Field(() => ID)
  @PrimaryColumn({ type: "uuid" })
  id!: string;

  @Column({ type: "uuid", name: "workspace_id" })
  workspaceId!: string;

  @Field(() => ProviderName)
  @Column({ type: "text" })
  provider!: ProviderName;

  @Field(() => String, { description: "The workspace's own name for it." })
  @Column({ type: "text" })
  name!: string;

  /** The smallest of a workspace is its primary connection. */
  @Column({ type: "integer" })
  rank!: number;

  @Field(() => ProviderConfig, { description: "The configuration without its secrets." })
  @Column({ type: "jsonb" })
  config!: Record<string, unknown>;

  @Field(() => ConnectionTakes, {
    nullable: true,
    description: "Which handovers it takes, and when; null: all. What it does not take goes to the next connection.",
  })
  @Column({ type: "jsonb", nullable: true })
  takes!: Takes | null;

  @Field(() => DeskPatience, {
    nullable: true,
    description: "How long it is waited for; null: as the workspace has it.",
  })
  @Column({ type: "jsonb", nullable: true })
  patience!: Patience | null;

  /** Sealed with the connection's id. */
  @Column({ type: "text" })
  secrets!: string;

  @Field(() => GraphQLISODateTime)
  @Column({ type: "timestamptz", name: "created_at" })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime)
  @Column({ type: "timestamptz", name: "updated_at" })
  updatedAt!: Date;

  @Column({ type: "timestamptz", name: "deleted_at", nullable: true })
  deletedAt!: Date | null;
}
