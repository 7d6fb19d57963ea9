import { randomUUID } from "node:crypto";
import { createGraphClient, type GraphClient } from "../../demo/client";
import { signToken, type Viewer } from "../../kit/viewer";

/** A graph that may be killed at any moment, talked to as a widget does: again and again until it is acknowledged. */
export interface Talkative {
  /** Messages acknowledged so far, over all conversations. */
  acknowledged: number;
  /** Starts a conversation and says what is expected below; resolves to its id once all is acknowledged. */
  talk(): Promise<string>;
  /** Throws unless every conversation has all messages once and in order, and one handover that was delivered once. */
  expectAllOnce(conversations: string[]): Promise<void>;
}

const texts = [
  "message 1: my parcel has not come",
  "message 2: my parcel has not come",
  "I want to talk to a person now",
  "message 3: my parcel has not come",
  "message 4: my parcel has not come",
];

export async function createTalkative(url: string, tokenSecret: string): Promise<Talkative> {
  const client = async (viewer: Viewer) => createGraphClient(url, await signToken(tokenSecret, "outer", viewer, 900));
  const operator = await client({ role: "OPERATOR" });
  const { createWorkspace: workspace } = await operator.run<{ createWorkspace: { id: string; widgetKey: string } }>(
    'mutation { createWorkspace(name: "A shop") { id widgetKey } }',
  );
  const desk = await client({ role: "AGENT", workspaceId: workspace.id, agentId: "ada", name: "Ada" });

  const talkative: Talkative = {
    acknowledged: 0,
    async talk() {
      const { startConversation } = await untilAcknowledged(() =>
        createGraphClient(url).run<{ startConversation: { token: string; conversation: { id: string } } }>(
          "mutation ($input: StartConversationInput!) { startConversation(input: $input) { token conversation { id } } }",
          { input: { widgetKey: workspace.widgetKey } },
        ),
      );
      const { id } = startConversation.conversation;
      const customer = createGraphClient(url, startConversation.token);
      for (const text of texts) {
        const clientMessageId = randomUUID();
        await untilAcknowledged(() => customer.run(post, { id, text, clientMessageId }));
        talkative.acknowledged++;
      }
      return id;
    },
    async expectAllOnce(conversations) {
      for (const id of conversations) await expectOnce(desk, id);
      const { handoverQueue } = await desk.run<{ handoverQueue: { conversation: { id: string } }[] }>(
        "{ handoverQueue { conversation { id } } }",
      );
      expect(handoverQueue.map(({ conversation }) => conversation.id).sort()).toEqual([...conversations].sort());
    },
  };
  return talkative;
}

const post = /* GraphQL */ `
  mutation ($id: ID!, $text: String!, $clientMessageId: String!) {
    postMessage(conversationId: $id, text: $text, clientMessageId: $clientMessageId) {
      __typename
    }
  }
`;

/** The same again, under the same id, until it is acknowledged. */
async function untilAcknowledged<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (const deadline = Date.now() + 90_000; ; ) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

interface Told {
  messages: { author: string; text: string; sequence: number }[];
  conversation: { handovers: { status: string; deliveries: { status: string }[] }[] };
}

async function expectOnce(desk: GraphClient, id: string): Promise<void> {
  const told = /* GraphQL */ `
    query ($id: ID!) {
      messages(conversationId: $id) { author text sequence }
      conversation(id: $id) { handovers { status deliveries { status } } }
    }
  `;
  const read = () => untilAcknowledged(() => desk.run<Told>(told, { id }));
  let seen = await read();
  for (let tries = 0; seen.conversation.handovers.at(-1)?.status !== "WAITING" && tries < 600; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    seen = await read();
  }
  const customers = seen.messages.filter(({ author }) => author === "CUSTOMER").map(({ text }) => text);
  expect(customers).toEqual(texts);
  expect(seen.messages.map(({ sequence }) => sequence)).toEqual(seen.messages.map((_, index) => index + 1));
  const requested = seen.conversation.handovers.filter(({ status }) => !["DECLINED", "EXPIRED"].includes(status));
  expect(requested).toEqual([{ status: "WAITING", deliveries: [{ status: "DELIVERED" }] }]);
}
