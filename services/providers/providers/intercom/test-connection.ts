import type { DeskAccount } from "../../provider";
import type { DeskHttp } from "../../provider.http";
import { adminsShape, apiOf, attributesShape, meShape, shaped, teamsShape } from "./api";
import type { Config } from "./config";

/** Asks what the steps will ask, without leaving anything in Intercom. */
export async function testConnection(
  config: Config,
  signal: AbortSignal,
  account: DeskAccount,
): Promise<{ ok: boolean; message: string }> {
  const api = apiOf(config, account);
  const wrong = (message: string) => ({ ok: false, message });
  const me = await api.request({ method: "GET", path: "/me", allow: [401, 403], signal });
  if (me.status === 401)
    return wrong(`Intercom does not know this access token in the region ${config.region}: is either of them wrong?`);
  if (me.status === 403) return wrong("This access token may not be used: the plan or the app does not allow the API.");
  const { app } = shaped(meShape, me.body);
  const region = app?.region?.toUpperCase();
  if (region && ["US", "EU", "AU"].includes(region) && region !== config.region)
    return wrong(`This workspace is kept in the region ${region}: set region to it.`);
  for (const [what, permission, ask] of looks)
    if (refused.includes(await ask(api, signal)))
      return wrong(`The app may not read ${what}: give it the permission "${permission}" in the Developer Hub.`);
  return (await unknownIds(api, config, signal)) ?? { ok: true, message: goodNews(config) };
}

/** The token is good, so these mean that it may not do this. */
const refused = [401, 403];

/** What the app must be allowed, as far as reading shows it. */
const looks = [
  [
    "contacts",
    "Read and list users and companies",
    async (api: DeskHttp, signal: AbortSignal) =>
      search(api, "/contacts/search", { field: "email", operator: "=", value: "nobody@example.invalid" }, signal),
  ],
  [
    "conversations",
    "Read conversations",
    async (api: DeskHttp, signal: AbortSignal) =>
      search(api, "/conversations/search", { field: "created_at", operator: ">", value: 4_102_444_800 }, signal),
  ],
  [
    "tags",
    "Read tags",
    async (api: DeskHttp, signal: AbortSignal) =>
      (await api.request({ method: "GET", path: "/tags", allow: refused, signal })).status,
  ],
] as const;

async function search(api: DeskHttp, path: string, query: unknown, signal: AbortSignal): Promise<number> {
  const json = { query, pagination: { per_page: 1 } };
  return (await api.request({ method: "POST", path, json, allow: refused, signal })).status;
}

async function unknownIds(
  api: DeskHttp,
  { teamId, agentId, handBackTo, handoverAttribute }: Config,
  signal: AbortSignal,
): Promise<{ ok: false; message: string } | null> {
  const wrong = (message: string) => ({ ok: false as const, message });
  const needed = teamId !== undefined || agentId !== undefined || handBackTo !== undefined;
  if (needed) {
    const [teams, admins] = [
      await api.request({ method: "GET", path: "/teams", allow: refused, signal }),
      await api.request({ method: "GET", path: "/admins", allow: refused, signal }),
    ];
    if (refused.includes(teams.status) || refused.includes(admins.status))
      return wrong('The app may not list teams and teammates: give it the permission "Read admins".');
    const teamIds = (teamsShape.safeParse(teams.body).data?.teams ?? []).map(({ id }) => id);
    const adminIds = (adminsShape.safeParse(admins.body).data?.admins ?? []).map(({ id }) => id);
    const has = (ids: string[]) => (ids.length > 0 ? `it has ${ids.slice(0, 20).join(", ")}` : "it has none");
    if (teamId !== undefined && !teamIds.includes(teamId))
      return wrong(`Intercom has no team ${teamId}; ${has(teamIds)}.`);
    if (agentId !== undefined && !adminIds.includes(agentId))
      return wrong(`Intercom has no teammate ${agentId}; ${has(adminIds)}.`);
    if (handBackTo !== undefined && ![...teamIds, ...adminIds].includes(handBackTo))
      return wrong(`Intercom has no team or teammate ${handBackTo} to give conversations back to.`);
  }
  if (handoverAttribute !== undefined) {
    const query = { model: "conversation" };
    const answer = await api.request({ method: "GET", path: "/data_attributes", query, allow: refused, signal });
    if (refused.includes(answer.status))
      return wrong(
        "The app may not read conversation attributes: give it the permission to, or leave the field empty.",
      );
    const known = attributesShape.safeParse(answer.body).data?.data ?? [];
    const found = known.find(({ name, archived }) => name === handoverAttribute && !archived);
    if (!found) return wrong(`Intercom has no conversation attribute named ${handoverAttribute}: make it first.`);
    if (found.api_writable === false) return wrong(`Apps may not write the attribute ${handoverAttribute}.`);
  }
  return null;
}

function goodNews({ teamId, agentId }: Config): string {
  const to = [teamId && `team ${teamId}`, agentId && `teammate ${agentId}`].filter(Boolean).join(" and ");
  return `Intercom answers, and handovers ${to ? `go to ${to}` : "wait unassigned in the inbox"}.`;
}
