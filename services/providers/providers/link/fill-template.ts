/** What a template may name. The first group is never written by a customer and may stand in the path. */
const ownValues = ["handover_id", "conversation_id", "language"] as const;
const customerValues = ["email", "name", "headline", "summary"] as const;
export type Placeholder = (typeof ownValues)[number] | (typeof customerValues)[number];
const placeholders: readonly string[] = [...ownValues, ...customerValues];

/** Characters of one value before it is encoded. */
const valueLimits: Record<Placeholder, number> = {
  handover_id: 36,
  conversation_id: 36,
  language: 35,
  email: 254,
  name: 100,
  headline: 120,
  summary: 1500,
};

const pattern = /\{([^{}]*)\}/g;

/** What is wrong with a template, as a sentence; null when nothing is. */
export function templateProblem(template: string, allowedHosts: string[]): string | null {
  for (const [, name] of template.matchAll(pattern))
    if (!placeholders.includes(name ?? ""))
      return `{${name}} is no placeholder; there are ${placeholders.map((known) => `{${known}}`).join(", ")}`;
  if (/[{}]/.test(template.replace(pattern, ""))) return "it has a brace without its partner";
  // An authority with a placeholder in it could lead anywhere.
  if (/[{}]/.test(template.replace(/^https:\/\//i, "").split(/[/?#]/, 1)[0] ?? ""))
    return "a placeholder stands in the host";
  const path = template.split(/[?#]/, 1)[0] ?? "";
  for (const [, name] of path.matchAll(pattern))
    if ((customerValues as readonly string[]).includes(name ?? ""))
      return `{${name}} stands in the path; what customers write may stand only behind the question mark or the #`;
  return urlProblem(template.replace(pattern, "x"), allowedHosts);
}

/** What is wrong with an address, as a sentence; null when nothing is. */
function urlProblem(address: string, allowedHosts: string[]): string | null {
  if (!URL.canParse(address)) return "it is no URL";
  const url = new URL(address);
  if (url.protocol !== "https:") return "it must begin with https://";
  if (url.username !== "" || url.password !== "") return "it must carry no user name or password";
  if (!allowedHosts.some((host) => host.toLowerCase() === url.host))
    return `its host ${url.host} is not among the allowed hosts ${allowedHosts.join(", ")}`;
  return null;
}

/**
 * The template with its values, each encoded and capped. When the whole is longer than `limit` characters, what is
 * longest is shortened first. Throws when the result is not an address of an allowed host.
 */
export function fillTemplate(
  template: string,
  values: Record<Placeholder, string>,
  options: { allowedHosts: string[]; limit: number },
): string {
  const kept = new Map<string, string>(
    Object.entries(values).map(([name, value]) => [name, cut(singleLined(value), valueLimits[name as Placeholder])]),
  );
  for (;;) {
    const address = template.replace(pattern, (_, name: string) => encode(kept.get(name) ?? ""));
    if (address.length <= options.limit) {
      const problem = urlProblem(address, options.allowedHosts);
      if (problem) throw new Error(`the filled template cannot be used: ${problem}`);
      return address;
    }
    // Identifiers are never cut: half of one misleads.
    const longest = [...kept]
      .filter(
        ([name, value]) =>
          value !== "" && !(ownValues as readonly string[]).includes(name) && template.includes(`{${name}}`),
      )
      .sort(([, a], [, b]) => encode(b).length - encode(a).length)[0];
    if (!longest) throw new Error(`the template is longer than ${options.limit} characters without any value`);
    const [name, value] = longest;
    const next = name === "email" ? "" : cut(value, Math.floor(value.length * 0.8));
    kept.set(name, next);
  }
}

/** Percent-encodes everything but letters, digits and `-_.~`, so that no value can end its place in the query. */
function encode(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function singleLined(value: string): string {
  // Lone halves of surrogate pairs cannot be encoded.
  return Buffer.from(value.replace(/[\p{Cc}\p{Cf}]+/gu, " "))
    .toString()
    .trim();
}

function cut(value: string, limit: number): string {
  return [...value.slice(0, limit)].filter((sign) => !/^[\uD800-\uDFFF]$/.test(sign)).join("");
}
