import { exampleHanding } from "../../handing.example";
import { config as shape } from "./config";
import { passMetadata } from "./pass-metadata";

const config = (more: Record<string, unknown> = {}) =>
  shape.parse({
    subdomain: "acme",
    appId: "5ebee0975ac5304b664a12fa",
    keyId: "app_1",
    keySecret: "key",
    webhookSecret: "hook",
    ...more,
  });
const facts = (more: Partial<ReturnType<typeof exampleHanding>> = {}) => ({
  handing: { ...exampleHanding(), ...more },
  mark: "baton-0000000000000000000000000",
  conversationId: "f52b01137aa6c250bc7251fa",
  firstMessageId: "5f74c7d84a146f3abd72af1d",
});
const size = (metadata: Record<string, string>) => Buffer.byteLength(JSON.stringify(metadata));

test("the ticket's fields go under the keys that the agents' side reads", () => {
  const handing = facts({ tags: ["Returns & refunds", "lamps"], reason: "BLOCKED_TAG" });
  const given = {
    groupId: 7,
    assigneeId: 8,
    brandId: 9,
    summaryFieldId: 11,
    conversationFieldId: 12,
    legacyTags: true,
  };
  expect(passMetadata(config({ ...given, priority: "high" }), handing)).toEqual({
    baton: "baton-0000000000000000000000000",
    first_message_id: "5f74c7d84a146f3abd72af1d",
    "dataCapture.systemField.requester.name": "Mia Example",
    "dataCapture.systemField.requester.email": "mia@example.com",
    "dataCapture.systemField.priority": "high",
    "dataCapture.systemField.group_id": "7",
    "dataCapture.systemField.assignee_id": "8",
    "dataCapture.systemField.brand_id": "9",
    "dataCapture.systemField.tags":
      "baton-0000000000000000000000000,human-handover-requested,ai-agent-tag-blocked,returns_refunds,lamps",
    "dataCapture.ticketField.11": "My lamp arrived broken\n\nMood: calm",
    "dataCapture.ticketField.12": "f52b01137aa6c250bc7251fa",
  });
});

test("what is not known is left out", () => {
  const nobody = { id: "c", name: null, email: null, externalId: null };
  expect(Object.keys(passMetadata(config(), { ...facts({ customer: nobody }), firstMessageId: null })).sort()).toEqual([
    "baton",
    "dataCapture.systemField.priority",
    "dataCapture.systemField.tags",
  ]);
});

test("all of it stays within 4 kB: the summary is shortened, then topics stay away, the mark never", () => {
  const { summary } = exampleHanding();
  if (!summary) throw new Error("the example has a summary");
  const handing = facts({
    summary: { ...summary, text: 'Wörter "und" Zeilen\n'.repeat(600) },
    tags: Array.from({ length: 200 }, (_, index) => `topic number ${index}`),
  });
  const metadata = passMetadata(config({ summaryFieldId: 11 }), handing);
  expect(size(metadata)).toBeLessThanOrEqual(4_096);
  expect(size(metadata)).toBeGreaterThan(3_000);
  expect(metadata["dataCapture.ticketField.11"]).toMatch(/^Wörter "und".*…$/s);
  const tags = metadata["dataCapture.systemField.tags"]?.split(",") ?? [];
  expect(tags[0]).toBe("baton-0000000000000000000000000");
  expect(tags.length).toBeGreaterThan(20);
  expect(tags.length).toBeLessThan(200);
});
