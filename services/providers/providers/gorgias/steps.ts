import {
  type CloseInput,
  type FindInput,
  type ForwardInput,
  type Handing,
  ProviderFailure,
  type Receipt,
  type Receipts,
  type Step,
  type StepName,
  type TranscriptLine,
} from "../../provider";
import type { DeskHttp } from "../../provider.http";
import { legacyTagsOf } from "../../provider.legacy";
import {
  asHtml,
  lastWords,
  markOf,
  partsOf,
  shortened,
  speakerOf,
  subjectOf,
  transcriptEntries,
} from "../../provider.text";
import { apiOf, customerShape, listOf, messageShape, ticketShape } from "./api";
import { addressOf, type Config } from "./config";

/** A ticket is made with 500 messages at most; what was said before the last ones becomes internal notes. */
const mostLines = 400;
const noteLimit = 30_000;

/** The customer, found by e-mail address or by our id, or made. */
const contact: Step<Config> = async ({ config, account, handing: { customer }, signal }) => {
  const api = apiOf(config, account);
  const { email, name } = customer;
  const own = customer.externalId ?? customer.id;
  const find = async (trusting: boolean) => {
    const { data } = await api.ask(listOf(customerShape), {
      method: "GET",
      path: "/customers",
      query: email ? { email } : { external_id: own },
      signal,
    });
    // A filter that the desk does not know would give other people.
    const fits = (one: (typeof data)[number]) =>
      email
        ? [one.email, ...(one.channels ?? []).map(({ address }) => address)].some((address) => same(address, email))
        : one.external_id === own;
    return data.find(fits) ?? (trusting && data.length === 1 ? data[0] : undefined);
  };
  const found = await find(false);
  if (found) return { ids: { customer: String(found.id) } };
  const { status, body } = await api.request({
    method: "POST",
    path: "/customers",
    json: {
      channels: [
        email
          ? { type: "email", address: email, preferred: true }
          : { type: config.customerChannel, address: own, preferred: true },
      ],
      name: name ?? "Customer",
      ...(email ? { email } : { external_id: own }),
    },
    allow: [409],
    signal,
  });
  const made = status === 409 ? await find(true) : customerShape.safeParse(body).data;
  // Somebody else made it in this moment, or its address is kept in a way that only Gorgias understands.
  if (!made) throw new ProviderFailure("the customer is there already and cannot be found", { retry: true });
  return { ids: { customer: String(made.id) } };
};

async function findTicket(api: DeskHttp, mark: string, signal: AbortSignal) {
  const { data } = await api.ask(listOf(ticketShape), {
    method: "GET",
    path: "/tickets",
    query: { external_id: mark, order_by: "created_datetime:desc", limit: 30 },
    signal,
  });
  return data.find(({ external_id, trashed_datetime }) => external_id === mark && !trashed_datetime);
}

/** The ticket that was made, although its answer was lost. */
export async function find({ config, account, idempotencyKey, signal }: FindInput<Config>): Promise<Receipt | null> {
  const found = await findTicket(apiOf(config, account), markOf(idempotencyKey), signal);
  return found ? ticketReceipt(config, found.id) : null;
}

/** The ticket with all that was said, found by its mark or made: in one call, so that nobody opens half of it. */
const conversation: Step<Config> = async ({ config, account, handing, receipts, idempotencyKey, signal }) => {
  const api = apiOf(config, account);
  const mark = markOf(idempotencyKey);
  const found = await findTicket(api, mark, signal);
  if (found) return ticketReceipt(config, found.id);
  const customer = customerIdOf(receipts);
  const make = (assistantAs: Config["assistantAs"], allow: number[]) => {
    const messages = openingMessages({ ...config, assistantAs }, handing, customer);
    return api.request({
      method: "POST",
      path: "/tickets",
      json: {
        channel: config.channel,
        via: "api",
        from_agent: messages[0]?.from_agent ?? false,
        status: "open",
        subject: subjectOf(handing, 200),
        customer: { id: customer },
        external_id: mark,
        messages,
      },
      allow,
      signal,
    });
  };
  // What goes out is held to more rules, which differ by channel: as notes it is taken everywhere.
  const first = await make(config.assistantAs, config.assistantAs === "MESSAGES" ? [400] : []);
  const { body } = first.status === 400 ? await make("NOTES", []) : first;
  const made = ticketShape.safeParse(body).data;
  if (made) return ticketReceipt(config, made.id);
  throw new ProviderFailure("POST /tickets answered in a shape that is not known", { retry: true });
};

const summary: Step<Config> = async ({ config, account, handing, receipts, signal }) => {
  const api = apiOf(config, account);
  const text = `Summary\n${handing.summary?.text ?? ""}`;
  const id = await addOnce(api, ticketPath(receipts), note(config, text, `${handing.handoverId}/summary`), signal);
  return { ids: { summary: String(id) } };
};

/** Adding leaves alone what is there, so it may run twice. */
const tags: Step<Config> = async ({ config, account, handing, receipts, signal }) => {
  const { reason, transcript } = handing;
  const names = [...handing.tags.map((tag) => shortened(tag, 256)), ...legacyTagsOf(reason, config, transcript)];
  if (names.length === 0) return {};
  await apiOf(config, account).request({
    method: "POST",
    path: `${ticketPath(receipts)}/tags`,
    json: { names: [...new Set(names)] },
    signal,
  });
  return {};
};

