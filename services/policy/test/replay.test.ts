import { randomUUID } from "node:crypto";
import { createFakeClock } from "../../../kit/clock";
import { createSilentLog } from "../../../kit/log";
import type { Viewer } from "../../../kit/viewer";
import { type Stage, stage, until } from "../../../test/support/stage";
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
const outcome = "{ decision reason messageId quote rule { id version } }";
const fields = `id draftName status processed total error startedBy result { conversations changed counts { change conversations }
  byReason { reason before after } byRule { id text before after } }
  changes { change conversation { id } before ${outcome} after ${outcome} }`;
const start = `mutation ($id: ID!, $baseline: ReplayBaseline! = PUBLISHED, $most: Int! = 10000) {
  replayPolicy(draftId: $id, baseline: $baseline, most: $most, since: "2000-01-01T00:00:00Z") { id status draftName } }`;
const read = `query ($id: ID!) { replay(id: $id) { ${fields} } }`;
const create = `mutation { createPolicyDraft(name: "Sponsors") { id rules { id } } }`;
const change = `mutation ($id: ID!, $input: PolicyDraftChange!) { changePolicyDraft(id: $id, input: $input) { id } }`;
const sponsors = "If the customer asks for a sponsorship or collaboration, hand over to a person";
const jobs = "If somebody applies for a job or vacancy, hand over to a person";

interface Replay {
  id: string;
  status: string;
  processed: number;
  total: number;
  result: { counts: { change: string; conversations: number }[] };
  changes: { conversation: { id: string } }[];
}

async function replayed(variables: Record<string, unknown>): Promise<Replay> {
  const { replayPolicy } = await on.ask<{ replayPolicy: Replay }>(lead, start, variables);
  return until("the replay is over", async () => {
    const { replay } = await on.ask<{ replay: Replay }>(lead, read, { id: replayPolicy.id });
    return replay.status !== "RUNNING" && replay;
  });
}

test("a replay tells who would newly be handed over, who no longer, and who for another reason, and changes nothing", async () => {
  const createRule = `mutation ($text: String!) { createGuidanceRule(input: { text: $text }) { id } }`;
  const { createGuidanceRule: rule } = await on.ask<{ createGuidanceRule: { id: string } }>(lead, createRule, {
    text: jobs,
  });
  const calm = story(on, { workspaceId });
  await calm.say("Where is my lamp?");
  const newly = story(on, { workspaceId });
  await newly.say("Hello, I have a question");
  const { message } = await newly.say("I am an influencer and would love a sponsorship or collaboration with you");
  const noLonger = story(on, { workspaceId });
  await noLonger.say("I would like to apply for the job, is the vacancy open?");
  const unanswered = story(on, { workspaceId });
  await unanswered.say("Do you ship lamps to Chile?");
  expect(await unanswered.draft(false)).toMatchObject({ decision: "OFFER" });
  const elsewhere = story(on);
  await elsewhere.say("I am an influencer and would love a sponsorship or collaboration with you");
  const { createPolicyDraft: draft } = await on.ask<{ createPolicyDraft: { id: string } }>(lead, create);
  await on.ask(lead, change, {
    id: draft.id,
    input: { removeRules: [rule.id], rules: [{ text: sponsors }], chat: { whenUnanswered: "HANDOVER" } },
  });
  const [before] = await on.db.query(
    "select (select count(*) from assessment) a, (select count(*) from policy_version) v",
  );
  const replay = await replayed({ id: draft.id });
  expect(replay).toMatchObject({
    ...{ status: "DONE", processed: 5, total: 5, draftName: "Sponsors", startedBy: "support lead", error: null },
    result: {
      ...{ conversations: 4, changed: 3 },
      counts: [
        { change: "NEWLY_HANDED_OVER", conversations: 2 },
        { change: "NO_LONGER_HANDED_OVER", conversations: 1 },
        { change: "OTHER_REASON", conversations: 0 },
        { change: "NEWLY_OFFERED", conversations: 0 },
        { change: "NO_LONGER_OFFERED", conversations: 0 },
      ],
      byReason: expect.arrayContaining([
        { reason: "GUIDANCE_RULE", before: 1, after: 1 },
        { reason: "CANNOT_ANSWER", before: 0, after: 1 },
      ]),
      byRule: [
        { text: sponsors, before: 0, after: 1 },
        { id: rule.id, text: jobs, before: 1, after: 0 },
      ],
    },
  });
  expect(replay.changes.find(({ conversation }) => conversation.id === newly.conversationId)).toEqual({
    change: "NEWLY_HANDED_OVER",
    conversation: { id: newly.conversationId },
    before: { decision: "CONTINUE", reason: null, messageId: null, quote: null, rule: null },
    after: {
      ...{ decision: "HANDOVER", reason: "GUIDANCE_RULE", messageId: message.id, quote: message.text },
      rule: { id: expect.any(String), version: 1 },
    },
  });
  const only = `query ($id: ID!) { replay(id: $id) { changes(change: NO_LONGER_HANDED_OVER) { conversation { id } } } }`;
  expect(await on.ask(lead, only, { id: replay.id })).toEqual({
    replay: { changes: [{ conversation: { id: noLonger.conversationId } }] },
  });
  const [after] = await on.db.query(
    "select (select count(*) from assessment) a, (select count(*) from policy_version) v",
  );
  expect(after).toEqual(before);
  const told = await until("the end is told", async () => {
    const events = (await on.said("replay.progressed", replay.id)).map(({ data }) => data.replay);
    return events.at(-1)?.status === "DONE" && events;
  });
  expect(told[0]).toMatchObject({ status: "RUNNING", processed: 0, total: 5 });
  expect(told.at(-1)).toMatchObject({ status: "DONE", processed: 5, total: 5 });
  const recorded = await replayed({ id: draft.id, baseline: "RECORDED" });
  expect(recorded.result.counts).toEqual(replay.result.counts);
  expect(await replayed({ id: draft.id, most: 1 })).toMatchObject({ result: { conversations: 1 } });
});

