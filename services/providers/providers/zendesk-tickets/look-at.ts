import type { DeskEvent, WebhookInput } from "../../provider";
import { apiOf, auditsOf, ticketPath, ticketShape } from "./api";
import type { Config } from "./config";
import { assigned, commented, ended, fileSent, mattersInNote } from "./happenings";
import { personOf } from "./people";

/** All that happened to a ticket so far, as the calls about it would have told: some may have been missed. */
export async function lookAt(ticketId: string, input: WebhookInput<Config>): Promise<DeskEvent[]> {
  const { config, account, signal } = input;
  const api = apiOf(config, account);
  const { status, body } = await api.request({ method: "GET", path: ticketPath(ticketId), allow: [404], signal });
  const ticket = ticketShape.safeParse((body as { ticket?: unknown } | null)?.ticket).data;
  if (status === 404 || ticket?.status === "deleted") return [ended(ticketId, null)];
  if (!ticket) return [];
  const people = new Map<number, ReturnType<typeof personOf>>();
  const person = (id: number) => {
    const known = people.get(id) ?? personOf(String(id), input);
    people.set(id, known);
    return known;
  };

  const events: DeskEvent[] = [];
  const { assignee_id: assignee } = ticket;
  if (assignee && assignee !== config.assigneeId) events.push(assigned(ticketId, await person(assignee)));
  // The first is how Baton made it.
  for (const audit of (await auditsOf(api, ticketId, signal)).slice(1)) {
    // Ours carry a mark; a transcript may well quote an agent's phrase.
    if (audit.metadata?.custom?.baton !== undefined) continue;
    for (const { type, id, author_id, public: isPublic = false, body: text, attachments } of audit.events) {
      if (type !== "Comment" || id === undefined || !author_id || author_id === ticket.requester_id) continue;
      if (!isPublic && !mattersInNote(text ?? "", config)) continue;
      const { isStaff, ...agent } = await person(author_id);
      if (!isStaff) continue;
      events.push(...commented(ticketId, { id: String(id), text: text ?? "", isPublic, agent }, config));
      for (const { id: fileId, content_url: url, file_name: name } of isPublic ? (attachments ?? []) : [])
        if (url) events.push(fileSent(ticketId, { id: String(fileId), url, name: name ?? "", agent }));
    }
  }
  const isOver = ticket.status === "solved" || ticket.status === "closed";
  return isOver ? [...events, ended(ticketId, assignee ? String(assignee) : null)] : events;
}
