import { randomUUID } from "node:crypto";
import { createFakeClock } from "../../../kit/clock";
import { createSilentLog } from "../../../kit/log";
import type { Viewer } from "../../../kit/viewer";
import { newEvent } from "../../../schema/events/catalogue";
import { type Stage, stage } from "../../../test/support/stage";
import { assistantTables, createAssistant } from "../service";

let on: Stage;
const workspaceId = randomUUID();
const backEnd: Viewer = { role: "SERVICE", workspaceId, name: "shop" };

beforeAll(async () => {
  on = await stage("assistant", assistantTables, (parts) =>
    createAssistant({ ...parts, clock: createFakeClock(), log: createSilentLog(), model: null }),
  );
  const content = "# Returns\n\nLamps can be returned within 30 days. A refund takes five working days.";
  await on.ask(backEnd, "mutation ($d: [DocumentInput!]!) { importArticles(documents: $d) { created } }", {
    d: [{ name: "returns.md", format: "MARKDOWN", content }],
  });
});
afterAll(() => on.close());

type Spoken = [author: "CUSTOMER" | "AGENT" | "ASSISTANT", text: string];

/** A conversation after a person gave it back, and the customer's next message in it. */
function talk(spoken: Spoken[]) {
  const conversationId = randomUUID();
  const recent = spoken.map(([author, text], index) => ({
    ...{ id: randomUUID(), sequence: index + 1, author, text, postedAt: "2026-01-01T12:00:00.000Z" },
    ...{ authorName: author === "AGENT" ? "Ines" : null, inReplyTo: null, answered: null },
  }));
  const message = recent.at(-1) as (typeof recent)[number];
  const conversation = {
    ...{ id: conversationId, channel: "CHAT" as const, language: "en", control: "ASSISTANT" as const, epoch: 3 },
    ...{
      assistantMode: "BUILT_IN" as const,
      customer: { id: randomUUID(), name: null, email: null, externalId: null },
    },
  };
  const facts = { workspaceId, conversationId };
  const statements = (texts: string[]) => texts.map((text) => ({ text, messageIds: [message.id] }));
  return {
    conversationId,
    assessed: newEvent("message.assessed", {
      ...facts,
      data: {
        ...{ conversation, message, recent },
        assessment: { id: randomUUID(), decision: "CONTINUE", reason: null, signals: [], detector: "offline/1" },
      },
    }),
    brief: (changed: string[], promised: string[], throughSequence: number) =>
      newEvent("brief.written", {
        ...facts,
        data: {
          conversation,
          brief: {
            ...{
              id: randomUUID(),
              handoverId: randomUUID(),
              agentName: "Ines",
              decided: [],
              note: "call her Dr Brandt",
            },
            ...{ changed: statements(changed), promised: statements(promised), throughSequence },
            writtenAt: "2026-01-01T12:00:00.000Z",
          },
        },
      }),
  };
}

const answerOf = async (conversationId: string) =>
  (await on.said("answer.drafted", conversationId)).map(({ data }) => data.answer)[0];

test("what the person promised answers the customer's next question, in the person's words", async () => {
  const { conversationId, assessed, brief } = talk([
    ["CUSTOMER", "My lamp is broken"],
    ["AGENT", "We will send you a voucher by Friday."],
    ["CUSTOMER", "When will you send the voucher?"],
  ]);
  await on.hear(brief(["I have refunded 34.50 to your card."], ["We will send you a voucher by Friday."], 2));
  await on.hear(assessed);
  expect(await answerOf(conversationId)).toMatchObject({
    answered: true,
    text: "Ines told you about this: “We will send you a voucher by Friday.”",
    citations: [],
  });
});

test("a brief that is still on its way is awaited, and then what the person wrote stands in for it", async () => {
  const { conversationId, assessed } = talk([
    ["CUSTOMER", "My lamp is broken"],
    ["AGENT", "Hello Mia. We will send you a voucher by Friday."],
    ["CUSTOMER", "When will you send the voucher?"],
  ]);
  await on.hear(assessed);
  expect((await answerOf(conversationId))?.text).toBe(
    "Ines told you about this: “We will send you a voucher by Friday.”",
  );
});

test("what the person said does not answer what it does not cover, and their note is told to nobody", async () => {
  const { conversationId, assessed, brief } = talk([
    ["AGENT", "We will send you a voucher by Friday."],
    ["CUSTOMER", "Within how many days can lamps be returned?"],
  ]);
  await on.hear(brief([], ["We will send you a voucher by Friday."], 1), assessed);
  const answer = await answerOf(conversationId);
  expect(answer?.text).toContain("Lamps can be returned within 30 days.");
  expect(answer?.text).not.toMatch(/voucher|Brandt/);
});