test("progress is told while it goes on, and a service that stops leaves the rest to the next one", async () => {
  const shop: Viewer = { role: "SERVICE", workspaceId: randomUUID(), name: "shop" };
  const long = "Where is my order, and may I still change the address of it? ".repeat(60);
  for (let at = 0; at < 40; at += 1) {
    const [conversation, message] = [randomUUID(), randomUUID()];
    const facts = { id: message, sequence: 1, author: "CUSTOMER", text: `${at} ${long}`, inReplyTo: null };
    await on.db.query("insert into heard_conversation (id, workspace_id, epoch) values ($1, $2, 0)", [
      conversation,
      shop.workspaceId,
    ]);
    await on.db.query(
      "insert into heard_message (conversation_id, sequence, id, workspace_id, facts) values ($1, 1, $2, $3, $4)",
      [conversation, message, shop.workspaceId, facts],
    );
    await on.db.query(
      `insert into assessment (id, workspace_id, conversation_id, message_id, decision, explanation, signals, detector,
         assessed_at) values ($1, $2, $3, $4, 'CONTINUE', '', '[]', 'offline/1', now())`,
      [randomUUID(), shop.workspaceId, conversation, message],
    );
  }
  const { createPolicyDraft: draft } = await on.ask<{ createPolicyDraft: { id: string } }>(shop, create);
  const soon = `mutation ($id: ID!) { replayPolicy(draftId: $id, since: "2000-01-01T00:00:00Z", until: "2100-01-01T00:00:00Z") { id } }`;
  const { replayPolicy } = await on.ask<{ replayPolicy: { id: string } }>(shop, soon, { id: draft.id });
  const told = await until("some of it is done", async () => {
    const events = await on.said("replay.progressed", replayPolicy.id, 0);
    return events.map(({ data }) => data.replay).find(({ processed }) => processed > 0);
  });
  expect(told).toMatchObject({ status: "RUNNING", total: 40 });
  expect(told.processed).toBeLessThan(40);
  await on.service.stop();
  const [left] = await on.db.query("select status, held_until from replay where id = $1", [replayPolicy.id]);
  expect(left).toEqual({ status: "RUNNING", held_until: null });
  await on.restart();
  await until("the next one has done it", async () => {
    const { replay } = await on.ask<{ replay: Replay }>(shop, read, { id: replayPolicy.id });
    return replay.status === "DONE" && replay.processed === 40;
  });
});

test("a draft that changes nothing changes nothing in a replay", async () => {
  const { createPolicyDraft: draft } = await on.ask<{ createPolicyDraft: { id: string } }>(lead, create);
  expect(await replayed({ id: draft.id })).toMatchObject({ status: "DONE", result: { changed: 0 }, changes: [] });
});

