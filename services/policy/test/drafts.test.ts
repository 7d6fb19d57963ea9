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

const company = () => {
  const workspaceId = randomUUID();
  const lead: Viewer = { role: "SERVICE", workspaceId, name: "support lead" };
  return { workspaceId, lead };
};
const draftFields = "id name base rules { id text enabled version } chat { offerEvery paused } updatedBy";
const create = `mutation ($name: String! = "Next") { createPolicyDraft(name: $name) { ${draftFields} } }`;
const change = `mutation ($id: ID!, $input: PolicyDraftChange!) { changePolicyDraft(id: $id, input: $input) { ${draftFields} } }`;
const refresh = `mutation ($id: ID!) { refreshPolicyDraft(id: $id) { ${draftFields} } }`;
const versionFields =
  "number origin note restores forced publishedBy rules { id text version enabled } chat { offerEvery }";
const results = `__typename ... on PolicyVersion { ${versionFields} } ... on Refusal { message }
  ... on ScenariosTooLong { played tooLong: failed { passed } } ... on ScenariosFailed { failed { scenario { name } passed turns { turn decision reason passed } } }`;
const publish = `mutation ($id: ID!, $force: Boolean! = false) {
  publishPolicyDraft(id: $id, note: "tried", force: $force) { ${results} ... on DraftOutdated { current { number } } } }`;
const rollback = `mutation ($version: Int!, $force: Boolean! = false) { rollbackPolicy(version: $version, force: $force) { ${results} } }`;
const versions = `{ policyVersions { ${versionFields} } }`;
const createRule = `mutation ($text: String!) { createGuidanceRule(input: { text: $text }) { id version } }`;
const createScenario = `mutation ($input: ScenarioInput!) { createScenario(input: $input) { id name turns { author answered expected { decision reason } } } }`;
const runAll = `query ($draftId: ID, $version: Int, $scenarioId: ID) {
  runScenarios(draftId: $draftId, version: $version, scenarioId: $scenarioId) {
    scenario { id } passed turns { turn decision reason explanation passed signal { name rule { version } } } } }`;

interface Draft {
  id: string;
  base: number;
  rules: { id: string; text: string; version: number }[];
}
const drafted = async (viewer: Viewer) =>
  (await on.ask<{ createPolicyDraft: Draft }>(viewer, create)).createPolicyDraft;
const sponsors = "If the customer asks for a sponsorship or collaboration, hand over to a person";
const asksForSponsorship = "I am an influencer and would love a sponsorship or collaboration with you";

test("nothing of a draft holds before it is published, and everything from the next message on", async () => {
  const { workspaceId, lead } = company();
  const draft = await drafted(lead);
  const changed = await on.ask(lead, change, {
    id: draft.id,
    input: { rules: [{ text: sponsors }], chat: { offerEvery: 4 } },
  });
  expect(changed).toMatchObject({
    changePolicyDraft: { base: 0, rules: [{ text: sponsors, version: 1 }], chat: { offerEvery: 4 } },
  });
  expect((await story(on, { workspaceId }).say(asksForSponsorship)).assessment.decision).toBe("CONTINUE");
  expect(await on.ask(lead, publish, { id: draft.id })).toMatchObject({
    publishPolicyDraft: {
      ...{ __typename: "PolicyVersion", number: 1, origin: "DRAFT", note: "tried", forced: false },
      ...{ publishedBy: "support lead", rules: [{ text: sponsors, version: 1 }], chat: { offerEvery: 4 } },
    },
  });
  const told = story(on, { workspaceId });
  const { assessment } = await told.say(asksForSponsorship);
  expect(assessment).toMatchObject({ reason: "GUIDANCE_RULE", signals: [{ rule: { version: 1 } }, {}, {}, {}, {}] });
  const [kept] = await on.db.query("select policy_version from assessment where id = $1", [assessment.id]);
  expect(kept).toEqual({ policy_version: 1 });
  expect(await on.ask(lead, "{ policyDrafts { id } }")).toEqual({ policyDrafts: [] });
});

