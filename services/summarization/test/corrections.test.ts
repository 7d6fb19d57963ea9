import { randomUUID } from "node:crypto";
import { createFakeClock } from "../../../kit/clock";
import { createSilentLog } from "../../../kit/log";
import type { Viewer } from "../../../kit/viewer";
import { newEvent } from "../../../schema/events/catalogue";
import { type Stage, stage } from "../../../test/support/stage";
import { heardConversation } from "../hear";
import { createSummarization, summarizationTables } from "../service";
import { dialogueOf, requestOf } from "./dialogue";

const clock = createFakeClock();
let on: Stage;
beforeAll(async () => {
  on = await stage("summarization", summarizationTables, (parts) =>
    createSummarization({ ...parts, clock, log: createSilentLog(), model: null }),
  );
});
afterAll(() => on.close());

/** A conversation that summarization has heard, before and after its handover. */
function talk(spoken: Parameters<typeof dialogueOf>[0]) {
  const workspaceId = randomUUID();
  const conversationId = randomUUID();
  const { messages } = dialogueOf(spoken);
  const customer = { id: randomUUID(), name: "Mia", email: null, externalId: null };
  const conversation = {
    ...{ id: conversationId, channel: "CHAT" as const, language: "en", assistantMode: "BUILT_IN" as const, customer },
    control: "ASSISTANT" as "ASSISTANT" | "QUEUE" | "NONE",
    epoch: 0,
  };
  const facts = { workspaceId, conversationId };
  const handoverId = randomUUID();
  return {
    ...{ workspaceId, conversationId, messages, handoverId },
    customer: { role: "CUSTOMER", workspaceId, conversationId, customerId: customer.id } as Viewer,
    agent: { role: "AGENT", workspaceId, agentId: "ines", name: "Ines" } as Viewer,
    service: { role: "SERVICE", workspaceId, name: "office" } as Viewer,
    posted: messages.map((message) => newEvent("message.posted", { ...facts, data: { conversation, message } })),
    closed: newEvent("message.posted", {
      ...facts,
      data: {
        conversation: { ...conversation, control: "NONE", epoch: 9 },
        message: { ...dialogueOf([["SYSTEM", "Closed."]]).messages[0], sequence: 99 } as (typeof messages)[number],
      },
    }),
    requested: () => requestOf(workspaceId, conversation, handoverId, messages),
  };
}

const lamp = () =>
  talk([
    ["CUSTOMER", "My lamp arrived broken, can I get a new one?"],
    ["ASSISTANT", "I could not find an answer.", { answered: false }],
    ["CUSTOMER", "By the way my neighbour Tom broke a vase worth 900 euro"],
    ["CUSTOMER", "talk to a person"],
  ]);

const shown = `id version corrected headline wants { text messageIds } openQuestion { text } text previous { id headline }
  rendered(format: HTML)`;
const summarize = `mutation ($id: ID!) { summarize(conversationId: $id) { ${shown} } }`;
const read = `query ($id: ID!) { summary(conversationId: $id) { ${shown} } }`;
const correct = `mutation ($id: ID!, $correction: SummaryCorrection!) {
  correctSummary(conversationId: $id, correction: $correction) { __typename ... on Summary { ${shown} }
    ... on Refusal { message } ... on CorrectionTooLong { field limit } } }`;
const strike = `mutation ($id: ID!, $messageId: ID!) {
  strikeFromSummary(conversationId: $id, messageId: $messageId) { __typename ... on Summary { ${shown} }
    ... on Refusal { message } } }`;

interface Shown {
  __typename: string;
  id: string;
  version: number;
  corrected: boolean;
  headline: string;
  wants: { text: string; messageIds: string[] };
  text: string;
  rendered: string;
  previous: { id: string; headline: string } | null;
}

