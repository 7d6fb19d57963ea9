import {
  Arg,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import type { DataSource, EntityManager } from "typeorm";
import type { Clock } from "../../kit/clock";
import { refuse } from "../../kit/errors";
import { isId } from "../../kit/is-id";
import type { GraphContext } from "../../kit/subgraph";
import { workspaceOf } from "../../kit/viewer";
import { ProviderName } from "../../schema/words";
import type { Accounts } from "./accounts";
import { attempt } from "./attempt";
import { configFields } from "./config-fields";
import { Connection, ProviderConfig } from "./connection.entity";
import type { Connections } from "./connections";
import { DeskPatience } from "./patience.entity";
import type { Provider } from "./provider";
import { ConnectionTakes } from "./takes.entity";
import { webhookPath } from "./webhook.routes";

@InputType()
class ConnectProviderInput {
  @Field(() => ProviderName)
  provider!: ProviderName;

  @Field(() => String, {
    nullable: true,
    description: "The workspace's own name for it; the provider's title by default.",
  })
  name?: string | null;

  @Field(() => ProviderConfig, { description: "The fields that Provider.configFields lists." })
  config!: Record<string, unknown>;

  @Field(() => Boolean, {
    defaultValue: true,
    description: "true: handovers go here first; false: when no other connection took them.",
  })
  primary!: boolean;

  @Field(() => ConnectionTakes, { nullable: true, description: "Which handovers it takes, and when; all by default." })
  takes?: ConnectionTakes | null;

  @Field(() => DeskPatience, {
    nullable: true,
    description: "How long it is waited for; as the workspace has it by default.",
  })
  patience?: DeskPatience | null;
}

@InputType()
class UpdateConnectionInput {
  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => ProviderConfig, {
    nullable: true,
    description: "Fields that are given replace the former ones, null takes one away, others stay.",
  })
  config?: Record<string, unknown> | null;

  @Field(() => Boolean, { nullable: true, description: "true: handovers go here first; false: it becomes the last." })
  primary?: boolean | null;

  @Field(() => ConnectionTakes, { nullable: true, description: "Which handovers it takes, and when; null: all." })
  takes?: ConnectionTakes | null;

  @Field(() => DeskPatience, {
    nullable: true,
    description: "How long it is waited for; null: as the workspace has it.",
  })
  patience?: DeskPatience | null;
}

@ObjectType({ simpleResolvers: true, description: "What came of trying a connection." })
class ConnectionTest {
  @Field(() => Boolean)
  ok!: boolean;

  @Field(() => String, { description: "In words: what works, or what is wrong." })
  message!: string;
}

export interface ConnectionDeps {
  db: DataSource;
  clock: Clock;
  providers: Map<ProviderName, Provider>;
  connections: Connections;
  accounts: Accounts;
  testTimeoutMs: number;
}

@Resolver(() => Connection)
export class ConnectionResolver {
  constructor(private readonly deps: ConnectionDeps) {}

  @Query(() => [Connection], { description: "The workspace's configured providers, the primary one first." })
  @Authorized("SERVICE")
  connections(@Ctx() { viewer }: GraphContext): Promise<Connection[]> {
    return this.deps.connections.list(this.deps.db.manager, workspaceOf(viewer));
  }

  @Mutation(() => Connection, { description: "Connects a help desk. BAD_INPUT names the field that is wrong." })
  @Authorized("SERVICE")
  connectProvider(
    @Arg("input", () => ConnectProviderInput) input: ConnectProviderInput,
    @Ctx() { viewer }: GraphContext,
  ): Promise<Connection> {
    return this.deps.db.transaction((tx) =>
      this.deps.connections.create(tx, workspaceOf(viewer), input.provider, {
        name: input.name ?? undefined,
        config: asObject(input.config),
        primary: input.primary,
        takes: input.takes,
        patience: input.patience,
      }),
    );
  }

  @Mutation(() => Connection, { description: "Changes a connection. Handovers under way finish where they are." })
  @Authorized("SERVICE")
  updateConnection(
    @Arg("id", () => ID) id: string,
    @Arg("input", () => UpdateConnectionInput) input: UpdateConnectionInput,
    @Ctx() context: GraphContext,
  ): Promise<Connection> {
    return this.deps.db.transaction(async (tx) =>
      this.deps.connections.update(tx, await this.held(tx, id, context), {
        name: input.name ?? undefined,
        config: input.config ? asObject(input.config) : undefined,
        primary: input.primary ?? undefined,
        takes: input.takes,
        patience: input.patience,
      }),
    );
  }

