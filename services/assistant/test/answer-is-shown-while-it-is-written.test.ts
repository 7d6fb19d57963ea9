import { randomUUID } from "node:crypto";
import { createFakeClock } from "../../../kit/clock";
import { createSilentLog } from "../../../kit/log";
import { createGeminiModel } from "../../../kit/model.gemini";
import { type FakeGemini, startFakeGemini } from "../../../kit/model.gemini.fake";
import type { Viewer } from "../../../kit/viewer";
import { newEvent } from "../../../schema/events/catalogue";
import { type Stage, stage, until } from "../../../test/support/stage";
import { assistantTables, createAssistant } from "../service";

let fake: FakeGemini;
let on: Stage;
const workspaceId = randomUUID();
const backEnd: Viewer = { role: "SERVICE", workspaceId, name: "shop" };

beforeAll(async () => {
  fake = await startFakeGemini();
  const log = createSilentLog();
  const model = createGeminiModel({ apiKey: "key", model: "some-model", baseUrl: fake.url, log });
  on = await stage("assistant", assistantTables, (parts) =>
    createAssistant({ ...parts, clock: createFakeClock(), log, model }),
  );
  const content = "# Returns\n\nA lamp can be returned within 30 days. The parcel back is free.";
  await on.ask(backEnd, "mutation ($d: [DocumentInput!]!) { importArticles(documents: $d) { created } }", {
    d: [{ name: "returns.md", format: "MARKDOWN", content }],
  });
});
afterAll(async () => {
  await on.close();
  await fake.close();
});

const first = { text: "You can return a lamp within 30 days.", passages: [1] };
const second = { text: "The parcel back is free.", passages: [1] };
const made = { text: "We also give you a voucher worth 500 euros.", passages: [1] };

/** A model that writes `opening`, then `rest` when the test lets it. */
function writing(opening: string, rest: string) {
  let go = () => {};
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  async function* pieces() {
    yield opening.slice(0, 20);
    yield opening.slice(20);
    await gate;
    yield rest;
  }
  fake.script({ pieces: pieces() });
  return go;
}

function ask(epoch = 0) {
  const conversationId = randomUUID();
  const message = {
    ...{ id: randomUUID(), sequence: 1, author: "CUSTOMER" as const, authorName: null },
    ...{ text: "Can I return a lamp?", postedAt: "2026-01-01T12:00:00.000Z", inReplyTo: null, answered: null },
  };
  const customer = { id: randomUUID(), name: null, email: null, externalId: null };
  const conversation = {
    ...{ id: conversationId, channel: "CHAT" as const, language: "en", control: "ASSISTANT" as const, epoch },
    ...{ assistantMode: "BUILT_IN" as const, customer },
  };
  const assessment = { id: randomUUID(), decision: "CONTINUE" as const, reason: null, signals: [], detector: "test/1" };
  const event = newEvent("message.assessed", {
    workspaceId,
    conversationId,
    data: { conversation, message, recent: [message], assessment },
  });
  const viewer: Viewer = { role: "CUSTOMER", workspaceId, conversationId, customerId: customer.id };
  /** What the gateway asks for, with the conversation's epoch as it is by then. */
  const shown = async (as: Viewer = viewer, now = epoch) => {
    const { _entities } = await on.ask<{ _entities: [{ answerDelta: { messageId: string; text: string } | null }] }>(
      as,
      "query ($of: [_Any!]!) { _entities(representations: $of) { ... on Conversation { answerDelta { messageId text } } } }",
      { of: [{ __typename: "Conversation", id: conversationId, epoch: now }] },
    );
    return _entities[0].answerDelta;
  };
  return { event, conversationId, message, shown };
}

const json = (...sentences: object[]) => JSON.stringify({ answered: true, sentences });

test("each finished sentence is shown to the customer whose it is, and the draft ends it", async () => {
  const whole = json(first, second);
  const cut = whole.indexOf(JSON.stringify(second)) + 10;
  const go = writing(whole.slice(0, cut), whole.slice(cut));
  const { event, conversationId, message, shown } = ask(2);
  const heard = on.hear(event);
  const delta = await until("the first sentence", () => shown());
  expect(delta).toEqual({ messageId: message.id, text: first.text });
  const stranger = { role: "CUSTOMER", workspaceId, conversationId: randomUUID(), customerId: randomUUID() } as const;
  expect(await shown(stranger)).toBeNull();
  expect(await shown({ ...backEnd, workspaceId: randomUUID() })).toBeNull();
  go();
  await heard;
  expect(await shown()).toBeNull();
  const [answer] = await on.said("answer.drafted", conversationId);
  expect(answer?.data.answer).toMatchObject({ answered: true, text: `${first.text} ${second.text}` });
  const told = await on.said("answer.progressed", conversationId);
  expect(told.map(({ data }) => data.text)).toEqual([first.text, `${first.text} ${second.text}`]);
});

test("a sentence that its source does not say is never shown, and the answer is withdrawn", async () => {
  const whole = json(first, made);
  const go = writing(
    whole.slice(0, whole.indexOf(JSON.stringify(made))),
    whole.slice(whole.indexOf(JSON.stringify(made))),
  );
  const { event, conversationId, shown } = ask();
  const heard = on.hear(event);
  expect(await until("the first sentence", () => shown())).toMatchObject({ text: first.text });
  go();
  await heard;
  expect((await on.said("answer.progressed", conversationId)).map(({ data }) => data.text)).toEqual([first.text]);
  expect((await on.said("answer.drafted", conversationId))[0]?.data.answer).toMatchObject({
    answered: false,
    text: "",
  });
  expect(await shown()).toBeNull();
});

test("once somebody else has control nothing is shown", async () => {
  const whole = json(first, second);
  const cut = whole.indexOf(JSON.stringify(second));
  const go = writing(whole.slice(0, cut), whole.slice(cut));
  const { event, shown } = ask(4);
  const heard = on.hear(event);
  await until("the first sentence", () => shown());
  expect(await shown(backEnd, 5)).toBeNull();
  go();
  await heard;
});
