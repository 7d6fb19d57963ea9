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
import {
  asHtml,
  lastWords,
  markOf,
  partsOf,
  refOf,
  shortened,
  subjectOf,
  transcriptEntries,
} from "../../provider.text";
import { apiOf, noteShape, notesOf, searchShape, ticketShape } from "./api";
import { addressOf, type Config } from "./config";

/** Of one note; longer transcripts become several. The vendor names no limit. */
const noteLimit = 30_000;

/** The ticket, found by its mark or made: with the customer's last words, so that nobody opens an empty one. */
const conversation: Step<Config> = async ({ config, account, handing, idempotencyKey, cutOff, signal }) => {
  const api = apiOf(config, account);
  const mark = markOf(idempotencyKey);
  const later = { retry: true, afterMs: config.searchDelaySeconds * 1000 };
  if (cutOff) throw new ProviderFailure("perhaps there is a ticket that cannot be searched yet", later);
  const found = await findTicket(api, mark, signal);
  if (found) return ticketReceipt(config, found);
  const { customer, reason } = handing;
  try {
    const made = await api.ask(ticketShape, {
      method: "POST",
      path: "/tickets",
      json: {
        subject: subjectOf(handing, 200),
        description: asHtml(lastWords(handing)),
        ...(customer.email ? { email: customer.email } : { unique_external_id: customer.externalId ?? customer.id }),
        name: customer.name ?? "Customer",
        status: 2,
        priority: config.priority,
        source: config.source,
        ...(config.ticketType ? { type: config.ticketType } : {}),
        tags: [mark, ...legacyTagsOf(reason, config, handing.transcript)],
      },
      signal,
    });
    return ticketReceipt(config, made);
  } catch (error) {
    // Perhaps it was made: searching before the index has it would make a second one.
    if (!mayHaveHappened(error)) throw error;
    throw new ProviderFailure(error.message, later);
  }
};

async function findTicket(api: DeskHttp, mark: string, signal: AbortSignal) {
  const { results } = await api.ask(searchShape, {
    method: "GET",
    path: "/search/tickets",
    query: { query: `"tag:'${mark}'"` },
    signal,
  });
  return results[0];
}

/** The ticket that was made, although its answer was lost. */
export async function find(input: FindInput<Config>): Promise<Receipt | null> {
  const { config, account, idempotencyKey, unsureSince, signal } = input;
  const found = await findTicket(apiOf(config, account), markOf(idempotencyKey), signal);
  if (found) return ticketReceipt(config, found);
  const afterMs = unsureSince.getTime() + config.searchDelaySeconds * 1000 - Date.now();
  if (afterMs <= 0) return null;
  throw new ProviderFailure("perhaps there is a ticket that cannot be searched yet", { retry: true, afterMs });
}

/** What was said, as private notes. */
const transcript: Step<Config> = async (input) => {
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

/** Updating replaces the whole list, so what is there goes along. */
const tags: Step<Config> = async ({ config, account, handing, receipts, signal }) => {
  if (handing.tags.length === 0) return {};
  const api = apiOf(config, account);
  const path = ticketPath(receipts);
  const { tags: there } = await api.ask(ticketShape, { method: "GET", path, signal });
  const wanted = [...new Set([...there, ...handing.tags.map((tag) => shortened(tag, 32))])];
  if (wanted.length > there.length) await api.request({ method: "PUT", path, json: { tags: wanted }, signal });
  return {};
};

/** Last: agents are told of the ticket when everything is in it. */
const assign: Step<Config> = async ({ config, account, receipts, signal }) => {
  const { groupId, agentId } = config;
  if (groupId === undefined && agentId === undefined) return {};
  await apiOf(config, account).request({
    method: "PUT",
    path: ticketPath(receipts),
    json: {
      ...(groupId === undefined ? {} : { group_id: groupId }),
      ...(agentId === undefined ? {} : { responder_id: agentId }),
    },
    signal,
  });
  return {};
};

export const steps: Partial<Record<StepName, Step<Config>>> = { conversation, transcript, summary, tags, assign };

/** As a public note from the customer: `/reply` would send it by e-mail in an agent's name. */
export async function forwardMessage({
  config,
  account,
  receipts,
  message,
  idempotencyKey,
  signal,
}: ForwardInput<Config>): Promise<void> {
  const api = apiOf(config, account);
  const ticketId = ticketIdOf(receipts);
  const ref = `ref ${refOf(idempotencyKey)}`;
  const there = await notesOf(api, ticketId, signal);
  if (there.some(({ body_text }) => body_text?.includes(ref))) return;
  const requester = receipts.conversation?.ids?.requester;
  await api.request({
    method: "POST",
    path: `/tickets/${ticketId}/notes`,
    json: {
      body: `<div>${asHtml(message.text)}</div><div>${ref}</div>`,
      private: false,
      incoming: true,
      ...(requester ? { user_id: Number(requester) } : {}),
    },
    signal,
  });
}

/** Resolves the ticket, unless it is over already. */
export async function close({ config, account, receipts, signal }: CloseInput<Config>): Promise<void> {
  if (!receipts.conversation?.externalId) return;
  const api = apiOf(config, account);
  const path = ticketPath(receipts);
  const { status } = await api.ask(ticketShape, { method: "GET", path, signal });
  if (config.closedStatuses.includes(status)) return;
  await api.request({ method: "PUT", path, json: { status: config.closedStatuses[0] }, signal });
}

/** Writes private notes that are not there yet; their ids tell later that they are ours. */
async function addNotes(
  { config, account, handing, receipts, signal }: StepInput<Config>,
  notes: { name: string; text: string }[],
): Promise<Receipt> {
  const api = apiOf(config, account);
  const ticketId = ticketIdOf(receipts);
  const there = await notesOf(api, ticketId, signal);
  const ids: Record<string, string> = {};
  for (const { name, text } of notes) {
    const ref = `ref ${refOf(`${handing.handoverId}/${name}`)}`;
    const found = there.find(({ body_text }) => body_text?.includes(ref));
    ids[name] = String(found?.id ?? (await addNote(api, ticketId, `${asHtml(text)}<br>${ref}`, signal)));
  }
  return { ids };
}

async function addNote(api: DeskHttp, ticketId: string, body: string, signal: AbortSignal): Promise<number> {
  const path = `/tickets/${ticketId}/notes`;
  return (await api.ask(noteShape, { method: "POST", path, json: { body, private: true }, signal })).id;
}

function ticketReceipt(
  config: Config,
  { id, requester_id }: { id: number; requester_id?: number | undefined },
): Receipt {
  return {
    externalId: String(id),
    url: `${addressOf(config)}/a/tickets/${id}`,
    ...(requester_id === undefined ? {} : { ids: { requester: String(requester_id) } }),
  };
}

function ticketIdOf(receipts: Receipts): string {
  const id = receipts.conversation?.externalId;
  if (id && /^\d+$/.test(id)) return id;
  throw new ProviderFailure("there is no ticket yet", { retry: false });
}

const ticketPath = (receipts: Receipts) => `/tickets/${ticketIdOf(receipts)}`;
