import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  printSchema,
  visit,
} from "graphql";

/**
 * What every subgraph imports, and the one directive of Baton's own: `@wakesOn` on a subscription field names the
 * events that make the gateway read the query field of the same name again.
 */
const header = /* GraphQL */ `
  extend schema
    @link(
      url: "https://specs.apollo.dev/federation/v2.9"
      import: ["@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible", "@composeDirective"]
    )
    @link(url: "https://baton.dev/wakes-on/v1.0", import: ["@wakesOn"])
    @composeDirective(name: "@wakesOn")

  """
  The live form of the query field with the same name and arguments: read again whenever one of \`events\` is said.
  \`argument\` names the field's argument that must equal the event's conversation; without it every event of the
  viewer's workspace wakes. With \`cursor\` the field is a stream: \`cursor\` names the argument to move on and
  \`position\` the integer field of each item it moves by.
  """
  directive @wakesOn(events: [String!]!, argument: String, cursor: String, position: String) on FIELD_DEFINITION
`;

/**
 * The federated SDL of a type-graphql schema. type-graphql keeps `@Directive`s on AST nodes of its own, which neither
 * graphql's `printSchema` nor Apollo's `printSubgraphSchema` print, so they are put back here.
 */
export function subgraphSdl(schema: GraphQLSchema): DocumentNode {
  const printed = parse(printSchema(schema), { noLocation: true });
  let typeName = "";
  const withDirectives = visit(printed, {
    enter(node) {
      if (
        node.kind === Kind.OBJECT_TYPE_DEFINITION ||
        node.kind === Kind.INTERFACE_TYPE_DEFINITION ||
        node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION
      ) {
        typeName = node.name.value;
        return withAdded(node, schema.getType(typeName)?.astNode?.directives);
      }
      const type = schema.getType(typeName);
      if (node.kind === Kind.FIELD_DEFINITION && (isObjectType(type) || isInterfaceType(type)))
        return withAdded(inOrder(node), type.getFields()[node.name.value]?.astNode?.directives);
      if (node.kind === Kind.INPUT_VALUE_DEFINITION && isInputObjectType(type))
        return withAdded(node, type.getFields()[node.name.value]?.astNode?.directives);
      return undefined;
    },
  });
  return {
    kind: Kind.DOCUMENT,
    definitions: [...parse(header, { noLocation: true }).definitions, ...withDirectives.definitions],
  };
}

/** Decorators of parameters run from the last to the first, so type-graphql has a field's arguments the wrong way round. */
function inOrder(field: FieldDefinitionNode): FieldDefinitionNode {
  return { ...field, arguments: [...(field.arguments ?? [])].reverse() };
}

function withAdded<Node extends { directives?: readonly ConstDirectiveNode[] | undefined }>(
  node: Node,
  directives: readonly ConstDirectiveNode[] | undefined,
): Node {
  if (!directives?.length) return node;
  return { ...node, directives: [...(node.directives ?? []), ...directives] };
}
