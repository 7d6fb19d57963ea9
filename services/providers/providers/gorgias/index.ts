import { z } from "zod";
import { defineProvider, ProviderFailure } from "../../provider";
import type { DeskHttp } from "../../provider.http";
import { apiOf, listOf } from "./api";
import { type Config, config } from "./config";
import { close, find, forwardMessage, steps } from "./steps";
import { webhook } from "./webhook";

const teamsShape = listOf(z.object({ id: z.int(), name: z.string().nullish() }));

/** Gorgias: a handover is a ticket with the conversation in it, agents answer it as any other. */
export const gorgias = defineProvider<Config>({
  name: "GORGIAS",
  title: "Gorgias",
  mode: "DESK",
  capabilities: { handover: true, email: true, summary: "AUTOMATED", tags: true, handBack: true },
  config,
  steps,
  forwardMessage,
  close,
  find,
  webhook,

  async testConnection(settings, signal, account) {
    const { domain, email, teamId } = settings;
    const api = apiOf(settings, account);
    const { status } = await api
      .request({ method: "GET", path: "/tickets", query: { limit: 1 }, allow: [301, 302, 401, 403, 404], signal })
      .catch((error: unknown) => {
        if (error instanceof ProviderFailure && error.message.includes("ENOTFOUND")) return { status: 404 };
        throw error;
      });
    const no = (message: string) => ({ ok: false, message });
    if (status === 401) return no(`Gorgias does not know this API key of ${email}: is it another user's?`);
    if (status === 403) return no(`The user ${email} may not read tickets: give it a wider role.`);
    if (status >= 300) return no(`There is no Gorgias account named ${domain}.`);
    if (teamId === undefined) return { ok: true, message: "Gorgias answers, and handovers go to your rules." };
    const teams = await teamsOf(api, signal);
    if (!teams) return { ok: true, message: `Gorgias answers; whether it has team ${teamId} cannot be looked up.` };
    if (!teams.includes(teamId))
      return no(`Gorgias has no team ${teamId}; it has ${teams.length > 0 ? teams.join(", ") : "none"}.`);
    return { ok: true, message: `Gorgias answers, and handovers go to team ${teamId}.` };
  },
});

/** The ids of all teams; null where the key may not see them, or where there are more than one page has. */
async function teamsOf(api: DeskHttp, signal: AbortSignal): Promise<number[] | null> {
  const { status, body } = await api.request({ method: "GET", path: "/teams", allow: [403, 404], signal });
  const teams = status === 200 ? teamsShape.safeParse(body).data : undefined;
  return teams && !teams.meta?.next_cursor ? teams.data.map(({ id }) => id) : null;
}