/** Last: agents are told of the ticket when everything is in it. */
const assign: Step<Config> = async ({ config, account, receipts, signal }) => {
  const { teamId, userId } = config;
  if (teamId === undefined && userId === undefined) return {};
  await apiOf(config, account).request({
    method: "PUT",
    path: ticketPath(receipts),
    json: {
      ...(teamId === undefined ? {} : { assignee_team: { id: teamId } }),
      ...(userId === undefined ? {} : { assignee_user: { id: userId } }),
    },
    signal,
  });
  return {};
};

export const steps: Partial<Record<StepName, Step<Config>>> = { contact, conversation, summary, tags, assign };

/** As an incoming message of the customer's. */
export async function forwardMessage({
  config,
  account,
  receipts,
  message,
  idempotencyKey,
  signal,
}: ForwardInput<Config>): Promise<void> {
  const said = fromCustomer(config, message.text, customerIdOf(receipts), markOf(idempotencyKey));
  await addOnce(apiOf(config, account), ticketPath(receipts), said, signal);
}

/** Closes the ticket, unless it is closed already. */
export async function close({ config, account, receipts, signal }: CloseInput<Config>): Promise<void> {
  if (!receipts.conversation?.externalId) return;
  const api = apiOf(config, account);
  const path = ticketPath(receipts);
  const { status } = await api.ask(ticketShape, { method: "GET", path, signal });
  if (status === "closed") return;
  await api.request({ method: "PUT", path, json: { status: "closed" }, signal });
}

interface NewMessage {
  channel: string;
  via: "api";
  from_agent: boolean;
  external_id: string;
  body_text: string;
  [field: string]: unknown;
}

/** What was said, in order: first what is too long ago as notes, then message by message. */
function openingMessages(config: Config, handing: Handing, customer: number): NewMessage[] {
  const said = handing.transcript.filter(({ text }) => text.trim() !== "");
  const early = partsOf(transcriptEntries(said.slice(0, -mostLines)), noteLimit);
  const messages = [
    ...early.map((text, index) =>
      note(config, `Earlier in this conversation\n${text}`, `${handing.handoverId}/early${index + 1}`),
    ),
    ...said.slice(-mostLines).map((line) => messageOf(config, line, customer)),
  ];
  if (messages.length > 0) return messages;
  return [fromCustomer(config, lastWords(handing), customer, markOf(`${handing.handoverId}/opening`))];
}

function messageOf(config: Config, line: TranscriptLine, customer: number): NewMessage {
  const { author, postedAt } = line;
  if (author === "CUSTOMER")
    return { ...fromCustomer(config, line.text, customer, markOf(line.id)), created_datetime: postedAt };
  const text = `${speakerOf(line)}: ${line.text}`;
  if (author === "SYSTEM" || config.assistantAs === "NOTES")
    return { ...note(config, text, line.id), created_datetime: postedAt };
  return {
    channel: config.channel,
    via: "api",
    from_agent: true,
    sender: { email: config.email },
    receiver: { id: customer },
    body_text: text,
    body_html: asHtml(text),
    external_id: markOf(line.id),
    created_datetime: postedAt,
    // It was sent when it was said: without this, Gorgias would send it now.
    sent_datetime: postedAt,
  };
}

function fromCustomer(config: Config, text: string, customer: number, mark: string): NewMessage {
  return {
    channel: config.channel,
    via: "api",
    from_agent: false,
    sender: { id: customer },
    body_text: text,
    body_html: asHtml(text),
    external_id: mark,
  };
}

/** Nobody but agents sees it. */
function note(config: Config, text: string, name: string): NewMessage {
  return {
    channel: "internal-note",
    via: "api",
    from_agent: true,
    sender: { email: config.email },
    body_text: text,
    body_html: asHtml(text),
    external_id: markOf(name),
  };
}

/** Adds a message unless one with its mark is there; its id either way. */
async function addOnce(api: DeskHttp, path: string, message: NewMessage, signal: AbortSignal): Promise<number> {
  const { messages } = await api.ask(ticketShape, { method: "GET", path, signal });
  const there = messages?.find(({ external_id }) => external_id === message.external_id);
  if (there) return there.id;
  return (await api.ask(messageShape, { method: "POST", path: `${path}/messages`, json: message, signal })).id;
}

function ticketReceipt(config: Config, id: number): Receipt {
  return { externalId: String(id), url: `${addressOf(config)}/app/ticket/${id}` };
}

function customerIdOf(receipts: Receipts): number {
  const id = Number(receipts.contact?.ids?.customer);
  if (Number.isSafeInteger(id)) return id;
  throw new ProviderFailure("there is no customer yet", { retry: false });
}

function ticketPath(receipts: Receipts): string {
  const id = receipts.conversation?.externalId;
  if (id && /^\d+$/.test(id)) return `/tickets/${id}`;
  throw new ProviderFailure("there is no ticket yet", { retry: false });
}

const same = (one: string | null | undefined, other: string) => one?.toLowerCase() === other.toLowerCase();
