import type { Handing, TranscriptLine } from "./provider";
import type { Exchange } from "./provider.record";

/** A request to a desk as it may be kept and shown: structure and ids, no secret and no personal text. */
export interface MaskedRequest {
  method: string;
  path: string;
  /** JSON; null when nothing was sent. */
  sent: string | null;
  status: number | null;
  answered: string | null;
  requestId: string | null;
  durationMs: number | null;
}

/** What is known of a handover besides the shape of things. */
export interface Known {
  secrets: string[];
  /** Words that tell who the customer is, in lower case. */
  personal: Set<string>;
  /** Values that are ours and tell nothing of anybody: names of tags. */
  plain: Set<string>;
}

/** Of one payload, in characters. */
const longest = 4_000;
/** Values of one payload, entries of one list, and how deep they are read. */
const mostValues = 400;
const mostEntries = 20;
const deepest = 8;

const secretName = /token|secret|passw|api_?-?key|authorization|signature|credential|cookie|jwt|bearer/i;
const phoneName = /phone|mobile|fax|^tel$/i;
const plainName =
  /(^|[_\W])(ids?|uuid|type|status|state|source|kind|code|object|role|priority|channel|locale|language|action|version|page|per_page|limit|private|public|visibility)$|[a-z](Id|Ids|Type|Status|State|Code|Kind|Role|Channel|Locale|Language|Version)$/i;
const plainValue = /^(?!\+)[\w.:/+-]{1,100}$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const mark = /^baton-[0-9a-z]{25}$/;
const moment = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?$/;

/** Who the customer is and what was said, to be found wherever a desk puts it. */
export function knownOf(handing: Handing, message: TranscriptLine | null, secrets: string[]): Known {
  const { name, email } = handing.customer;
  const texts = [...handing.transcript, ...(message ? [message] : [])].flatMap(({ text, authorName }) =>
    // A message of one word could be told from its letters alone.
    [/\s/.test(text.trim()) ? "" : text, authorName ?? ""],
  );
  const personal = [name ?? "", email ?? "", ...texts].flatMap((text) => [
    text.trim().toLowerCase(),
    ...wordsOf(text).filter((word) => word.length > 2),
  ]);
  return {
    secrets: secrets.filter(Boolean),
    personal: new Set(personal.filter(Boolean)),
    plain: new Set(handing.tags),
  };
}

/** Masks by leaving out what is not known to be harmless: a field nobody thought of is masked, too. */
export function maskRequest(exchange: Exchange, known: Known): MaskedRequest {
  const all = { ...known, secrets: [...known.secrets, ...exchange.secrets.filter(Boolean)] };
  return {
    method: exchange.method,
    path: maskPath(exchange, all),
    sent: maskPayload(exchange.sent, all),
    status: exchange.status,
    answered: maskPayload(exchange.answered, all),
    requestId: exchange.requestId === null ? null : exchange.requestId.slice(0, 200),
    durationMs: exchange.durationMs,
  };
}

/** JSON with the names, numbers and ids of a payload, cut at 4,000 characters; null for nothing. */
export function maskPayload(payload: unknown, known: Known): string | null {
  if (payload === undefined || payload === null) return null;
  let left = mostValues;
  const masked = JSON.stringify(mask(payload, "", 0));
  return masked.length > longest ? `${masked.slice(0, longest - 1)}…` : masked;

  function mask(value: unknown, name: string, depth: number): unknown {
    left -= 1;
    if (left < 0 || depth > deepest) return "…";
    if (Array.isArray(value)) {
      const entries = value.slice(0, mostEntries).map((entry) => mask(entry, name, depth + 1));
      return value.length > mostEntries ? [...entries, `… ${value.length - mostEntries} more`] : entries;
    }
    if (typeof value === "object" && value !== null) {
      const fields = Object.entries(value);
      const shown = fields.slice(0, Math.max(0, left));
      return Object.fromEntries(
        shown.map(([field, one]) => [isPlainName(field, known) ? field : "***", mask(one, field, depth + 1)]),
      );
    }
    if (value === null || typeof value === "boolean") return value;
    if (secretName.test(name)) return "***";
    if (typeof value === "number") return phoneName.test(name) ? "***" : value;
    return maskText(String(value), name, known);
  }
}

function maskText(text: string, name: string, known: Known): string {
  if (text === "" || isPlain(text, name, known)) return text;
  return /@/.test(text) && !/\s/.test(text) ? "*** (e-mail)" : `*** (${text.length} characters)`;
}

function isPlain(text: string, name: string, known: Known): boolean {
  if (known.secrets.some((secret) => text.includes(secret))) return false;
  if (known.plain.has(text) || uuid.test(text) || mark.test(text) || moment.test(text)) return true;
  if (isPersonal(text, known)) return false;
  return plainName.test(name) && !phoneName.test(name) && !secretName.test(name) && plainValue.test(text);
}

function maskPath({ path, query }: Exchange, known: Known): string {
  const segments = path
    .split("/")
    .map((segment) => (segment === "" || isPlain(decoded(segment), "id", known) ? segment : "***"));
  const given = Object.entries(query).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const shown = typeof value === "number" || isPlain(value, name, known) ? value : "***";
    return [`${isPlainName(name, known) ? name : "***"}=${shown}`];
  });
  return `${segments.join("/")}${given.length > 0 ? `?${given.join("&")}` : ""}`.slice(0, 1_000);
}

function isPlainName(name: string, known: Known): boolean {
  const secret = known.secrets.some((one) => name.includes(one));
  return /^[\w.$[\]-]{1,60}$/.test(name) && !/\d{6}/.test(name) && !secret && !isPersonal(name, known);
}

function isPersonal(text: string, { personal }: Known): boolean {
  return personal.has(text.trim().toLowerCase()) || wordsOf(text).some((word) => personal.has(word));
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}+/gu) ?? [];

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
