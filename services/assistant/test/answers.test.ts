import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createFakeClock } from "../../../kit/clock";
import { createSilentLog } from "../../../kit/log";
import { projectPath } from "../../../kit/project";
import type { Viewer } from "../../../kit/viewer";
import type { EventOf } from "../../../schema/events/catalogue";
import { type Stage, stage } from "../../../test/support/stage";
import { assistantTables, createAssistant } from "../service";
import { handoverRequested, messageAssessed } from "./message-assessed";

let on: Stage;
const workspaceId = randomUUID();
const backEnd: Viewer = { role: "SERVICE", workspaceId, name: "shop" };

beforeAll(async () => {
  on = await stage("assistant", assistantTables, (parts) =>
    createAssistant({ ...parts, clock: createFakeClock(), log: createSilentLog(), model: null }),
  );
  const folder = projectPath("demo/help-centre");
  const documents = readdirSync(folder).map((name) => ({
    name,
    format: "MARKDOWN",
    content: readFileSync(`${folder}/${name}`, "utf8"),
  }));
  await on.ask(backEnd, "mutation ($d: [DocumentInput!]!) { importArticles(documents: $d) { created } }", {
    d: documents,
  });
});
afterAll(() => on.close());

const assessed = (text: string, over: Parameters<typeof messageAssessed>[2] = {}) =>
  messageAssessed(workspaceId, text, over);

async function answerTo(event: EventOf<"message.assessed">) {
  await on.hear(event);
  return (await on.said("answer.drafted", event.subject)).map(({ data }) => data.answer);
}

test("a covered question is answered from the article that covers it, for the epoch it was asked in", async () => {
  const event = assessed("Can I return a lamp I have used?");
  const [answer, ...more] = await answerTo(event);
  expect(more).toEqual([]);
  expect(answer).toMatchObject({ messageId: event.data.message.id, epoch: 3, answered: true });
  expect(answer?.text).toMatch(/a lamp you have used can be returned within the 30 days/);
  expect(answer?.citations).toEqual([
    expect.objectContaining({ title: "Returning an item", url: "https://lumenandloom.example/help/returns" }),
  ]);
  expect(answer?.text).toContain(answer?.citations[0]?.quote);
  expect(answer?.coverage).toBeGreaterThan(0.8);
});

test("a question nobody wrote an article about is not answered", async () => {
  const [answer] = await answerTo(assessed("Do you rewire antique chandeliers from the 1920s?"));
  expect(answer).toMatchObject({ answered: false, text: "", citations: [] });
  expect(answer?.coverage).toBeLessThan(0.3);
});

test("small talk gets a friendly sentence without a source", async () => {
  const [answer] = await answerTo(assessed("merci beaucoup !"));
  expect(answer).toMatchObject({
    answered: true,
    text: expect.stringContaining("plaisir"),
    citations: [],
    coverage: null,
  });
});

test("a question that leans on the one before it is understood", async () => {
  const [answer] = await answerTo(assessed("and to France?", { earlier: ["How long does delivery take?"] }));
  expect(answer?.text).toMatch(/^Germany, France, Austria: Standard delivery 3 to 5 working days/);
});

test("the same message twice, or heard again, is answered once", async () => {
  const event = assessed("How do I wash linen curtains?");
  await on.hear(event, { ...event, id: randomUUID() });
  await on.hear(event);
  expect(await answerTo({ ...event, id: randomUUID() })).toHaveLength(1);
});

test("nothing is drafted where policy offers, or where the company has its own assistant", async () => {
  const offered = assessed("How do I wash linen?", { decision: "OFFER" });
  const external = assessed("How do I wash linen?", { mode: "EXTERNAL" });
  await on.hear(offered, external);
  expect(await on.said("answer.drafted", offered.subject, 0)).toEqual([]);
  expect(await on.said("answer.drafted", external.subject, 0)).toEqual([]);
});

test("another workspace knows nothing of it", async () => {
  const [answer] = await answerTo(messageAssessed(randomUUID(), "How do I wash linen curtains?"));
  expect(answer).toMatchObject({ answered: false, coverage: 0 });
});

test("what is internal never reaches a customer", async () => {
  await on.ask(backEnd, "mutation ($i: ArticleInput!) { createArticle(input: $i) { id } }", {
    i: { title: "Goodwill", body: "Angry customers get a goodwill voucher of 20 euros.", visibility: "INTERNAL" },
  });
  const [answer] = await answerTo(assessed("Do I get a goodwill voucher?"));
  expect(JSON.stringify(answer)).not.toMatch(/20 euros/);
});

test("an article that customers may not read takes no answer away from them, whatever its language", async () => {
  const shop: Viewer = { role: "SERVICE", workspaceId: randomUUID(), name: "shop" };
  const add = "mutation ($i: ArticleInput!) { createArticle(input: $i) { id } }";
  await on.ask(shop, add, { i: { title: "Aurora 3000", body: "Aurora 3000 guarantee (Garantie): 24 months." } });
  const ask = () => answerTo(messageAssessed(shop.workspaceId, "Aurora 3000 Garantie?", { language: "de" }));
  expect((await ask())[0]).toMatchObject({ answered: true });
  for (const visibility of ["INTERNAL", "DRAFT"])
    await on.ask(shop, add, { i: { title: "Urlaub", body: "Im Sommer ist niemand da.", language: "de", visibility } });
  expect((await ask())[0]).toMatchObject({ answered: true });
});

test("what nobody could answer is a gap, with the handover it led to, and becomes a draft that answers once published", async () => {
  const event = assessed("Can I rent twenty floor lamps for a wedding?");
  await answerTo(event);
  const { conversation, message } = event.data;
  await on.hear(handoverRequested(event));
  const { knowledgeGaps } = await on.ask<{ knowledgeGaps: object[] }>(
    backEnd,
    "{ knowledgeGaps(first: 50) { question count handovers } }",
  );
  expect(knowledgeGaps).toContainEqual({ question: message.text, count: 1, handovers: 1 });

  const { draftArticle } = await on.ask<{ draftArticle: { id: string } }>(
    backEnd,
    "mutation ($i: ReplyToDraft!) { draftArticle(input: $i) { id title visibility } }",
    {
      i: { conversationId: conversation.id, answer: "Yes: floor lamps can be rented for a weekend at 15 euros each." },
    },
  );
  expect(draftArticle).toMatchObject({ title: message.text, visibility: "DRAFT" });
  const rent = "Can I rent floor lamps for our wedding?";
  expect((await answerTo(assessed(rent)))[0]).toMatchObject({ answered: false });
  await on.ask(backEnd, "mutation ($id: ID!) { updateArticle(id: $id, input: { visibility: PUBLIC }) { id } }", {
    id: draftArticle.id,
  });
  expect((await answerTo(assessed(rent)))[0]).toMatchObject({
    answered: true,
    text: expect.stringMatching(/15 euros/),
  });
});

test("another workspace sees no gaps of ours, and customers see none at all", async () => {
  const other: Viewer = { role: "SERVICE", workspaceId: randomUUID(), name: "other" };
  const customer: Viewer = { role: "CUSTOMER", workspaceId, conversationId: randomUUID(), customerId: randomUUID() };
  expect(await on.ask(other, "{ knowledgeGaps { question } }")).toEqual({ knowledgeGaps: [] });
  expect(await on.refusal(customer, "{ knowledgeGaps { question } }")).toMatchObject({
    extensions: { code: "FORBIDDEN" },
  });
});
