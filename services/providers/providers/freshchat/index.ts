import { defineProvider, ProviderFailure } from "../../provider";
import { agentsOf, apiOf, channelsOf, groupsOf } from "./api";
import { addressOf, type Config, config } from "./config";
import { close, find, forwardMessage, steps } from "./steps";
import { webhook } from "./webhook";

/** Freshchat: a handover is a conversation of the customer's in one of the channels. */
export const freshchat = defineProvider<Config>({
  name: "FRESHCHAT",
  title: "Freshchat",
  mode: "DESK",
  capabilities: { handover: true, email: false, summary: "AUTOMATED", tags: true, handBack: true },
  config,
  steps,
  forwardMessage,
  close,
  find,
  webhook,

  async testConnection(settings, signal, account) {
    const { channelId, agentId, assigneeId, groupId, tagsProperty, statusProperty } = settings;
    const api = apiOf(settings, account);
    const no = (message: string) => ({ ok: false, message });
    const { status } = await api
      .request({ method: "GET", path: "/accounts/configuration", allow: [301, 302, 401, 403, 404], signal })
      .catch((error: unknown) => {
        if (error instanceof ProviderFailure && error.message.includes("ENOTFOUND")) return { status: 404 };
        throw error;
      });
    if (status === 401) return no("Freshchat does not know this API token, or its time is over.");
    if (status === 403) return no("This API token may not read the account: it must be an administrator's.");
    if (status >= 300) return no(`There is no Freshchat account at ${addressOf(settings)}.`);
    const wanted = [
      { what: "channel", id: channelId, list: channelsOf },
      { what: "agent", id: agentId, list: agentsOf },
      { what: "agent", id: assigneeId, list: agentsOf },
      { what: "group", id: groupId, list: groupsOf },
    ];
    for (const { what, id, list } of wanted) {
      if (id === undefined) continue;
      const { items, all } = await list(api, signal);
      if (!all || items.some((item) => item.id === id)) continue;
      const there = items
        .slice(0, 10)
        .map((item) => ("name" in item && item.name ? `${item.id} (${item.name})` : item.id));
      return no(`Freshchat has no ${what} ${id}; it has ${there.join(", ") || "none"}.`);
    }
    const properties = [tagsProperty, statusProperty].filter(Boolean).join(" and ");
    const unseen = properties ? ` Whether it has ${properties} cannot be looked up.` : "";
    return {
      ok: true,
      message: `Freshchat answers, and handovers go to ${groupId ? `group ${groupId}` : "your rules"}.${unseen}`,
    };
  },
});
