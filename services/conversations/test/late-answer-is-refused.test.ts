import { until } from "../../../test/support/stage";
import { writeMessage } from "../write-message";
import { type ConversationsStage, openStage } from "./scene";

let set: ConversationsStage;
beforeAll(async () => {
  set = await openStage();
});
afterAll(() => set.close());

test("an answer that waits behind a handover's lock is refused when the handover commits", async () => {
  const talk = await set.talk();
  const question = await talk.say("Where is my parcel?");
  const handover = set.db.createQueryRunner();
  await handover.connect();
  await handover.startTransaction();
  await handover.query("update conversation set control = 'QUEUE', epoch = epoch + 1 where id = $1", [talk.id]);

  // The handover is not committed: whoever only looked first would still see the assistant in control.
  const answer = { author: "ASSISTANT" as const, text: "In a van.", inReplyTo: question };
  const written = writeMessage(set.db.manager, talk.id, answer, new Date(), 0);
  await until("the answer waits for the row", async () => {
    const waiting = await set.db.query(
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    return waiting.length > 0;
  });
  await handover.commitTransaction();
  await handover.release();
  expect(await written).toBeNull();
  expect((await talk.shown()).messages).toHaveLength(1);
});

test("the same answer is written when the handover is rolled back", async () => {
  const talk = await set.talk();
  const question = await talk.say("Where is my parcel?");
  const handover = set.db.createQueryRunner();
  await handover.connect();
  await handover.startTransaction();
  await handover.query("update conversation set control = 'QUEUE', epoch = epoch + 1 where id = $1", [talk.id]);
  const answer = { author: "ASSISTANT" as const, text: "In a van.", inReplyTo: question };
  const written = writeMessage(set.db.manager, talk.id, answer, new Date(), 0);
  await handover.rollbackTransaction();
  await handover.release();
  expect(await written).toMatchObject({ sequence: 2, text: "In a van." });
});

test("answers and handovers racing each other: never an answer after the handover, never a gap", async () => {
  const talks = await Promise.all(Array.from({ length: 16 }, () => set.talk()));
  const races = await Promise.all(
    talks.map(async (talk) => {
      const question = await talk.say("Where is my parcel?");
      return { talk, answer: await talk.answerAssessed(question, "CONTINUE", { text: "In a van." }) };
    }),
  );
  await Promise.all(
    races.flatMap(({ talk, answer }, n) => {
      const ask = () => talk.do(talk.customer, "requestHandover");
      return n % 2 ? [set.hear(answer), ask()] : [ask(), set.hear(answer)];
    }),
  );
  for (const { talk } of races) {
    const { messages, control, epoch } = await talk.shown();
    expect({ control, epoch }).toEqual({ control: "QUEUE", epoch: 1 });
    const authors = messages.map(({ author }) => author).join(" ");
    expect(["CUSTOMER SYSTEM", "CUSTOMER ASSISTANT SYSTEM"]).toContain(authors);
    expect(messages.map(({ sequence }) => sequence)).toEqual(messages.map((_, n) => n + 1));
  }
});

test("an answer drafted before a handover is refused after the hand-back too", async () => {
  const talk = await set.talk();
  const question = await talk.say("Where is my parcel?");
  const late = await talk.answerAssessed(question, "CONTINUE", { text: "In a van." });
  const offer = await talk.answerAssessed(question, "OFFER", { answered: false, reason: "CANNOT_ANSWER" });
  await talk.do(talk.agent, "replyAsAgent", { text: "I looked it up." });
  await talk.do(talk.agent, "returnToAssistant");
  const before = await talk.shown();
  await set.hear(late, offer);
  expect(await talk.shown()).toEqual(before);
});

test("the same answer arriving twice is posted once, with its citations", async () => {
  const talk = await set.talk();
  const question = await talk.say("How long does delivery take?");
  const answer = await talk.answerAssessed(question, "CONTINUE");
  const citation = {
    articleId: "8a0c1a54-0b7e-4b06-9a39-0f3f4f1f2a11",
    title: "Delivery",
    url: null,
    quote: "two days",
  };
  answer.data.answer.citations = [citation];
  const again = { ...answer, id: "1d6c3f00-0000-4000-8000-0000000000ff" };
  await set.hear(answer, again);
  await set.hear(answer);
  const { messages } = await set.ask<{ messages: unknown[] }>(
    talk.customer,
    `query ($id: ID!) { messages(conversationId: $id) {
      author answered inReplyTo { id } citations { articleId title url quote }
    } }`,
    { id: talk.id },
  );
  expect(messages).toEqual([
    { author: "CUSTOMER", answered: null, inReplyTo: null, citations: [] },
    { author: "ASSISTANT", answered: true, inReplyTo: { id: question }, citations: [citation] },
  ]);
});
