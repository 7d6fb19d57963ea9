import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { textsFor } from "../texts";
import { type ConversationsStage, openStage } from "./scene";

let on: ConversationsStage;
const logged: string[] = [];
beforeAll(async () => {
  on = await openStage({}, pino({ level: "trace" }, { write: (line: string) => void logged.push(line) }));
});
afterAll(() => on.close());

const secret = "My card is 4111 1111 1111 1111, my password is hunter2 and the SMS code is 482913. Order 3348917502.";
const masked = "My card is [card number], my password is [password] and the SMS code is [code]. Order 3348917502.";

const setPatterns = `mutation ($patterns: [MaskPatternInput!]!) {
  setMaskPatterns(patterns: $patterns) {
    __typename ... on Workspace { maskPatterns { name pattern } } ... on UnsafePattern { pattern } ... on Refusal { message } } }`;

/** Everything that stands in any table - rows, events to be said, events heard - or in a log line. */
async function everythingKept(): Promise<string> {
  const tables: { name: string }[] = await on.db.query(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  );
  const kept = await Promise.all(tables.map(({ name }) => on.db.query(`select to_jsonb(t) from "${name}" t`)));
  return `${JSON.stringify(kept)} ${logged.join("")}`;
}

test("what customers, agents and an external assistant write is masked before it is kept or said", async () => {
  const talk = await on.talk({ workspace: await on.workspace("EXTERNAL") });
  const posted = await talk.do(talk.customer, "postMessage", { text: secret, clientMessageId: "one" });
  expect(posted.text).toBe(masked);
  // Sent again, it is the same message and no conflict with what was masked.
  expect(await talk.do(talk.customer, "postMessage", { text: secret, clientMessageId: "one" })).toEqual(posted);
  const answered = { inReplyTo: posted.id, epoch: 0, answered: true, text: "Is 5555 5555 5555 4444 yours?" };
  expect(await talk.do(talk.service, "postAssistantMessage", answered)).toMatchObject({ answered: true });
  const reply = await talk.do(talk.agent, "replyAsAgent", { text: "Refund to DE89 3704 0044 0532 0130 00?" });
  expect(reply.text).toBe("Refund to [IBAN]?");
  await talk.do(talk.agent, "returnToAssistant", { note: "their PIN is 4821" });
  expect((await talk.shown()).handover?.note).toBe("their PIN is [code]");

  const said = [
    ...(await talk.toldOf("message.posted", 3)),
    ...(await talk.toldOf("answer.submitted")),
    ...(await talk.toldOf("handover.changed")),
  ];
  const kept = `${await everythingKept()} ${JSON.stringify(said)}`;
  for (const gone of ["4111 1111", "hunter2", "482913", "5555 5555", "DE89", "4821"]) expect(kept).not.toContain(gone);
  expect(kept).toContain("3348917502");
});

test("a code alone is masked where a code was asked for, and an order where that was is not", async () => {
  const talk = await on.talk();
  const says = async (text: string, clientMessageId: string) =>
    (await talk.do(talk.customer, "postMessage", { text, clientMessageId })).text;
  expect(await says("5512", "0")).toBe("5512");
  await talk.do(talk.agent, "replyAsAgent", { text: "Please tell me the code we sent to your phone." });
  expect(await says("739164", "1")).toBe("[code]");
  await talk.do(talk.agent, "replyAsAgent", { text: "That is not right. Once more?" });
  expect(await says("739 165", "2")).toBe("[code]");
  // Sent again later, it is the same message still.
  expect(await says("739164", "1")).toBe("[code]");
  await talk.do(talk.agent, "replyAsAgent", { text: "Thank you. And your order number?" });
  expect(await says("55123", "3")).toBe("55123");
  await talk.do(talk.agent, "replyAsAgent", { text: "I give you a new PIN:" });
  expect((await talk.do(talk.agent, "replyAsAgent", { text: "6608" })).text).toBe("[code]");
  await talk.do(talk.customer, "postMessage", { text: "And what is my password?" });
  expect((await talk.do(talk.agent, "replyAsAgent", { text: "Lantern77" })).text).toBe("[password]");
  await talk.do(talk.agent, "replyAsAgent", { text: "The login code is:" });
  await talk.do(talk.agent, "returnToAssistant", { note: "220418" });

  const said = [...(await talk.toldOf("message.posted", 12)), ...(await talk.toldOf("handover.changed"))];
  const kept = `${await everythingKept()} ${JSON.stringify(said)}`;
  for (const gone of ["739164", "739 165", "739165", "6608", "Lantern77", "220418"]) expect(kept).not.toContain(gone);
  expect(kept).toContain("55123");
});

