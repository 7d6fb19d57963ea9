import type { ValidateFunction } from "ajv";
import type { ReceivedRequest } from "../../services/providers/emulators/emulator";
import type { Description, Operation } from "./descriptions";

/** What is wrong with a request in every description that knows its path, as sentences; none when one accepts it. */
export function requestProblems(descriptions: Description[], request: ReceivedRequest): string[] {
  const url = new URL(request.path, "http://desk");
  const what = `${request.method} ${url.pathname.replace(/[0-9a-f-]{36}|\d{3,}/g, "N")}`;
  const operations = descriptions.flatMap(({ file, operations: all }) =>
    all
      .filter(({ method, path }) => method === request.method && path.test(url.pathname))
      .map((operation) => ({ file, operation })),
  );
  if (operations.length === 0) return [`${what}: no description has it`];
  const found = operations.map(({ file, operation }) => ({ file, problem: problemOf(operation, url, request) }));
  if (found.some(({ problem }) => problem === null)) return [];
  return found.map(({ file, problem }) => `${what}: ${problem} (${file})`);
}

/** What is wrong with a call in; none where nothing is said of calls in. */
export function webhookProblems(descriptions: Description[], body: unknown): string[] {
  const shapes = descriptions.flatMap(({ webhooks }) => webhooks);
  if (shapes.length === 0 || shapes.some((shape) => shape(structuredClone(body)))) return [];
  return [`a webhook call fits none of ${shapes.length} descriptions: ${wordsOf(shapes[0])}`];
}

function problemOf(operation: Operation, url: URL, { body, headers }: ReceivedRequest): string | null {
  for (const name of new Set(url.searchParams.keys())) {
    const parameter = operation.query.find((one) => one.name === name);
    if (!parameter) return `the query has no ${name}`;
    const values = url.searchParams.getAll(name);
    const [first = ""] = values;
    // What a URL holds is text; the description may mean a number by it.
    const readings = values.length > 1 ? [values] : [first, coerced(first), [first]];
    if (parameter.accepts && !readings.some((reading) => parameter.accepts?.(reading)))
      return `query ${name}: ${wordsOf(parameter.accepts)}`;
  }
  const missing = operation.query.find(({ name, required }) => required && !url.searchParams.has(name));
  if (missing) return `the query lacks ${missing.name}`;
  if (body === undefined) return operation.bodyRequired ? "the body is missing" : null;
  const type = (headers["content-type"] ?? "").split(";")[0]?.trim() ?? "";
  if (Object.keys(operation.bodies).length === 0) return "there should be no body";
  if (!(type in operation.bodies)) return `the body's type is ${type}, not ${Object.keys(operation.bodies).join(", ")}`;
  const shape = operation.bodies[type];
  // What is no JSON was not taken apart, so its shape cannot be compared.
  if (!shape || typeof body === "string" || shape(structuredClone(body))) return null;
  return `body ${wordsOf(shape)}`;
}

function coerced(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

function wordsOf(shape: ValidateFunction | undefined): string {
  const [error] = shape?.errors ?? [];
  if (!error) return "";
  const more = Object.values(error.params).filter((value) => typeof value === "string");
  return `${error.instancePath || "/"} ${error.message}${more.length > 0 ? ` (${more.join(", ")})` : ""}`;
}
