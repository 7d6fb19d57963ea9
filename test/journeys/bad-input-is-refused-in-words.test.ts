import { randomUUID } from "node:crypto";
import { createGraphClient } from "../../demo/client";
import { signToken } from "../../kit/viewer";
import { type House, startHouse, type TestWorkspace } from "../support/house";

let house: House;
let shop: TestWorkspace;
beforeAll(async () => {
  house = await startHouse();
  shop = await house.newWorkspace();
}, 60_000);
afterAll(() => house?.stop());

const post = /* GraphQL */ `
  mutation ($id: ID!, $text: String!, $clientMessageId: String) {
    postMessage(conversationId: $id, text: $text, clientMessageId: $clientMessageId) {
      __typename
      ... on Message { id sequence }
      ... on Refusal { message }
    }
  }
`;
interface Posted {
  postMessage: { __typename: string; id?: string; sequence?: number; message?: string };
}

test("every bad message is refused, nothing of it is kept, and the next message still works", async () => {
  const widget = await shop.openWidget();
  const customer = createGraphClient(house.url, widget.token);
  const id = widget.conversationId;
  const say = async (text: string) => (await customer.run<Posted>(post, { id, text })).postMessage;

  expect(await say("   ")).toMatchObject({ __typename: "EmptyMessage", message: expect.stringMatching(/\w+ \w+/) });
  expect(await say("x".repeat(100_000))).toMatchObject({ __typename: "MessageTooLong" });
  await expect(say("a\0b")).rejects.toThrow(/BAD_INPUT: .+/);
  await expect(customer.run(post, { id: randomUUID(), text: "Hello" })).rejects.toThrow(/NOT_FOUND: .+/);
  await expect(customer.run(post, { id: "not-an-id", text: "Hello" })).rejects.toThrow(/(BAD_INPUT|NOT_FOUND): .+/);
  await expect(customer.run(post, { id })).rejects.toThrow(/BAD_INPUT: .*text/);
  expect(await say("How long does delivery take?")).toMatchObject({ __typename: "Message", sequence: 1 });
});

test("a message that arrives twice is there once", async () => {
  const widget = await shop.openWidget();
  const customer = createGraphClient(house.url, widget.token);
  const variables = { id: widget.conversationId, text: "Hello", clientMessageId: "once" };
  const [first, second] = await Promise.all([1, 2].map(() => customer.run<Posted>(post, variables)));
  expect(first?.postMessage.id).toBeDefined();
  expect(second).toEqual(first);
});

test("unknown values and fields are named", async () => {
  const start = "mutation ($input: StartConversationInput!) { startConversation(input: $input) { token } }";
  const nobody = await house.as();
  await expect(nobody.run(start, { input: { widgetKey: shop.widgetKey, channel: "PIGEON" } })).rejects.toThrow(
    /BAD_INPUT: .*PIGEON/,
  );
  await expect(nobody.run(start, { input: { widgetKey: "no such key" } })).rejects.toThrow(/NOT_FOUND: .+/);
  await expect(nobody.run("{ conversatoin }")).rejects.toThrow(/BAD_INPUT: .*conversatoin/);
});

test("a time that no calendar holds is refused, not our fault", async () => {
  const after = Buffer.from(`-270000-01-01T00:00:00.000Z ${randomUUID()}`).toString("base64url");
  const page = "query ($after: String) { conversations(after: $after) { nodes { id } } }";
  await expect(shop.service.run(page, { after })).rejects.toThrow(/BAD_INPUT: .+/);
});

test("a bad token and an expired one are told apart", async () => {
  const viewer = shop.agent;
  const ask = (token: string) => createGraphClient(house.url, token).run("{ workspace { id } }");
  await expect(ask("nonsense")).rejects.toThrow(/UNAUTHENTICATED: .*token/);
  const foreign = await signToken(randomUUID() + randomUUID(), "outer", viewer, 60);
  await expect(ask(foreign)).rejects.toThrow(/UNAUTHENTICATED: .*not one of this installation/);
  const expired = await signToken(house.tokenSecret, "outer", viewer, -10);
  await expect(ask(expired)).rejects.toThrow(/UNAUTHENTICATED: .*expired/);
  const internal = await signToken(house.tokenSecret, "internal", viewer, 60);
  await expect(ask(internal)).rejects.toThrow(/UNAUTHENTICATED/);
});

test("nothing can be posted to a closed conversation", async () => {
  const widget = await shop.openWidget();
  const desk = await shop.openDesk();
  await widget.say("Hello");
  await desk.closeConversation(widget.conversationId);
  await expect(widget.say("One more thing")).rejects.toThrow(/ConversationClosed: .+/);
  await expect(desk.reply(widget.conversationId, "Sorry?")).rejects.toThrow(/ConversationClosed/);
  await expect(desk.closeConversation(widget.conversationId)).rejects.toThrow(/ConversationClosed/);
});

test("an external assistant's answer under an old epoch is refused", async () => {
  const external = await house.newWorkspace("A shop with its own assistant");
  await external.service.run("mutation { updateWorkspace(assistantMode: EXTERNAL) { id } }");
  const widget = await external.openWidget();
  await widget.say("Do you sell blue lamps?");
  const awaiting = "{ awaitingAnswer { id epoch awaitedMessage { id } } }";
  let waiting: { id: string; epoch: number; awaitedMessage: { id: string } } | undefined;
  for (let tries = 0; !waiting && tries < 100; tries++) {
    const seen = await external.service.run<{ awaitingAnswer: NonNullable<typeof waiting>[] }>(awaiting);
    waiting = seen.awaitingAnswer[0];
    if (!waiting) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const answer = /* GraphQL */ `
    mutation ($id: ID!, $epoch: Int!, $inReplyTo: ID!) {
      postAssistantMessage(conversationId: $id, epoch: $epoch, inReplyTo: $inReplyTo, text: "Yes.", answered: true) {
        __typename
      }
    }
  `;
  const desk = await external.openDesk();
  await desk.reply(widget.conversationId, "I am quicker: yes, we do.");
  const late = await external.service.run<{ postAssistantMessage: { __typename: string } }>(answer, {
    id: widget.conversationId,
    epoch: waiting?.epoch,
    inReplyTo: waiting?.awaitedMessage.id,
  });
  expect(late.postAssistantMessage.__typename).toBe("StaleEpoch");
  await widget.until("the agent's message", ({ messages }) => messages.some(({ author }) => author === "AGENT"));
  expect(widget.messages.some(({ author }) => author === "ASSISTANT")).toBe(false);
});
