import {
  type CloseInput,
  type FindInput,
  type ForwardInput,
  ProviderFailure,
  type Receipt,
  type Receipts,
  type Step,
  type StepInput,
  type StepName,
} from "../../provider";
import type { DeskHttp } from "../../provider.http";
import { lastWords, markOf, partsOf, refOf, shortened, transcriptEntries } from "../../provider.text";
import { apiOf, conversationShape, type Message, messageShape, messagesOf, userShape, usersShape } from "./api";
import { addressOf, type Config } from "./config";
import { textOf } from "./parts";

/** Room for the reference below a note. */
const refLength = 20;
const clockSkewMs = 60_000;

/** One of Freshchat's users for each conversation of Baton's, found again by its reference; by setting, by e-mail too. */
const contact: Step<Config> = async ({ config, account, handing, signal }) => {
  const api = apiOf(config, account);
  const { customer, conversationId } = handing;
  const reference = markOf(conversationId);
  const find = async (query: Record<string, string>) => {
    const answer = await api.request({ method: "GET", path: "/users", query, allow: [404], signal });
    return answer.status === 404 ? [] : (usersShape.safeParse(answer.body).data?.users ?? []);
  };
  const email = config.sendEmail ? customer.email : null;
  // A filter that the desk does not know would give other people.
  const known = async () =>
    (await find({ reference_id: reference })).find(({ reference_id }) => reference_id === reference) ??
    (email ? (await find({ email })).find((user) => user.email?.toLowerCase() === email.toLowerCase()) : undefined);
  const there = await known();
  if (there) return { ids: { user: there.id } };
  const { status, body } = await api.request({
    method: "POST",
    path: "/users",
    json: {
      reference_id: reference,
      first_name: shortened(customer.name ?? "Customer", 100),
      ...(email ? { email } : {}),
    },
    allow: [409],
    signal,
  });
  const made = status === 409 ? await known() : userShape.safeParse(body).data;
  if (!made) throw new ProviderFailure("the user is there already and cannot be found", { retry: true });
  return { ids: { user: made.id } };
};

/** With the customer's last words, so that nobody opens an empty one. A user's open conversation in a channel goes on. */
const conversation: Step<Config> = async ({ config, account, handing, receipts, signal }) => {
  const api = apiOf(config, account);
  const user = userOf(receipts);
  const there = config.lookUpConversations ? await openConversation(api, config, user, signal) : null;
  const { conversation_id, app_id } =
    there ??
    (await api.ask(conversationShape, {
      method: "POST",
      path: "/conversations",
      json: {
        channel_id: config.channelId,
        users: [{ id: user }],
        messages: [fromCustomer(config, lastWords(handing), user)],
      },
      signal,
    }));
  const id = encodeURIComponent(conversation_id);
  const url = config.agentUrl
    ? config.agentUrl.replaceAll("{conversation}", id)
    : `${addressOf(config)}/a/${encodeURIComponent(app_id ?? (await appId(api, signal)))}/open/conversation/${id}`;
  return { externalId: conversation_id, url };
};

/**
 * The conversation that was opened, although its answer was lost: one in which the customer said these words after the
 * handover was asked for. Another of that person's is not meant.
 */
export async function find({ config, account, handing, receipts, signal }: FindInput<Config>): Promise<Receipt | null> {
  const user = receipts.contact?.ids?.user;
  if (!user) return null;
  const api = apiOf(config, account);
  const there = await openConversation(api, config, user, signal);
  if (!there) return null;
  const words = lastWords(handing).trim();
  const since = Date.parse(handing.requestedAt) - clockSkewMs;
  const said = await messagesOf(api, there.conversation_id, signal);
  const isOurs = said.some(
    ({ actor_type, message_parts, created_time }) =>
      actor_type === "user" && textOf(message_parts) === words && Date.parse(created_time ?? "") >= since,
  );
  return isOurs ? { externalId: there.conversation_id } : null;
}

/** What was said, as private notes. */
const transcript: Step<Config> = async (input) => {
  const heading = "Conversation with the assistant";
  const limit = input.config.noteLength - heading.length - refLength - 20;
  const parts = partsOf(transcriptEntries(input.handing.transcript), limit);
  return addNotes(
    input,
    parts.map((text, index) => ({
      name: `transcript${index + 1}`,
      text: `${heading}${parts.length > 1 ? ` (${index + 1} of ${parts.length})` : ""}\n${text}`,
    })),
  );
};

const summary: Step<Config> = (input) => {
  const parts = partsOf([`Summary\n${input.handing.summary?.text ?? ""}`], input.config.noteLength - refLength);
  return addNotes(
    input,
    parts.map((text, index) => ({ name: `summary${index + 1}`, text })),
  );
};

/** Freshchat has no tags: properties of the conversation hold them, and who is talking. */
const tags: Step<Config> = async ({ config, account, handing, receipts, signal }) => {
  const { tagsProperty, statusProperty, statusForAgents } = config;
  const properties = {
    ...(tagsProperty && handing.tags.length > 0 ? { [tagsProperty]: shortened(handing.tags.join(", "), 250) } : {}),
    ...(statusProperty ? { [statusProperty]: statusForAgents } : {}),
  };
  return setProperties(apiOf(config, account), receipts, properties, signal);
};

