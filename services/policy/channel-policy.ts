import { Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { refuse } from "../../kit/errors";
import { type ChangedSettings, type ChannelSettings, Sensitivity, WhenUnanswered } from "./settings";

registerEnumType(Sensitivity, {
  name: "Sensitivity",
  description: "How soon annoyance counts: LOW only when it is plain, HIGH at its first signs.",
});
registerEnumType(WhenUnanswered, {
  name: "WhenUnanswered",
  description:
    "What happens when the assistant cannot answer: a person is offered, or takes over without the customer reading so.",
});

@ObjectType({ simpleResolvers: true, description: "What policy does on one channel." })
export class ChannelPolicy implements ChannelSettings {
  @Field(() => Boolean, {
    description: "A bare request for a person in the very first message is answered once with a request for details.",
  })
  firstMessageGuard!: boolean;

  @Field(() => Sensitivity)
  frustrationSensitivity!: Sensitivity;

  @Field(() => WhenUnanswered)
  whenUnanswered!: WhenUnanswered;

  @Field(() => Int, {
    description:
      "Customer messages from one offer to the next for the same reason; 1: every time. A declined one never returns.",
  })
  offerEvery!: number;

  @Field(() => Boolean, {
    description:
      "Frustration, repetition and unanswered questions lead to nothing. Safety, blocked tags, guidance rules and requests of customers still do.",
  })
  paused!: boolean;
}

@InputType({ description: "What changes on one channel; what is left out stays as it is." })
export class ChannelPolicyChange {
  @Field(() => Boolean, { nullable: true })
  firstMessageGuard?: boolean | null;

  @Field(() => Sensitivity, { nullable: true })
  frustrationSensitivity?: Sensitivity | null;

  @Field(() => WhenUnanswered, { nullable: true })
  whenUnanswered?: WhenUnanswered | null;

  @Field(() => Int, { nullable: true, description: "1 to 50." })
  offerEvery?: number | null;

  @Field(() => Boolean, { nullable: true })
  paused?: boolean | null;
}

/** Only what the caller named; null counts as left out. */
export function given(change: ChannelPolicyChange | null | undefined): NonNullable<ChangedSettings["CHAT"]> {
  const { offerEvery } = change ?? {};
  if (offerEvery != null && (offerEvery < 1 || offerEvery > 50))
    throw refuse("BAD_INPUT", "`offerEvery` must be between 1 and 50.");
  return Object.fromEntries(Object.entries(change ?? {}).filter(([, value]) => value != null));
}