test("the customer corrects the summary before it goes: the handover's summary says it their way", async () => {
  const { posted, requested, conversationId: id, customer, handoverId } = lamp();
  await on.hear(...posted);
  const { summarize: first } = await on.ask<{ summarize: Shown }>(customer, summarize, { id });
  const correction = { wants: "I want my money back for the lamp, no new one. My password is hunter2" };
  const { correctSummary: second } = await on.ask<{ correctSummary: Shown }>(customer, correct, { id, correction });
  expect(second).toMatchObject({
    ...{ __typename: "Summary", version: 2, corrected: true },
    wants: { text: "I want my money back for the lamp, no new one. My password is [password]", messageIds: [] },
    previous: { id: first.id, headline: first.headline },
  });
  expect(second.text).toContain("I want my money back");
  // The same correction again is no further version.
  expect((await on.ask<{ correctSummary: Shown }>(customer, correct, { id, correction })).correctSummary.id).toBe(
    second.id,
  );
  await on.hear(requested());
  const said = await on.said("summary.written", id, 3);
  expect(said.map(({ data }) => [data.handoverId, data.summary.version])).toEqual([
    [null, 1],
    [null, 2],
    [handoverId, 1],
  ]);
  expect(said[2]?.data.summary).toMatchObject({ correctedBy: "CUSTOMER", wants: { text: second.wants.text } });
});

test("a correction after the handover is a later version of the handover's summary, and both are kept", async () => {
  const { posted, requested, conversationId: id, customer, agent, handoverId } = lamp();
  await on.hear(...posted, requested());
  const correction = { headline: "Money back for a lamp", openQuestion: "" };
  const { correctSummary } = await on.ask<{ correctSummary: Shown }>(customer, correct, { id, correction });
  expect(correctSummary).toMatchObject({ version: 2, headline: "Money back for a lamp", openQuestion: null });
  const said = await on.said("summary.written", id, 2);
  expect(said[1]?.data).toMatchObject({ handoverId, summary: { version: 2, headline: "Money back for a lamp" } });
  const entities = `query { _entities(representations: [{ __typename: "Handover", id: "${handoverId}" }]) {
    ... on Handover { summary { version previous { headline } } } } }`;
  expect(await on.ask(agent, entities)).toEqual({
    _entities: [{ summary: { version: 2, previous: { headline: correctSummary.previous?.headline } } }],
  });
});

test("a message struck out is in no summary any more, not in the next one either", async () => {
  const { posted, requested, messages, conversationId: id, customer } = lamp();
  await on.hear(...posted);
  const { summarize: first } = await on.ask<{ summarize: Shown }>(customer, summarize, { id });
  expect(first.text).toContain("vase");
  const messageId = messages[2]?.id;
  const { strikeFromSummary } = await on.ask<{ strikeFromSummary: Shown }>(customer, strike, { id, messageId });
  expect(strikeFromSummary).toMatchObject({ __typename: "Summary", version: 2, previous: { id: first.id } });
  expect(`${strikeFromSummary.text} ${strikeFromSummary.rendered}`).not.toMatch(/vase|Tom|900/);
  expect((await on.ask<{ strikeFromSummary: Shown }>(customer, strike, { id, messageId })).strikeFromSummary.id).toBe(
    strikeFromSummary.id,
  );
  await on.hear(requested());
  const said = await on.said("summary.written", id, 3);
  expect(JSON.stringify(said[2]?.data.summary)).not.toMatch(/vase|Tom|900/);
});

test("what a workspace masks of its own is masked in corrections too", async () => {
  const { posted, workspaceId, conversationId: id, customer } = lamp();
  const patterns = [{ name: "customer number", pattern: "KD-\\d{4,8}" }];
  await on.hear(
    newEvent("masking.changed", { workspaceId, conversationId: workspaceId, data: { patterns } }),
    ...posted,
  );
  await on.ask(customer, summarize, { id });
  const correction = { wants: "A refund for KD-48213" };
  const { correctSummary } = await on.ask<{ correctSummary: Shown }>(customer, correct, { id, correction });
  expect(correctSummary.wants.text).toBe("A refund for [customer number]");
});

