import { randomUUID } from "node:crypto";

export interface User {
  id: string;
  externalId: string;
  signedUpAt: string;
  profile: Partial<Record<"givenName" | "surname" | "email" | "avatarUrl" | "locale", string | null | undefined>>;
  metadata: Record<string, unknown>;
}

export interface Message {
  id: string;
  received: string;
  author: { type: "user" | "business"; userId?: string; displayName?: string; subtypes?: string[] };
  content: { type: "text"; text: string };
  source: { type: string };
  metadata?: Record<string, unknown>;
}

/** What the pass to the agents made. */
export interface Ticket {
  fields: Record<string, string>;
  tags: string[];
  assignee: { id: number; name: string } | null;
  notes: string[];
  solved: boolean;
}

export interface Conversation {
  id: string;
  createdAt: string;
  userId: string;
  metadata: Record<string, unknown>;
  active: SwitchboardIntegration | null;
  messages: Message[];
  ticket: Ticket | null;
}

export interface SwitchboardIntegration {
  id: string;
  name: string;
  integrationId: string;
  integrationType: string;
  deliverStandbyEvents: boolean;
}

export const appId = "5ebee0975ac5304b664a12fa";
export const switchboardId = "5ef21b132f21af34f088530d";
export const webhookSecret = "emulated-sunshine-webhook-secret";
/** The ticket field that the administrator made for the conversation's id. */
export const conversationFieldId = 42376473519897;
export const baton: SwitchboardIntegration = {
  id: "5ef21b86e933b7355c11c604",
  name: "baton",
  integrationId: "5f11a650e4e987667c2051d1",
  integrationType: "custom",
  deliverStandbyEvents: true,
};
const answerBot: SwitchboardIntegration = {
  id: "5ef21b86e933b7355c11c605",
  name: "zd-answerBot",
  integrationId: "5f11a650e4e987667c2051d2",
  integrationType: "zd:answerBot",
  deliverStandbyEvents: false,
};
export const agentWorkspace: SwitchboardIntegration = {
  id: "5ef21b86e933b7355c11c606",
  name: "zd-agentWorkspace",
  integrationId: "5f11a650e4e987667c2051d3",
  integrationType: "zd:agentWorkspace",
  deliverStandbyEvents: false,
};
export const integrations = [baton, answerBot, agentWorkspace];

type Send = (body: unknown, headersFor: () => Record<string, string>) => Promise<void>;

/** The app behind the API: its users and conversations, who has control, and the tickets of the agents' side. */
export function createAccount({ nextId, send }: { nextId: () => number; send: Send }) {
  const users = new Map<string, User>();
  const conversations = new Map<string, Conversation>();
  const agents = new Map<string, number>();
  /** As long as the vendor's: 24 hexadecimal digits. */
  const id = () => nextId().toString(16).padStart(24, "0");

  function agentId(name: string): number {
    const known = agents.get(name) ?? 8_447_388_000_000 + nextId();
    agents.set(name, known);
    return known;
  }

  function addMessage(conversation: Conversation, given: Omit<Message, "id" | "received">) {
    const message: Message = { id: id(), received: new Date().toISOString(), ...given };
    conversation.messages.push(message);
    // Nobody holds it: it is the first integration's.
    if (message.author.type === "user") conversation.active ??= answerBot;
    return { message, told: tell("conversation:message", conversation, { message }) };
  }

  /** Makes an integration the active one; the agents' side makes a ticket of what comes along. */
  function passControl(
    conversation: Conversation,
    target: SwitchboardIntegration | null,
    metadata: Record<string, unknown> | undefined,
    reason?: "ticketClosed",
  ): Promise<void> {
    conversation.active = target;
    if (target === agentWorkspace) {
      const fields = Object.fromEntries(Object.entries(metadata ?? {}).map(([name, value]) => [name, String(value)]));
      const tags = (fields["dataCapture.systemField.tags"] ?? "").split(",").filter(Boolean);
      conversation.ticket = { fields, tags, assignee: null, notes: [], solved: false };
    }
    const kind = target ? "switchboard:passControl" : "switchboard:releaseControl";
    return tell(kind, conversation, { ...(metadata ? { metadata } : {}), ...(reason ? { reason } : {}) });
  }

  /** To the webhook of Baton's integration, which is told in standby too. */
  function tell(type: string, conversation: Conversation, payload: Record<string, unknown>): Promise<void> {
    const { deliverStandbyEvents: _, ...active } = conversation.active ?? { deliverStandbyEvents: false };
    const event = {
      id: id(),
      createdAt: new Date().toISOString(),
      type,
      payload: {
        conversation: {
          id: conversation.id,
          type: "personal",
          ...(conversation.active ? { activeSwitchboardIntegration: active } : {}),
        },
        ...payload,
      },
    };
    const body = { app: { id: appId }, webhook: { id: "5f4eaef81e3dcc117c7ba48a", version: "v2" }, events: [event] };
    return send(body, () => ({ "x-api-key": webhookSecret }));
  }

  /** The administrator's trigger for a new assignee, as the provider's README has it: values of a template are texts. */
  function tellAssignment({ ticket }: Conversation): Promise<void> {
    const field = ticket?.fields[`dataCapture.ticketField.${conversationFieldId}`];
    if (!ticket?.assignee || !field) return Promise.resolve();
    const { id: assignee_id, name } = ticket.assignee;
    const body = { ticket: { conversation_id: field, assignee_id: String(assignee_id), assignee_name: name } };
    return send(body, () => ({ "x-api-key": webhookSecret, "x-zendesk-webhook-invocation-id": randomUUID() }));
  }

  return { users, conversations, id, agentId, addMessage, passControl, tellAssignment };
}