test("a code alone is masked in what an external assistant says, too, and may be handed in again", async () => {
  const talk = await on.talk({ workspace: await on.workspace("EXTERNAL") });
  const asked = await talk.do(talk.customer, "postMessage", { text: "What is my verification code?" });
  const answer = { inReplyTo: asked.id, epoch: 0, answered: true, text: "830275" };
  const first = await talk.do(talk.service, "postAssistantMessage", answer);
  await talk.say("hello?");
  expect(await talk.do(talk.service, "postAssistantMessage", answer)).toEqual(first);
  expect(`${await everythingKept()} ${JSON.stringify(await talk.toldOf("answer.submitted"))}`).not.toContain("830275");
});

test("a reply out of a desk is masked too", async () => {
  const talk = await on.talk();
  const handover = await talk.do(talk.customer, "requestHandover");
  await on.hear(
    talk.event("agent.replied", {
      handoverId: handover.id as string,
      agent: { id: null, name: "Ines" },
      text: "Your new password is Winter2024!",
      externalId: "1",
    }),
  );
  expect((await talk.shown()).messages.at(-1)?.text).toBe("Your new password is [password]!");
});

test("a workspace adds its own patterns, and only those that are safe to run", async () => {
  const talk = await on.talk();
  const patterns = [{ name: "customer number", pattern: "KD-\\d{4,8}" }];
  expect(await on.ask(talk.service, setPatterns, { patterns })).toEqual({
    setMaskPatterns: { __typename: "Workspace", maskPatterns: patterns },
  });
  const [told] = await on.said("masking.changed", talk.workspaceId);
  expect(told?.data).toEqual({ patterns });
  const posted = await talk.do(talk.customer, "postMessage", { text: "I am KD-48213, order 5512" });
  expect(posted.text).toBe("I am [customer number], order 5512");
  for (const [pattern, why] of [
    ["(a+)+$", /without a bound/],
    ["[", /no regular expression/],
  ] as const)
    expect(await on.ask(talk.service, setPatterns, { patterns: [{ name: "bad", pattern }] })).toEqual({
      setMaskPatterns: { __typename: "UnsafePattern", pattern, message: expect.stringMatching(why) },
    });
  // A refused pattern changes nothing.
  const again = await talk.do(talk.customer, "postMessage", { text: "KD-99999" });
  expect(again.text).toBe("[customer number]");
  expect((await on.refusal(talk.customer, setPatterns, { patterns: [] }))?.extensions.code).toBe("FORBIDDEN");
});

test("an address that a workspace masks is not told again when Baton thanks for it", async () => {
  const talk = await on.talk();
  const pattern = "[a-z.]{1,60}@shop\\.example";
  expect(await on.ask(talk.service, setPatterns, { patterns: [{ name: "e-mail", pattern }] })).toMatchObject({
    setMaskPatterns: { __typename: "Workspace" },
  });
  const { id } = await talk.do(talk.customer, "requestHandover");
  const delivery = { id: randomUUID(), handoverId: id as string, provider: "CONSOLE" as const, connectionId: null };
  const absence = { until: null, timeZone: null };
  await on.hear(talk.event("handover.delivered", { delivery, mode: "DESK", externalId: null, url: null, absence }));
  await talk.say("robin@shop.example");
  const { messages } = await talk.shown();
  expect(messages.slice(-2).map(({ text }) => text)).toEqual(["[e-mail]", textsFor("en").addressNoted("[e-mail]")]);
  const [identified] = await talk.toldOf("customer.identified");
  expect(identified?.data.conversation.customer.email).toBe("robin@shop.example");
});
