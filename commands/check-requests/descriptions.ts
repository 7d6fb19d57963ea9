import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ValidateFunction } from "ajv";
import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { parse } from "yaml";

type Json = Record<string, unknown>;

/** One operation of an API's description. */
export interface Operation {
  method: string;
  /** Matches a request's path, without its query. */
  path: RegExp;
  template: string;
  query: { name: string; required: boolean; accepts: ValidateFunction | null }[];
  bodyRequired: boolean;
  /** By content type; null where the description does not say what the body is like. */
  bodies: Record<string, ValidateFunction | null>;
}

export interface Description {
  file: string;
  operations: Operation[];
  /** What calls in may look like; empty where nothing is said of them. */
  webhooks: ValidateFunction[];
}

/** The OpenAPI files (3.0 or 3.1, JSON or YAML) of a desk. */
export function readDescriptions(folder: string, name: string): Description[] {
  const own = join(folder, name);
  if (!existsSync(own)) return [];
  return readdirSync(own)
    .filter((file) => /\.(ya?ml|json)$/.test(file))
    .map((file) => describe(file, parse(readFileSync(join(own, file), "utf8"), { maxAliasCount: -1 }) as Json));
}

function describe(file: string, document: Json): Description {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: false,
    validateSchema: false,
    logger: false,
  });
  addFormats(ajv);
  // One vendor calls its 24-digit ids UUIDs.
  ajv.addFormat("uuid", true);
  const root = `file:///${file}`;
  ajv.addSchema(withNull(document) as Json, root);
  const compiled = (at: string[]): ValidateFunction =>
    ajv.compile({ $ref: `${root}#/${at.map((part) => encodeURIComponent(escaped(part))).join("/")}` });

  /** Follows references to where something really is. */
  function resolve(at: string[]): { at: string[]; value: Json } {
    const value = at.reduce<unknown>((inner, part) => (inner as Json | undefined)?.[part], document) as Json;
    const reference = value?.$ref;
    if (typeof reference !== "string") return { at, value: value ?? {} };
    return resolve(
      reference
        .replace(/^#\//, "")
        .split("/")
        .map((part) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~")),
    );
  }

  function bodiesOf(at: string[]): Operation["bodies"] {
    const { at: there, value } = resolve(at);
    return Object.fromEntries(
      Object.entries((value.content ?? {}) as Json).map(([type, content]) => [
        type,
        (content as Json).schema ? compiled([...there, "content", type, "schema"]) : null,
      ]),
    );
  }

  /** An object in the query, a parameter per field: page[size]. */
  function fieldsOf(name: string, at: string[]): Operation["query"] {
    const { at: there, value } = resolve(at);
    return Object.keys((value.properties ?? {}) as Json).map((field) => ({
      name: `${name}[${field}]`,
      required: false,
      accepts: compiled([...there, "properties", field]),
    }));
  }

  const prefixes = ((document.servers as { url: string }[] | undefined) ?? [{ url: "" }]).map(({ url }) =>
    url.replace(/^[a-z]+:\/\/[^/]+/i, "").replace(/\/$/, ""),
  );
  const operations = Object.entries((document.paths ?? {}) as Record<string, Json>).flatMap(([template, item]) =>
    Object.keys(item)
      .filter((method) => ["get", "post", "put", "patch", "delete"].includes(method))
      .map((method): Operation => {
        const at = ["paths", template, method];
        const operation = resolve(at).value;
        const parameters = [
          ...((item.parameters ?? []) as Json[]).map((_, index) => ["paths", template, "parameters", String(index)]),
          ...((operation.parameters ?? []) as Json[]).map((_, index) => [...at, "parameters", String(index)]),
        ].map(resolve);
        return {
          method: method.toUpperCase(),
          template,
          path: new RegExp(`^(${[...new Set(prefixes)].map(literal).join("|")})${pattern(template)}$`),
          query: parameters
            .filter(({ value }) => value.in === "query")
            .flatMap(({ at: there, value }) =>
              value.style === "deepObject"
                ? fieldsOf(String(value.name), [...there, "schema"])
                : {
                    name: String(value.name),
                    required: value.required === true,
                    accepts: value.schema ? compiled([...there, "schema"]) : null,
                  },
            ),
          bodyRequired: operation.requestBody ? resolve([...at, "requestBody"]).value.required === true : false,
          bodies: operation.requestBody ? bodiesOf([...at, "requestBody"]) : {},
        };
      }),
  );
  // OpenAPI 3.0 has no webhooks of its own; descriptions of that time have them under this name.
  const webhooks = ["webhooks", "x-webhooks"].flatMap((place) =>
    Object.entries((document[place] ?? {}) as Record<string, Json>).flatMap(([hook, item]) =>
      Object.keys(item)
        .filter((method) => method === "post")
        .flatMap((method) => Object.values(bodiesOf([place, hook, method, "requestBody"])))
        .filter((body) => body !== null),
    ),
  );
  return { file, operations, webhooks };
}

/** OpenAPI 3.0 says `nullable` where JSON Schema has a type; some vendors write `required: true` into a schema, where it means nothing. */
function withNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNull);
  if (typeof value !== "object" || value === null) return value;
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(value)
      .filter(([name, inner]) => name !== "required" || typeof inner !== "boolean")
      .map(([name, inner]) => [name, withNull(inner)]),
  );
  if (nullable !== true) return nullable === undefined || nullable === false ? rest : { nullable, ...rest };
  if (typeof rest.type === "string" && !rest.enum) return { ...rest, type: [rest.type, "null"] };
  return { anyOf: [rest, { type: "null" }] };
}

const escaped = (part: string) => part.replaceAll("~", "~0").replaceAll("/", "~1");
const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const pattern = (template: string) =>
  template
    .split(/(\{[^}]+\})/)
    .map((part) => (part.startsWith("{") ? "[^/]+" : literal(part)))
    .join("");
