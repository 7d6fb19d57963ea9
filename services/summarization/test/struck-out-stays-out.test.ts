import { randomUUID } from "node:crypto";
import { createFakeClock } from "../../../kit/clock";
import { createSilentLog } from "../../../kit/log";
import type { Model } from "../../../kit/model";
import type { Viewer } from "../../../kit/viewer";
import { newEvent } from "../../../schema/events/catalogue";
import { type Stage, stage, until } from "../../../test/support/stage";
import { createSummarization, summarizationTables } from "../service";
import { dialogueOf, requestOf } from "./dialogue";

/** While it is set, the model lets whoever asks wait for it; it never writes anything, so the extract goes. */
let busy: Promise<void> | null = null;
let asked = 0;
const model: Model = {
  name: "busy",
  async ask() {
    asked += 1;
    await busy;
    return { ok: false, failure: "UNAVAILABLE", detail: "busy", model: "busy" };
  },
};
let on: Stage;
beforeAll(async () => {
  on = await stage("summarization", summarizationTables, (parts) =>
    createSummarization({ ...parts, clock: createFakeClock(), log: createSilentLog(), model }),
  );
});
afterAll(() => on.close());

/** A customer who said more than they meant to: the vase. */
function talk() {
  const [workspaceId, conversationId, handoverId] = [randomUUID(), randomUUID(), randomUUID()];
  const { messages } = dialogueOf([
    ["CUSTOMER", "My lamp arrived broken, can I get a new one?"],
    ["ASSISTANT", "I could not find an answer.", { answered: false }],
    ["CUSTOMER", "By the way my neighbour Tom broke a vase worth 900 euro"],
    ["CUSTOMER", "talk to a person"],
  ]);
  const customer = { id: randomUUID(), name: "Mia", email: null, externalId: null };
  const conversation = {
    ...{ id: conversationId, channel: "CHAT" as const, language: "en", assistantMode: "BUILT_IN" as const, customer },
    control: "ASSISTANT" as "ASSISTANT" | "QUEUE",
    epoch: 0,
  };
  const facts = { workspaceId, conversationId };
  const viewer: Viewer = { role: "CUSTOMER", workspaceId, conversationId, customerId: customer.id };
  return {
    handoverId,
    conversationId,
    vase: messages[2]?.id ?? "",
    posted: messages.map((message) => newEvent("message.posted", { ...facts, data: { conversation, message } })),
    requested: requestOf(workspaceId, conversation, handoverId, messages),
    async strike() {
      const { strikeFromSummary } = await on.ask<{ strikeFromSummary: { __typename: string; text: string } }>(
        viewer,
        `mutation ($id: ID!, $messageId: ID!) { strikeFromSummary(conversationId: $id, messageId: $messageId) {
           __typename ... on Summary { text } } }`,
        { id: conversationId, messageId: messages[2]?.id },
      );
      return strikeFromSummary;
    },
  };
}

test("a message struck out while the handover's summary is being written is not in it", async () => {
  const { posted, requested, conversationId, strike } = talk();
  await on.hear(...posted);
  let free = () => {};
  busy = new Promise((resolve) => {
    free = resolve;
  });
  const before = asked;
  const heard = on.hear(requested);
  await until("the model writes", () => asked > before);
  busy = null;
  expect(await strike()).toMatchObject({ __typename: "Summary" });
  free();
  await heard;
  const [handed] = (await on.said("summary.written", conversationId, 2)).filter(({ data }) => data.handoverId);
  expect(handed?.data.summary.text).not.toMatch(/vase|Tom|900/);
});

test("where striking out was cut short, doing it again completes it", async () => {
  const { posted, requested, conversationId, vase, strike } = talk();
  await on.hear(...posted, requested);
  const [written] = await on.said("summary.written", conversationId);
  expect(written?.data.summary.text).toMatch(/vase/);
  // Somebody corrected the summary in the same moment, or the process ended: the message is known as struck out.
  await on.db.query(
    "insert into struck_message (message_id, workspace_id, conversation_id, struck_at) values ($1, $2, $3, now())",
    [vase, randomUUID(), conversationId],
  );
  expect((await strike()).text).not.toMatch(/vase|Tom|900/);
});
