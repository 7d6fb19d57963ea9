import { randomUUID } from "node:crypto";
import { verifyToken } from "../../../kit/viewer";
import { messageLimit } from "../customer-input";
import { anonymous, type ConversationsStage, openStage, operator, type Talk, tokenSecret } from "./scene";

let set: ConversationsStage;
beforeAll(async () => {
  set = await openStage();
});
afterAll(() => set.close());

describe("starting", () => {
  const start = `mutation ($input: StartConversationInput!) {
    startConversation(input: $input) {
      token expiresAt
      conversation { id channel language control epoch status customer { id name email externalId } workspace { id } }
    }
  }`;

  test("a widget key opens a conversation, with a token that speaks for its customer alone", async () => {
    const workspace = await set.workspace();
    const input = {
      widgetKey: workspace.widgetKey,
      channel: "TICKET",
      language: "pt_BR",
      customer: { name: " Robin ", email: "robin@example.com", externalId: "c-1" },
    };
    const { startConversation } = await set.ask<{ startConversation: Record<string, never> }>(anonymous, start, {
      input,
    });
    expect(startConversation).toMatchObject({
      conversation: {
        channel: "TICKET",
        language: "pt-br",
        control: "ASSISTANT",
        epoch: 0,
        status: "OPEN",
        customer: { name: "Robin", email: "robin@example.com", externalId: "c-1" },
        workspace: { id: workspace.id },
      },
    });
    const { conversation, token } = startConversation as unknown as {
      token: string;
      conversation: { id: string; customer: { id: string } };
    };
    const { viewer } = await verifyToken(tokenSecret, "outer", token);
    expect(viewer).toEqual({
      role: "CUSTOMER",
      workspaceId: workspace.id,
      conversationId: conversation.id,
      customerId: conversation.customer.id,
    });
    const [said] = await set.said("conversation.started", conversation.id);
    expect(said?.workspaceid).toBe(workspace.id);
  });

  test("without a language it is the workspace's", async () => {
    const workspace = await set.workspace();
    await set.ask(operator, 'mutation ($id: ID!) { updateWorkspace(id: $id, language: "nl") { id } }', workspace);
    const talk = await set.talk({ workspace });
    const { conversation } = await set.ask(talk.customer, "query ($id: ID!) { conversation(id: $id) { language } }", {
      id: talk.id,
    });
    expect(conversation).toEqual({ language: "nl" });
  });

  test.each([
    ["an unknown widget key", { widgetKey: "wk_no" }, "NOT_FOUND"],
    ["a widget key with NUL", { widgetKey: "\0" }, "NOT_FOUND"],
    ["a bad e-mail address", { customer: { email: "robin@" } }, "BAD_INPUT"],
    ["a language that is none", { language: "the English one" }, "BAD_INPUT"],
    ["an endless name", { customer: { name: "x".repeat(5_000) } }, "BAD_INPUT"],
    ["a name with NUL", { customer: { name: "a\0b" } }, "BAD_INPUT"],
  ])("%s is refused with a code", async (_, wrong, code) => {
    const { widgetKey } = await set.workspace();
    const error = await set.refusal(anonymous, start, { input: { widgetKey, ...wrong } });
    expect(error?.extensions.code).toBe(code);
  });

  test("who waits for a person over the weekend or the holidays comes back with the same token", async () => {
    const talk = await set.talk();
    const { expiresAt } = await verifyToken(tokenSecret, "outer", talk.token);
    expect(expiresAt.getTime()).toBeGreaterThan(Date.now() + 11 * 24 * 3_600_000);
  });

  test("the customer's token can be renewed, and a service can get one for any conversation of its workspace", async () => {
    const talk = await set.talk();
    const renew = "mutation ($id: ID) { renewCustomerToken(conversationId: $id) { token expiresAt } }";
    for (const [viewer, id] of [
      [talk.customer, null],
      [talk.service, talk.id],
    ] as const) {
      const { renewCustomerToken } = await set.ask<{ renewCustomerToken: { token: string } }>(viewer, renew, { id });
      expect((await verifyToken(tokenSecret, "outer", renewCustomerToken.token)).viewer).toEqual(talk.customer);
    }
    const other = await set.talk();
    expect((await set.refusal(talk.customer, renew, { id: other.id }))?.extensions.code).toBe("NOT_FOUND");
    expect((await set.refusal(other.service, renew, { id: talk.id }))?.extensions.code).toBe("NOT_FOUND");
  });
});

