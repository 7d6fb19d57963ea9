import { createHash } from "node:crypto";
import { z } from "zod";
import type { DeskAccount, DeskEvent, Receipts, Webhook } from "../../provider";
import type { DeskHttp } from "../../provider.http";
import { givesBack, stopsAssistant } from "../../provider.legacy";
import { agentName } from "./agent-name";
import { apiOf, conversationShape, messageShape, messagesOf } from "./api";
import type { Config } from "./config";
import { textOf } from "./parts";
import { isSigned } from "./signature";

const inConversation = z.object({ conversation_id: z.string() });
/** The four calls; their fields are as in the README's sources. */
const callShape = z.object({
  action: z.string(),
  action_time: z.string().default(""),
  actor: z.object({ actor_type: z.string().nullish(), actor_id: z.string().nullish() }).default({}),
  data: z.object({
    message: messageShape
      .extend({
        conversation_id: z.string(),
        message_type: z.string().nullish(),
        actor_id: z.string().nullish(),
        botsPrivateNote: z.boolean().nullish(),
      })
      .nullish(),
    assignment: z.object({ to_agent_id: z.string().nullish(), conversation: inConversation }).nullish(),
    resolve: z.object({ conversation: inConversation }).nullish(),
    reopen: z.object({ conversation: inConversation }).nullish(),
  }),
});
type Call = z.infer<typeof callShape>;

/** Signed with the key of the webhook settings, body only: what is told again is known by its ids. */
export const webhook: Webhook<Config> = {
  proof: "BODY",
  authentic: ({ headers, body }, { publicKey }) => isSigned(body, headers["x-freshchat-signature"], publicKey),
  callId({ body }) {
    const id = read(body)?.data.message?.id;
    return id ? `message/${id}` : createHash("sha256").update(body).digest("hex");
  },

  async parse({ config, account, body, carried, signal }) {
    const call = read(body);
    const externalId = call && conversationOf(call);
    if (!call || !externalId) return [];
    const known = await carried(externalId);
    if (!known) return [];
    const api = apiOf(config, account);
    const agentWith = (id: string) => namedAgent(api, account, id, signal);
    const { handoverId, requestedAt } = known.handing;
    // Ours carry a reference, whoever they are said to be from. Who ends with that of another message quotes it.
    const isOurs = async (id: string, text: string) => {
      const [ref] = /\bref [0-9a-f]{10}$/.exec(text) ?? [];
      if (ref === undefined) return false;
      const messages = await messagesOf(api, externalId, signal);
      return !messages.some((other) => other.id !== id && textOf(other.message_parts).includes(ref));
    };
    const events = await happened(call, externalId, config, { agentWith, isOurs });
    // The conversation may have been another handover's before.
    const fresh = events.filter(
      ({ kind }) => kind !== "LEFT" || !(Date.parse(call.action_time) < Date.parse(requestedAt)),
    );
    if (fresh.some(({ kind }) => kind === "LEFT") || !isAgents(call, config)) return fresh;
    if (!(await wasGivenBack(api, config, externalId, known.receipts, signal))) return fresh;
    const left = { kind: "LEFT", left: "RETURNED", externalId, agent: null } as const;
    return [...fresh, { ...left, eventId: `returned/${externalId}/${handoverId}` }];
  },
};

async function happened(
  call: Call,
  externalId: string,
  config: Config,
  {
    agentWith,
    isOurs,
  }: {
    agentWith(id: string): Promise<DeskEvent["agent"]>;
    isOurs(id: string, text: string): Promise<boolean>;
  },
): Promise<DeskEvent[]> {
  const { action, action_time: at, actor, data } = call;
  if (action === "message_create" && data.message && isAgents(call, config)) {
    const { id, message_parts, message_type, botsPrivateNote } = data.message;
    const text = textOf(message_parts);
    if (text === "" || (await isOurs(id, text))) return [];
    const isNote = message_type === "private" || botsPrivateNote === true;
    if (message_type === "system") return [];
    const told = { externalId, agent: await agentWith(actorOf(call)), eventId: `message/${id}` };
    return [
      ...(isNote ? [] : [{ ...told, kind: "REPLIED" as const, text, messageId: id }]),
      ...(isNote && stopsAssistant(text, config) ? [{ ...told, kind: "JOINED" as const }] : []),
      ...(givesBack(text, config)
        ? [{ ...told, kind: "LEFT" as const, left: "RETURNED" as const, eventId: `message/${id}/back` }]
        : []),
    ];
  }
  if (action === "conversation_assignment") {
    const id = data.assignment?.to_agent_id;
    if (!id || id === config.agentId || id === config.assigneeId) return [];
    return [{ kind: "JOINED", externalId, agent: await agentWith(id), eventId: `assigned/${externalId}/${id}/${at}` }];
  }
  const person = isAgents(call, config) ? await agentWith(actorOf(call)) : null;
  if (action === "conversation_resolution")
    return [{ kind: "LEFT", left: "CLOSED", externalId, agent: person, eventId: `resolved/${externalId}/${at}` }];
  // Customers reopen by writing, which is no agent's doing.
  if (action === "conversation_reopen" && person && actor.actor_type === "agent")
    return [{ kind: "JOINED", externalId, agent: person, eventId: `reopened/${externalId}/${at}` }];
  return [];
}

/** Of a person at the desk: not the customer, a bot, the system, or ourselves. */
function isAgents(call: Call, { agentId }: Config): boolean {
  const type = call.data.message?.actor_type ?? call.actor.actor_type;
  return type === "agent" && actorOf(call) !== agentId;
}

const actorOf = ({ actor, data }: Call): string => data.message?.actor_id ?? actor.actor_id ?? "";

function conversationOf({ data: { message, assignment, resolve, reopen } }: Call): string | null {
  return message?.conversation_id ?? (assignment ?? resolve ?? reopen)?.conversation.conversation_id ?? null;
}

/** No call tells that a property was changed: it is looked at whenever an agent did something. */
async function wasGivenBack(
  api: DeskHttp,
  { statusProperty, statusForAssistant }: Config,
  externalId: string,
  { tags }: Receipts,
  signal: AbortSignal,
): Promise<boolean> {
  // Before that step it still says what it said at the end of the handover before.
  if (!statusProperty || !tags) return false;
  const path = `/conversations/${encodeURIComponent(externalId)}`;
  const { properties } = await api.ask(conversationShape, { method: "GET", path, signal });
  return properties?.[statusProperty] === statusForAssistant;
}

async function namedAgent(api: DeskHttp, account: DeskAccount, id: string, signal: AbortSignal) {
  return id ? { id, name: await agentName(api, account.connectionId, id, signal) } : null;
}

function read(body: Buffer): Call | null {
  try {
    return callShape.safeParse(JSON.parse(body.toString("utf8"))).data ?? null;
  } catch {
    return null;
  }
}
