import {
  type CloseInput,
  type FindInput,
  type ForwardInput,
  type Handing,
  ProviderFailure,
  type Receipt,
  type Receipts,
  type Step,
  type StepInput,
  type StepName,
} from "../../provider";
import type { DeskHttp } from "../../provider.http";
import { lastWords, partsOf, refOf, shortened, transcriptEntries } from "../../provider.text";
import {
  apiOf,
  assigneePaths,
  channelPath,
  messageShape,
  messagesOf,
  objectPath,
  shaped,
  threadPath,
  threadShape,
  threadsPath,
  threadsShape,
  upsertedShape,
} from "./api";
import { type Config, screenOf } from "./config";

/** Of one comment; longer transcripts become several. HubSpot shows long messages cut. */
const commentLimit = 5_000;
const clockSkewMs = 60_000;
/** Of a contact's newest threads. */
const mostLookedAt = 20;

/** The customer in the CRM, found or made by e-mail. What the CRM knows already stays: names go to new contacts only. */
const contact: Step<Config> = async ({ config, account, handing, signal }) => {
  const { email, name } = handing.customer;
  if (!email) return {};
  const api = apiOf(config, account);
  const made = await upsert(api, email, {}, signal);
  if (!made) return {};
  if (made.new && name) await upsert(api, email, namesOf(name), signal);
  return { ids: { contact: made.id } };
};

/** Null when the CRM does not take it, a strange address say: the thread gets there all the same. */
async function upsert(api: DeskHttp, email: string, properties: Record<string, string>, signal: AbortSignal) {
  const { status, body } = await api.request({
    method: "POST",
    path: objectPath("contacts/batch/upsert"),
    json: { inputs: [{ id: email, idProperty: "email", properties: { email, ...properties } }] },
    allow: [400],
    signal,
  });
  // For inputs that it does not take among others, HubSpot answers 207 without a result.
  return status === 400 ? null : (shaped(upsertedShape, body).results[0] ?? null);
}

function namesOf(name: string): Record<string, string> {
  const [first = "", ...last] = name.trim().split(/\s+/);
  return { firstname: first, ...(last.length > 0 ? { lastname: last.join(" ") } : {}) };
}

/** The thread: HubSpot opens one for the first message with the handover's id, and knows the message when it comes again. */
const conversation: Step<Config> = async (input) => {
  const { config, handing, idempotencyKey } = input;
  const asked = handing.transcript.findLast(({ author }) => author === "CUSTOMER");
  const message = { text: lastWords(handing), timestamp: asked?.postedAt ?? handing.requestedAt };
  const { conversationsThreadId: threadId } = await publish(input, { ...message, idempotencyKey });
  if (!threadId) throw new ProviderFailure("HubSpot took the message and named no thread", { retry: true });
  return { externalId: threadId, url: screenOf(config, threadId) };
};

/**
 * The thread that was opened, although its answer was lost. HubSpot shows no id of ours: it is the contact's open thread
 * in our channel that began with these words after the handover was asked for. Without a contact it is not found.
 */
export async function find({ config, account, handing, receipts, signal }: FindInput<Config>): Promise<Receipt | null> {
  const associatedContactId = receipts.contact?.ids?.contact;
  if (!associatedContactId) return null;
  const api = apiOf(config, account);
  const query = { associatedContactId, threadStatus: "OPEN", limit: 500 };
  const { results } = await api.ask(threadsShape, { method: "GET", path: threadsPath, query, signal });
  const time = (at: string | null | undefined) => Date.parse(at ?? "") || 0;
  const since = time(handing.requestedAt) - clockSkewMs;
  const opened = results
    .filter((one) => one.originalChannelAccountId === config.channelAccountId && time(one.createdAt) >= since)
    .sort((one, other) => time(other.createdAt) - time(one.createdAt));
  const words = beginningOf(lastWords(handing));
  for (const { id } of opened.slice(0, mostLookedAt)) {
    const messages = await messagesOf(api, id, signal, 1);
    const first = messages.findLast(({ direction }) => direction === "INCOMING");
    if (first && beginningOf(first.text ?? "") === words) return { externalId: id };
  }
  return null;
}

/** HubSpot may cut what is long. */
const beginningOf = (text: string) => text.replace(/\s+/g, " ").trim().slice(0, 200);

/** What was said, as comments that only agents see. */
const transcript: Step<Config> = (input) => {
  const parts = partsOf(transcriptEntries(input.handing.transcript), commentLimit);
  return addComments(
    input,
    parts.map((text, index) => ({
      name: `transcript${index + 1}`,
      title: `Conversation with the assistant${parts.length > 1 ? ` (${index + 1} of ${parts.length})` : ""}`,
      text,
    })),
  );
};

const summary: Step<Config> = (input) =>
  addComments(input, [{ name: "summary", title: "Summary", text: input.handing.summary?.text ?? "" }]);