test("a replay left behind by a dead process is run again; one that was cancelled is not", async () => {
  const insert = `insert into replay (id, workspace_id, draft_name, rules, settings, baseline, since, until, most_messages,
      status, processed, started_at, started_by, held_until)
    values ($1, $2, 'x', '[]', '{}', 'PUBLISHED', '2000-01-01', '2100-01-01', 100, 'RUNNING', 3, now(), 'x', $3)`;
  const [left, held] = [randomUUID(), randomUUID()];
  await on.db.query(insert, [left, workspaceId, new Date(Date.now() - 1_000)]);
  await on.db.query(insert, [held, workspaceId, new Date(Date.now() + 600_000)]);
  const cancel = `mutation ($id: ID!) { cancelReplay(id: $id) { status } }`;
  expect(await on.ask(lead, cancel, { id: held })).toEqual({ cancelReplay: { status: "CANCELLED" } });
  await on.restart();
  const statusOf = async (id: string) => (await on.ask<{ replay: Replay }>(lead, read, { id })).replay.status;
  await until("the replay left behind is done", async () => (await statusOf(left)) === "DONE");
  expect(await statusOf(held)).toBe("CANCELLED");
  expect(await on.ask(lead, cancel, { id: left })).toEqual({ cancelReplay: { status: "DONE" } });
});

test("a stretch of time that ends before it begins is refused, instead of nothing being found in it", async () => {
  const { createPolicyDraft: draft } = await on.ask<{ createPolicyDraft: { id: string } }>(lead, create);
  const late = 'mutation ($id: ID!) { replayPolicy(draftId: $id, since: "2999-01-01T00:00:00Z") { id } }';
  const turned = `{ policyReport(since: "2020-02-01T00:00:00Z", until: "2020-01-01T00:00:00Z") { total { handovers } } }`;
  for (const refused of [await on.refusal(lead, late, { id: draft.id }), await on.refusal(lead, turned)])
    expect(refused).toMatchObject({
      message: expect.stringMatching(/`since` \(.*\) must be before `until`/),
      extensions: { code: "BAD_INPUT" },
    });
});

test("replays stay in their workspace, and only a service starts one", async () => {
  const stranger: Viewer = { role: "SERVICE", workspaceId: randomUUID(), name: "another company" };
  const agent: Viewer = { role: "AGENT", workspaceId, agentId: "ines", name: "Ines" };
  const { createPolicyDraft: draft } = await on.ask<{ createPolicyDraft: { id: string } }>(lead, create);
  const { id } = await replayed({ id: draft.id });
  expect(await on.ask(stranger, read, { id })).toEqual({ replay: null });
  expect(await on.ask(agent, read, { id })).toMatchObject({ replay: { id } });
  const codeOf = async (viewer: Viewer, query: string, variables: Record<string, unknown>) =>
    (await on.refusal(viewer, query, variables))?.extensions.code;
  expect(await codeOf(stranger, start, { id: draft.id })).toBe("NOT_FOUND");
  expect(await codeOf(stranger, "mutation ($id: ID!) { cancelReplay(id: $id) { id } }", { id })).toBe("NOT_FOUND");
  expect(await codeOf(agent, start, { id: draft.id })).toBe("FORBIDDEN");
  expect(await codeOf(lead, start, { id: draft.id, most: 0 })).toBe("BAD_INPUT");
});

test("a rule is checked against the published rules and past messages before anything is saved", async () => {
  const check = `query ($text: String!, $ruleId: ID) { checkRule(text: $text, ruleId: $ruleId) {
    ok findings { problem message other { text } } messages matched examples { message { id } text } } }`;
  expect(await on.ask(lead, check, { text: sponsors })).toMatchObject({
    checkRule: {
      ...{ ok: true, findings: [], matched: 1 },
      examples: [{ text: "I am an influencer and would love a sponsorship or collaboration with you" }],
    },
  });
  expect(await on.ask(lead, check, { text: jobs })).toMatchObject({
    checkRule: { ok: false, findings: [{ problem: "DUPLICATE", other: { text: jobs } }] },
  });
  expect((await on.refusal(lead, check, { text: " " }))?.extensions.code).toBe("BAD_INPUT");
});
