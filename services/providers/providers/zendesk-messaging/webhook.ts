import { z } from "zod";
import type { DeskEvent, Webhook } from "../../provider";
import { sameSecret } from "../../provider.proof";
import { activeShape, isMeant } from "./api";
import type { Config } from "./config";
import { type Hint, readBack } from "./read-back";

const text = z.string().nullish();
const id = z.string().min(1).max(200);
const authorShape = z.object({ type: z.string(), displayName: text });
const metadata = z.record(z.string(), z.unknown()).nullish();
const eventShape = z.object({
  id,
  type: z.string(),
  payload: z.object({
    conversation: z.object({ id, activeSwitchboardIntegration: activeShape }),
    message: z.object({ id, author: authorShape, metadata }).optional(),
    activity: z.object({ type: z.string(), author: authorShape }).optional(),
    metadata,
    reason: text,
  }),
});
type Event = z.infer<typeof eventShape>;

/** What the trigger of our README sends; its values are strings. */
const triggerShape = z.object({
  ticket: z.object({
    conversation_id: id,
    assignee_id: z.coerce.string().regex(/^\d{1,18}$/),
    assignee_name: text,
  }),
});
const reminderShape = z.object({ reminder: z.object({ conversation_id: id }) });

/** A static secret proves a call, and nothing signs its body: messages and control are read back through the API. */
export const webhook: Webhook<Config> = {
  proof: "SECRET",
  authentic: ({ headers }, { webhookSecret }) => sameSecret(headers["x-api-key"], webhookSecret),
  callId: () => null,
  reminder: (externalId) => Buffer.from(JSON.stringify({ reminder: { conversation_id: externalId } })),

  async parse(input) {
    const call = json(input.body);
    const hints = [...eventsIn(call).flatMap((event) => hintOf(event, input.config)), ...ownHints(call, input.config)];
    const events: DeskEvent[] = [];
    for (const conversationId of new Set(hints.map((hint) => hint.conversationId))) {
      const carried = await input.carried(conversationId);
      if (!carried) continue;
      const about = hints.filter((hint) => hint.conversationId === conversationId);
      events.push(...(await readBack(conversationId, about, carried.receipts, input)));
    }
    return events;
  },
};

function hintOf({ type, payload }: Event, config: Config): Hint[] {
  const { conversation, message, activity, reason } = payload;
  const conversationId = conversation.id;
  const active = conversation.activeSwitchboardIntegration;
  const ours = payload.metadata?.baton !== undefined;
  const left = reason ? ("CLOSED" as const) : ("RETURNED" as const);
  switch (type) {
    case "conversation:message":
      if (message?.author.type !== "business" || message.metadata?.baton !== undefined) return [];
      return [{ conversationId, messageId: message.id }];
    case "conversation:typing": {
      // Who begins to write has taken it.
      if (activity?.type !== "typing:start" || activity.author.type !== "business") return [];
      if (!isMeant(active, config.agentIntegration)) return [];
      const agent = { id: null, name: activity.author.displayName ?? "" };
      return [{ conversationId, joined: { agent, eventId: `typing/${conversationId}` } }];
    }
    case "switchboard:releaseControl":
      return ours ? [] : [{ conversationId, left }];
    case "switchboard:passControl":
      return ours || isMeant(active, config.agentIntegration) ? [] : [{ conversationId, left }];
    case "switchboard:passControl:failure":
      // Zendesk took the pass and could not do it: nobody would come.
      return ours ? [{ conversationId, left: "RETURNED" }] : [];
    case "conversation:remove":
      return [{ conversationId, left: "CLOSED" }];
    default:
      return [];
  }
}

/** What the administrator's trigger tells of, and what Baton asks itself. */
function ownHints(call: unknown, config: Config): Hint[] {
  const reminder = reminderShape.safeParse(call).data?.reminder;
  if (reminder) return [{ conversationId: reminder.conversation_id, everything: true }];
  const ticket = triggerShape.safeParse(call).data?.ticket;
  if (!ticket || ticket.assignee_id === String(config.assigneeId)) return [];
  const { conversation_id: conversationId, assignee_id: agentId, assignee_name: name } = ticket;
  const eventId = `assigned/${conversationId}/${agentId}`;
  return [{ conversationId, joined: { agent: { id: agentId, name: name ?? "" }, eventId } }];
}

/** Those whose shape is known; one that is new to us must not lose the others of its call. */
function eventsIn(call: unknown): Event[] {
  const events = z.object({ events: z.array(z.unknown()) }).safeParse(call).data?.events ?? [];
  return events.flatMap((event) => eventShape.safeParse(event).data ?? []);
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