  @Mutation(() => [Connection], {
    description:
      "Puts the connections into the order in which a handover tries them: the first is the primary one. Those that are not named follow as they were. BAD_INPUT names an id that is not there.",
  })
  @Authorized("SERVICE")
  orderConnections(@Arg("ids", () => [ID]) ids: string[], @Ctx() { viewer }: GraphContext): Promise<Connection[]> {
    return this.deps.db.transaction((tx) => this.deps.connections.order(tx, workspaceOf(viewer), ids));
  }

  @Mutation(() => ID, { description: "Nothing new goes there; handovers under way finish where they are." })
  @Authorized("SERVICE")
  async deleteConnection(@Arg("id", () => ID) id: string, @Ctx() context: GraphContext): Promise<string> {
    await this.deps.connections.remove(this.deps.db.manager, await this.found(id, context));
    return id;
  }

  @Mutation(() => ConnectionTest, { description: "Tries a connection without leaving anything at the desk." })
  @Authorized("SERVICE")
  async testConnection(@Arg("id", () => ID) id: string, @Ctx() context: GraphContext): Promise<ConnectionTest> {
    const connection = await this.found(id, context);
    const provider = this.deps.providers.get(connection.provider);
    if (!provider) return { ok: false, message: `${connection.provider} is not available in this installation.` };
    const tried = await attempt(
      async (signal) =>
        provider.testConnection(
          this.deps.connections.configOf(connection) as never,
          signal,
          this.deps.accounts.of({ connectionId: connection.id, workspaceId: connection.workspaceId }),
        ),
      { timeoutMs: this.deps.testTimeoutMs, signal: new AbortController().signal, clock: this.deps.clock },
    );
    return tried.ok ? tried.result : { ok: false, message: tried.error };
  }

  @FieldResolver(() => Boolean, { description: "Handovers go here first." })
  async primary(@Root() { id, workspaceId }: Connection): Promise<boolean> {
    const [first] = await this.deps.connections.list(this.deps.db.manager, workspaceId);
    return first?.id === id;
  }

  @FieldResolver(() => [String], { description: "Names of the secret fields; their values are never shown." })
  secretFields(@Root() { provider }: Connection): string[] {
    const config = this.deps.providers.get(provider)?.config;
    return config ? configFields(config).flatMap(({ name, secret }) => (secret ? [name] : [])) : [];
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Where the desk calls Baton, behind your public address; null for a desk that calls nobody.",
  })
  webhookPath(@Root() connection: Connection): string | null {
    return this.deps.providers.get(connection.provider)?.webhook ? webhookPath(connection) : null;
  }

  @FieldResolver(() => [String], {
    description: "The names of the desk's own tags, to make topics of; empty for a desk that has none. Asks the desk.",
  })
  async deskTags(@Root() connection: Connection): Promise<string[]> {
    const { providers, connections, accounts, testTimeoutMs: timeoutMs, clock } = this.deps;
    const provider = providers.get(connection.provider);
    const { listTags } = provider ?? {};
    if (!listTags) return [];
    const asked = await attempt(
      async (signal) =>
        listTags({
          config: connections.configOf(connection) as never,
          account: accounts.of({ connectionId: connection.id, workspaceId: connection.workspaceId }),
          signal,
        }),
      { timeoutMs, signal: new AbortController().signal, clock },
    );
    if (asked.ok) return asked.result;
    throw refuse("UNAVAILABLE", `${provider?.title} does not tell its tags: ${asked.error}.`);
  }

  private async found(id: string, { viewer }: GraphContext): Promise<Connection> {
    const connection = isId(id) && (await this.deps.connections.find(this.deps.db.manager, workspaceOf(viewer), id));
    return connection || notFound(id);
  }

  private async held(tx: EntityManager, id: string, { viewer }: GraphContext): Promise<Connection> {
    return (isId(id) && (await this.deps.connections.hold(tx, workspaceOf(viewer), id))) || notFound(id);
  }
}

function notFound(id: string): never {
  throw refuse("NOT_FOUND", `No connection ${id} in your workspace.`);
}

function asObject(config: unknown): Record<string, unknown> {
  if (typeof config === "object" && config !== null && !Array.isArray(config)) return config as Record<string, unknown>;
  throw refuse("BAD_INPUT", "config: must be an object with the provider's fields.", { field: "config" });
}
