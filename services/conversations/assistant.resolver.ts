import { Arg, Authorized, Ctx, ID, Int, Mutation, Resolver } from "type-graphql";
import { refuse } from "../../kit/errors";
import { isId } from "../../kit/is-id";
import type { GraphContext } from "../../kit/subgraph";
import type { Deps } from "./deps";
import { withConversation } from "./reach";
import { PostAssistantMessageResult } from "./results";
import { submitAnswer } from "./submit-answer";

/** What a workspace's own assistant does, in EXTERNAL workspaces. */
@Resolver()
export class AssistantResolver {
  constructor(private readonly deps: Deps) {}

  @Authorized("SERVICE")
  @Mutation(() => PostAssistantMessageResult, {
    description:
      "Hands in an external assistant's answer. Policy reads it before the customer does: it is posted, or a person is offered or asked for instead. One answer per message.",
  })
  postAssistantMessage(
    @Ctx() { viewer }: GraphContext,
    @Arg("conversationId", () => ID) conversationId: string,
    @Arg("inReplyTo", () => ID, { description: "The customer's message: `awaitedMessage { id }`." }) inReplyTo: string,
    @Arg("epoch", () => Int, { description: "The conversation's epoch when the message was read." }) epoch: number,
    @Arg("answered", () => Boolean, {
      description: "False when the assistant cannot answer; Baton then says so in its own words.",
    })
    answered: boolean,
    @Arg("text", () => String, { description: "May be empty when not answered." }) text: string,
  ): Promise<PostAssistantMessageResult> {
    if (!isId(inReplyTo)) throw refuse("NOT_FOUND", "inReplyTo is no message of the customer's in this conversation.");
    return withConversation(this.deps, viewer, conversationId, (held) =>
      submitAnswer(held, { inReplyTo: inReplyTo.toLowerCase(), epoch, answered, text }),
    );
  }
}