describe("posting", () => {
  test("messages are numbered from 1 without gaps, also when many arrive at once", async () => {
    const talk = await set.talk();
    await Promise.all(Array.from({ length: 20 }, (_, n) => talk.say(`message ${n}`)));
    const { messages } = await talk.shown();
    expect(messages.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    const said = await talk.toldOf("message.posted", 20);
    expect(said.map(({ data }) => data.message.sequence)).toEqual(messages.map(({ sequence }) => sequence));
  });

  test("the same clientMessageId twice, even at once, is one message", async () => {
    const talk = await set.talk();
    const send = () => talk.do(talk.customer, "postMessage", { text: "Hello", clientMessageId: "w-1" });
    const answers = await Promise.all([send(), send(), send(), send()]);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect((await talk.shown()).messages).toHaveLength(1);
    expect(await talk.told(2)).toEqual(["conversation.started", "message.posted"]);
  });

  test("another text under the same clientMessageId is a conflict and takes no number", async () => {
    const talk = await set.talk();
    await talk.do(talk.customer, "postMessage", { text: "Hello", clientMessageId: "w-1" });
    await expect(talk.do(talk.customer, "postMessage", { text: "Bye", clientMessageId: "w-1" })).rejects.toMatchObject({
      extensions: { code: "CONFLICT" },
    });
    await talk.say("next");
    expect((await talk.shown()).messages.map(({ sequence, text }) => [sequence, text])).toEqual([
      [1, "Hello"],
      [2, "next"],
    ]);
  });

  test("an empty or endless message is refused by type, nothing is written, and the next one still works", async () => {
    const talk = await set.talk();
    expect(await talk.do(talk.customer, "postMessage", { text: " \n " })).toMatchObject({ __typename: "EmptyMessage" });
    expect(await talk.do(talk.customer, "postMessage", { text: "x".repeat(100_000) })).toMatchObject({
      __typename: "MessageTooLong",
      limit: messageLimit,
      length: 100_000,
    });
    await expect(talk.do(talk.customer, "postMessage", { text: "a\0b" })).rejects.toMatchObject({
      extensions: { code: "BAD_INPUT" },
    });
    expect(await talk.do(talk.customer, "postMessage", { text: "x".repeat(messageLimit) })).toMatchObject({
      __typename: "Message",
      sequence: 1,
    });
  });

  test("a closed conversation takes nothing more, but still answers for what it took", async () => {
    const talk = await set.talk();
    const hello = { text: "Hello", clientMessageId: "w-1" };
    const posted = await talk.do(talk.customer, "postMessage", hello);
    expect(await talk.do(talk.agent, "closeConversation")).toMatchObject({ control: "NONE", status: "CLOSED" });
    expect(await talk.do(talk.customer, "postMessage", { text: "More" })).toMatchObject({
      __typename: "ConversationClosed",
      why: expect.stringMatching(/startConversation/),
    });
    expect(await talk.do(talk.customer, "postMessage", hello)).toEqual(posted);
    for (const mutation of [
      "requestHandover",
      "acceptOffer",
      "declineOffer",
      "cancelHandover",
      "identifyCustomer",
      "closeConversation",
    ])
      expect(await talk.do(talk.customer, mutation)).toMatchObject({ __typename: "ConversationClosed" });
    expect(await talk.do(talk.agent, "replyAsAgent", { text: "Hi" })).toMatchObject({
      __typename: "ConversationClosed",
    });
    expect(await talk.do(talk.agent, "returnToAssistant")).toMatchObject({ __typename: "ConversationClosed" });
    expect(await talk.told(4)).toEqual([
      "conversation.started",
      "message.posted",
      "control.changed",
      "conversation.closed",
    ]);
  });

  test.each([
    ["that is no id", "not-an-id"],
    ["that is empty", ""],
    ["that nobody started", randomUUID()],
  ])("a conversation %s is not found, by query or by mutation", async (_, id) => {
    const { agent, customer } = await set.talk();
    for (const viewer of [agent, customer]) {
      const post = "mutation ($id: ID!) { closeConversation(conversationId: $id) { __typename } }";
      expect((await set.refusal(viewer, post, { id }))?.extensions.code).toBe("NOT_FOUND");
      const read = "query ($id: ID!) { messages(conversationId: $id) { id } }";
      expect((await set.refusal(viewer, read, { id }))?.extensions.code).toBe("NOT_FOUND");
      expect(
        await set.ask(
          viewer,
          "query ($id: ID!) { conversation(id: $id) { id } handover(conversationId: $id) { id } }",
          { id },
        ),
      ).toEqual({ conversation: null, handover: null });
    }
  });
});

describe("reading", () => {
  test("messages are read from a position on, a page at a time", async () => {
    const talk = await set.talk();
    for (const text of ["a", "b", "c", "d"]) await talk.say(text);
    const read = (after: number, first: number) =>
      set.ask<{ messages: { text: string }[]; conversation: { messages: { text: string }[] } }>(
        talk.customer,
        `query ($id: ID!, $after: Int!, $first: Int!) {
          messages(conversationId: $id, after: $after, first: $first) { text }
          conversation(id: $id) { messages(after: $after, first: $first) { text } }
        }`,
        { id: talk.id, after, first },
      );
    const page = await read(1, 2);
    expect(page.messages.map(({ text }) => text)).toEqual(["b", "c"]);
    expect(page.conversation.messages).toEqual(page.messages);
    expect((await read(4, 2)).messages).toEqual([]);
    await expect(read(0, 0)).rejects.toMatchObject({ extensions: { code: "BAD_INPUT" } });
    await expect(read(0, 501)).rejects.toMatchObject({ extensions: { code: "BAD_INPUT" } });
  });

  test("a workspace's conversations are paged newest first, each once, and can be filtered", async () => {
    const workspace = await set.workspace();
    const talks: Talk[] = [];
    for (let n = 0; n < 5; n++) {
      set.clock.advance(n % 2);
      talks.push(await set.talk({ workspace }));
    }
    const list = (args: string) =>
      set.ask<{ conversations: { nodes: { id: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } }>(
        (talks[0] as Talk).agent,
        `{ conversations(${args}) { nodes { id } pageInfo { endCursor hasNextPage } } }`,
      );
    const seen: string[] = [];
    for (let after = "null", more = true; more; ) {
      const { conversations } = await list(`first: 2, after: ${after}`);
      seen.push(...conversations.nodes.map(({ id }) => id));
      after = JSON.stringify(conversations.pageInfo.endCursor);
      more = conversations.pageInfo.hasNextPage;
    }
    expect(new Set(seen)).toEqual(new Set(talks.map(({ id }) => id)));
    expect(seen).toHaveLength(5);
    expect(seen[0]).not.toBe(talks[0]?.id);

    await talks[3]?.do(talks[3].agent, "closeConversation");
    await talks[4]?.do(talks[4].customer, "requestHandover");
    expect((await list("status: CLOSED")).conversations.nodes).toEqual([{ id: talks[3]?.id }]);
    expect((await list("control: QUEUE, status: OPEN")).conversations.nodes).toEqual([{ id: talks[4]?.id }]);
    await expect(list('after: "rubbish"')).rejects.toMatchObject({ extensions: { code: "BAD_INPUT" } });
    await expect(list("control: ROBOT")).rejects.toThrow(/ControlHolder/);
  });

  test("what becomes known about the customer is kept and told, a bad address is refused", async () => {
    const talk = await set.talk();
    expect(await talk.do(talk.customer, "identifyCustomer", { email: "robin@example.com" })).toMatchObject({
      customer: { email: "robin@example.com", name: null },
    });
    expect(await talk.do(talk.customer, "identifyCustomer", { name: "Robin", email: null })).toMatchObject({
      customer: { email: "robin@example.com", name: "Robin" },
    });
    expect(await talk.do(talk.customer, "identifyCustomer", { email: "nope" })).toMatchObject({
      __typename: "InvalidEmail",
    });
    expect(await talk.told(3)).toEqual(["conversation.started", "customer.identified", "customer.identified"]);
  });
});

describe("workspaces", () => {
  const create =
    'mutation ($id: ID) { createWorkspace(id: $id, name: "Lumen") { id widgetKey assistantMode language } }';

  test("creating one twice under the same id gives the same one", async () => {
    const id = randomUUID();
    const first = await set.ask(operator, create, { id });
    expect(first).toMatchObject({ createWorkspace: { id, assistantMode: "BUILT_IN", language: "en" } });
    expect(await set.ask(operator, create, { id: id.toUpperCase() })).toEqual(first);
  });

  test("only an operator creates them; a bad id is refused", async () => {
    const { agent, service, customer } = await set.talk();
    for (const viewer of [agent, service, customer])
      expect((await set.refusal(viewer, create))?.extensions.code).toBe("FORBIDDEN");
    expect((await set.refusal(anonymous, create))?.extensions.code).toBe("UNAUTHENTICATED");
    expect((await set.refusal(operator, create, { id: "mine" }))?.extensions.code).toBe("BAD_INPUT");
  });

  test("a rotated widget key is the only one that works", async () => {
    const workspace = await set.workspace();
    const talk = await set.talk({ workspace });
    const { rotateWidgetKey } = await set.ask<{ rotateWidgetKey: { widgetKey: string } }>(
      talk.service,
      "mutation { rotateWidgetKey { widgetKey } }",
    );
    expect(rotateWidgetKey.widgetKey).not.toBe(workspace.widgetKey);
    await expect(set.talk({ workspace })).rejects.toMatchObject({ extensions: { code: "NOT_FOUND" } });
    await set.talk({ workspace: { ...workspace, ...rotateWidgetKey } });
    expect(await talk.say("still here")).toBeTruthy();
  });

  test("a service changes its own workspace and nobody else's", async () => {
    const { service, workspaceId } = await set.talk();
    const other = await set.workspace();
    const update =
      'mutation ($id: ID) { updateWorkspace(id: $id, name: "New", assistantMode: EXTERNAL) { id name assistantMode language } }';
    expect(await set.ask(service, update)).toEqual({
      updateWorkspace: { id: workspaceId, name: "New", assistantMode: "EXTERNAL", language: "en" },
    });
    expect((await set.refusal(service, update, { id: other.id }))?.extensions.code).toBe("NOT_FOUND");
    expect((await set.refusal(operator, update, { id: randomUUID() }))?.extensions.code).toBe("NOT_FOUND");
    expect((await set.refusal(operator, update))?.extensions.code).toBe("BAD_INPUT");
  });
});
