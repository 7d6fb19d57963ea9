import { createUnionType, Field, Int, ObjectType } from "type-graphql";
import { PolicyVersion } from "./policy-version.entity";
import { Refusal } from "./refusals";
import { ScenarioResult } from "./scenario.entity";

@ObjectType({
  implements: Refusal,
  description: "Not published: scenarios would not go as expected. Publish with `force: true` if they are wrong.",
})
export class ScenariosFailed extends Refusal {
  @Field(() => [ScenarioResult], { description: "Those that failed." })
  failed!: ScenarioResult[];
}

@ObjectType({
  implements: Refusal,
  description: "Not published: another version has been since the draft was made. Use `refreshPolicyDraft` first.",
})
export class DraftOutdated extends Refusal {
  @Field(() => PolicyVersion, { description: "The version in force." })
  current!: PolicyVersion;
}

@ObjectType({
  implements: Refusal,
  description:
    "Not published: the scenarios take longer to play than an answer may take. Delete or shorten some, or play them one by one with `runScenarios` and publish with `force: true`.",
})
export class ScenariosTooLong extends Refusal {
  @Field(() => Int, { description: "How many were played; those that failed are in `failed`." })
  played!: number;

  @Field(() => [ScenarioResult], { description: "Those of them that failed." })
  failed!: ScenarioResult[];
}

/** What comes of publishing a draft. */
export const PublishResult = createUnionType({
  name: "PublishPolicyResult",
  types: () => [PolicyVersion, ScenariosFailed, ScenariosTooLong, DraftOutdated] as const,
});
/** What comes of bringing an older version back. */
export const RollbackResult = createUnionType({
  name: "RollbackPolicyResult",
  types: () => [PolicyVersion, ScenariosFailed, ScenariosTooLong] as const,
});
