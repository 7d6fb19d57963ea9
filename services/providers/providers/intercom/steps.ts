import { z } from "zod";
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
import { type DeskHttp, mayHaveHappened } from "../../provider.http";
import { legacyTagsOf } from "../../provider.legacy";
import { asHtml, lastWords, partsOf, refOf, shortened, transcriptEntries } from "../../provider.text";
import { apiOf, conversationOf, foundShape, idShape, namedShape, partsIn, shaped } from "./api";
import { type Config, screenOf } from "./config";
import { contact, contactIn } from "./contact";

/** Of one note; longer transcripts become several. The vendor names no limit. */
const noteLimit = 10_000;
const daySeconds = 86_400;
/** What Intercom will not do, this way or later: no permission, or not in this workspace. */
const refused = [400, 403, 404, 422];

/** The conversation, found by its mark or opened in the customer's name with the words an agent answers first. */
const conversation: Step<Config> = async (input) => {
  const { config, account, handing, receipts, idempotencyKey, cutOff, signal } = input;
  const api = apiOf(config, account);
  const later = { retry: true, afterMs: config.searchDelaySeconds * 1000 };
  const { contact: contactId } = contactIn(input);
  const ref = `ref ${refOf(idempotencyKey)}`;
  if (cutOff) throw new ProviderFailure("perhaps there is a conversation that cannot be searched yet", later);
  const found = await findConversation(api, contactId, ref, handing.requestedAt, signal);
  const id = found ?? (await open());
  await nameHandover(api, id, input);
  const workspace = receipts.contact?.ids?.workspace;
  return { externalId: id, ...(workspace ? { url: screenOf(config, workspace, id) } : {}) };

  async function open(): Promise<string> {
    try {
      const made = await api.ask(z.object({ conversation_id: idShape }), {
        method: "POST",
        path: "/conversations",
        json: { from: { type: "contact", id: contactId }, body: `${lastWords(handing)}\n\n${ref}` },
        signal,
      });
      return made.conversation_id;
    } catch (error) {
      // Perhaps it was opened: searching before the index has it would open a second one.
      if (!mayHaveHappened(error)) throw error;
      throw new ProviderFailure(error.message, later);
    }
  }
};

/** The conversation that was opened, although its answer was lost. */
export async function find(input: FindInput<Config>): Promise<Receipt | null> {
  const { config, account, handing, receipts, idempotencyKey, unsureSince, signal } = input;
  if (!receipts.contact) return null;
  const ref = `ref ${refOf(idempotencyKey)}`;
  const api = apiOf(config, account);
  const found = await findConversation(api, contactIn(input).contact, ref, handing.requestedAt, signal);
  if (found) return { externalId: found };
  const afterMs = unsureSince.getTime() + config.searchDelaySeconds * 1000 - Date.now();
  if (afterMs <= 0) return null;
  throw new ProviderFailure("perhaps there is a conversation that cannot be searched yet", { retry: true, afterMs });
}

/** Dates are compared by whole days of the workspace's own time zone, so two days are added. */
async function findConversation(
  api: DeskHttp,
  contactId: string,
  ref: string,
  requestedAt: string,
  signal: AbortSignal,
): Promise<string | null> {
  const since = Math.floor(Date.parse(requestedAt) / 1000) - 2 * daySeconds;
  const { conversations } = await api.ask(foundShape, {
    method: "POST",
    path: "/conversations/search",
    json: {
      query: {
        operator: "AND",
        value: [
          { field: "contact_ids", operator: "=", value: contactId },
          { field: "created_at", operator: ">", value: since },
        ],
      },
      pagination: { per_page: 150 },
    },
    signal,
  });
  return conversations.find(({ source }) => source?.body?.includes(ref))?.id ?? null;
}

/** For the workspace's own reports: an attribute that is gone keeps nobody from a person. */
async function nameHandover(api: DeskHttp, id: string, { config, handing, signal }: StepInput<Config>): Promise<void> {
  const { handoverAttribute: name } = config;
  if (!name) return;
  const path = `/conversations/${encodeURIComponent(id)}`;
  const json = { custom_attributes: { [name]: handing.handoverId } };
  await api.request({ method: "PUT", path, json, allow: refused, signal });
}

