import fc from "fast-check";
import { exampleHanding } from "./handing.example";
import { knownOf, maskPayload, maskRequest } from "./mask-payload";
import type { Exchange } from "./provider.record";
import { markOf } from "./provider.text";

const handing = { ...exampleHanding(), tags: ["Returns & refunds"] };
const known = knownOf(handing, null, ["very-secret-key"]);
const shown = (payload: unknown) => JSON.parse(maskPayload(payload, known) ?? "null");

test("structure, ids and states stay; whoever and whatever was said goes", () => {
  const mark = markOf(handing.handoverId);
  expect(
    shown({
      id: 4711,
      external_id: handing.customer.id,
      contact: { type: "user", name: "Mia Example", email: "mia@example.com", phone: 491701234567, active: true },
      status: "open",
      tags: [mark, "Returns & refunds", "vip mia"],
      subject: "My lamp arrived broken",
      description: "<p>hello</p>",
      created_at: "2026-01-01T12:00:00Z",
      parts: [{ body: "x", author: { id: "u_12", type: "lead" } }],
    }),
  ).toEqual({
    id: 4711,
    external_id: handing.customer.id,
    contact: { type: "user", name: "*** (11 characters)", email: "*** (e-mail)", phone: "***", active: true },
    status: "open",
    tags: [mark, "Returns & refunds", "*** (7 characters)"],
    subject: "*** (22 characters)",
    description: "*** (12 characters)",
    created_at: "2026-01-01T12:00:00Z",
    parts: [{ body: "*** (1 characters)", author: { id: "u_12", type: "lead" } }],
  });
});

test("secrets go by their name and by their value, wherever they stand", () => {
  expect(shown({ client_id: "a-very-secret-key-b", client_secret: 12345, access_token: "abc", state: "ok" })).toEqual({
    client_id: "*** (19 characters)",
    client_secret: "***",
    access_token: "***",
    state: "ok",
  });
});

test("an id that is somebody's e-mail, phone or name is none", () => {
  expect(shown({ external_id: "mia@example.com", user_id: "+491701234567", account_id: "mia" })).toEqual({
    external_id: "*** (e-mail)",
    user_id: "*** (13 characters)",
    account_id: "*** (3 characters)",
  });
  expect(shown({ "mia@example.com": 1 })).toEqual({ "***": 1 });
});

test("in the address, too", () => {
  const exchange: Exchange = {
    method: "GET",
    path: "/contacts/mia%40example.com/tickets/4711",
    query: { email: "mia@example.com", page: 2, status: "open", query: "name:'Mia'" },
    sent: null,
    status: 200,
    answered: null,
    requestId: "r-1",
    durationMs: 3,
    secrets: [],
  };
  expect(maskRequest(exchange, known).path).toBe("/contacts/***/tickets/4711?email=***&page=2&status=open&query=***");
});

test("however large and deep a payload is, what is kept of it is small", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 12 }), fc.integer({ min: 1, max: 60 }), (value, times) => {
      const masked = maskPayload({ list: Array(times).fill(value) }, known) ?? "";
      expect(masked.length).toBeLessThanOrEqual(4_000);
    }),
    { numRuns: 100 },
  );
  expect((maskPayload({ text: Array(5_000).fill({ id: 1 }) }, known) ?? "").length).toBeLessThan(1_000);
});

test("a customer's words are never in it, wherever a desk has them", () => {
  const words = ["mia@example.com", "Mia Example", "My lamp arrived broken", "very-secret-key"];
  const field = fc.constantFrom("id", "type", "name", "body", "status", "code", "external_id", "state", "x");
  const place = fc.oneof(
    fc.tuple(field, fc.constantFrom(...words)).map(([name, word]) => ({ [name]: word })),
    fc.tuple(fc.constantFrom(...words), fc.string()).map(([word, value]) => ({ [word]: value })),
    fc.tuple(field, fc.constantFrom(...words), fc.string()).map(([name, word, more]) => ({ [name]: `${more}${word}` })),
  );
  fc.assert(
    fc.property(fc.array(place, { maxLength: 10 }), (payload) => {
      const masked = (maskPayload(payload, known) ?? "").toLowerCase();
      for (const word of words) expect(masked).not.toContain(word.toLowerCase());
    }),
  );
});
