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
const lead: Viewer = { role: "SERVICE", workspaceId, name: "support lead" };
const ines: Viewer = { role: "AGENT", workspaceId, agentId: "ines", name: "Ines" };
const stranger: Viewer = { role: "AGENT", workspaceId: randomUUID(), agentId: "x", name: "X" };
const give = `mutation ($id: ID!, $verdict: Verdict!, $rule: ID) {
  giveVerdict(handoverId: $id, verdict: $verdict, comment: "so", missedRuleId: $rule) {
    __typename ... on HandoverVerdict { verdict comment givenBy missedRuleId handover { id } } ... on Refusal { message } } }`;
const tally = "tally { handovers judged falseHandovers missed wrongTarget falseRate }";
const report = `{ policyReport(since: "2000-01-01T00:00:00Z", until: "2100-01-01T00:00:00Z") {
  total { handovers judged falseHandovers missed wrongTarget falseRate } byReason { reason ${tally} } byRule { id text ${tally} } } }`;
const none = { judged: 0, falseHandovers: 0, missed: 0, wrongTarget: 0, falseRate: null };

test("verdicts give false and missed handovers per reason and per rule, and reasons add up to the total", async () => {
  const text = "If the customer asks for a sponsorship or collaboration, hand over to a person";
  const createRule = `mutation ($text: String!) { createGuidanceRule(input: { text: $text }) { id } }`;
  const { createGuidanceRule: rule } = await on.ask<{ createGuidanceRule: { id: string } }>(lead, createRule, { text });
  const ids = Array.from({ length: 4 }, () => randomUUID());
  for (const id of ids.slice(0, 2)) {
    const told = story(on, { workspaceId });
    await told.say("I would love a sponsorship or collaboration with you");
    await told.handover(id, "REQUESTED", "GUIDANCE_RULE");
  }
  const asked = story(on, { workspaceId });
  await asked.say("I would like to talk to a person about my lamp");
  await asked.handover(ids[2] as string, "OFFERED", "CUSTOMER_REQUEST");
  expect(await on.ask(ines, give, { id: ids[2], verdict: "NEEDED" })).toMatchObject({
    giveVerdict: { __typename: "NothingToJudge" },
  });
  await asked.handover(ids[2] as string, "REQUESTED", "CUSTOMER_REQUEST", "OFFERED");
  await story(on, { workspaceId }).handover(ids[3] as string, "ACTIVE", "AGENT_TOOK_OVER");

  expect(await on.ask(ines, give, { id: ids[0], verdict: "NEEDED" })).toEqual({
    giveVerdict: {
      ...{ __typename: "HandoverVerdict", verdict: "NEEDED", comment: "so", givenBy: "Ines", missedRuleId: null },
      handover: { id: ids[0] },
    },
  });
  await on.ask(ines, give, { id: ids[1], verdict: "WRONG_TARGET" });
  await on.ask(ines, give, { id: ids[1], verdict: "NOT_NEEDED" });
  await on.ask(ines, give, { id: ids[2], verdict: "TOO_LATE", rule: rule.id });

  expect(await on.ask(ines, report)).toEqual({
    policyReport: {
      total: { handovers: 4, judged: 3, falseHandovers: 1, missed: 2, wrongTarget: 0, falseRate: 1 / 3 },
      byReason: [
        { reason: "AGENT_TOOK_OVER", tally: { ...none, handovers: 1, missed: 1 } },
        { reason: "CUSTOMER_REQUEST", tally: { ...none, handovers: 1, judged: 1, missed: 1, falseRate: 0 } },
        { reason: "GUIDANCE_RULE", tally: { ...none, handovers: 2, judged: 2, falseHandovers: 1, falseRate: 0.5 } },
      ],
      byRule: [
        {
          ...{ id: rule.id, text },
          tally: { handovers: 2, judged: 2, falseHandovers: 1, missed: 1, wrongTarget: 0, falseRate: 0.5 },
        },
      ],
    },
  });
  const entities = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Handover { verdict { verdict } } } }`;
  const of = [{ __typename: "Handover", id: ids[1] }];
  expect(await on.ask(ines, entities, { of })).toEqual({ _entities: [{ verdict: { verdict: "NOT_NEEDED" } }] });
  expect(await on.ask(stranger, entities, { of })).toEqual({ _entities: [{ verdict: null }] });
  expect(await on.ask(stranger, report)).toMatchObject({ policyReport: { total: { handovers: 0 }, byReason: [] } });
  expect((await on.refusal(stranger, give, { id: ids[0], verdict: "NEEDED" }))?.extensions.code).toBe("NOT_FOUND");
  expect((await on.refusal(ines, give, { id: ids[0], verdict: "NEEDED", rule: rule.id }))?.extensions.code).toBe(
    "BAD_INPUT",
  );
});

test("a rule stands in the report as it was worded when it last matched, whatever was said of its handovers", async () => {
  const shop: Viewer = { role: "SERVICE", workspaceId: randomUUID(), name: "shop" };
  const wordings = ["sponsorship or collaboration", "collaboration or sponsorship", "sponsorship"].map(
    (what) => `If the customer asks for a ${what}, hand over to a person`,
  );
  const createRule = `mutation ($text: String!) { createGuidanceRule(input: { text: $text }) { id } }`;
  const reword = `mutation ($id: ID!, $text: String!) { updateGuidanceRule(id: $id, input: { text: $text }) { id } }`;
  const { createGuidanceRule: rule } = await on.ask<{ createGuidanceRule: { id: string } }>(shop, createRule, {
    text: wordings[0],
  });
  const matched = async () => {
    const told = story(on, { workspaceId: shop.workspaceId });
    await told.say("I would love a sponsorship or collaboration with you");
    const id = randomUUID();
    await told.handover(id, "REQUESTED", "GUIDANCE_RULE");
    return id;
  };
  await on.ask(shop, give, { id: await matched(), verdict: "NEEDED" });
  await on.ask(shop, reword, { id: rule.id, text: wordings[1] });
  await matched();
  await on.ask(shop, reword, { id: rule.id, text: wordings[2] });
  const asked = story(on, { workspaceId: shop.workspaceId });
  await asked.say("I would like to talk to a person about my lamp");
  const late = randomUUID();
  await asked.handover(late, "REQUESTED", "CUSTOMER_REQUEST");
  await on.ask(shop, give, { id: late, verdict: "TOO_LATE", rule: rule.id });
  expect(await on.ask(shop, report)).toMatchObject({
    policyReport: { byRule: [{ id: rule.id, text: wordings[1], tally: { handovers: 2, missed: 1 } }] },
  });
});

test("verdicts given at once are all taken, and one of them counts", async () => {
  const told = story(on);
  await told.say("I would like to talk to a person about my lamp");
  const id = randomUUID();
  await told.handover(id, "REQUESTED", "CUSTOMER_REQUEST");
  const bo: Viewer = { role: "AGENT", workspaceId: told.workspaceId, agentId: "bo", name: "Bo" };
  const given = await Promise.all(Array.from({ length: 8 }, () => on.ask(bo, give, { id, verdict: "NEEDED" })));
  for (const one of given) expect(one).toMatchObject({ giveVerdict: { verdict: "NEEDED", handover: { id } } });
  expect(await on.ask(bo, report)).toMatchObject({ policyReport: { total: { handovers: 1, judged: 1 } } });
});

const importTags = `mutation ($csv: String!, $overwrite: Boolean! = false) { importTags(csv: $csv, overwrite: $overwrite) {
  __typename ... on TagsImported { created { name description blocked } updated { name description blocked version } unchanged }
  ... on TagListRefused { message problems { line message } } } }`;

test("tags come from CSV, all of a list or nothing, and what a person wrote is kept unless told otherwise", async () => {
  expect(await on.ask(lead, importTags, { csv: "name,description,blocked\nPress,,yes\nJobs,Vacancies,no" })).toEqual({
    importTags: {
      __typename: "TagsImported",
      created: [
        { name: "Press", description: "", blocked: true },
        { name: "Jobs", description: "Vacancies", blocked: false },
      ],
      updated: [],
      unchanged: 0,
    },
  });
  const again = "name;description;blocked\npress;Journalists;no\nJobs;Work;yes\nB2B;;";
  expect(await on.ask(lead, importTags, { csv: again })).toMatchObject({
    importTags: {
      created: [{ name: "B2B" }],
      updated: [{ name: "Press", description: "Journalists", blocked: true, version: 2 }],
      unchanged: 1,
    },
  });
  expect(await on.ask(lead, importTags, { csv: again, overwrite: true })).toMatchObject({
    importTags: { created: [], updated: [{ name: "Press", blocked: false }, { description: "Work" }], unchanged: 1 },
  });
  expect(await on.ask(lead, importTags, { csv: "name,blocked\nNew,no\nOther,perhaps" })).toEqual({
    importTags: {
      __typename: "TagListRefused",
      message: "There is a mistake in the list. Nothing was imported; mend it and send it again.",
      problems: [{ line: 3, message: '`blocked` must be yes or no, not "perhaps".' }],
    },
  });
  const { tags } = await on.ask<{ tags: { name: string }[] }>(lead, "{ tags { name } }");
  expect(tags.map(({ name }) => name).sort()).toEqual(["B2B", "Jobs", "Press"]);
  expect((await on.refusal(ines, importTags, { csv: "name\nx" }))?.extensions.code).toBe("FORBIDDEN");
});

const importTagNames = `mutation ($names: [String!]!) { importTagNames(names: $names) {
  __typename ... on TagsImported { created { name description blocked } updated { name } unchanged }
  ... on TagListRefused { problems { line message } } } }`;

test("names are the same or not as the database sees it, in any script", async () => {
  const shop: Viewer = { role: "SERVICE", workspaceId: randomUUID(), name: "shop" };
  const names = ["İzmir", "izmir", "i̇zmir", "ΟΔΟΣ", "οδοσ", "οδος", "\ud83d", "\ud83e"];
  const imported = await on.ask<{ importTagNames: object }>(shop, importTagNames, { names });
  expect(imported).toMatchObject({ importTagNames: { __typename: "TagsImported" } });
  expect(await on.ask(shop, importTagNames, { names })).toMatchObject({ importTagNames: { created: [], updated: [] } });
  expect(await on.ask(shop, importTags, { csv: "name,blocked\nŞİŞLİ,yes\nşişli,no" })).toMatchObject({
    importTags: { __typename: "TagListRefused", problems: [{ line: 3 }] },
  });
});

test("tags that are made while a list is imported are waited for", async () => {
  const shop: Viewer = { role: "SERVICE", workspaceId: randomUUID(), name: "shop" };
  const create = `mutation ($name: String!) { createTag(input: { name: $name }) { name } }`;
  for (let round = 0; round < 5; round += 1) {
    const codes = await Promise.all([
      ...Array.from({ length: 3 }, () => on.refusal(shop, create, { name: `Race ${round}` })),
      on.refusal(shop, importTagNames, { names: [`race ${round}`] }),
      on.refusal(shop, importTags, { csv: `name\nRACE ${round}` }),
    ]);
    for (const error of codes) if (error) expect(error.extensions.code).toBe("CONFLICT");
  }
});

test("the names a help desk lists become tags, those that are known stay as they are, and a bad one stops all", async () => {
  const shop: Viewer = { role: "SERVICE", workspaceId: randomUUID(), name: "shop" };
  await on.ask(shop, importTags, { csv: "name,description,blocked\nRefunds,Money back,yes" });
  expect(await on.ask(shop, importTagNames, { names: ["refunds", " Delivery ", "delivery", "VIP"] })).toEqual({
    importTagNames: {
      __typename: "TagsImported",
      created: [
        { name: "Delivery", description: "", blocked: false },
        { name: "VIP", description: "", blocked: false },
      ],
      updated: [],
      unchanged: 1,
    },
  });
  expect(await on.ask(shop, importTagNames, { names: ["New", "x".repeat(121), " "] })).toEqual({
    importTagNames: {
      __typename: "TagListRefused",
      problems: [
        { line: 2, message: "A name must have 1 to 120 characters; this has 121." },
        { line: 3, message: "A name must have 1 to 120 characters; this has 0." },
      ],
    },
  });
  const { tags } = await on.ask<{ tags: { name: string; blocked: boolean }[] }>(shop, "{ tags { name blocked } }");
  expect(tags.map(({ name }) => name).sort()).toEqual(["Delivery", "Refunds", "VIP"]);
  expect(tags.find(({ name }) => name === "Refunds")?.blocked).toBe(true);
  const many = Array.from({ length: 501 }, (_, at) => `tag ${at}`);
  expect((await on.refusal(shop, importTagNames, { names: many }))?.extensions.code).toBe("BAD_INPUT");
  expect((await on.refusal(ines, importTagNames, { names: ["x"] }))?.extensions.code).toBe("FORBIDDEN");
});