test("every change is a version with its author, and an older one can be brought back", async () => {
  const { workspaceId, lead } = company();
  const { createGuidanceRule: rule } = await on.ask<{ createGuidanceRule: { id: string } }>(lead, createRule, {
    text: sponsors,
  });
  const update = `mutation ($id: ID!, $text: String!) { updateGuidanceRule(id: $id, input: { text: $text }) { version } }`;
  await on.ask({ ...lead, name: "Kim" } as Viewer, update, { id: rule.id, text: "If the press writes, hand over" });
  await on.ask(lead, "mutation { updatePolicySettings(input: { chat: { offerEvery: 7 } }) { version } }");
  await on.ask(lead, "mutation ($id: ID!) { deleteGuidanceRule(id: $id) }", { id: rule.id });
  const { policyVersions } = await on.ask<{ policyVersions: Record<string, unknown>[] }>(lead, versions);
  expect(policyVersions.map(({ number, publishedBy, rules, origin }) => [number, publishedBy, rules, origin])).toEqual([
    [4, "support lead", [], "EDIT"],
    [3, "support lead", [expect.objectContaining({ version: 2 })], "EDIT"],
    [2, "Kim", [expect.objectContaining({ version: 2 })], "EDIT"],
    [1, "support lead", [{ id: rule.id, text: sponsors, version: 1, enabled: true }], "EDIT"],
  ]);
  expect(await on.ask(lead, rollback, { version: 1 })).toMatchObject({
    rollbackPolicy: {
      ...{ number: 5, origin: "ROLLBACK", restores: 1, chat: { offerEvery: 1 } },
      rules: [{ id: rule.id, text: sponsors, version: 3 }],
    },
  });
  expect((await story(on, { workspaceId }).say(asksForSponsorship)).assessment.reason).toBe("GUIDANCE_RULE");
  const older = await on.ask(lead, "{ policyVersions(first: 2, before: 4) { number } }");
  expect(older).toEqual({ policyVersions: [{ number: 3 }, { number: 2 }] });
});

test("a draft that another version overtook is refused, and brought up to date on request", async () => {
  const { lead } = company();
  await on.ask(lead, createRule, { text: "If the press writes, hand over" });
  const draft = await drafted(lead);
  await on.ask(lead, change, { id: draft.id, input: { rules: [{ text: sponsors }] } });
  await on.ask(lead, createRule, { text: "If somebody applies for a job, hand over" });
  expect(await on.ask(lead, publish, { id: draft.id, force: true })).toMatchObject({
    publishPolicyDraft: { __typename: "DraftOutdated", current: { number: 2 }, message: expect.stringContaining("2") },
  });
  const { refreshPolicyDraft: fresh } = await on.ask<{ refreshPolicyDraft: Draft }>(lead, refresh, { id: draft.id });
  expect(fresh.base).toBe(2);
  expect(fresh.rules.map(({ text }) => text).sort()).toEqual([
    "If somebody applies for a job, hand over",
    sponsors,
    "If the press writes, hand over",
  ]);
  expect(await on.ask(lead, publish, { id: draft.id })).toMatchObject({ publishPolicyDraft: { number: 3 } });
});

test("two publications of one draft at once: exactly one happens", async () => {
  const { lead } = company();
  const draft = await drafted(lead);
  await on.ask(lead, change, { id: draft.id, input: { rules: [{ text: sponsors }] } });
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => on.ask(lead, publish, { id: draft.id })));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await on.ask(lead, "{ policyVersions { number } }")).toEqual({ policyVersions: [{ number: 1 }] });
});

