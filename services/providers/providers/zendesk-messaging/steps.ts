import {
  type CloseInput,
  type ForwardInput,
  ProviderFailure,
  type Receipt,
  type Receipts,
  type Step,
  type StepInput,
  type StepName,
} from "../../provider";
import { lastWords, markOf, partsOf, refOf, shortened, transcriptEntries } from "../../provider.text";
import {
  type Author,
  apiOf,
  conversationAnswer,
  conversationPath,
  findConversation,
  isMeant,
  messageLimit,
  messagesOfOurs,
  postMessage,
  userAnswer,
} from "./api";
import type { Config } from "./config";
import { passMetadata } from "./pass-metadata";

/** The customer as a user of the app, known by our own id; the e-mail address is brought up to date. */
const contact: Step<Config> = async ({ config, account, handing, signal }) => {
  const api = apiOf(config, account);
  const { customer, language } = handing;
  const externalId = markOf(customer.id);
  const name: Record<string, string> = customer.name ? { givenName: shortened(customer.name, 128) } : {};
  const write = async (profile: Record<string, string>) => {
    const made = await api.request({
      method: "POST",
      path: "/users",
      json: { externalId, profile },
      allow: [400, 409],
      signal,
    });
    if (made.status !== 409) return made;
    const path = `/users/${encodeURIComponent(externalId)}`;
    return api.request({ method: "PATCH", path, json: { profile }, allow: [400], signal });
  };
  let answer = await write({ ...name, ...(customer.email ? { email: customer.email } : {}), locale: language });
  // What Zendesk does not take of it must not keep the customer from a person; the summary names the address.
  if (answer.status === 400) answer = await write(name);
  const made = userAnswer.safeParse(answer.body).data;
  if (!made) throw new ProviderFailure(`POST /users answered ${answer.status} without a user`, { retry: false });
  return { ids: { user: made.user.id } };
};

/**
 * A conversation of its own, found by its mark or made. Baton's integration holds it until everything is in it: agents
 * would get a ticket with the first message otherwise.
 */
const conversation: Step<Config> = async ({ config, account, receipts, idempotencyKey, signal }) => {
  const api = apiOf(config, account);
  const mark = markOf(idempotencyKey);
  const userId = userIdOf(receipts);
  const found = (await findConversation(api, userId, mark, signal)) ?? (await make());
  const active = found.activeSwitchboardIntegration;
  if (!isMeant(active, config.agentIntegration) && !isMeant(active, config.integrationName))
    await api.request({
      method: "POST",
      path: `${conversationPath(found.id)}/passControl`,
      json: { switchboardIntegration: config.integrationName, metadata: { baton: mark } },
      signal,
    });
  // The ticket is made by the pass and nobody tells its number; agents find it by its tag.
  const query = new URLSearchParams({ type: "ticket", q: `tags:${mark}` });
  return { externalId: found.id, url: `https://${config.subdomain}.zendesk.com/agent/search/1?${query}` };

  async function make() {
    const made = await api.ask(conversationAnswer, {
      method: "POST",
      path: "/conversations",
      json: { type: "personal", participants: [{ userId }], metadata: { baton: mark } },
      signal,
    });
    return made.conversation;
  }
};

/** What was said, in as few messages as it fits into, and the customer's last words as the customer's. */
const transcript: Step<Config> = (input) => {
  const title = "Conversation with the assistant";
  const parts = partsOf(transcriptEntries(input.handing.transcript), messageLimit - 60);
  return addMessages(input, [
    ...parts.map((text, index) => ({
      name: `transcript${index + 1}`,
      text: `${title}${parts.length > 1 ? ` (${index + 1} of ${parts.length})` : ""}\n${text}`,
    })),
    ...partsOf([lastWords(input.handing)], messageLimit).map((text, index) => ({
      name: `words${index + 1}`,
      text,
      userId: userIdOf(input.receipts),
    })),
  ]);
};

