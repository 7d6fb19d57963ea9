import { z } from "zod";
import type { DeskEvent, Webhook } from "../../provider";
import { givesBack } from "../../provider.legacy";
import { sameSecret } from "../../provider.proof";
import { activeShape, isMeant } from "./api";
import type { Config } from "./config";

const text = z.string().nullish();
const authorShape = z.object({
  type: z.string(),
  displayName: text,
  subtypes: z.array(z.string()).nullish(),
});
const eventShape = z.object({
  id: z.string().min(1).max(200),
  type: z.string(),
  payload: z.object({
    conversation: z.object({ id: z.string().min(1).max(200), activeSwitchboardIntegration: activeShape }),
    message: z
      .object({
        id: z.string().min(1).max(200),
        author: authorShape,
        content: z.object({ type: z.string(), text, markdownText: text, mediaUrl: text, altText: text }),
        metadata: z.record(z.string(), z.unknown()).nullish(),
      })
      .optional(),
    activity: z.object({ type: z.string(), author: authorShape }).optional(),
    metadata: z.record(z.string(), z.unknown()).nullish(),
    reason: text,
  }),
});
type Event = z.infer<typeof eventShape>;

/** What the trigger of our README sends; its values are strings. */
const triggerShape = z.object({
  ticket: z.object({
    conversation_id: z.string().min(1).max(200),
    assignee_id: z.coerce.string().regex(/^\d{1,18}$/),
    assignee_name: z.string().nullish(),
  }),
});

/** A static secret proves a call; each of the events in it has an id of its own. */
export const webhook: Webhook<Config> = {
  proof: "SECRET",
  authentic: ({ headers }, { webhookSecret }) => sameSecret(headers["x-api-key"], webhookSecret),
  callId: () => null,

  async parse({ config, body, carried }) {
    const call = json(body);
    const happened = [...eventsIn(call).flatMap((event) => meaningOf(event, config)), ...assignmentIn(call, config)];
    const known = new Map<string, boolean>();
    for (const { externalId } of happened)
      if (!known.has(externalId)) known.set(externalId, (await carried(externalId)) !== null);
    return happened.filter(({ externalId }) => known.get(externalId));
  },
};

function meaningOf({ id, type, payload }: Event, config: Config): DeskEvent[] {
  const externalId = payload.conversation.id;
  const active = payload.conversation.activeSwitchboardIntegration;
  const told = { externalId, eventId: `event/${id}`, agent: null };
  const ours = payload.metadata?.baton !== undefined;
  switch (type) {
    case "conversation:message":
      return messageEvents(payload, config);
    case "conversation:typing": {
      // Who begins to write has taken it.
      const { activity } = payload;
      if (activity?.type !== "typing:start" || activity.author.type !== "business") return [];
      if (!isMeant(active, config.agentIntegration)) return [];
      const agent = { id: null, name: activity.author.displayName ?? "" };
      return [{ externalId, eventId: `typing/${externalId}`, kind: "JOINED", agent }];
    }
    case "switchboard:releaseControl":
      return ours ? [] : [{ ...told, kind: "LEFT", left: payload.reason ? "CLOSED" : "RETURNED" }];
    case "switchboard:passControl":
      if (ours || isMeant(active, config.agentIntegration)) return [];
      return [{ ...told, kind: "LEFT", left: payload.reason ? "CLOSED" : "RETURNED" }];
    case "switchboard:passControl:failure":
      // Zendesk took the pass and could not do it: nobody would come.
      return ours ? [{ ...told, kind: "LEFT", left: "RETURNED" }] : [];
    case "conversation:remove":
      return [{ ...told, kind: "LEFT", left: "CLOSED" }];
    default:
      return [];
  }
}

function messageEvents({ conversation, message }: Event["payload"], config: Config): DeskEvent[] {
  if (message?.author.type !== "business" || message.metadata?.baton !== undefined) return [];
  const agentId = agentOf(message);
  if (agentId === undefined && !config.anyBusinessMessage) return [];
  const { content, author } = message;
  const words = (content.text || content.markdownText || content.altText || "").trim();
  // A file arrives as its address.
  const said = [words, content.mediaUrl].filter(Boolean).join("\n");
  if (said === "") return [];
  const eventId = `message/${message.id}`;
  const told = {
    externalId: conversation.id,
    agent: { id: agentId ?? null, name: author.displayName ?? "" },
  };
  return [
    { ...told, kind: "REPLIED", text: said, eventId, messageId: message.id },
    ...(givesBack(words, config)
      ? [{ ...told, kind: "LEFT" as const, left: "RETURNED" as const, eventId: `${eventId}/back` }]
      : []),
  ];
}

/** The agent who wrote it; null: one without a name; undefined: none (a trigger's automatic text, a bot, the system). */
function agentOf({ author, metadata }: NonNullable<Event["payload"]["message"]>): string | null | undefined {
  const id = metadata?.["__zendesk_msg.agent.id"];
  if (typeof id === "string" || typeof id === "number") {
    const known = String(id);
    return known === "" || known.startsWith("__") ? undefined : known;
  }
  return author.subtypes?.includes("agent") ? null : undefined;
}

function assignmentIn(call: unknown, config: Config): DeskEvent[] {
  const ticket = triggerShape.safeParse(call).data?.ticket;
  if (!ticket || ticket.assignee_id === String(config.assigneeId)) return [];
  const { conversation_id: externalId, assignee_id: id, assignee_name: name } = ticket;
  return [{ kind: "JOINED", externalId, eventId: `assigned/${externalId}/${id}`, agent: { id, name: name ?? "" } }];
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
