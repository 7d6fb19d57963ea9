import { type EntityManager, IsNull } from "typeorm";
import type { PolicyContent } from "./policy-content";
import { playScenario } from "./scenario";
import { Scenario, type ScenarioResult } from "./scenario.entity";
import type { TagDefinition } from "./signal";
import { Tag } from "./tag.entity";

/** The workspace's topics, as the signals read them. */
export async function tagsOf(tx: EntityManager, workspaceId: string): Promise<TagDefinition[]> {
  return tx.find(Tag, { where: { workspaceId, deletedAt: IsNull() }, order: { createdAt: "ASC", id: "ASC" } });
}

/** Plays all of a workspace's scenarios, or one, under `policy`. Nothing is written. */
export async function runScenarios(
  tx: EntityManager,
  workspaceId: string,
  policy: PolicyContent,
  only?: string,
): Promise<ScenarioResult[]> {
  const scenarios = await tx.find(Scenario, {
    where: { workspaceId, ...(only ? { id: only } : {}) },
    order: { createdAt: "ASC", id: "ASC" },
  });
  const tags = await tagsOf(tx, workspaceId);
  const results: ScenarioResult[] = [];
  for (const scenario of scenarios) {
    // Others are served between two scenarios.
    await new Promise((resolve) => setImmediate(resolve));
    results.push(resultOf(scenario, policy, tags));
  }
  return results;
}

function resultOf(scenario: Scenario, policy: PolicyContent, tags: TagDefinition[]): ScenarioResult {
  const played = playScenario(scenario, policy, tags);
  return {
    scenario,
    passed: played.every(({ passed }) => passed),
    turns: played.map(({ turn, judgement, passed }, at) => ({
      turn: at + 1,
      text: turn.text,
      expected: turn.expected,
      decision: judgement?.decision ?? null,
      reason: judgement?.reason ?? null,
      explanation: judgement?.explanation ?? null,
      signal: judgement?.reason ? (judgement.signals[0] ?? null) : null,
      passed,
    })),
  };
}