/** Last: agents are told of the conversation when everything is in it. */
const assign: Step<Config> = async ({ config, account, receipts, signal }) => {
  const { groupId, assigneeId, groupStatus } = config;
  if (groupId === undefined && assigneeId === undefined) return {};
  await apiOf(config, account).request({
    method: "PUT",
    path: conversationPath(receipts),
    json: {
      ...(assigneeId === undefined ? {} : { status: "assigned", assigned_agent_id: assigneeId }),
      ...(assigneeId !== undefined || groupStatus === "none" ? {} : { status: groupStatus }),
      ...(groupId === undefined ? {} : { assigned_group_id: groupId }),
    },
    signal,
  });
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

/** As a message of the user's. */
export async function forwardMessage({
  config,
  account,
  receipts,
  message,
  idempotencyKey,
  signal,
}: ForwardInput<Config>): Promise<void> {
  const api = apiOf(config, account);
  const user = userOf(receipts);
  const ref = refLine(idempotencyKey);
  if (withRef(await messagesOf(api, conversationId(receipts), signal), ref)) return;
  await api.request({
    method: "POST",
    path: `${conversationPath(receipts)}/messages`,
    json: { ...fromCustomer(config, `${message.text}\n${ref}`, user), user_id: user },
    signal,
  });
}

/** Resolves the conversation, unless it is resolved already. */
export async function close({ config, account, receipts, signal }: CloseInput<Config>): Promise<void> {
  if (!receipts.conversation?.externalId) return;
  const api = apiOf(config, account);
  const path = conversationPath(receipts);
  const { statusProperty, statusForAssistant } = config;
  if (statusProperty) await setProperties(api, receipts, { [statusProperty]: statusForAssistant }, signal);
  const { status } = await api.ask(conversationShape, { method: "GET", path, signal });
  if (status === "resolved") return;
  await api.request({ method: "PUT", path, json: { status: "resolved" }, signal });
}

/** Properties that the account does not have are left out: people are waiting for the conversation. */
async function setProperties(
  api: DeskHttp,
  receipts: Receipts,
  properties: Record<string, string>,
  signal: AbortSignal,
): Promise<Receipt> {
  const refused: string[] = [];
  for (const [name, value] of Object.entries(properties)) {
    const { status } = await api.request({
      method: "PUT",
      path: conversationPath(receipts),
      json: { properties: { [name]: value } },
      allow: [400],
      signal,
    });
    if (status === 400) refused.push(name);
  }
  return refused.length > 0 ? { ids: { refusedProperties: refused.join(" ") } } : {};
}

/** Writes private notes that are not there yet; their reference tells later that they are ours. */
async function addNotes(
  { config, account, handing, receipts, signal }: StepInput<Config>,
  notes: { name: string; text: string }[],
): Promise<Receipt> {
  const api = apiOf(config, account);
  const there = await messagesOf(api, conversationId(receipts), signal);
  const ids: Record<string, string> = {};
  for (const { name, text } of notes) {
    const ref = refLine(`${handing.handoverId}/${name}`);
    const found = withRef(there, ref);
    ids[name] = found?.id ?? (await addNote(api, config, receipts, `${text}\n${ref}`, signal));
  }
  return { ids };
}

async function addNote(
  api: DeskHttp,
  config: Config,
  receipts: Receipts,
  text: string,
  signal: AbortSignal,
): Promise<string> {
  const { id } = await api.ask(messageShape, {
    method: "POST",
    path: `${conversationPath(receipts)}/messages`,
    json: {
      message_parts: [part(config, text)],
      message_type: "private",
      actor_type: "agent",
      actor_id: config.agentId,
    },
    signal,
  });
  return id;
}

/** The user's conversation in our channel that is not resolved; null when there is none. */
async function openConversation(api: DeskHttp, config: Config, user: string, signal: AbortSignal) {
  const path = `/users/${encodeURIComponent(user)}/conversations`;
  const { status, body } = await api.request({ method: "GET", path, allow: [404], signal });
  if (status === 404) return null;
  const listed = (body as { conversations?: { id?: unknown; conversation_id?: unknown }[] } | null)?.conversations;
  for (const { id, conversation_id } of (listed ?? []).slice(0, 10)) {
    const named = id ?? conversation_id;
    if (typeof named !== "string") continue;
    const found = await api.ask(conversationShape, {
      method: "GET",
      path: `/conversations/${encodeURIComponent(named)}`,
      signal,
    });
    if (found.channel_id === config.channelId && found.status !== "resolved") return found;
  }
  return null;
}

async function appId(api: DeskHttp, signal: AbortSignal): Promise<string> {
  const { body } = await api.request({ method: "GET", path: "/accounts/configuration", signal });
  const { app_id } = (body ?? {}) as { app_id?: unknown };
  return typeof app_id === "string" ? app_id : "0";
}

function fromCustomer(config: Config, text: string, user: string) {
  return { message_parts: [part(config, text)], message_type: "normal", actor_type: "user", actor_id: user };
}

const part = ({ messagePart }: Config, content: string) => ({ [messagePart]: { content } });

/** Freshchat has no field for a mark of ours: it stands below the text. */
const refLine = (id: string) => `ref ${refOf(id)}`;
const withRef = (messages: Message[], ref: string) =>
  messages.find(({ message_parts }) => textOf(message_parts).endsWith(ref));

function userOf(receipts: Receipts): string {
  const id = receipts.contact?.ids?.user;
  if (id) return id;
  throw new ProviderFailure("there is no user yet", { retry: false });
}

function conversationId(receipts: Receipts): string {
  const id = receipts.conversation?.externalId;
  if (id) return id;
  throw new ProviderFailure("there is no conversation yet", { retry: false });
}

const conversationPath = (receipts: Receipts) => `/conversations/${encodeURIComponent(conversationId(receipts))}`;
