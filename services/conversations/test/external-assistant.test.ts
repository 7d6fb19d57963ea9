import { type ConversationsStage, openStage, type Talk } from "./scene";

let set: ConversationsStage;
beforeAll(async () => {
  set = await openStage();
});
afterAll(() => set.close());

async function asked(): Promise<{ talk: Talk; question: string }> {
  const talk = await set.talk({ workspace: await set.workspace("EXTERNAL") });
  return { talk, question: await talk.say("Where is my parcel?") };
}

async function awaiting(talk: Talk) {
  const { awaitingAnswer } = await set.ask<{ awaitingAnswer: unknown[] }>(
    talk.service,
    "{ awaitingAnswer { id epoch awaitedMessage { id text } } }",
  );
  return awaitingAnswer;
}

test("the company's assistant sees what it is to answer once policy leaves it to it, and its answer goes to policy first", async () => {
  const { talk, question } = await asked();
  expect(await awaiting(talk)).toEqual([]);
  await set.hear(await talk.assessed(question, "CONTINUE"));
  expect(await awaiting(talk)).toEqual([
    { id: talk.id, epoch: 0, awaitedMessage: { id: question, text: "Where is my parcel?" } },
  ]);
  expect((await talk.toldOf("answer.awaited"))[0]?.data.messageId).toBe(question);

  const answer = { inReplyTo: question, epoch: 0, answered: true, text: " In a van. " };
  const submitted = await talk.do(talk.service, "postAssistantMessage", answer);
  expect(submitted).toMatchObject({ __typename: "SubmittedAnswer", answered: true });
  expect(await awaiting(talk)).toEqual([]);
  expect((await talk.toldOf("answer.submitted"))[0]?.data.answer).toEqual({
    answerId: submitted.id,
    messageId: question,
    epoch: 0,
    answered: true,
    text: "In a van.",
    citations: [],
    coverage: null,
  });
  expect((await talk.shown()).messages).toHaveLength(1);

  expect(await talk.do(talk.service, "postAssistantMessage", answer)).toEqual(submitted);
  await expect(talk.do(talk.service, "postAssistantMessage", { ...answer, text: "On a ship." })).rejects.toMatchObject({
    extensions: { code: "CONFLICT" },
  });
  expect(await talk.toldOf("answer.submitted")).toHaveLength(1);
});

test("an answer under an old epoch is refused with the epoch of now", async () => {
  const { talk, question } = await asked();
  const answer = { inReplyTo: question, epoch: 0, answered: true, text: "In a van." };
  await talk.do(talk.customer, "requestHandover");
  expect(await talk.do(talk.service, "postAssistantMessage", answer)).toMatchObject({
    __typename: "StaleEpoch",
    epoch: 1,
    control: "QUEUE",
  });
  await talk.do(talk.agent, "returnToAssistant");
  expect(await talk.do(talk.service, "postAssistantMessage", answer)).toMatchObject({
    __typename: "StaleEpoch",
    epoch: 2,
    control: "ASSISTANT",
  });
});

test("a new message or a handover ends the waiting for the old one", async () => {
  const { talk, question } = await asked();
  await set.hear(await talk.assessed(question, "CONTINUE"));
  const second = await talk.say("Hello?");
  expect(await awaiting(talk)).toEqual([]);
  await set.hear(await talk.assessed(second, "CONTINUE"));
  expect(await awaiting(talk)).toMatchObject([{ awaitedMessage: { id: second } }]);
  await talk.do(talk.customer, "requestHandover");
  expect(await awaiting(talk)).toEqual([]);
});

test("'cannot answer' needs no text, an answer does", async () => {
  const { talk, question } = await asked();
  const cannot = { inReplyTo: question, epoch: 0, answered: false, text: "" };
  expect(await talk.do(talk.service, "postAssistantMessage", { ...cannot, answered: true })).toMatchObject({
    __typename: "EmptyMessage",
  });
  expect(
    await talk.do(talk.service, "postAssistantMessage", { ...cannot, answered: true, text: "x".repeat(20_000) }),
  ).toMatchObject({ __typename: "MessageTooLong" });
  expect(await talk.do(talk.service, "postAssistantMessage", cannot)).toMatchObject({ __typename: "SubmittedAnswer" });
});

test("only the customer's own messages can be answered", async () => {
  const { talk, question } = await asked();
  const { talk: other } = await asked();
  const answer = { epoch: 0, answered: true, text: "In a van." };
  for (const inReplyTo of ["nothing", "00000000-0000-4000-8000-000000000000"])
    await expect(talk.do(talk.service, "postAssistantMessage", { ...answer, inReplyTo })).rejects.toMatchObject({
      extensions: { code: "NOT_FOUND" },
    });
  await expect(
    other.do(other.service, "postAssistantMessage", { ...answer, inReplyTo: question }),
  ).rejects.toMatchObject({ extensions: { code: "NOT_FOUND" } });
});

test("a workspace with Baton's own assistant takes none from outside, and nobody but a service hands one in", async () => {
  const talk = await set.talk();
  const answer = { inReplyTo: await talk.say("Hello"), epoch: 0, answered: true, text: "Hi" };
  expect(await talk.do(talk.service, "postAssistantMessage", answer)).toMatchObject({ __typename: "NotExternal" });
  for (const viewer of [talk.customer, talk.agent])
    await expect(talk.do(viewer, "postAssistantMessage", answer)).rejects.toMatchObject({
      extensions: { code: "FORBIDDEN" },
    });
  await set.hear(await talk.assessed(answer.inReplyTo, "CONTINUE"));
  expect(await awaiting(talk)).toEqual([]);
});