/** Threads have no tags: topics go into a property of the thread's ticket, and where there is none into a comment. */
const tags: Step<Config> = async (input) => {
  const { config, account, handing, receipts, signal } = input;
  const names = [...new Set(handing.tags.map((tag) => shortened(tag.replaceAll(";", ","), 200)))];
  if (names.length === 0) return {};
  const api = apiOf(config, account);
  const ticketId = config.tagsProperty && (await ticketOf(api, threadIdOf(receipts), signal));
  if (config.tagsProperty && ticketId) {
    const path = objectPath(`tickets/${encodeURIComponent(ticketId)}`);
    const json = { properties: { [config.tagsProperty]: names.join(";") } };
    // A property that is gone, or that the app may not write, keeps nobody from a person.
    const put = await api.request({ method: "PATCH", path, json, allow: [400, 403, 404], signal });
    if (put.status < 300) return {};
  }
  return addComments(input, [{ name: "tags", title: "Topics", text: names.join(", ") }]);
};

async function ticketOf(api: DeskHttp, threadId: string, signal: AbortSignal): Promise<string | null> {
  const path = threadPath(threadId);
  const thread = await api.ask(threadShape, { method: "GET", path, query: { association: "TICKET" }, signal });
  return thread.threadAssociations?.associatedTicketId ?? null;
}

/** Last. Where HubSpot does not offer it to this account, the inbox's own rules have to do. */
const assign: Step<Config> = async ({ config, account, receipts, signal }) => {
  const { agentId } = config;
  if (agentId === undefined) return {};
  for (const path of assigneePaths(threadIdOf(receipts))) {
    const json = { actorId: `A-${agentId}` };
    const answer = await apiOf(config, account).request({ method: "PUT", path, json, allow: [403, 404, 405], signal });
    if (answer.status < 300) break;
  }
  return {};
};

export const steps: Partial<Record<StepName, Step<Config>>> = {
  contact,
  conversation,
  transcript,
  summary,
  tags,
  assign,
};

export async function forwardMessage(input: ForwardInput<Config>): Promise<void> {
  const { message, idempotencyKey } = input;
  await publish(input, { text: message.text, timestamp: message.postedAt, idempotencyKey });
}

/** Closes the thread, unless it is closed already. */
export async function close({ config, account, receipts, signal }: CloseInput<Config>): Promise<void> {
  if (!receipts.conversation?.externalId) return;
  const api = apiOf(config, account);
  const path = threadPath(threadIdOf(receipts));
  const { status } = await api.ask(threadShape, { method: "GET", path, signal });
  if (status === "CLOSED") return;
  await api.request({ method: "PATCH", path, json: { status: "CLOSED" }, signal });
}

/** Says something in the customer's name; the same key says it once. */
function publish(
  {
    config,
    account,
    handing,
    receipts,
    signal,
  }: { config: Config; handing: Handing; receipts: Receipts } & Pick<StepInput<Config>, "account" | "signal">,
  { text, timestamp, idempotencyKey }: { text: string; timestamp: string; idempotencyKey: string },
) {
  const { customer, handoverId } = handing;
  const contactId = receipts.contact?.ids?.contact;
  return apiOf(config, account).ask(messageShape, {
    method: "POST",
    path: `${channelPath(config)}/messages`,
    json: {
      text,
      messageDirection: "INCOMING",
      channelAccountId: config.channelAccountId,
      integrationThreadId: handoverId,
      integrationIdempotencyId: idempotencyKey,
      timestamp,
      senders: [
        {
          name: customer.name ?? "Customer",
          deliveryIdentifier: customer.email
            ? { type: "HS_EMAIL_ADDRESS", value: customer.email }
            : { type: "CHANNEL_SPECIFIC_OPAQUE_ID", value: customer.externalId ?? customer.id },
        },
      ],
      recipients: [{ deliveryIdentifier: { type: "CHANNEL_SPECIFIC_OPAQUE_ID", value: config.channelAddress } }],
      attachments: [],
      ...(contactId ? { associateWithContactId: Number(contactId) } : {}),
    },
    signal,
  });
}

/** Writes comments that are not there yet. The reference comes first: the end of a long one may be cut when it is read. */
async function addComments(
  { config, account, handing, receipts, signal }: StepInput<Config>,
  comments: { name: string; title: string; text: string }[],
): Promise<Record<string, never>> {
  const api = apiOf(config, account);
  const threadId = threadIdOf(receipts);
  const there = await messagesOf(api, threadId, signal);
  for (const { name, title, text } of comments) {
    const ref = `ref ${refOf(`${handing.handoverId}/${name}`)}`;
    if (there.some((message) => message.text?.includes(ref))) continue;
    await api.request({
      method: "POST",
      path: `${threadPath(threadId)}/messages`,
      json: { type: "COMMENT", text: `${title} (${ref})\n${text}`, attachments: [] },
      signal,
    });
  }
  return {};
}

function threadIdOf(receipts: Receipts): string {
  const id = receipts.conversation?.externalId;
  if (id && /^\d+$/.test(id)) return id;
  throw new ProviderFailure("there is no thread yet", { retry: false });
}
