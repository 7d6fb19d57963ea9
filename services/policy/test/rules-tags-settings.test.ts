import { randomUUID } from "node:crypto";
import { createFakeClock } from "../../../kit/clock";
import { createSilentLog } from "../../../kit/log";
import type { Viewer } from "../../../kit/viewer";
import { type Stage, stage } from "../../../test/support/stage";
import { createPolicy, policyTables } from "../service";
import { story } from "./story";

let on: Stage;
beforeAll(async () => {
  on = await stage("policy", policyTables, (parts) =>
    createPolicy({ ...parts, clock: createFakeClock(), log: createSilentLog(), model: null }),
  );
});
afterAll(() => on.close());

const workspaceId = randomUUID();
const service: Viewer = { role: "SERVICE", workspaceId, name: "back end" };
const stranger: Viewer = { role: "SERVICE", workspaceId: randomUUID(), name: "another company" };
const agent: Viewer = { role: "AGENT", workspaceId, agentId: "ines", name: "Ines" };
const customer: Viewer = { role: "CUSTOMER", workspaceId, conversationId: randomUUID(), customerId: randomUUID() };
const codeOf = async (viewer: Viewer, query: string, variables?: Record<string, unknown>) =>
  (await on.refusal(viewer, query, variables))?.extensions.code;

const createRule = `mutation ($text: String!) { createGuidanceRule(input: { text: $text }) { id version text enabled updatedBy } }`;
const updateRule = `mutation ($id: ID!, $input: GuidanceRuleChange!) { updateGuidanceRule(id: $id, input: $input) { id version text enabled } }`;
const deleteRule = `mutation ($id: ID!) { deleteGuidanceRule(id: $id) }`;
const rules = "{ guidanceRules { id version text enabled } }";
const createTag = `mutation ($input: TagInput!) { createTag(input: $input) { id name description blocked examples version } }`;
const updateTag = `mutation ($id: ID!, $input: TagChange!) { updateTag(id: $id, input: $input) { id name blocked version } }`;
const deleteTag = `mutation ($id: ID!) { deleteTag(id: $id) }`;
const tags = "{ tags { id name } }";
type Made = { createGuidanceRule: { id: string }; createTag: { id: string } };

test("a rule's version grows with its text, and an assessment names the one that matched", async () => {
  const { createGuidanceRule: rule } = await on.ask<Made>(service, createRule, {
    text: "If the customer wants an invoice with a VAT number, hand over",
  });
  expect(rule).toMatchObject({ version: 1, enabled: true, updatedBy: "back end" });
  const text = "If the customer asks for a sponsorship or collaboration, hand over";
  const changed = await on.ask(service, updateRule, { id: rule.id, input: { text } });
  expect(changed).toEqual({ updateGuidanceRule: { id: rule.id, version: 2, text, enabled: true } });
  const same = await on.ask(service, updateRule, { id: rule.id, input: { text, enabled: true } });
  expect(same).toMatchObject({ updateGuidanceRule: { version: 2 } });
  const said = "I am an influencer and would love a sponsorship or collaboration with you";
  const { assessment } = await story(on, { workspaceId }).say(said);
  expect(assessment).toMatchObject({
    reason: "GUIDANCE_RULE",
    signals: [{ rule: { id: rule.id, version: 2, text } }, {}, {}, {}, {}],
  });
  await on.ask(service, updateRule, { id: rule.id, input: { enabled: false } });
  expect((await story(on, { workspaceId }).say(said)).assessment.decision).toBe("CONTINUE");
  expect(await on.ask(agent, rules)).toEqual({ guidanceRules: [{ id: rule.id, version: 2, text, enabled: false }] });
  expect(await on.ask(service, deleteRule, { id: rule.id })).toEqual({ deleteGuidanceRule: rule.id });
  expect(await on.ask(agent, rules)).toEqual({ guidanceRules: [] });
  expect(await codeOf(service, deleteRule, { id: rule.id })).toBe("NOT_FOUND");
});

test("a tag's name is unique in its workspace, whatever its case", async () => {
  const { createTag: tag } = await on.ask<Made>(service, createTag, {
    input: { name: " Press ", description: "Journalists", blocked: true, examples: ["I write for a newspaper"] },
  });
  expect(tag).toMatchObject({ name: "Press", blocked: true, version: 1, examples: ["I write for a newspaper"] });
  expect(await codeOf(service, createTag, { input: { name: "PRESS" } })).toBe("CONFLICT");
  expect(await codeOf(stranger, createTag, { input: { name: "PRESS" } })).toBeUndefined();
  await on.ask(service, createTag, { input: { name: "Jobs" } });
  expect(await codeOf(service, updateTag, { id: tag.id, input: { name: "jobs" } })).toBe("CONFLICT");
  expect(await on.ask(service, updateTag, { id: tag.id, input: { blocked: false } })).toEqual({
    updateTag: { id: tag.id, name: "Press", blocked: false, version: 2 },
  });
  await on.ask(service, deleteTag, { id: tag.id });
  expect(await on.ask(agent, tags)).toMatchObject({ tags: [{ name: "Jobs" }] });
});

