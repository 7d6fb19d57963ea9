import type { Handle } from "../../kit/inbox";
import { storable } from "../../kit/storable";
import { checkedLine, piecesOf } from "./customer-input";
import type { Deps } from "./deps";
import { endHandover } from "./end-handover";
import { handleHandover } from "./handle-handover";
import type { Handover } from "./handover.entity";
import { isOpen, mayMove } from "./handover.lifecycle";
import { addMessage, type Held } from "./held-conversation";
import { joinHandover } from "./join-handover";
import { Message } from "./message.entity";
import { makeRoom } from "./offers";
import { textsFor } from "./texts";

/** An agent took the handover in the desk. */
export function onAgentJoined(deps: Deps): Handle<"agent.joined"> {
  return (event, work) =>
    handleHandover(deps, work, event, event.data.handoverId, async (held, handover) => {
      if (held.conversation.closedAt) return { ignored: "conversation_closed" };
      if (!(await mayJoin(held, handover))) return { ignored: "already_done" };
      await joinHandover(held, handover, nameable(event.data.agent));
      return "done";
    });
}

/**
 * An agent wrote in the desk. Writing without having joined joins; what is written after the handover is over, or
 * while another is under way, still reaches the customer, but leaves control where it is. What is too long for one
 * message comes as several.
 */
export function onAgentReplied(deps: Deps): Handle<"agent.replied"> {
  return (event, work) =>
    handleHandover(deps, work, event, event.data.handoverId, async (held, handover) => {
      if (held.conversation.closedAt) return { ignored: "conversation_closed" };
      const origin = `desk/${handover.id}/${event.data.externalId}`;
      if (await held.tx.existsBy(Message, { conversationId: held.conversation.id, origin }))
        return { ignored: "already_done" };
      const pieces = piecesOf(event.data.text);
      if (pieces.length === 0) return { ignored: "not_ours" };
      const agent = nameable(event.data.agent);
      if (await mayJoin(held, handover)) await joinHandover(held, handover, agent);
      for (const [index, text] of pieces.entries()) {
        const part = index === 0 ? origin : `${origin}#${index + 1}`;
        await addMessage(held, { author: "AGENT", authorName: agent.name, text, origin: part });
      }
      return "done";
    });
}

/** The agent gave the conversation back, or closed it in the desk; here it stays open, with the assistant. */
export function onAgentLeft(deps: Deps): Handle<"agent.left"> {
  return (event, work) =>
    handleHandover(deps, work, event, event.data.handoverId, async (held, handover) => {
      if (held.conversation.closedAt) return { ignored: "conversation_closed" };
      if (!mayMove(handover.status, "ENDED")) return { ignored: "already_done" };
      const texts = textsFor(held.conversation.language);
      const closed = event.data.left === "CLOSED";
      await endHandover(held, handover, {
        ending: closed ? "CLOSED" : "RETURNED",
        text: closed ? texts.closedByAgent : texts.back,
      });
      return "done";
    });
}

/** May an agent in the desk take this handover now? A failed one may have got there all the same. */
async function mayJoin(held: Held, handover: Handover): Promise<boolean> {
  return mayMove(handover.status, "ACTIVE") && (isOpen(handover.status) || (await makeRoom(held)));
}

/** A desk may send names we cannot keep or none at all. */
function nameable(agent: { id: string | null; name: string }): { id: string | null; name: string } {
  return {
    id: agent.id && storable(agent.id),
    name: checkedLine("name", storable(agent.name.slice(0, 200))) ?? "Agent",
  };
}