/** A message as well: this conversation is Baton's own, and its customer has read the summary already. */
const summary: Step<Config> = (input) =>
  addMessages(
    input,
    partsOf([input.handing.summary?.text ?? ""], messageLimit - 60).map((text, index) => ({
      name: `summary${index + 1}`,
      text: index === 0 ? `Summary\n${text}` : text,
    })),
  );

/** Last: the pass makes the ticket, with its fields and tags. */
const assign: Step<Config> = async ({ config, account, handing, receipts, idempotencyKey, signal }) => {
  const api = apiOf(config, account);
  const path = conversationPath(conversationIdOf(receipts));
  const { conversation: there } = await api.ask(conversationAnswer, { method: "GET", path, signal });
  if (isMeant(there.activeSwitchboardIntegration, config.agentIntegration)) return {};
  await api.request({
    method: "POST",
    path: `${path}/passControl`,
    json: {
      switchboardIntegration: config.agentIntegration,
      metadata: passMetadata(config, {
        handing,
        mark: markOf(idempotencyKey),
        conversationId: there.id,
        // Without it agents see the last ten messages only.
        firstMessageId: receipts.transcript?.ids?.transcript1 ?? receipts.transcript?.ids?.words1 ?? null,
      }),
    },
    signal,
  });
  return {};
};

export const steps: Partial<Record<StepName, Step<Config>>> = { contact, conversation, transcript, summary, assign };

export async function forwardMessage({
  config,
  account,
  receipts,
  message,
  idempotencyKey,
  signal,
}: ForwardInput<Config>): Promise<void> {
  const api = apiOf(config, account);
  const conversationId = conversationIdOf(receipts);
  const there = await messagesOfOurs(api, conversationId, signal, 3);
  const author: Author = { type: "user", userId: userIdOf(receipts) };
  for (const [index, text] of partsOf([message.text], messageLimit).entries()) {
    const mark = refOf(`${idempotencyKey}/${index}`);
    if (!there.has(mark)) await postMessage(api, conversationId, { author, text, mark }, signal);
  }
}

/** Takes control from the agents: back to Baton's integration, or to nobody. Their ticket stays theirs to solve. */
export async function close({
  config,
  account,
  receipts,
  ending,
  idempotencyKey,
  signal,
}: CloseInput<Config>): Promise<void> {
  if (!receipts.conversation?.externalId) return;
  const api = apiOf(config, account);
  const path = conversationPath(conversationIdOf(receipts));
  const { body } = await api.request({ method: "GET", path, allow: [404], signal });
  const there = conversationAnswer.safeParse(body).data?.conversation;
  if (!isMeant(there?.activeSwitchboardIntegration, config.agentIntegration)) return;
  const metadata = { baton: markOf(idempotencyKey) };
  const back = ending === "RETURNED";
  await api.request({
    method: "POST",
    path: `${path}/${back ? "passControl" : "releaseControl"}`,
    json: back ? { switchboardIntegration: config.integrationName, metadata } : { metadata },
    signal,
  });
}

/** Writes messages that are not there yet, in order. */
async function addMessages(
  { config, account, handing, receipts, signal }: StepInput<Config>,
  messages: { name: string; text: string; userId?: string }[],
): Promise<Receipt> {
  const api = apiOf(config, account);
  const conversationId = conversationIdOf(receipts);
  const there = await messagesOfOurs(api, conversationId, signal);
  const ids: Record<string, string> = {};
  for (const { name, text, userId } of messages) {
    const mark = refOf(`${handing.handoverId}/${name}`);
    const author: Author = userId ? { type: "user", userId } : { type: "business", displayName: "Baton" };
    ids[name] = there.get(mark) ?? (await postMessage(api, conversationId, { author, text, mark }, signal));
  }
  return { ids };
}

function conversationIdOf(receipts: Receipts): string {
  const id = receipts.conversation?.externalId;
  if (id) return id;
  throw new ProviderFailure("there is no conversation yet", { retry: false });
}

function userIdOf(receipts: Receipts): string {
  const id = receipts.contact?.ids?.user;
  if (id) return id;
  throw new ProviderFailure("there is no user yet", { retry: false });
}
