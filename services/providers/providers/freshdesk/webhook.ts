import { z } from "zod";
import type { DeskEvent, Webhook } from "../../provider";
import { givesBack, stopsAssistant } from "../../provider.legacy";
import { sameSecret } from "../../provider.proof";
import { apiOf, type Note, notesOf, ticketShape } from "./api";
import type { Config } from "./config";

/** What the automation rule of our README sends; its values are strings. */
const callShape = z.object({
  event: z.string().optional(),
  ticket: z.object({
    id: z.coerce.string().regex(/^\d{1,18}$/),
    responder_id: z.coerce.string().optional(),
    responder_name: z.coerce.string().optional(),
  }),
});

/** Freshdesk signs nothing: a call is a hint that something happened to a ticket, which is then read. */
export const webhook: Webhook<Config> = {
  proof: "SECRET",
  authentic: ({ headers }, { webhookSecret }) => sameSecret(headers["x-handover-secret"], webhookSecret),
  callId: () => null,
  reminder: (externalId) => Buffer.from(JSON.stringify({ event: "reminder", ticket: { id: externalId } })),

  async parse({ config, account, body, carried, signal }) {
    const call = callShape.safeParse(json(body)).data;
    if (!call) return [];
    const externalId = call.ticket.id;
    if (!(await carried(externalId))) return [];
    const api = apiOf(config, account);
    const ticket = await api.ask(ticketShape, { method: "GET", path: `/tickets/${externalId}`, signal });
    const notes = await notesOf(api, externalId, signal);
    const agentNamed = (id: number | null | undefined) => {
      const isNamed = id && String(id) === call.ticket.responder_id;
      return id ? { id: String(id), name: isNamed ? (call.ticket.responder_name ?? "") : "" } : null;
    };
    const events: DeskEvent[] = [];
    if (ticket.responder_id && ticket.responder_id !== config.agentId)
      events.push({
        kind: "JOINED",
        externalId,
        eventId: `assigned/${externalId}/${ticket.responder_id}`,
        agent: agentNamed(ticket.responder_id),
      });
    for (const note of notes) {
      if (note.incoming || isOurs(note, notes)) continue;
      const told = { externalId, agent: agentNamed(note.user_id) };
      const text = note.body_text?.trim() ?? "";
      const eventId = `note/${note.id}`;
      const words = [text, ...attachedTo(note)].filter(Boolean).join("\n");
      if (!note.private && words !== "")
        events.push({ ...told, kind: "REPLIED", text: words, eventId, messageId: String(note.id) });
      if (note.private && stopsAssistant(text, config)) events.push({ ...told, kind: "JOINED", eventId });
      if (givesBack(text, config)) events.push({ ...told, kind: "LEFT", left: "RETURNED", eventId: `${eventId}/back` });
    }
    if (config.closedStatuses.includes(ticket.status))
      events.push({
        kind: "LEFT",
        left: "CLOSED",
        externalId,
        eventId: `closed/${externalId}`,
        agent: agentNamed(ticket.responder_id),
      });
    return events;
  },
};

/** Ours carry a reference; a transcript may well quote an agent's phrase. Who ends with one of before quotes it. */
function isOurs({ id, body_text }: Note, notes: Note[]): boolean {
  const [ref] = /ref [0-9a-f]{10}$/.exec(body_text?.trim() ?? "") ?? [];
  return ref !== undefined && !notes.some((other) => other.id < id && other.body_text?.includes(ref));
}

/** A file that an agent sends arrives as its address. */
function attachedTo({ attachments }: Note): string[] {
  return (attachments ?? []).flatMap(({ name, attachment_url: url }) => (url ? [name ? `${name}: ${url}` : url] : []));
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
