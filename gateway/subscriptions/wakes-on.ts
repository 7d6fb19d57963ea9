import { type ConstDirectiveNode, type GraphQLSchema, Kind, parse, valueFromASTUntyped } from "graphql";

/** What `@wakesOn` says of one subscription field; see kit/subgraph.sdl.ts. */
export interface WakesOn {
  field: string;
  /** Event types that wake. */
  events: string[];
  /** The argument that must equal the event's conversation; `null`: every event of the workspace wakes. */
  argument: string | null;
  /** A stream: the argument that moves on, and the integer field of each item it moves by. */
  stream: { cursor: string; position: string } | null;
}

/** Reads `@wakesOn` off the supergraph, where composition has kept it. */
export function readWakesOn(supergraphSdl: string): Map<string, WakesOn> {
  const found = new Map<string, WakesOn>();
  const document = parse(supergraphSdl, { noLocation: true });
  const schemaDefinition = document.definitions.find((node) => node.kind === Kind.SCHEMA_DEFINITION);
  const root = schemaDefinition?.operationTypes.find(({ operation }) => operation === "subscription")?.type.name.value;
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    if (definition.name.value !== (root ?? "Subscription")) continue;
    for (const field of definition.fields ?? []) {
      const directive = field.directives?.find(({ name }) => name.value === "wakesOn");
      if (directive) found.set(field.name.value, wakesOn(field.name.value, directive));
    }
  }
  return found;
}

function wakesOn(field: string, directive: ConstDirectiveNode): WakesOn {
  const given = Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
  const { events, argument, cursor, position } = given as Record<string, unknown>;
  if ((typeof cursor === "string") !== (typeof position === "string"))
    throw new Error(`@wakesOn of Subscription.${field}: \`cursor\` and \`position\` go together.`);
  return {
    field,
    events: events as string[],
    argument: typeof argument === "string" ? argument : null,
    stream: typeof cursor === "string" ? { cursor, position: position as string } : null,
  };
}

/**
 * Every subscription field must say what wakes it and must have a query field to read. Returns what is wrong, one
 * sentence each.
 */
export function wakesOnProblems(schema: GraphQLSchema, wakesOn: Map<string, WakesOn>): string[] {
  const queries = schema.getQueryType()?.getFields() ?? {};
  return Object.values(schema.getSubscriptionType()?.getFields() ?? {}).flatMap((field) => {
    if (!wakesOn.has(field.name)) return [`Subscription.${field.name} has no @wakesOn, so nothing would ever wake it.`];
    const query = queries[field.name];
    if (!query) return [`Subscription.${field.name} needs a query field of the same name: that is what is read.`];
    const shape = (of: typeof field) =>
      `${of.args.map(({ name, type }) => `${name}: ${type}`).join(", ")} -> ${of.type}`;
    return shape(query) === shape(field)
      ? []
      : [`Subscription.${field.name} (${shape(field)}) and Query.${field.name} (${shape(query)}) differ.`];
  });
}
