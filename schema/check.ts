import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildASTSchema, type DocumentNode, type GraphQLSchema, Kind, parse, visit } from "graphql";
import { allEvents, eventName, type JsonSchema } from "./asyncapi";
import { parseEvent } from "./events/catalogue";

/** One difference between the released contract and the current one. */
export interface Change {
  /** One sentence; `allowed-breaking.json` names a change by it. */
  message: string;
  /** BREAKING: a client or a reader of events that works today stops working. DANGEROUS: one that is strict might. */
  level: "BREAKING" | "DANGEROUS";
}

/** A breaking change that is meant. */
export interface Allowed {
  change: string;
  reason: string;
}

/** What clients of the graph, and teams whose subgraphs extend it, would notice between two supergraphs. */
export async function graphChanges(released: string, current: string): Promise<Change[]> {
  const [before, after] = [parse(released), parse(current)];
  const levels: Partial<Record<CriticalityLevel, Change["level"]>> = {
    [CriticalityLevel.Breaking]: "BREAKING",
    [CriticalityLevel.Dangerous]: "DANGEROUS",
  };
  const changes = (await diff(apiSchema(before), apiSchema(after))).flatMap(({ message, criticality }) => {
    const level = levels[criticality.level];
    return level ? [{ message, level }] : [];
  });
  const promises = subgraphPromises(after);
  for (const promise of subgraphPromises(before))
    if (!promises.has(promise)) changes.push({ message: `${promise} was removed`, level: "BREAKING" });
  return changes;
}

/** The supergraph as clients see it: without the marks of federation and without what is @inaccessible. */
export function apiSchema(supergraph: DocumentNode): GraphQLSchema {
  const federation = /^(join|link|core)__/;
  const forClients = new Set(["deprecated", "specifiedBy", "oneOf"]);
  const document = visit(supergraph, {
    enter(node) {
      if (node.kind === Kind.DIRECTIVE_DEFINITION) return null;
      if ("directives" in node && node.directives?.some(({ name }) => name.value === "inaccessible")) return null;
      const definesType = node.kind.endsWith("TypeDefinition");
      if (definesType && "name" in node && federation.test(node.name?.value ?? "")) return null;
      if (node.kind === Kind.DIRECTIVE && !forClients.has(node.name.value)) return null;
      return undefined;
    },
  });
  return buildASTSchema(document, { assumeValidSDL: true });
}

/** What clients cannot see but others build on: entity keys, and which subscriptions are live. */
function subgraphPromises(supergraph: DocumentNode): Set<string> {
  const promises = new Set<string>();
  let type = "";
  visit(supergraph, {
    ObjectTypeDefinition(node) {
      type = node.name.value;
      for (const directive of node.directives ?? []) {
        const key = directive.arguments?.find(({ name }) => name.value === "key")?.value;
        if (directive.name.value === "join__type" && key?.kind === Kind.STRING)
          promises.add(`The key "${key.value}" of entity ${type}`);
      }
    },
    FieldDefinition(node) {
      if (node.directives?.some(({ name }) => name.value === "wakesOn"))
        promises.add(`@wakesOn of ${type}.${node.name.value}`);
    },
  });
  return promises;
}

/** What readers of events would notice; also what would make an event that is still on a topic unreadable. */
export function eventChanges(released: Record<string, JsonSchema>, current: Record<string, JsonSchema>): Change[] {
  return Object.entries(released).flatMap(([name, before]) => {
    const after = current[name];
    return after ? shapeChanges(name, before, after) : [breaking(`Event ${name} was removed`)];
  });
}

function shapeChanges(path: string, before: JsonSchema, after: JsonSchema): Change[] {
  const [was, is] = [typesOf(before), typesOf(after)];
  if (was.join() !== is.join()) {
    const widened = was.every((type) => is.includes(type)) && is.join() === [...was, "null"].sort().join();
    return [breaking(widened ? `${path} became nullable` : `${path} changed from ${was.join("|")} to ${is.join("|")}`)];
  }
  return [
    ...valueChanges(path, before, after),
    ...fieldChanges(path, objectOf(before), objectOf(after)),
    ...itemChanges(path, before, after),
  ];
}

