import { type ConversationsStage, openStage } from "./scene";

let on: ConversationsStage;
beforeAll(async () => {
  on = await openStage();
});
afterAll(() => on.close());

const secret = "My card is 4111 1111 1111 1111, my password is hunter2 and the SMS code is 482913. Order 3348917502.";
const masked = "My card is [card number], my password is [password] and the SMS code is [code]. Order 3348917502.";

const setPatterns = `mutation ($patterns: [MaskPatternInput!]!) {
  setMaskPatterns(patterns: $patterns) {
    __typename ... on Workspace { maskPatterns { name pattern } } ... on UnsafePattern { pattern } ... on Refusal { message } } }`;

/** Everything that stands in any table: rows, events to be said, events heard. */
async function everythingKept(): Promise<string> {
  const tables: { name: string }[] = await on.db.query(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  );
  const kept = await Promise.all(tables.map(({ name }) => on.db.query(`select to_jsonb(t) from "${name}" t`)));
  return JSON.stringify(kept);
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
