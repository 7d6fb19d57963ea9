import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReceivedRequest } from "../../services/providers/emulators/emulator";
import { type Description, readDescriptions } from "./descriptions";
import { requestProblems, webhookProblems } from "./problems";

const description = `
openapi: 3.0.3
servers: [{ url: "https://{account}.example.com/api" }]
paths:
  /tickets:
    post:
      parameters:
        - { name: page, in: query, schema: { type: integer } }
        - name: filter
          in: query
          style: deepObject
          schema: { type: object, properties: { owner: { type: string, maxLength: 3 } } }
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: "#/components/schemas/Ticket" } } }
components:
  schemas:
    Ticket:
      type: object
      required: [subject]
      additionalProperties: false
      properties: { subject: { type: string, nullable: true }, size: { type: integer, required: true } }
webhooks:
  told: { post: { requestBody: { content: { application/json: { schema: { type: object, required: [id] } } } } } }
`;

let folder: string;
let descriptions: Description[];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "baton-descriptions-"));
  mkdirSync(join(folder, "acme"));
  writeFileSync(join(folder, "acme", "acme.yaml"), description);
  descriptions = readDescriptions(folder, "acme");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const request = (more: Partial<ReceivedRequest>): ReceivedRequest => ({
  at: new Date(),
  method: "POST",
  path: "/api/tickets",
  headers: { "content-type": "application/json" },
  body: { subject: "x" },
  status: 200,
  fault: null,
  ...more,
});

test.each<[string, Partial<ReceivedRequest>, RegExp | null]>([
  ["as described", {}, null],
  ["null where it may be", { body: { subject: null } }, null],
  ["a number in the query", { path: "/api/tickets?page=2" }, null],
  ["a field of an object in the query", { path: "/api/tickets?filter[owner]=mia" }, null],
  ["a field that the object has not", { path: "/api/tickets?filter[size]=5" }, /the query has no filter\[size\]/],
  ["a wrong field of an object", { path: "/api/tickets?filter[owner]=maria" }, /query filter\[owner\]/],
  ["a path nobody has", { path: "/api/ticket" }, /no description has it/],
  ["another method", { method: "PUT" }, /no description has it/],
  ["no body", { body: undefined }, /body is missing/],
  ["a field too few", { body: {} }, /required property 'subject'/],
  ["a field too many", { body: { subject: "x", colour: "red" } }, /additional properties.*colour/],
  ["text for a number", { body: { subject: "x", size: "5" } }, /\/size must be integer/],
  ["another kind of body", { headers: { "content-type": "text/plain" } }, /type is text\/plain/],
  ["an unknown query", { path: "/api/tickets?sort=up" }, /the query has no sort/],
  ["a wrong query", { path: "/api/tickets?page=two" }, /query page/],
])("a request: %s", (_, more, problem) => {
  const [found] = requestProblems(descriptions, request(more));
  if (problem) expect(found).toMatch(problem);
  else expect(found).toBeUndefined();
});

test("a call in must fit what is said of calls in", () => {
  expect(webhookProblems(descriptions, { id: 1 })).toEqual([]);
  expect(webhookProblems(descriptions, {})).toHaveLength(1);
});
