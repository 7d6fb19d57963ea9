import type { Viewer } from "../../../kit/viewer";
import { anonymous, type ConversationsStage, openStage, operator, type Talk } from "./scene";

let set: ConversationsStage;
/** Two customers of one workspace, and one of another. Each has said something and asked for a person. */
let mine: Talk;
let neighbour: Talk;
let stranger: Talk;

beforeAll(async () => {
  set = await openStage();
  const workspace = await set.workspace("EXTERNAL");
  mine = await set.talk({ workspace });
  neighbour = await set.talk({ workspace });
  stranger = await set.talk({ workspace: await set.workspace("EXTERNAL") });
  for (const talk of [mine, neighbour, stranger]) {
    await talk.say("A secret of this customer");
    await talk.do(talk.customer, "requestHandover");
  }
});
afterAll(() => set.close());

async function idsOf(talk: Talk) {
  const { messages, handover } = await talk.shown();
  return { Conversation: talk.id, Message: messages[0]?.id, Handover: handover?.id, Workspace: talk.workspaceId };
}

/** What another subgraph's reference to the thing gives this viewer. */
async function entity(viewer: Viewer, type: string, id: string | undefined) {
  const { _entities } = await set.ask<{ _entities: unknown[] }>(
    viewer,
    `query ($of: [_Any!]!) { _entities(representations: $of) { __typename ... on ${type} { id } } }`,
    { of: [{ __typename: type, id }] },
  );
  return _entities[0];
}

/** Root fields by conversation: what each gives when it gives something. */
const reads = {
  conversation: "query ($id: ID!) { it: conversation(id: $id) { id } }",
  messages: "query ($id: ID!) { it: messages(conversationId: $id) { id } }",
  handover: "query ($id: ID!) { it: handover(conversationId: $id) { id } }",
};

const writes = {
  postMessage: { text: "Hello" },
  identifyCustomer: { name: "Mallory" },
  requestHandover: {},
  acceptOffer: {},
  declineOffer: {},
  cancelHandover: {},
  replyAsAgent: { text: "Hello" },
  returnToAssistant: {},
  closeConversation: {},
  postAssistantMessage: { inReplyTo: "00000000-0000-4000-8000-000000000000", epoch: 0, answered: true, text: "Hi" },
};

/** Reads a conversation's field as somebody; a refusal's code instead of what it gives. */
async function read(viewer: Viewer, field: keyof typeof reads, talk: Talk): Promise<unknown> {
  const error = await set.refusal(viewer, reads[field], { id: talk.id });
  return error ? error.extensions.code : (await set.ask<{ it: unknown }>(viewer, reads[field], { id: talk.id })).it;
}

for (const type of ["Conversation", "Message", "Handover"] as const) {
  test(`${type}: a customer sees their own, not a neighbour's, not a stranger's`, async () => {
    expect(await entity(mine.customer, type, (await idsOf(mine))[type])).toMatchObject({ __typename: type });
    expect(await entity(mine.customer, type, (await idsOf(neighbour))[type])).toBeNull();
    expect(await entity(mine.customer, type, (await idsOf(stranger))[type])).toBeNull();
  });

  test(`${type}: agents and services see their workspace's, never another's`, async () => {
    for (const viewer of [mine.agent, mine.service]) {
      expect(await entity(viewer, type, (await idsOf(neighbour))[type])).toMatchObject({ __typename: type });
      expect(await entity(viewer, type, (await idsOf(stranger))[type])).toBeNull();
    }
  });

  test(`${type}: nobody signed in and an operator see nothing`, async () => {
    for (const viewer of [anonymous, operator])
      expect(await entity(viewer, type, (await idsOf(mine))[type])).toBeNull();
  });

  test(`${type}: a reference to nothing is null`, async () => {
    for (const id of ["not-an-id", "00000000-0000-4000-8000-000000000000"])
      expect(await entity(mine.agent, type, id)).toBeNull();
  });
}

