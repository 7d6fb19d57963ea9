import { givesBack, legacyTagsOf, stopsAssistant } from "./provider.legacy";

test("the legacy tags are written by setting only, each where it is true", () => {
  const assistant = [{ author: "CUSTOMER" as const }, { author: "ASSISTANT" as const }];
  expect(legacyTagsOf("BLOCKED_TAG", { legacyTags: false }, assistant)).toEqual([]);
  expect(legacyTagsOf("CUSTOMER_REQUEST", { legacyTags: true })).toEqual(["human-handover-requested"]);
  expect(legacyTagsOf("CUSTOMER_REQUEST", { legacyTags: true }, assistant)).toEqual([
    "human-handover-requested",
    "ai-agent-replied",
  ]);
  expect(legacyTagsOf("BLOCKED_TAG", { legacyTags: true })).toEqual([
    "human-handover-requested",
    "ai-agent-tag-blocked",
  ]);
});

test("the legacy phrases count in any case and spacing, and an empty one never", () => {
  expect(givesBack("Over.\nBack  to our AI ASSISTANT!", { handBackPhrase: "back to our AI assistant" })).toBe(true);
  expect(givesBack("back to work", { handBackPhrase: "back to our AI assistant" })).toBe(false);
  expect(givesBack("anything", { handBackPhrase: " " })).toBe(false);
  expect(stopsAssistant("stop ai replies", { stopPhrase: "Stop AI replies" })).toBe(true);
  expect(stopsAssistant("stop it", { stopPhrase: "" })).toBe(false);
});
