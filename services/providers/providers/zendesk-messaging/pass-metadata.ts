import type { Handing } from "../../provider";
import { legacyTagsOf } from "../../provider.legacy";
import { shortened } from "../../provider.text";
import type { Config } from "./config";

/** Of all of it as JSON; Zendesk takes 4 kB. */
const mostBytes = 4_000;

/**
 * What the agents' side makes the ticket's fields of when control is passed to it: a flat map of texts. What does not
 * fit goes: the end of the summary first, then topics.
 */
export function passMetadata(
  config: Config,
  {
    handing,
    mark,
    conversationId,
    firstMessageId,
  }: { handing: Handing; mark: string; conversationId: string; firstMessageId: string | null },
): Record<string, string> {
  const { customer, reason, transcript } = handing;
  const { groupId, assigneeId, brandId, priority, summaryFieldId, conversationFieldId } = config;
  const system = (name: string, value: string | number | null | undefined) =>
    value ? { [`dataCapture.systemField.${name}`]: String(value) } : {};
  const own = [mark, ...legacyTagsOf(reason, config, transcript)];
  const tags = own.concat(handing.tags.map(asTag).filter((tag) => tag !== "" && !own.includes(tag)));
  const metadata: Record<string, string> = {
    // By which Baton knows its own pass.
    baton: mark,
    ...(firstMessageId ? { first_message_id: firstMessageId } : {}),
    ...system("requester.name", customer.name && shortened(customer.name, 200)),
    ...system("requester.email", customer.email && shortened(customer.email, 200)),
    ...system("priority", priority),
    ...system("group_id", groupId),
    ...system("assignee_id", assigneeId),
    ...system("brand_id", brandId),
    ...(conversationFieldId ? { [`dataCapture.ticketField.${conversationFieldId}`]: conversationId } : {}),
  };
  const sizeWith = (more: Record<string, string>) => Buffer.byteLength(JSON.stringify({ ...metadata, ...more }));
  let fitting = tags.length;
  while (fitting > own.length && sizeWith(system("tags", tags.slice(0, fitting).join(","))) > mostBytes / 2)
    fitting -= 1;
  Object.assign(metadata, system("tags", tags.slice(0, fitting).join(",")));
  if (!summaryFieldId || !handing.summary) return metadata;
  const field = `dataCapture.ticketField.${summaryFieldId}`;
  const { text } = handing.summary;
  let length = text.length;
  while (length > 0 && sizeWith({ [field]: shortened(text, length) }) > mostBytes) length = Math.floor(length * 0.9);
  return length > 0 ? { ...metadata, [field]: shortened(text, length) } : metadata;
}

/** A topic as Zendesk takes tags: one word, in lower case, without the comma that parts them here. */
function asTag(topic: string): string {
  return topic
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_/.:-]+/gu, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 100);
}
