import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  Kind,
  type NamedTypeNode,
  OperationTypeNode,
  parseType,
  print,
  separateOperations,
  TypeInfo,
  type VariableDefinitionNode,
  visit,
  visitWithTypeInfo,
} from "graphql";
import type { WakesOn } from "./wakes-on";

/** The variable a stream's cursor travels in, and the alias its position comes back under. */
export const CURSOR = "_batonCursor";
export const POSITION = "_batonPosition";

/** A subscription as the query that reads it. */
export interface AsQuery {
  /** Text of the query document. */
  query: string;
  /** The variables as the client declared them. */
  variableDefinitions: readonly VariableDefinitionNode[];
  /** The one root field, as the client wrote it, with the API schema's field. */
  node: FieldNode;
  field: GraphQLField<unknown, unknown>;
  /** What the field is called in the answer. */
  key: string;
  wakesOn: WakesOn;
}

/**
 * Turns a valid subscription into a query with the same selection, fragments, aliases, directives and variables. A
 * stream additionally asks for each item's position and takes its cursor from a variable.
 */
export function toQuery(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  wakesOn: Map<string, WakesOn>,
): AsQuery {
  const alone = separateOperations(document)[operationName ?? ""] ?? document;
  const root = schema.getSubscriptionType();
  const queryType = schema.getQueryType();
  if (!root || !queryType) throw new Error("the graph has no subscriptions");
  const nodes: FieldNode[] = [];
  const types = new TypeInfo(schema);
  const renamed = (type: NamedTypeNode): NamedTypeNode =>
    type.name.value === root.name ? { ...type, name: { ...type.name, value: queryType.name } } : type;

  const turned: DocumentNode = visit(
    alone,
    visitWithTypeInfo(types, {
      Field: {
        leave(node) {
          if (types.getParentType() !== root) return undefined;
          nodes.push(node);
          const { stream } = wakesOn.get(node.name.value) ?? { stream: null };
          return stream ? asPage(node, stream.cursor, stream.position) : undefined;
        },
      },
      FragmentDefinition: { leave: (node) => ({ ...node, typeCondition: renamed(node.typeCondition) }) },
      InlineFragment: {
        leave: (node) => (node.typeCondition ? { ...node, typeCondition: renamed(node.typeCondition) } : undefined),
      },
      OperationDefinition: { leave: (node) => ({ ...node, operation: OperationTypeNode.QUERY }) },
    }),
  );

  const [node] = nodes;
  const field = node && root.getFields()[node.name.value];
  const wakes = node && wakesOn.get(node.name.value);
  if (!node || !field || !wakes) throw new Error("a subscription has exactly one root field");
  return {
    query: print(withVariables(turned, cursorDefinition(field, wakes))),
    variableDefinitions: alone.definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : [],
    ),
    node,
    field,
    key: node.alias?.value ?? node.name.value,
    wakesOn: wakes,
  };
}

function asPage(node: FieldNode, cursor: string, position: string): FieldNode {
  const others = (node.arguments ?? []).filter(({ name }) => name.value !== cursor);
  return {
    ...node,
    arguments: [
      ...others,
      {
        kind: Kind.ARGUMENT,
        name: { kind: Kind.NAME, value: cursor },
        value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: CURSOR } },
      },
    ],
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [
        ...(node.selectionSet?.selections ?? []),
        {
          kind: Kind.FIELD,
          alias: { kind: Kind.NAME, value: POSITION },
          name: { kind: Kind.NAME, value: position },
        },
      ],
    },
  };
}

function cursorDefinition(field: GraphQLField<unknown, unknown>, { stream }: WakesOn): string | null {
  if (!stream) return null;
  const type = field.args.find(({ name }) => name === stream.cursor)?.type;
  if (!type) throw new Error(`Subscription.${field.name} has no argument "${stream.cursor}" to move on`);
  return String(type);
}

/** Adds the cursor's definition, and drops those of variables that only the client's own cursor used. */
function withVariables(document: DocumentNode, cursorType: string | null): DocumentNode {
  if (!cursorType) return document;
  const used = new Set<string>();
  visit(document, { VariableDefinition: () => false, Variable: ({ name }) => void used.add(name.value) });
  return {
    ...document,
    definitions: document.definitions.map((definition) =>
      definition.kind !== Kind.OPERATION_DEFINITION
        ? definition
        : {
            ...definition,
            variableDefinitions: [
              ...(definition.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value)),
              {
                kind: Kind.VARIABLE_DEFINITION,
                variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: CURSOR } },
                type: parseType(cursorType, { noLocation: true }),
              },
            ],
          },
    ),
  };
}