function valueChanges(path: string, before: JsonSchema, after: JsonSchema): Change[] {
  const [was, is] = [valuesOf(before), valuesOf(after)];
  if (!was && !is) return [];
  if (was && !is) return [dangerous(`${path} may now have any value, not only ${was.join(", ")}`)];
  if (!was) return [breaking(`${path} may now only be ${is?.join(", ")}`)];
  const removed = was.filter((value) => !is?.includes(value));
  const added = is?.filter((value) => !was.includes(value)) ?? [];
  return [
    ...(removed.length ? [breaking(`${path} may no longer be ${removed.join(", ")}`)] : []),
    ...(added.length ? [dangerous(`${path} may now also be ${added.join(", ")}`)] : []),
  ];
}

function fieldChanges(path: string, before: JsonSchema, after: JsonSchema): Change[] {
  const changes: Change[] = [];
  for (const [field, was] of Object.entries(before.properties ?? {})) {
    const is = after.properties?.[field];
    const here = `${path}.${field}`;
    if (!is) {
      changes.push(breaking(`${here} was removed`));
      continue;
    }
    if (before.required?.includes(field) && !after.required?.includes(field))
      changes.push(breaking(`${here} became optional`));
    if (!before.required?.includes(field) && after.required?.includes(field))
      changes.push(breaking(`${here} became required: events already on the topic lack it`));
    changes.push(...shapeChanges(here, was, is));
  }
  for (const field of after.required ?? [])
    if (!before.properties?.[field])
      changes.push(breaking(`${path}.${field} is new and required: events already on the topic lack it`));
  return changes;
}

function itemChanges(path: string, before: JsonSchema, after: JsonSchema): Change[] {
  const [was, is] = [before.items, after.items];
  return was && is && !Array.isArray(was) && !Array.isArray(is) ? shapeChanges(`${path}[]`, was, is) : [];
}

/** "a or null" is written in three ways in JSON Schema; all of them read as the sorted names of types. */
function typesOf(schema: JsonSchema): string[] {
  const parts = schema.anyOf ?? schema.oneOf;
  const types = parts
    ? parts.flatMap(typesOf)
    : [schema.type ?? (schema.const === undefined ? "any" : "string")].flat();
  return [...new Set(types)].sort();
}

function objectOf(schema: JsonSchema): JsonSchema {
  return (schema.anyOf ?? schema.oneOf)?.find((part) => part.properties) ?? schema;
}

function valuesOf(schema: JsonSchema): unknown[] | undefined {
  const parts = schema.anyOf ?? schema.oneOf;
  if (parts) return parts.map(valuesOf).find((values) => values);
  return schema.const === undefined ? schema.enum?.filter((value) => value !== null) : [schema.const];
}

function breaking(message: string): Change {
  return { message, level: "BREAKING" };
}

function dangerous(message: string): Change {
  return { message, level: "DANGEROUS" };
}

/** Sentences about breaking changes that nobody allowed, and about allowances that allow nothing. */
export function breakingProblems(changes: Change[], allowed: Allowed[]): string[] {
  const found = new Set(changes.filter(({ level }) => level === "BREAKING").map(({ message }) => message));
  const listed = new Set(allowed.filter(({ reason }) => reason.trim()).map(({ change }) => change));
  return [
    ...[...found].filter((message) => !listed.has(message)).map((message) => `breaking: ${message}`),
    ...allowed.filter(({ reason }) => !reason.trim()).map(({ change }) => `allowed without a reason: ${change}`),
    ...[...listed].filter((change) => !found.has(change)).map((change) => `allowed, but not a change: ${change}`),
  ];
}

/** `examples`: the text of every example file, by event name. One per type and version; each must still be readable. */
export function exampleProblems(examples: Record<string, string>): string[] {
  const missing = allEvents()
    .map(({ definition }) => eventName(definition))
    .filter((name) => examples[name] === undefined);
  const unreadable = Object.entries(examples).flatMap(([name, text]) => {
    const parsed = parseEvent(text);
    if (!parsed.ok) return [`the example ${name} can no longer be read: ${parsed.problem}`];
    const actual = eventName({ type: parsed.event.type, version: parsed.event.typeversion });
    return actual === name ? [] : [`the example ${name} holds a ${actual}`];
  });
  return [...missing.map((name) => `${name} has no example: schema/events/examples/${name}.json`), ...unreadable];
}
