import { z } from "zod";
import type { DeskEvent, Webhook } from "../../provider";
import { givesBack, stopsAssistant } from "../../provider.legacy";
import { sameSecret } from "../../provider.proof";
import { fromHtml } from "../../provider.text";
import { apiOf, type Message, type Person, ticketShape } from "./api";
import type { Config } from "./config";

/** What the HTTP integrations of our README send; what a template puts in may come as text. */
const callShape = z.object({ ticket_id: z.coerce.string().regex(/^\d{1,15}$/) });

/** Gorgias signs nothing: a call is a hint that something happened to a ticket, which is then read. */
export const webhook: Webhook<Config> = {
  proof: "SECRET",
  authentic: ({ headers }, { webhookSecret }) => sameSecret(headers["x-handover-secret"], webhookSecret),
  callId: () => null,
  reminder: (externalId) => Buffer.from(JSON.stringify({ event: "reminder", ticket_id: externalId })),

  async parse({ config, account, body, carried, signal }) {
    const call = callShape.safeParse(json(body)).data;
    if (!call) return [];
    const externalId = call.ticket_id;
    if (!(await carried(externalId))) return [];
    const ticket = await apiOf(config, account).ask(ticketShape, {
      method: "GET",
      path: `/tickets/${externalId}`,
      signal,
    });
    const { assignee_user: assignee } = ticket;
    const left = { kind: "LEFT", externalId, agent: agentOf(assignee) } as const;
    const events: DeskEvent[] = [];
    if (assignee && assignee.id !== config.userId)
      events.push({
        kind: "JOINED",
        externalId,
        eventId: `assigned/${externalId}/${assignee.id}`,
        agent: agentOf(assignee),
      });
    for (const message of ticket.messages ?? []) {
      if (!isAgents(message)) continue;
      const told = { externalId, agent: agentOf(message.sender), eventId: `message/${message.id}` };
      const text = textOf(message);
      if (isNote(message)) {
        if (stopsAssistant(text, config)) events.push({ ...told, kind: "JOINED" });
      } else if (text !== "") events.push({ ...told, kind: "REPLIED", text, messageId: String(message.id) });
      if (givesBack(text, config))
        events.push({ ...told, kind: "LEFT", left: "RETURNED", eventId: `${told.eventId}/back` });
    }
    if (config.handBackTag !== "" && ticket.tags?.some(({ name }) => name === config.handBackTag))
      events.push({ ...left, left: "RETURNED", eventId: `returned/${externalId}` });
    if (ticket.status === "closed") events.push({ ...left, left: "CLOSED", eventId: `closed/${externalId}` });
    return events;
  },
};

/** Of a person: not what we wrote, which carries our mark, and not what a rule sent. */
function isAgents({ from_agent, external_id, rule_id, via }: Message): boolean {
  return from_agent === true && !external_id?.startsWith("baton-") && !rule_id && via !== "rule";
}

const isNote = ({ channel, public: visible }: Message) => channel === "internal-note" || visible === false;

/** What the customer is shown: the text, and where attachments are. */
function textOf({ body_text, body_html, attachments }: Message): string {
  const files = (attachments ?? []).flatMap(({ url, name }) => (url ? [name ? `${name}: ${url}` : url] : []));
  return [body_text?.trim() || fromHtml(body_html ?? ""), ...files].filter(Boolean).join("\n");
}

function agentOf(person: Person | null | undefined): { id: string; name: string } | null {
  if (!person) return null;
  const name = person.name || [person.firstname, person.lastname].filter(Boolean).join(" ");
  return { id: String(person.id), name };
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