test("Workspace: everybody sees their own, an operator all", async () => {
  for (const viewer of [mine.customer, mine.agent, mine.service, operator])
    expect(await entity(viewer, "Workspace", mine.workspaceId)).toEqual({
      __typename: "Workspace",
      id: mine.workspaceId,
    });
  for (const viewer of [mine.customer, mine.agent, mine.service, anonymous])
    expect(await entity(viewer, "Workspace", stranger.workspaceId)).toBeNull();
  const read = "query ($id: ID) { workspace(id: $id) { id } }";
  expect(await set.ask(mine.agent, read)).toEqual({ workspace: { id: mine.workspaceId } });
  expect(await set.ask(mine.agent, read, { id: stranger.workspaceId })).toEqual({ workspace: null });
  expect(await set.ask(operator, read, { id: stranger.workspaceId })).toEqual({
    workspace: { id: stranger.workspaceId },
  });
});

for (const field of Object.keys(reads) as (keyof typeof reads)[]) {
  const nothing = field === "messages" ? "NOT_FOUND" : null;

  test(`query ${field}: a customer only of their own conversation, a workspace only of its own`, async () => {
    expect(await read(mine.customer, field, mine)).toEqual(expect.anything());
    expect(await read(mine.customer, field, mine)).not.toBe("NOT_FOUND");
    expect(await read(mine.customer, field, neighbour)).toBe(nothing);
    expect(await read(mine.customer, field, stranger)).toBe(nothing);
    expect(await read(mine.agent, field, neighbour)).toEqual(expect.anything());
    expect(await read(mine.agent, field, stranger)).toBe(nothing);
    expect(await read(mine.service, field, stranger)).toBe(nothing);
    expect(await read(anonymous, field, mine)).toBe("UNAUTHENTICATED");
    expect(await read(operator, field, mine)).toBe("UNAUTHENTICATED");
  });
}

test("query conversations: a workspace's own, and not for customers", async () => {
  const list = "{ conversations { nodes { id } } }";
  for (const viewer of [mine.agent, mine.service]) {
    const { conversations } = await set.ask<{ conversations: { nodes: { id: string }[] } }>(viewer, list);
    expect(new Set(conversations.nodes.map(({ id }) => id))).toEqual(new Set([mine.id, neighbour.id]));
  }
  expect((await set.refusal(mine.customer, list))?.extensions.code).toBe("FORBIDDEN");
  expect((await set.refusal(operator, list))?.extensions.code).toBe("FORBIDDEN");
  expect((await set.refusal(anonymous, list))?.extensions.code).toBe("UNAUTHENTICATED");
});

test("query awaitingAnswer: a service's own workspace, and nobody else", async () => {
  const [waits, other] = [await set.talk({ workspace: await set.workspace("EXTERNAL") }), stranger];
  const message = await waits.say("Hello?");
  await set.hear(await waits.assessed(message, "CONTINUE"));
  const list = "{ awaitingAnswer { id awaitedMessage { id } } }";
  expect(await set.ask(waits.service, list)).toEqual({
    awaitingAnswer: [{ id: waits.id, awaitedMessage: { id: message } }],
  });
  expect(await set.ask(other.service, list)).toEqual({ awaitingAnswer: [] });
  for (const viewer of [waits.customer, waits.agent])
    expect((await set.refusal(viewer, list))?.extensions.code).toBe("FORBIDDEN");
});

for (const [mutation, args] of Object.entries(writes)) {
  test(`mutation ${mutation}: changes nothing in a conversation out of reach`, async () => {
    const [before, beforeNeighbour] = [await stranger.shown(), await neighbour.shown()];
    for (const viewer of [mine.customer, mine.agent, mine.service, operator, anonymous])
      await expect(stranger.do(viewer, mutation, args)).rejects.toMatchObject({
        extensions: { code: expect.stringMatching(/NOT_FOUND|FORBIDDEN|UNAUTHENTICATED/) },
      });
    await expect(neighbour.do(mine.customer, mutation, args)).rejects.toMatchObject({
      extensions: { code: expect.stringMatching(/NOT_FOUND|FORBIDDEN/) },
    });
    expect([await stranger.shown(), await neighbour.shown()]).toEqual([before, beforeNeighbour]);
  });
}

test("a customer's note-worthy secrets stay with their own conversation, also through nested fields", async () => {
  const { conversation } = await set.ask<{ conversation: { messages: unknown[] } }>(
    mine.customer,
    `query ($id: ID!) { conversation(id: $id) {
      messages { conversation { id } inReplyTo { id } }
      handovers { conversation { id messages { id } } message { id } }
      workspace { id }
    } }`,
    { id: mine.id },
  );
  expect(JSON.stringify(conversation)).not.toContain(neighbour.id);
});
