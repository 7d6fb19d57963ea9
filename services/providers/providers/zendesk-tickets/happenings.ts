import type { DeskEvent } from "../../provider";
import { givesBack, type LegacyConfig, stopsAssistant } from "../../provider.legacy";

/** What happens to a ticket, named the same whether a call tells of it or it is found by looking. */

interface Agent {
  id: string | null;
  name: string;
}

export function assigned(ticketId: string, { id, name }: Agent): DeskEvent {
  return { kind: "JOINED", externalId: ticketId, eventId: `assigned/${ticketId}/${id}`, agent: { id, name } };
}

export function ended(ticketId: string, assigneeId: string | null): DeskEvent {
  const agent = assigneeId ? { id: assigneeId, name: "" } : null;
  return { kind: "LEFT", left: "CLOSED", externalId: ticketId, eventId: `closed/${ticketId}`, agent };
}

/** An agent's comment: a reply where the customer may see it; its phrases count in notes as well. */
export function commented(
  ticketId: string,
  { id, text, isPublic, agent }: { id: string; text: string; isPublic: boolean; agent: Agent },
  config: LegacyConfig,
): DeskEvent[] {
  const said = text.trim();
  const eventId = `comment/${id}`;
  const told = { externalId: ticketId, agent };
  return [
    ...(isPublic && said !== "" ? [{ ...told, kind: "REPLIED" as const, text: said, eventId, messageId: id }] : []),
    ...(!isPublic && stopsAssistant(said, config) ? [{ ...told, kind: "JOINED" as const, eventId }] : []),
    ...(givesBack(said, config)
      ? [{ ...told, kind: "LEFT" as const, left: "RETURNED" as const, eventId: `${eventId}/back` }]
      : []),
  ];
}

/** A file arrives as its name and address. */
export function fileSent(
  ticketId: string,
  { id, url, name, agent }: { id: string; url: string; name: string; agent: Agent },
): DeskEvent {
  const key = `attachment/${id}`;
  const text = [name, url].filter(Boolean).join("\n");
  return { kind: "REPLIED", externalId: ticketId, eventId: key, messageId: key, text, agent };
}

/** Does an internal note say something to Baton? */
export function mattersInNote(text: string, config: LegacyConfig): boolean {
  return givesBack(text, config) || stopsAssistant(text, config);
}
