import { type EntityManager, IsNull } from "typeorm";
import { givingWay } from "./give-way";
import type { PolicyContent } from "./policy-content";
import { type PlayedTurn, playScenario } from "./scenario";
import { Scenario, type ScenarioResult } from "./scenario.entity";
import type { TagDefinition } from "./signal";
import { Tag } from "./tag.entity";

/** The workspace's topics, as the signals read them. */
export async function tagsOf(tx: EntityManager, workspaceId: string): Promise<TagDefinition[]> {
  return tx.find(Tag, { where: { workspaceId, deletedAt: IsNull() }, order: { createdAt: "ASC", id: "ASC" } });
}

/** Whoever waits for the answer gives up after ten seconds: so long, in milliseconds, scenarios are played. */
export const playPatienceMs = 6_000;

/** What was played, and how many scenarios there were no time for. */
export interface Played {
  results: ScenarioResult[];
  left: number;
}

/** Plays all of a workspace's scenarios, or one, under `policy`, as far as time allows. Nothing is written. */
export async function runScenarios(
  tx: EntityManager,
  asked: { workspaceId: string; policy: PolicyContent; only?: string; withinMs: number },
): Promise<Played> {
  const { workspaceId, policy, only, withinMs } = asked;
  const until = Date.now() + withinMs;
  const scenarios = await tx.find(Scenario, {
    where: { workspaceId, ...(only ? { id: only } : {}) },
    order: { createdAt: "ASC", id: "ASC" },
  });
  const tags = await tagsOf(tx, workspaceId);
  const results: ScenarioResult[] = [];
  const giveWay = givingWay();
  for (const scenario of scenarios) {
    const played: PlayedTurn[] = [];
    for (const turn of playScenario(scenario, policy, tags)) {
      if (Date.now() >= until) return { results, left: scenarios.length - results.length };
      played.push(turn);
      await giveWay();
    }
    results.push(resultOf(scenario, played));
  }
  return { results, left: 0 };
}

function resultOf(scenario: Scenario, played: PlayedTurn[]): ScenarioResult {
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
