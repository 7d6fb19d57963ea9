import { newEvent } from "../schema/events/catalogue";
import { type Handling, tellStory } from "./story";

const conversationId = "0e4f9b1c-6b1f-4d59-9a7b-2f6a8c1d3e4f";
const workspaceId = "7c0a1d2e-3b4c-4d5e-8f60-112233445566";
const at = (second: number) => new Date(Date.UTC(2026, 0, 2, 10, 0, second));
const replied = newEvent("agent.replied", {
  workspaceId,
  conversationId,
  at: at(1),
  data: { handoverId: conversationId, agent: { id: null, name: "Ada" }, text: "Hello,\nhere I am.", externalId: "1" },
});
const left = newEvent("agent.left", {
  workspaceId,
  conversationId,
  at: at(1),
  cause: replied,
  data: { handoverId: conversationId, agent: null, left: "RETURNED" },
});
const handling = (of: Partial<Handling>): Handling => ({
  service: "conversations",
  eventId: replied.id,
  state: "done",
  outcome: "done",
  attempts: 1,
  error: null,
  receivedAt: at(2),
  startedAt: at(3),
  finishedAt: new Date(at(3).getTime() + 25),
  ...of,
});

test("a story is read from top to bottom: an event, what became of it, and what came of that below it", () => {
  expect(tellStory([left, replied], [handling({})])).toBe(
    `2026-01-02 (UTC)
10:00:01.000  providers: agent.replied  Ada  "Hello, here I am."
                > conversations handled it in 25 ms, 1000 ms after it came
10:00:01.000    providers: agent.left  RETURNED
`,
  );
});

test("what was ignored, failed or still waits says so", () => {
  const story = tellStory(
    [replied],
    [
      handling({ service: "policy", outcome: "stale_epoch" }),
      handling({ service: "providers", state: "dead", attempts: 8, error: "Error: the desk is on fire\n  at desk.ts" }),
      handling({ service: "assistant", state: "waiting", attempts: 3, error: "Error: not yet", finishedAt: null }),
    ],
  );
  expect(story).toContain("> policy ignored it (stale_epoch)");
  expect(story).toContain("! providers gave up after 8 attempts: Error: the desk is on fire\n");
  expect(story).toContain("? assistant has not handled it yet, attempt 3: Error: not yet\n");
});
