import { ProviderFailure, type Step, type StepInput } from "../../provider";
import type { DeskHttp } from "../../provider.http";
import { apiOf, type Contact, contactShape, contactsShape, meShape, shaped } from "./api";
import type { Config } from "./config";

/**
 * The customer in Intercom, found or made, and whose token we have. Conversations are opened in the contact's name, so
 * this comes first.
 */
export const contact: Step<Config> = async (input) => {
  const api = apiOf(input.config, input.account);
  const me = await api.ask(meShape, { method: "GET", path: "/me", signal: input.signal });
  const found = (await find(api, input)) ?? (await make(api, input));
  await addEmail(api, found, input);
  return { ids: { contact: found.id, admin: me.id, ...(me.app ? { workspace: me.app.id_code } : {}) } };
};

/**
 * By the company's own id, else by e-mail, else by Baton's. A contact made a moment ago may be missing in the search;
 * making it again is then refused with its id. Only Baton's own id goes into a path, which errors show.
 */
async function find(api: DeskHttp, { handing: { customer }, signal }: StepInput<Config>): Promise<Contact | null> {
  const { externalId, email } = customer;
  if (externalId) {
    const known = await search(api, "external_id", externalId, signal);
    if (known || !email) return known;
  }
  return email ? search(api, "email", email, signal) : byExternalId(api, customer.id, signal);
}

async function search(api: DeskHttp, field: string, value: string, signal: AbortSignal): Promise<Contact | null> {
  const json = { query: { field, operator: "=", value }, pagination: { per_page: 50 } };
  const { data } = await api.ask(contactsShape, { method: "POST", path: "/contacts/search", json, signal });
  // An e-mail may belong to several: leads, and users of several accounts.
  const rank = ({ role, created_at }: Contact) => (role === "user" ? 1e12 : 0) + (created_at ?? 0);
  return [...data].sort((one, other) => rank(other) - rank(one))[0] ?? null;
}

async function byExternalId(api: DeskHttp, externalId: string, signal: AbortSignal): Promise<Contact | null> {
  const path = `/contacts/find_by_external_id/${encodeURIComponent(externalId)}`;
  const { status, body } = await api.request({ method: "GET", path, allow: [404], signal });
  return status === 404 ? null : shaped(contactShape, body);
}

async function make(api: DeskHttp, { handing: { customer }, signal }: StepInput<Config>): Promise<Contact> {
  const facts = {
    ...(customer.email ? { email: customer.email } : {}),
    ...(customer.name ? { name: customer.name } : {}),
  };
  const externalId = customer.externalId ?? (customer.email ? null : customer.id);
  const { status, body } = await api.request({
    method: "POST",
    path: "/contacts",
    json: { role: "user", ...(externalId ? { external_id: externalId } : {}), ...facts },
    allow: [409],
    signal,
  });
  if (status !== 409) return shaped(contactShape, body);
  const there = idOfOther(body);
  if (there) {
    const path = `/contacts/${there}`;
    const known = await api.request({ method: "GET", path, allow: [404], signal });
    const found = contactShape.safeParse(known.body).data;
    if (known.status !== 404 && found) return found;
  }
  // Archived, or nobody says which: a lead may share its e-mail with anybody.
  return api.ask(contactShape, { method: "POST", path: "/contacts", json: { role: "lead", ...facts }, signal });
}

/** The sentence of a 409 holds the id of the contact that is there already; an archived one cannot be used. */
function idOfOther(body: unknown): string | null {
  const text = JSON.stringify(body);
  return /archived/i.test(text) ? null : (/\bid=([0-9a-f]{24})\b/.exec(text)?.[1] ?? null);
}

/** A contact known by the company's id only gets the e-mail it is asked under. */
async function addEmail(api: DeskHttp, found: Contact, { handing, signal }: StepInput<Config>): Promise<void> {
  const { email } = handing.customer;
  if (!email || found.email) return;
  await api.request({ method: "PUT", path: `/contacts/${found.id}`, json: { email }, allow: [409], signal });
}

/** What the contact step kept. */
export function contactIn({ receipts }: Pick<StepInput<Config>, "receipts">): { contact: string; admin: string } {
  const { contact: id, admin } = receipts.contact?.ids ?? {};
  if (id && admin) return { contact: id, admin };
  throw new ProviderFailure("there is no contact yet", { retry: false });
}