test("what cannot be corrected is refused in its own way", async () => {
  const { posted, closed, messages, conversationId: id, customer, agent } = lamp();
  await on.hear(...posted);
  const refused = async (document: string, variables: Record<string, unknown>) =>
    Object.values(await on.ask<Record<string, Shown>>(customer, document, { id, ...variables }))[0];
  expect(await refused(correct, { correction: { wants: "x" } })).toMatchObject({ __typename: "NoSummary" });
  await on.ask(customer, summarize, { id });
  expect(await refused(correct, { correction: {} })).toMatchObject({ __typename: "EmptyCorrection" });
  expect(await refused(correct, { correction: { wants: "  " } })).toMatchObject({ __typename: "EmptyCorrection" });
  expect(await refused(correct, { correction: { headline: "x".repeat(91) } })).toMatchObject({
    ...{ __typename: "CorrectionTooLong", field: "headline", limit: 90 },
  });
  for (const messageId of [messages[1]?.id, randomUUID(), "no id"])
    expect(await refused(strike, { messageId })).toMatchObject({ __typename: "NotTheCustomersMessage" });
  const stranger: Viewer = { ...customer, conversationId: randomUUID() } as Viewer;
  expect((await on.refusal(stranger, correct, { id, correction: {} }))?.extensions.code).toBe("NOT_FOUND");
  expect((await on.refusal(agent, correct, { id, correction: {} }))?.extensions.code).toBe("FORBIDDEN");
  await on.hear(closed);
  expect(await refused(correct, { correction: { wants: "x" } })).toMatchObject({ __typename: "SummaryClosed" });
  expect(await refused(strike, { messageId: messages[0]?.id })).toMatchObject({ __typename: "SummaryClosed" });
});

test("two corrections at once: one counts, the other is told", async () => {
  const { posted, conversationId: id, customer } = lamp();
  await on.hear(...posted);
  await on.ask(customer, summarize, { id });
  const answers = await Promise.allSettled(
    ["One", "Two", "Three"].map((wants) =>
      on.ask<{ correctSummary: Shown }>(customer, correct, { id, correction: { wants } }),
    ),
  );
  const versions = answers.flatMap((answer) =>
    answer.status === "fulfilled" ? [answer.value.correctSummary.version] : [],
  );
  expect(versions.length).toBeGreaterThan(0);
  expect(new Set(versions).size).toBe(versions.length);
  const { summary } = await on.ask<{ summary: Shown }>(customer, read, { id });
  expect(summary.version).toBe(Math.max(...versions));
});

test("a workspace's agents read summaries in their language", async () => {
  const { posted, conversationId: id, customer, agent, service } = lamp();
  const set = "mutation ($language: String) { setSummaryLanguage(language: $language) { language } }";
  expect(await on.ask(service, set, { language: "de-CH" })).toEqual({ setSummaryLanguage: { language: "de-ch" } });
  expect(await on.ask(agent, "{ summarySettings { language } }")).toEqual({ summarySettings: { language: "de-ch" } });
  expect((await on.refusal(service, set, { language: "German!" }))?.extensions.code).toBe("BAD_INPUT");
  expect((await on.refusal(agent, set, { language: "de" }))?.extensions.code).toBe("FORBIDDEN");
  await on.hear(...posted);
  const { summarize: german } = await on.ask<{ summarize: Shown }>(customer, summarize, { id });
  expect(german.text).toContain("Der Kunde fragt: „My lamp arrived broken, can I get a new one?“");
  expect(german.text).toContain("Der Kunde möchte mit einem Menschen sprechen.");
});

test("what is read of a conversation for a summary does not grow with its length", async () => {
  const {
    posted,
    conversationId: id,
    customer,
  } = talk(
    Array.from(
      { length: 180 },
      (_, index) => ["CUSTOMER", `Message ${index} about my lamp from order 48213`] as const,
    ).map(([author, text]) => [author, text]),
  );
  await on.hear(...posted);
  const heard = await heardConversation(on.db, id);
  expect(heard?.messages.map(({ sequence }) => sequence)).toEqual([
    ...Array.from({ length: 20 }, (_, index) => index + 1),
    ...Array.from({ length: 80 }, (_, index) => index + 101),
  ]);
  expect(heard?.through).toBe(180);
  expect((await on.ask<{ summarize: Shown }>(customer, summarize, { id })).summarize.version).toBe(1);
});
