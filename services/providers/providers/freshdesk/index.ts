import { defineProvider, ProviderFailure } from "../../provider";
import { apiOf, groupsShape } from "./api";
import { type Config, config } from "./config";
import { close, find, forwardMessage, steps } from "./steps";
import { webhook } from "./webhook";

/** Freshdesk: a handover is a ticket, agents answer it as any other. */
export const freshdesk = defineProvider<Config>({
  name: "FRESHDESK",
  title: "Freshdesk",
  mode: "DESK",
  capabilities: { handover: true, email: true, summary: "AUTOMATED", tags: true, handBack: true },
  config,
  steps,
  forwardMessage,
  close,
  find,
  webhook,

  async testConnection(settings, signal, account) {
    const api = apiOf(settings, account);
    const { status, body } = await api
      .request({ method: "GET", path: "/groups", allow: [401, 403, 404], signal })
      .catch((error: unknown) => {
        if (error instanceof ProviderFailure && error.message.includes("ENOTFOUND")) return { status: 404, body: null };
        throw error;
      });
    if (status === 404) return { ok: false, message: `There is no Freshdesk account named ${settings.domain}.` };
    if (status === 401) return { ok: false, message: "Freshdesk does not know this API key." };
    if (status === 403)
      return { ok: false, message: "The agent of this API key may not see groups: give it a wider role." };
    const groups = groupsShape.safeParse(body).data ?? [];
    const { groupId } = settings;
    if (groupId !== undefined && !groups.some(({ id }) => id === groupId))
      return {
        ok: false,
        message: `Freshdesk has no group ${groupId}; it has ${groups.map(({ id }) => id).join(", ")}.`,
      };
    return {
      ok: true,
      message: `Freshdesk answers, and handovers go to ${groupId ? `group ${groupId}` : "your rules"}.`,
    };
  },
});
