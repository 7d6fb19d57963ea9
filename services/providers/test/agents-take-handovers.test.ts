import { randomUUID } from "node:crypto";
import type { Viewer } from "../../../kit/viewer";
import { newEvent } from "../../../schema/events/catalogue";
import { type Stage, until } from "../../../test/support/stage";
import { type AHandover, aHandover, openStage } from "./scene";

let on: Stage;
beforeAll(async () => {
  on = await openStage();
});
afterAll(() => on.close());

const queueOf = (viewer: Viewer) =>
  on
    .ask<{ handoverQueue: { id: string }[] }>(viewer, "{ handoverQueue { id } }")
    .then(({ handoverQueue }) => handoverQueue.map(({ id }) => id));

const taking = `mutation ($id: ID!) { takeHandover(handoverId: $id) {
  __typename ... on Handover { id } ... on AlreadyTaken { agentName } ... on Refusal { message } } }`;
const take = (viewer: Viewer, { handoverId }: Pick<AHandover, "handoverId">) =>
  on
    .ask<{ takeHandover: { __typename: string; agentName?: string } }>(viewer, taking, { id: handoverId })
    .then(({ takeHandover }) => takeHandover);

async function waiting(workspaceId: string = randomUUID()) {
  const handover = aHandover(workspaceId);
  await on.hear(handover.requested, handover.summarized);
  await on.said("handover.delivered", handover.conversationId);
  return handover;
}

test("the queue is oldest first, and one's own stay in it", async () => {
  const workspaceId = randomUUID();
  const younger = aHandover(workspaceId);
  younger.requested.data.handover.requestedAt = "2026-01-01T12:05:00.000Z";
  await on.hear(younger.requested, younger.summarized);
  await on.said("handover.delivered", younger.conversationId);
  const older = await waiting(workspaceId);
  const [ines, omar] = [older.agent(), older.agent("omar", "Omar")];
  expect(await queueOf(ines)).toEqual([older.handoverId, younger.handoverId]);
  expect(await take(ines, older)).toEqual({ __typename: "Handover", id: older.handoverId });
  expect(await queueOf(ines)).toEqual([older.handoverId, younger.handoverId]);
  expect(await queueOf(omar)).toEqual([younger.handoverId]);
  expect(await queueOf(older.service)).toEqual([younger.handoverId]);
  expect((await on.said("agent.joined", older.conversationId)).map(({ data }) => data)).toEqual([
    { handoverId: older.handoverId, agent: { id: "ines", name: "Ines" } },
  ]);
});

test("of twelve agents at once exactly one gets it, and the others are told who", async () => {
  const handover = await waiting();
  const agents = Array.from({ length: 12 }, (_, index) => handover.agent(`agent-${index}`, `Agent ${index}`));
  const results = await Promise.all(agents.map((agent) => take(agent, handover)));
  expect(results.filter(({ __typename }) => __typename === "Handover")).toHaveLength(1);
  const winner = `Agent ${results.findIndex(({ __typename }) => __typename === "Handover")}`;
  const others = results.filter(({ __typename }) => __typename === "AlreadyTaken");
  expect(new Set(others.map(({ agentName }) => agentName))).toEqual(new Set([winner]));
  expect(others).toHaveLength(11);
  expect(await on.said("agent.joined", handover.conversationId)).toHaveLength(1);
});

test("taking one's own again changes nothing", async () => {
  const handover = await waiting();
  await take(handover.agent(), handover);
  expect(await take(handover.agent(), handover)).toMatchObject({ __typename: "Handover" });
  expect(await on.said("agent.joined", handover.conversationId)).toHaveLength(1);
});

test("an agent who joined by replying has it in their queue, and others no longer", async () => {
  const handover = await waiting();
  await on.hear(handover.changed("ACTIVE", "Ines"));
  expect((await on.said("desk.changed", handover.conversationId))[0]?.data.state).toBe("TAKEN");
  expect(await queueOf(handover.agent())).toEqual([handover.handoverId]);
  expect(await queueOf(handover.agent("omar", "Omar"))).toEqual([]);
  expect(await take(handover.agent("omar", "Omar"), handover)).toMatchObject({ agentName: "Ines" });
});

test("an agent who replies before the desk has the handover keeps it", async () => {
  const handover = aHandover();
  await on.hear(handover.requested, handover.changed("ACTIVE", "Ines"), handover.summarized);
  await on.said("handover.delivered", handover.conversationId);
  expect(await queueOf(handover.agent("omar", "Omar"))).toEqual([]);
  expect(await queueOf(handover.agent())).toEqual([handover.handoverId]);
});

test("a conversation an agent took over without a handover is in their queue", async () => {
  const handover = aHandover();
  await on.hear(handover.changed("ACTIVE", "Ines"));
  expect(await queueOf(handover.agent())).toEqual([handover.handoverId]);
  await on.hear(handover.changed("ENDED"));
  expect(await queueOf(handover.agent())).toEqual([]);
});

test("a handover that is over leaves the queue and cannot be taken", async () => {
  const handover = await waiting();
  await on.hear(handover.changed("ENDED"));
  expect((await on.said("desk.changed", handover.conversationId))[0]?.data.state).toBe("CLOSED");
  expect(await queueOf(handover.agent())).toEqual([]);
  expect(await take(handover.agent(), handover)).toMatchObject({
    __typename: "HandoverOver",
    message: expect.stringContaining("over"),
  });
});

test("nobody but the workspace's agents and services sees or takes what waits", async () => {
  const handover = await waiting();
  const stranger = aHandover();
  expect(await queueOf(stranger.agent())).toEqual([]);
  for (const viewer of [stranger.agent(), stranger.service])
    expect((await on.refusal(viewer, taking, { id: handover.handoverId }))?.extensions.code).toBe("NOT_FOUND");
  expect((await on.refusal(handover.agent(), taking, { id: "no id" }))?.extensions.code).toBe("NOT_FOUND");
  for (const viewer of [handover.customer, { role: "OPERATOR" } as const]) {
    expect((await on.refusal(viewer, taking, { id: handover.handoverId }))?.extensions.code).toBe("FORBIDDEN");
    expect((await on.refusal(viewer, "{ handoverQueue { id } }"))?.extensions.code).toBe("FORBIDDEN");
  }
  expect((await on.refusal({ role: "ANONYMOUS" }, "{ handoverQueue { id } }"))?.extensions.code).toBe(
    "UNAUTHENTICATED",
  );
});

test("an event nobody understands does not stop the next one", async () => {
  const handover = aHandover();
  const event = newEvent("message.posted", {
    workspaceId: handover.workspaceId,
    conversationId: handover.conversationId,
    data: handover.wrote(1, "hello").data,
  });
  await on.bus.publish([
    { topic: "conversations", key: event.subject, value: "{" },
    { topic: "conversations", key: event.subject, value: JSON.stringify({ ...event, data: { message: 1 } }) },
  ]);
  await on.hear(handover.requested, handover.summarized);
  await until("it is in the queue", async () => (await queueOf(handover.agent())).includes(handover.handoverId));
});