/** What was said, as notes that only teammates see. */
const transcript: Step<Config> = (input) => {
  const parts = partsOf(transcriptEntries(input.handing.transcript), noteLimit);
  return addNotes(
    input,
    parts.map((text, index) => ({
      name: `transcript${index + 1}`,
      text: `Conversation with the assistant${parts.length > 1 ? ` (${index + 1} of ${parts.length})` : ""}\n${text}`,
    })),
  );
};

const summary: Step<Config> = (input) =>
  addNotes(input, [{ name: "summary", text: `Summary\n${input.handing.summary?.text ?? ""}` }]);

/** A tag is made if it is not there yet; a conversation that has it keeps it. Refused, topics become a note. */
const tags: Step<Config> = async (input) => {
  const { config, account, handing, receipts, signal } = input;
  const api = apiOf(config, account);
  const { admin } = contactIn(input);
  const id = conversationIdOf(receipts);
  const topics = handing.tags.map((tag) => shortened(tag, 200));
  for (const name of new Set([...topics, ...legacyTagsOf(handing.reason, config, handing.transcript)])) {
    const made = await api.request({ method: "POST", path: "/tags", json: { name }, allow: refused, signal });
    const tag = made.status < 300 ? shaped(namedShape, made.body) : null;
    const path = `/conversations/${id}/tags`;
    const json = { id: tag?.id, admin_id: admin };
    const put = tag && (await api.request({ method: "POST", path, json, allow: refused, signal }));
    if (!put || put.status >= 300)
      return topics.length > 0 ? addNotes(input, [{ name: "tags", text: `Topics\n${topics.join(", ")}` }]) : {};
  }
  return {};
};

/** Last: teammates are told of the conversation when everything is in it. */
const assign: Step<Config> = async (input) => {
  const { config, account, receipts, signal } = input;
  const { admin } = contactIn(input);
  const to = [
    ["team", config.teamId],
    ["admin", config.agentId],
  ] as const;
  for (const [type, assignee] of to) {
    if (assignee === undefined) continue;
    await apiOf(config, account).request({
      method: "POST",
      path: `/conversations/${conversationIdOf(receipts)}/parts`,
      json: { message_type: "assignment", type, admin_id: admin, assignee_id: assignee },
      signal,
    });
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

/** As the contact's own reply; it opens a conversation that was closed or snoozed. */
export async function forwardMessage(input: ForwardInput<Config>): Promise<void> {
  const { config, account, receipts, message, idempotencyKey, signal } = input;
  const api = apiOf(config, account);
  const id = conversationIdOf(receipts);
  const ref = `ref ${refOf(idempotencyKey)}`;
  if (partsIn(await conversationOf(api, id, signal)).some(({ body }) => body?.includes(ref))) return;
  await api.request({
    method: "POST",
    path: `/conversations/${id}/reply`,
    json: {
      message_type: "comment",
      type: "user",
      intercom_user_id: contactIn(input).contact,
      body: `${message.text}\n\n${ref}`,
    },
    signal,
  });
}

/** Closes the conversation, unless it is closed already. */
export async function close(input: CloseInput<Config>): Promise<void> {
  const { config, account, receipts, signal } = input;
  if (!receipts.conversation?.externalId) return;
  const api = apiOf(config, account);
  const id = conversationIdOf(receipts);
  const { state } = await conversationOf(api, id, signal);
  if (state === "closed") return;
  await api.request({
    method: "POST",
    path: `/conversations/${id}/parts`,
    json: { message_type: "close", type: "admin", admin_id: contactIn(input).admin },
    signal,
  });
}

/** Writes notes that are not there yet. */
async function addNotes(input: StepInput<Config>, notes: { name: string; text: string }[]): Promise<Receipt> {
  const { config, account, handing, receipts, signal } = input;
  const api = apiOf(config, account);
  const { admin } = contactIn(input);
  const id = conversationIdOf(receipts);
  const there = partsIn(await conversationOf(api, id, signal));
  for (const { name, text } of notes) {
    const ref = `ref ${refOf(`${handing.handoverId}/${name}`)}`;
    if (there.some(({ body }) => body?.includes(ref))) continue;
    await api.request({
      method: "POST",
      path: `/conversations/${id}/reply`,
      json: { message_type: "note", type: "admin", admin_id: admin, body: `<p>${asHtml(text)}</p><p>${ref}</p>` },
      signal,
    });
  }
  return {};
}

function conversationIdOf(receipts: Receipts): string {
  const id = receipts.conversation?.externalId;
  if (id && /^\d+$/.test(id)) return id;
  throw new ProviderFailure("there is no conversation yet", { retry: false });
}