test("failing scenarios keep a draft from being published, unless it is forced", async () => {
  const { lead } = company();
  const scenario = {
    name: "Sponsors reach a person",
    turns: [
      { author: "CUSTOMER", text: "Where is my lamp?", expected: { decision: "CONTINUE" } },
      { author: "ASSISTANT", text: "It is on its way." },
      { author: "CUSTOMER", text: asksForSponsorship, expected: { decision: "HANDOVER", reason: "GUIDANCE_RULE" } },
    ],
  };
  const { createScenario: made } = await on.ask<{ createScenario: { id: string } }>(lead, createScenario, {
    input: scenario,
  });
  expect(made).toMatchObject({ turns: [{ answered: false }, { answered: true, expected: null }, {}] });
  const draft = await drafted(lead);
  const refused = await on.ask(lead, publish, { id: draft.id });
  expect(refused).toMatchObject({
    publishPolicyDraft: {
      __typename: "ScenariosFailed",
      message: expect.stringMatching(
        /^1 of 1 scenarios would not go as expected, "Sponsors reach a person"\. Nothing was published: .*`force: true`\.$/,
      ),
      failed: [
        {
          scenario: { name: "Sponsors reach a person" },
          turns: [{ passed: true }, { passed: true }, { turn: 3, decision: "CONTINUE", reason: null, passed: false }],
        },
      ],
    },
  });
  expect(await on.ask(lead, "{ policyVersions { number } }")).toEqual({ policyVersions: [] });
  await on.ask(lead, change, { id: draft.id, input: { rules: [{ text: sponsors }] } });
  expect(await on.ask(lead, runAll, { draftId: draft.id })).toMatchObject({
    runScenarios: [
      { passed: true, turns: [{}, {}, { decision: "HANDOVER", signal: { name: "GUIDANCE", rule: { version: 1 } } }] },
    ],
  });
  expect(await on.ask(lead, runAll, { scenarioId: made.id })).toMatchObject({ runScenarios: [{ passed: false }] });
  expect(await on.ask(lead, publish, { id: draft.id })).toMatchObject({
    publishPolicyDraft: { number: 1, forced: false },
  });
  const bare = await drafted(lead);
  await on.ask(lead, change, { id: bare.id, input: { removeRules: [bare.rules[0]?.id] } });
  expect(await on.ask(lead, publish, { id: bare.id, force: true })).toMatchObject({
    publishPolicyDraft: { number: 2, forced: true, rules: [] },
  });
  expect(await on.ask(lead, rollback, { version: 2 })).toMatchObject({
    rollbackPolicy: { __typename: "ScenariosFailed" },
  });
});

test("scenarios that take too long to play keep nobody waiting: a refusal says so, and force publishes", async () => {
  const hasty = await stage("policy", policyTables, (parts) =>
    createPolicy({ ...parts, clock: createFakeClock(), log: createSilentLog(), model: null, playWithinMs: 0 }),
  );
  try {
    const { lead } = company();
    const turns = [{ author: "CUSTOMER", text: "hi", expected: { decision: "CONTINUE" } }];
    const { createScenario: made } = await hasty.ask<{ createScenario: { id: string } }>(lead, createScenario, {
      input: { name: "x", turns },
    });
    const { createPolicyDraft: draft } = await hasty.ask<{ createPolicyDraft: Draft }>(lead, create);
    expect(await hasty.ask(lead, publish, { id: draft.id })).toMatchObject({
      publishPolicyDraft: {
        __typename: "ScenariosTooLong",
        message: expect.stringContaining("0 of 1"),
        played: 0,
        tooLong: [],
      },
    });
    expect(await hasty.ask(lead, "{ policyVersions { number } }")).toEqual({ policyVersions: [] });
    const all = await hasty.refusal(lead, runAll);
    expect([all?.extensions.code, all?.message]).toEqual(["BAD_INPUT", expect.stringContaining("`scenarioId`")]);
    const one = await hasty.refusal(lead, runAll, { scenarioId: made.id });
    expect([one?.extensions.code, one?.message]).toEqual(["BAD_INPUT", expect.stringContaining("two")]);
    expect(await hasty.ask(lead, publish, { id: draft.id, force: true })).toMatchObject({
      publishPolicyDraft: { number: 1, forced: true },
    });
    expect(await hasty.ask(lead, rollback, { version: 1 })).toMatchObject({
      rollbackPolicy: { __typename: "ScenariosTooLong" },
    });
  } finally {
    await hasty.close();
  }
});