test("rules, tags and settings stay in their workspace", async () => {
  const { createGuidanceRule: rule, createTag: tag } = {
    ...(await on.ask<Made>(service, createRule, { text: "If the press writes to us, hand over" })),
    createTag: (await on.ask<Made>(service, createTag, { input: { name: "Ours alone" } })).createTag,
  };
  expect(await on.ask(stranger, rules)).toEqual({ guidanceRules: [] });
  expect(await codeOf(stranger, updateRule, { id: rule.id, input: { text: "x" } })).toBe("NOT_FOUND");
  expect(await codeOf(stranger, deleteRule, { id: rule.id })).toBe("NOT_FOUND");
  expect(await codeOf(stranger, updateTag, { id: tag.id, input: { blocked: true } })).toBe("NOT_FOUND");
  expect(await codeOf(stranger, deleteTag, { id: tag.id })).toBe("NOT_FOUND");
  const entities = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Tag { name } ... on GuidanceRule { text } } }`;
  const of = [
    { __typename: "Tag", id: tag.id },
    { __typename: "GuidanceRule", id: rule.id },
  ];
  expect(await on.ask(agent, entities, { of })).toEqual({
    _entities: [{ name: "Ours alone" }, { text: "If the press writes to us, hand over" }],
  });
  for (const viewer of [stranger, customer])
    expect(await on.ask(viewer, entities, { of })).toEqual({ _entities: [null, null] });
  await on.ask(service, "mutation { updatePolicySettings(input: { chat: { offerEvery: 3 } }) { version } }");
  expect(await on.ask(stranger, "{ policySettings { version chat { offerEvery } updatedAt } }")).toEqual({
    policySettings: { version: 0, chat: { offerEvery: 1 }, updatedAt: null },
  });
});

test("only a service changes anything, and customers read nothing", async () => {
  for (const viewer of [agent, customer]) {
    expect(await codeOf(viewer, createRule, { text: "x" })).toBe("FORBIDDEN");
    expect(await codeOf(viewer, createTag, { input: { name: "x" } })).toBe("FORBIDDEN");
    expect(await codeOf(viewer, "mutation { updatePolicySettings(input: {}) { version } }")).toBe("FORBIDDEN");
  }
  for (const query of [rules, tags, "{ policySettings { version } }"]) {
    expect(await codeOf(customer, query)).toBe("FORBIDDEN");
    expect(await codeOf({ role: "ANONYMOUS" }, query)).toBe("UNAUTHENTICATED");
    expect(await codeOf(agent, query)).toBeUndefined();
  }
});

test.each([
  ["an empty rule", createRule, { text: "  " }],
  ["a rule of 1,001 characters", createRule, { text: "x".repeat(1_001) }],
  ["a tag without a name", createTag, { input: { name: "" } }],
  ["an example of 501 characters", createTag, { input: { name: "Long", examples: ["x".repeat(501)] } }],
  ["101 examples", createTag, { input: { name: "Many", examples: Array(101).fill("x") } }],
])("%s is refused with a sentence", async (_what, query, variables) => {
  const refused = await on.refusal(service, query, variables);
  expect(refused?.extensions.code).toBe("BAD_INPUT");
  expect(refused?.message).toMatch(/must have/);
});

test("an offer is made at most every so many messages, and an id that is none is not found", async () => {
  expect(
    await codeOf(service, "mutation { updatePolicySettings(input: { chat: { offerEvery: 0 } }) { version } }"),
  ).toBe("BAD_INPUT");
  expect(await codeOf(service, updateRule, { id: "no-id", input: {} })).toBe("NOT_FOUND");
});

test("a message about two topics gives the conversation both tags, one about one of them only that", async () => {
  const shop: Viewer = { role: "SERVICE", workspaceId: randomUUID(), name: "shop" };
  for (const [name, description] of [
    ["Returns and refunds", "Sending something back, exchanges, money back"],
    ["Account and login", "Passwords, sign-in trouble, changing personal data"],
    ["Delivery", "Where a parcel is, delivery times and costs"],
  ])
    await on.ask(shop, createTag, { input: { name, description } });
  const tagsAfter = async (said: string) => {
    const told = story(on, { workspaceId: shop.workspaceId });
    await told.say(said);
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Conversation { tags { name } } } }`;
    const answer = await on.ask<{ _entities: [{ tags: { name: string }[] }] }>(shop, query, {
      of: [{ __typename: "Conversation", id: told.conversationId }],
    });
    return answer._entities[0].tags.map(({ name }) => name).sort();
  };
  expect(await tagsAfter("I want to send back the blue lamp. And I forgot my password, how do I reset it?")).toEqual([
    "Account and login",
    "Returns and refunds",
  ]);
  expect(await tagsAfter("I forgot my password. How do I reset it?")).toEqual(["Account and login"]);
});
