import { Arg, Authorized, Ctx, ID, Mutation, Resolver } from "type-graphql";
import type { GraphContext } from "../../kit/subgraph";
import type { Viewer } from "../../kit/viewer";
import { checkedClientMessageId, checkedLine, checkedMessage } from "./customer-input";
import type { Deps } from "./deps";
import { closeConversation, returnToAssistant } from "./end-handover";
import type { JoiningAgent } from "./join-handover";
import { postAgentReply } from "./post-message";
import { withConversation } from "./reach";
import { CloseConversationResult, ReplyAsAgentResult, ReturnToAssistantResult } from "./results";

/** What an agent does; a service may relay it. */
@Resolver()
export class AgentResolver {
  constructor(private readonly deps: Deps) {}

  @Authorized("AGENT", "SERVICE")
  @Mutation(() => ReplyAsAgentResult, {
    description:
      "Writes to the customer as an agent. Takes the waiting handover, or the conversation from the assistant (AGENT_TOOK_OVER), if no agent has it yet.",
  })
  async replyAsAgent(
    @Ctx() { viewer }: GraphContext,
    @Arg("conversationId", () => ID) conversationId: string,
    @Arg("text", () => String, { description: "1 to 16,000 characters, not counting blanks around them." })
    text: string,
    @Arg("clientMessageId", () => String, {
      nullable: true,
      description: "Your own id of this message: sent again under the same id it is posted once.",
    })
    clientMessageId?: string | null,
    @Arg("agentName", () => String, {
      nullable: true,
      description: "For services: the agent they speak for. An agent's own token carries the name.",
    })
    agentName?: string | null,
  ): Promise<ReplyAsAgentResult> {
    const checked = checkedMessage(text);
    const sentAs = ownIdOf(viewer, checkedClientMessageId(clientMessageId));
    const agent = agentOf(viewer, checkedLine("agentName", agentName));
    return withConversation(this.deps, viewer, conversationId, async (held) =>
      typeof checked === "string" ? postAgentReply(held, agent, { text: checked, clientMessageId: sentAs }) : checked,
    );
  }

  @Authorized("AGENT", "SERVICE")
  @Mutation(() => ReturnToAssistantResult, { description: "Gives the conversation back to the assistant." })
  async returnToAssistant(
    @Ctx() { viewer }: GraphContext,
    @Arg("conversationId", () => ID) conversationId: string,
    @Arg("note", () => String, {
      nullable: true,
      description: "What the assistant should know, at most 4,000 characters; the customer does not see it.",
    })
    note?: string | null,
  ): Promise<ReturnToAssistantResult> {
    const checked = checkedLine("note", note, 4_000);
    return withConversation(this.deps, viewer, conversationId, (held) => returnToAssistant(held, checked));
  }

  @Authorized("CUSTOMER", "AGENT", "SERVICE")
  @Mutation(() => CloseConversationResult, {
    description: "Ends the conversation for good, and with it whatever handover is open in it.",
  })
  closeConversation(
    @Ctx() { viewer }: GraphContext,
    @Arg("conversationId", () => ID) conversationId: string,
  ): Promise<CloseConversationResult> {
    return withConversation(this.deps, viewer, conversationId, closeConversation);
  }
}

/** Each agent's console counts for itself: the same id of two agents is two messages. A service's id is its own. */
function ownIdOf(viewer: Viewer, clientMessageId: string | null): string | null {
  if (clientMessageId === null || viewer.role !== "AGENT") return clientMessageId;
  return JSON.stringify([viewer.agentId, clientMessageId]);
}

function agentOf(viewer: Viewer, named: string | null): JoiningAgent {
  if (viewer.role === "AGENT") return { id: viewer.agentId, name: viewer.name };
  return { id: null, name: named ?? ("name" in viewer ? viewer.name : "Agent") };
}
