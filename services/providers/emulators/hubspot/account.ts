import { createHmac, randomUUID } from "node:crypto";
import type { z } from "zod";
import type { EmulatorTools } from "../emulator";
import type * as shapes from "./shapes";

export interface Message {
  id: string;
  type: "MESSAGE" | "COMMENT";
  direction: "INCOMING" | "OUTGOING";
  text: string;
  actorId: string;
  name: string | null;
  createdAt: string;
  status: string;
}

export interface Thread {
  id: string;
  status: "OPEN" | "CLOSED";
  assignedTo: string | null;
  contactId: string | null;
  ticketId: string;
  integrationThreadId: string;
  createdAt: string;
  messages: Message[];
}

export const clientSecret = "emulated-hubspot-client-secret";
export const channelId = "5001";
export const channelAccount = { id: "5002", name: "Baton", inboxId: "5003", channelId, active: true, authorized: true };
export const inbox = { id: "5003", name: "Support" };
export const portalId = "620001";
export const appId = 42;
/** A user of the account, who gets what Baton assigns. */
export const lead = { id: "9100", name: "Team lead" };
export const now = () => new Date().toISOString();

/** What an account holds, and how it changes; every change is told to the app, whoever made it. */
export function createHubspotAccount({ send, nextId }: Pick<EmulatorTools, "send" | "nextId">) {
  const contacts = new Map<string, { id: string; properties: Record<string, string> }>();
  const threads = new Map<string, Thread>();
  const tickets = new Map<string, Record<string, string>>();
  const users = new Map<string, string>([[lead.name, lead.id]]);

  function threadFor({ integrationThreadId, senders }: z.infer<typeof shapes.published>): Thread {
    const key = integrationThreadId ?? senders[0]?.deliveryIdentifier.value ?? "";
    const there = [...threads.values()].find((one) => one.integrationThreadId === key);
    if (there) return there;
    const from = senders[0]?.deliveryIdentifier;
    const contact = from?.type === "HS_EMAIL_ADDRESS" ? contacts.get(from.value.toLowerCase()) : undefined;
    const ticketId = String(nextId());
    tickets.set(ticketId, { subject: "A conversation" });
    const thread: Thread = {
      id: String(nextId()),
      status: "OPEN",
      assignedTo: null,
      contactId: contact?.id ?? null,
      ticketId,
      integrationThreadId: key,
      createdAt: now(),
      messages: [],
    };
    threads.set(thread.id, thread);
    void tell([event(thread, "conversation.creation", {})]);
    return thread;
  }

  function add(thread: Thread, facts: Omit<Message, "id" | "createdAt" | "status">): Message {
    const message = { ...facts, id: randomUUID().replaceAll("-", ""), createdAt: now(), status: "SENT" };
    thread.messages.push(message);
    return message;
  }

  function event(thread: Thread, subscriptionType: string, facts: Record<string, unknown>) {
    return {
      eventId: nextId(),
      subscriptionId: 77,
      portalId: Number(portalId),
      appId,
      occurredAt: Date.now(),
      subscriptionType,
      attemptNumber: 0,
      objectId: Number(thread.id),
      changeSource: "USER",
      ...facts,
    };
  }

  const newMessage = (thread: Thread, { id, type }: Message) =>
    tell([event(thread, "conversation.newMessage", { messageId: id, messageType: type, changeFlag: "NEW_MESSAGE" })]);
  const change = (thread: Thread, propertyName: string, propertyValue: string) =>
    tell([event(thread, "conversation.propertyChange", { propertyName, propertyValue })]);

  function assign(thread: Thread, actorId: string): Promise<void> {
    thread.assignedTo = actorId;
    return change(thread, "assignedTo", actorId);
  }

  function setStatus(thread: Thread, status: Thread["status"]): Promise<void> {
    thread.status = status;
    return change(thread, "status", status);
  }

  /** Signed as HubSpot does: method, address, body and time. */
  function tell(call: unknown): Promise<void> {
    return send(call, (raw, to) => {
      const time = String(Date.now());
      const signature = createHmac("sha256", clientSecret).update(`POST${to}${raw}${time}`).digest("base64");
      return { "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": time };
    });
  }

  function shownThread(thread: Thread, withTicket = false) {
    const { id, status, assignedTo, contactId, createdAt, ticketId } = thread;
    return {
      id,
      createdAt,
      status,
      inboxId: inbox.id,
      originalChannelId: channelId,
      originalChannelAccountId: channelAccount.id,
      archived: false,
      spam: false,
      ...(contactId ? { associatedContactId: contactId } : {}),
      ...(assignedTo ? { assignedTo } : {}),
      ...(withTicket ? { threadAssociations: { associatedTicketId: ticketId } } : {}),
    };
  }

  function userNamed(name: string): string {
    const id = users.get(name) ?? String(nextId());
    users.set(name, id);
    return `A-${id}`;
  }

  function threadOf(externalId: string): Thread {
    const thread = threads.get(externalId);
    if (!thread) throw new Error(`The emulator has no thread ${externalId}`);
    return thread;
  }

  async function comment(externalId: string, name: string, text: string): Promise<void> {
    const thread = threadOf(externalId);
    const facts = { type: "COMMENT", direction: "OUTGOING", text, actorId: userNamed(name), name } as const;
    await newMessage(thread, add(thread, facts));
  }

  return {
    contacts,
    threads,
    tickets,
    users,
    threadFor,
    add,
    newMessage,
    change,
    assign,
    setStatus,
    tell,
    shownThread,
    userNamed,
    threadOf,
    comment,
  };
}

export function shownMessage(thread: Thread, message: Message) {
  const { actorId, name, status, ...facts } = message;
  return {
    ...facts,
    richText: facts.text,
    conversationsThreadId: thread.id,
    channelId,
    channelAccountId: channelAccount.id,
    createdBy: actorId,
    senders: [{ actorId, ...(name ? { name } : {}) }],
    recipients: [],
    attachments: [],
    archived: false,
    truncationStatus: "NOT_TRUNCATED",
    status: { statusType: status },
  };
}
