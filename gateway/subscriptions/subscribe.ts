import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from "graphql";
import { refuse } from "../../kit/errors";
import type { Viewer } from "../../kit/viewer";
import { createBoundedCache } from "../bounded-cache";
import { createCauses } from "./causes";
import { followState, followStream } from "./follow";
import type { Read, ReadResult } from "./read";
import { type AsQuery, CURSOR, toQuery } from "./to-query";
import type { WakesOn } from "./wakes-on";
import type { Sleepers } from "./who-to-wake";

/** A document that was read and found good. `live` is null for queries and mutations. */
export interface Prepared {
  document: DocumentNode;
  live: AsQuery | null;
}

export type Prepare = (text: string, operationName: string | null | undefined) => Prepared | readonly GraphQLError[];

/** Reads and checks documents, each text once. */
export function createPrepare(options: {
  schema: GraphQLSchema;
  wakesOn: Map<string, WakesOn>;
  rules: ValidationRule[];
  maxTokens: number;
}): Prepare {
  const { schema, wakesOn, rules, maxTokens } = options;
  const known = createBoundedCache<Prepared>(2_000);
  return (text, operationName) => {
    const name = `${operationName ?? ""} ${text}`;
    const before = known.get(name);
    if (before) return before;
    let document: DocumentNode;
    try {
      document = parse(text, { maxTokens, noLocation: false });
    } catch (error) {
      return [refuse("BAD_INPUT", error instanceof Error ? error.message : String(error))];
    }
    const errors = validate(schema, document, [...specifiedRules, ...rules]);
    if (errors.length > 0) return errors;
    const operation = getOperationAST(document, operationName);
    if (!operation)
      return [refuse("BAD_INPUT", "The document has several operations, or none of this name: send operationName.")];
    const live = operation.operation === "subscription" ? toQuery(schema, document, operationName, wakesOn) : null;
    const prepared = { document, live };
    known.set(name, prepared);
    return prepared;
  };
}

/** A running subscription, in the shape graphql-ws wants: `return` ends it at once, also while it sleeps. */
export type Live = AsyncGenerator<ReadResult, void, undefined> & {
  /** Ends it with an error, at once. */
  fail(error: GraphQLError): void;
};

/**
 * Starts a subscription of this viewer. It joins those who are woken before it reads for the first time, so nothing
 * falls in between. Throws BAD_INPUT for wrong variables, UNAUTHENTICATED when nobody is signed in.
 */
export function startLive(options: {
  schema: GraphQLSchema;
  live: AsQuery;
  variables: Record<string, unknown>;
  viewer: Viewer;
  sleepers: Sleepers;
  read: Read;
  /** Called at every wake; a client that does not read is cut here. */
  onWake?: () => void;
  onEnd?: () => void;
}): Live {
  const { schema, live, variables, viewer, sleepers, read, onWake, onEnd } = options;
  const given = argumentsOf(schema, live, variables);
  const causes = createCauses();
  const leave = sleepers.join({
    ...whatWakes(live.wakesOn, given, viewer),
    wake(cause) {
      onWake?.();
      causes.wake(cause);
    },
  });
  const { query, key } = live;
  const { stream } = live.wakesOn;
  const running = stream
    ? followStream(
        { key, causes, after: numberOrNull(given[stream.cursor]), first: numberOrNull(given.first) },
        (after, cause) => read({ query, variables: { ...variables, [CURSOR]: after }, viewer }, cause),
      )
    : followState({ key, causes }, (cause) => read({ query, variables, viewer }, cause));

  let ended = false;
  let failure: GraphQLError | null = null;
  const end = () => {
    if (ended) return;
    ended = true;
    leave();
    causes.end();
    onEnd?.();
  };
  const step = async (next: Promise<IteratorResult<ReadResult, void>>) => {
    try {
      const result = await next;
      if (failure) throw failure;
      if (result.done) end();
      return result;
    } catch (error) {
      end();
      throw error;
    }
  };
  const self: Live = {
    next: () => step(running.next()),
    return: () => {
      end();
      return running.return();
    },
    throw: (error) => {
      end();
      return running.throw(error);
    },
    fail(error) {
      failure = error;
      end();
    },
    [Symbol.asyncIterator]: () => self,
    [Symbol.asyncDispose]: async () => end(),
  };
  return self;
}

/**
 * Which conversation's events wake this viewer. A customer is woken by their own conversation only, whatever they
 * ask for; what they get to see is decided by the read, every time. Events spell ids in lower case, clients as they like.
 */
function whatWakes({ events, argument }: WakesOn, given: Record<string, unknown>, viewer: Viewer) {
  if (!("workspaceId" in viewer)) throw refuse("UNAUTHENTICATED", "Subscriptions need a token of a workspace.");
  const asked = argument === null ? null : String(given[argument]).toLowerCase();
  const conversationId = viewer.role === "CUSTOMER" ? viewer.conversationId : asked;
  const foreign = viewer.role === "CUSTOMER" && asked !== null && asked !== viewer.conversationId;
  return { workspaceId: viewer.workspaceId, events: foreign ? [] : events, conversationId };
}

function argumentsOf(schema: GraphQLSchema, live: AsQuery, variables: Record<string, unknown>) {
  const { coerced, errors } = getVariableValues(schema, live.variableDefinitions, variables);
  if (errors?.[0]) throw refuse("BAD_INPUT", errors[0].message);
  try {
    return getArgumentValues(live.field, live.node, coerced);
  } catch (error) {
    throw error instanceof GraphQLError ? refuse("BAD_INPUT", error.message) : error;
  }
}

function numberOrNull(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
