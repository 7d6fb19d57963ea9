import { randomUUID } from "node:crypto";
import { Arg, Authorized, Ctx, ID, Int, Mutation, Query, Resolver } from "type-graphql";
import type { DataSource } from "typeorm";
import type { Clock } from "../../kit/clock";
import { refuse } from "../../kit/errors";
import { isId } from "../../kit/is-id";
import type { GraphContext } from "../../kit/subgraph";
import { workspaceOf } from "../../kit/viewer";
import type { Decision, Reason } from "../../schema/words";
import { precedence } from "./assess";
import { nameOf, textWithin } from "./input";
import { policyAsked } from "./policy-asked";
import { runScenarios } from "./run-scenarios";
import {
  Scenario,
  ScenarioInput,
  ScenarioResult,
  type ScenarioTurnInput,
  type ScenarioTurnShown,
} from "./scenario.entity";

const mostScenarios = 200;
const mostTurns = 100;

/** Conversations as they should go: kept, run on demand, and run before anything is published. */
@Resolver(() => Scenario)
export class ScenarioResolver {
  constructor(private readonly deps: { db: DataSource; clock: Clock; playWithinMs: number }) {}

  @Authorized("AGENT", "SERVICE")
  @Query(() => [Scenario], { description: "The workspace's scenarios, oldest first." })
  scenarios(@Ctx() { viewer }: GraphContext): Promise<Scenario[]> {
    return this.deps.db.getRepository(Scenario).find({
      where: { workspaceId: workspaceOf(viewer) },
      order: { createdAt: "ASC", id: "ASC" },
    });
  }

  @Authorized("AGENT", "SERVICE")
  @Query(() => [ScenarioResult], {
    description:
      "Plays the scenarios, without a model and without side effects, under the policy in force, a draft or an older version. Refused when they would take longer than anybody waits: then play one after the other.",
  })
  async runScenarios(
    @Arg("draftId", () => ID, { nullable: true }) draftId: string | null,
    @Arg("version", () => Int, { nullable: true }) version: number | null,
    @Arg("scenarioId", () => ID, { nullable: true, description: "Only this one." }) scenarioId: string | null,
    @Ctx() { viewer }: GraphContext,
  ): Promise<ScenarioResult[]> {
    const workspaceId = workspaceOf(viewer);
    const { db, playWithinMs: withinMs } = this.deps;
    const { manager } = db;
    if (draftId != null && version != null)
      throw refuse("BAD_INPUT", "`draftId` or `version`: the scenarios are played under one policy at a time.");
    const policy = await policyAsked(manager, workspaceId, { draftId, version });
    if (scenarioId != null && !isId(scenarioId)) throw unknown(scenarioId);
    const only = scenarioId ?? undefined;
    const { results, left } = await runScenarios(manager, { workspaceId, policy, withinMs, ...(only && { only }) });
    if (left > 0) throw tooLong(results.length, left, only !== undefined);
    if (only !== undefined && results.length === 0) throw unknown(only);
    return results;
  }

  @Authorized("SERVICE")
  @Mutation(() => Scenario, { description: "Adds a scenario. At most 200 per workspace." })
  async createScenario(
    @Arg("input", () => ScenarioInput) input: ScenarioInput,
    @Ctx() { viewer }: GraphContext,
  ): Promise<Scenario> {
    const workspaceId = workspaceOf(viewer);
    const scenarios = this.deps.db.getRepository(Scenario);
    if ((await scenarios.countBy({ workspaceId })) >= mostScenarios)
      throw refuse("BAD_INPUT", `A workspace has at most ${mostScenarios} scenarios; delete one first.`);
    const now = this.deps.clock.now();
    const scenario = scenarios.create({ id: randomUUID(), workspaceId, createdAt: now });
    return scenarios.save(Object.assign(scenario, scenarioFrom(input), { updatedAt: now, updatedBy: nameOf(viewer) }));
  }

