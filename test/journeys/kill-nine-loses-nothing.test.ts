import { randomUUID } from "node:crypto";
import { createGraphClient } from "../../demo/client";
import { signToken, type Viewer } from "../../kit/viewer";
import { createKillable, type Killable } from "../support/killable";

let baton: Killable;
beforeAll(async () => {
  baton = await createKillable();
  await baton.start();
}, 120_000);
afterAll(() => baton?.remove());

const post = /* GraphQL */ `
  mutation ($id: ID!, $text: String!, $clientMessageId: String!) {
    postMessage(conversationId: $id, text: $text, clientMessageId: $clientMessageId) {
      __typename
    }
  }
`;

/** As a widget does: the same again, under the same id, until it is acknowledged. */
async function untilAcknowledged<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (const deadline = Date.now() + 60_000; ; ) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

test("three kill -9 in the middle: every acknowledged message is there once, every handover is delivered once", async () => {
  const operator = createGraphClient(baton.url, await signToken(baton.tokenSecret, "outer", { role: "OPERATOR" }, 600));
  const { createWorkspace } = await operator.run<{ createWorkspace: { id: string; widgetKey: string } }>(
    'mutation { createWorkspace(name: "A shop") { id widgetKey } }',
  );
  let acknowledged = 0;
  const said = (count: number) => `message ${count}: my parcel has not come`;

  async function talk(): Promise<string> {
    const { startConversation } = await untilAcknowledged(() =>
      createGraphClient(baton.url).run<{ startConversation: { token: string; conversation: { id: string } } }>(
        "mutation ($input: StartConversationInput!) { startConversation(input: $input) { token conversation { id } } }",
        { input: { widgetKey: createWorkspace.widgetKey } },
      ),
    );
    const { id } = startConversation.conversation;
    const customer = createGraphClient(baton.url, startConversation.token);
    const texts = [said(1), said(2), "I want to talk to a person now", said(3), said(4)];
    for (const text of texts) {
      const clientMessageId = randomUUID();
      await untilAcknowledged(() => customer.run(post, { id, text, clientMessageId }));
      acknowledged++;
    }
    return id;
  }

  const talking = Promise.all(Array.from({ length: 6 }, talk));
  for (const enough of [4, 12, 20]) {
    while (acknowledged < enough) await new Promise((resolve) => setTimeout(resolve, 5));
    await baton.kill();
    await baton.start();
  }
  const conversations = await talking;

  const agent: Viewer = { role: "AGENT", workspaceId: createWorkspace.id, agentId: "ada", name: "Ada" };
  const desk = createGraphClient(baton.url, await signToken(baton.tokenSecret, "outer", agent, 600));
  const told = /* GraphQL */ `
    query ($id: ID!) {
      messages(conversationId: $id) { author text sequence }
      conversation(id: $id) { handovers { status deliveries { status } } }
    }
  `;
  interface Told {
    messages: { author: string; text: string; sequence: number }[];
    conversation: { handovers: { status: string; deliveries: { status: string }[] }[] };
  }
  for (const id of conversations) {
    let seen = await desk.run<Told>(told, { id });
    for (let tries = 0; seen.conversation.handovers.at(-1)?.status !== "WAITING" && tries < 300; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      seen = await desk.run<Told>(told, { id });
    }
    const customers = seen.messages.filter(({ author }) => author === "CUSTOMER").map(({ text }) => text);
    expect(customers).toEqual([said(1), said(2), "I want to talk to a person now", said(3), said(4)]);
    expect(seen.messages.map(({ sequence }) => sequence)).toEqual(seen.messages.map((_, index) => index + 1));
    const open = seen.conversation.handovers.filter(({ status }) => !["DECLINED", "EXPIRED"].includes(status));
    expect(open).toEqual([{ status: "WAITING", deliveries: [{ status: "DELIVERED" }] }]);
  }
  const queue = "{ handoverQueue { conversation { id } } }";
  const { handoverQueue } = await desk.run<{ handoverQueue: { conversation: { id: string } }[] }>(queue);
  expect(handoverQueue.map(({ conversation }) => conversation.id).sort()).toEqual([...conversations].sort());
}, 240_000);
