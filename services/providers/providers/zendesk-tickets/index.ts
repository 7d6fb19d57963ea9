import { z } from "zod";
import { defineProvider, ProviderFailure } from "../../provider";
import type { DeskHttp } from "../../provider.http";
import { apiOf, userAnswer } from "./api";
import { apiTokenNotice, type Config, config } from "./config";
import { close, find, forwardMessage, steps } from "./steps";
import { webhook } from "./webhook";

const groupsAnswer = z.object({ groups: z.array(z.object({ id: z.int(), name: z.string().nullish() })) });
const tagsAnswer = z.object({ tags: z.array(z.object({ name: z.string() })), next_page: z.string().nullish() });

/** Zendesk's tickets: a handover is a ticket, agents answer it as any other. */
export const zendeskTickets = defineProvider<Config>({
  name: "ZENDESK_TICKETS",
  title: "Zendesk (Tickets)",
  mode: "DESK",
  capabilities: { handover: true, email: true, summary: "AUTOMATED", tags: true, handBack: true },
  config,
  steps,
  forwardMessage,
  close,
  find,
  webhook,

  async listTags({ config: settings, account, signal }) {
    const api = apiOf(settings, account);
    const names: string[] = [];
    // 1,000 of the most used; Zendesk lists them in that order.
    for (let page = 1; page <= 10; page += 1) {
      const query = page > 1 ? { page } : {};
      const { tags, next_page } = await api.ask(tagsAnswer, { method: "GET", path: "/api/v2/tags", query, signal });
      names.push(...tags.map(({ name }) => name));
      if (!next_page) break;
    }
    return [...new Set(names)];
  },

  async testConnection(settings, signal, account) {
    const wrong = (message: string) => ({ ok: false, message });
    const { subdomain, groupId, assigneeId, apiToken } = settings;
    const notice = apiToken ? apiTokenNotice(new Date()) : null;
    if (notice && !notice.works) return wrong(notice.words);
    const api = apiOf(settings, account);
    try {
      const me = await api.request({ method: "GET", path: "/api/v2/users/me", allow: notThere, signal });
      if (me.status === 401)
        return wrong(`Zendesk does not know ${apiToken ? "this API token" : "this access token"}.`);
      if (me.status === 403)
        return wrong("Zendesk does not let these credentials see users: give them the scope read.");
      if (me.status >= 300) return wrong(`There is no Zendesk account named ${subdomain}.`);
      const role = userAnswer.safeParse(me.body).data?.user.role;
      if (role !== "agent" && role !== "admin")
        return wrong("These credentials are not an agent's: Baton works in the name of an agent or administrator.");
      const problem = (await groupProblem(api, groupId, signal)) ?? (await assigneeProblem(api, assigneeId, signal));
      if (problem) return wrong(problem);
    } catch (error) {
      if (!(error instanceof ProviderFailure)) throw error;
      if (error.message.includes("ENOTFOUND")) return wrong(`There is no Zendesk account named ${subdomain}.`);
      if (error.retry) throw error;
      return wrong(`${error.message[0]?.toUpperCase()}${error.message.slice(1)}.`);
    }
    const to = groupId ? `group ${groupId}` : assigneeId ? `agent ${assigneeId}` : "your triggers";
    return { ok: true, message: `Zendesk answers, and handovers go to ${to}.${notice ? ` ${notice.words}` : ""}` };
  },
});

/** An unknown account answers 404, or leads elsewhere. */
const notThere = [301, 302, 307, 308, 401, 403, 404];

async function groupProblem(api: DeskHttp, groupId: number | undefined, signal: AbortSignal): Promise<string | null> {
  if (groupId === undefined) return null;
  const path = `/api/v2/groups/${groupId}`;
  const { status } = await api.request({ method: "GET", path, allow: [403, 404], signal });
  if (status === 403) return "These credentials may not see groups: give them the scope read.";
  if (status !== 404) return null;
  const { groups } = await api.ask(groupsAnswer, { method: "GET", path: "/api/v2/groups", signal });
  const there = groups.map(({ id, name }) => (name ? `${id} (${name})` : String(id)));
  return `Zendesk has no group ${groupId}; it has ${there.join(", ") || "none"}.`;
}

async function assigneeProblem(
  api: DeskHttp,
  agentId: number | undefined,
  signal: AbortSignal,
): Promise<string | null> {
  if (agentId === undefined) return null;
  const path = `/api/v2/users/${agentId}`;
  const { status, body } = await api.request({ method: "GET", path, allow: [403, 404], signal });
  if (status === 404) return `Zendesk has no user ${agentId}.`;
  const role = userAnswer.safeParse(body).data?.user.role;
  return role === "end-user" ? `User ${agentId} is no agent, so no ticket can be assigned there.` : null;
}