  @Authorized("SERVICE")
  @Mutation(() => Scenario, { description: "Replaces a scenario." })
  async updateScenario(
    @Arg("id", () => ID) id: string,
    @Arg("input", () => ScenarioInput) input: ScenarioInput,
    @Ctx() { viewer }: GraphContext,
  ): Promise<Scenario> {
    const scenarios = this.deps.db.getRepository(Scenario);
    const found = isId(id) ? await scenarios.findOneBy({ id, workspaceId: workspaceOf(viewer) }) : null;
    if (!found) throw unknown(id);
    const changed = { updatedAt: this.deps.clock.now(), updatedBy: nameOf(viewer) };
    return scenarios.save(Object.assign(found, scenarioFrom(input), changed));
  }

  @Authorized("SERVICE")
  @Mutation(() => ID, { description: "Deletes a scenario and answers with its id." })
  async deleteScenario(@Arg("id", () => ID) id: string, @Ctx() { viewer }: GraphContext): Promise<string> {
    const scenarios = this.deps.db.getRepository(Scenario);
    const { affected } = isId(id) ? await scenarios.delete({ id, workspaceId: workspaceOf(viewer) }) : { affected: 0 };
    if (!affected) throw unknown(id);
    return id;
  }
}

function scenarioFrom({ name, channel, language, turns }: ScenarioInput) {
  if (turns.length < 1 || turns.length > mostTurns)
    throw refuse("BAD_INPUT", `\`turns\` must have 1 to ${mostTurns} turns; this has ${turns.length}.`);
  if (!turns.some(({ expected }) => expected))
    throw refuse("BAD_INPUT", "At least one turn must have an `expected` decision: the scenario would always pass.");
  const asked = turns.findIndex(({ author }) => author === "CUSTOMER");
  if (turns.some(({ author, expected }, at) => expected && author === "ASSISTANT" && (asked < 0 || at < asked)))
    throw refuse("BAD_INPUT", "Before the first CUSTOMER turn nothing is decided, so nothing can be `expected` there.");
  return {
    name: textWithin("name", name, 1, 120),
    channel,
    language: textWithin("language", language, 1, 35).toLowerCase(),
    turns: turns.map(turnFrom),
  };
}

function turnFrom({ author, text, answered, returned, declined, expected }: ScenarioTurnInput): ScenarioTurnShown {
  if (expected && author !== "CUSTOMER" && author !== "ASSISTANT")
    throw refuse("BAD_INPUT", "Only turns of CUSTOMER and ASSISTANT can have an `expected` decision.");
  if (expected?.reason != null) mustBePossible(expected.decision, expected.reason);
  const kept = textWithin("text", text, author === "ASSISTANT" ? 0 : 1, 4_000);
  return {
    author,
    text: kept,
    answered: author === "ASSISTANT" && (answered ?? kept !== ""),
    returned,
    declined,
    expected: expected ? { decision: expected.decision, reason: expected.reason ?? null } : null,
  };
}

/** A reason that policy never decides by would fail the scenario, and with it every publication, for ever. */
function mustBePossible(decision: Decision, reason: Reason): void {
  if (decision === "CONTINUE")
    throw refuse("BAD_INPUT", "CONTINUE has no reason: leave `reason` out, or expect another decision.");
  const reasons = precedence.map((step) => step.reason);
  if (!reasons.includes(reason))
    throw refuse(
      "BAD_INPUT",
      `Policy decides nothing by ${reason}: expect one of ${reasons.join(", ")}, or no reason.`,
    );
}

function tooLong(played: number, left: number, alone: boolean) {
  const advice = alone
    ? "Make two of it."
    : `Only ${played} of ${played + left} were: play them one by one with \`scenarioId\`.`;
  return refuse("BAD_INPUT", `This takes longer to play than an answer may take. ${advice}`);
}

const unknown = (id: string) => refuse("NOT_FOUND", `No scenario ${id} in your workspace.`);