test("drafts, versions and scenarios stay in their workspace, and only a service changes them", async () => {
  const { workspaceId, lead } = company();
  const { lead: stranger } = company();
  const agent: Viewer = { role: "AGENT", workspaceId, agentId: "ines", name: "Ines" };
  const customer: Viewer = { role: "CUSTOMER", workspaceId, conversationId: randomUUID(), customerId: randomUUID() };
  const draft = await drafted(lead);
  const { createScenario: made } = await on.ask<{ createScenario: { id: string } }>(lead, createScenario, {
    input: { name: "x", turns: [{ author: "CUSTOMER", text: "hi", expected: { decision: "CONTINUE" } }] },
  });
  const codeOf = async (viewer: Viewer, query: string, variables: Record<string, unknown>) =>
    (await on.refusal(viewer, query, variables))?.extensions.code;
  for (const [query, variables] of [
    [change, { id: draft.id, input: {} }],
    [refresh, { id: draft.id }],
    [publish, { id: draft.id }],
    ["mutation ($id: ID!) { discardPolicyDraft(id: $id) }", { id: draft.id }],
    ["mutation ($id: ID!) { deleteScenario(id: $id) }", { id: made.id }],
    [rollback, { version: 1 }],
  ] as const) {
    expect(await codeOf(stranger, query, variables)).toBe("NOT_FOUND");
    expect(await codeOf(agent, query, variables)).toBe("FORBIDDEN");
  }
  expect(await codeOf(stranger, runAll, { draftId: draft.id })).toBe("NOT_FOUND");
  expect(await codeOf(agent, runAll, { draftId: draft.id })).toBeUndefined();
  for (const empty of [{ draftId: "" }, { scenarioId: "" }])
    expect(await codeOf(lead, runAll, empty)).toBe("NOT_FOUND");
  expect(await codeOf(lead, runAll, { draftId: draft.id, version: 1 })).toBe("BAD_INPUT");
  expect(await codeOf(customer, runAll, {})).toBe("FORBIDDEN");
  expect(await codeOf(customer, versions, {})).toBe("FORBIDDEN");
  expect(
    await on.ask(stranger, "query ($id: ID!) { policyDraft(id: $id) { id } scenarios { id } }", draft as never),
  ).toEqual({ policyDraft: null, scenarios: [] });
});

test.each([
  ["no turn", { name: "x", turns: [] }],
  ["no expected decision", { name: "x", turns: [{ author: "CUSTOMER", text: "hi" }] }],
  ["an empty customer's turn", { name: "x", turns: [{ author: "CUSTOMER", expected: { decision: "OFFER" } }] }],
  [
    "an agent's expected decision",
    { name: "x", turns: [{ author: "AGENT", text: "x", expected: { decision: "OFFER" } }] },
  ],
  [
    "an expected decision before anything was asked",
    {
      name: "x",
      turns: [
        { author: "ASSISTANT", text: "Hello", expected: { decision: "CONTINUE" } },
        { author: "CUSTOMER", text: "hi" },
      ],
    },
  ],
  [
    "a reason to continue, which never passes,",
    {
      name: "x",
      turns: [{ author: "CUSTOMER", text: "hi", expected: { decision: "CONTINUE", reason: "SAFETY" } }],
    },
  ],
  [
    "a reason that policy never decides by",
    {
      name: "x",
      turns: [{ author: "CUSTOMER", text: "hi", expected: { decision: "HANDOVER", reason: "API_REQUEST" } }],
    },
  ],
])("a scenario with %s is refused with a sentence", async (_what, input) => {
  expect((await on.refusal(company().lead, createScenario, { input }))?.extensions.code).toBe("BAD_INPUT");
});
