import { mergeDraft, type PolicyContent, rulesOf, sameContent } from "./policy-content";

const rule = (id: string, text: string, version = 1, enabled = true) => ({ id, text, version, enabled });
const content = (rules: PolicyContent["rules"], settings: PolicyContent["settings"] = {}): PolicyContent => ({
  rules,
  settings,
});

test("a draft keeps what it changed and takes over everything else that was published meanwhile", () => {
  const base = content([rule("a", "press"), rule("b", "jobs"), rule("c", "legal")], { CHAT: { offerEvery: 2 } });
  const draft = content([rule("a", "press and radio", 2), rule("b", "jobs"), rule("new", "sponsors")], {
    CHAT: { offerEvery: 2, paused: true },
  });
  const current = content([rule("a", "newspapers", 2), rule("b", "vacancies", 2), rule("c", "legal"), rule("d", "x")], {
    CHAT: { offerEvery: 5 },
    TICKET: { whenUnanswered: "HANDOVER" },
  });
  expect(mergeDraft(base, draft, current)).toEqual({
    rules: [rule("a", "press and radio", 3), rule("b", "vacancies", 2), rule("d", "x"), rule("new", "sponsors")],
    settings: { CHAT: { offerEvery: 5, paused: true }, TICKET: { whenUnanswered: "HANDOVER" } },
  });
});

test("a rule that somebody deleted stays deleted, unless the draft changed it", () => {
  const base = content([rule("a", "press"), rule("b", "jobs")]);
  const draft = content([rule("a", "press"), rule("b", "vacancies", 2)]);
  expect(mergeDraft(base, draft, content([])).rules).toEqual([rule("b", "vacancies", 2)]);
});

test("an unchanged draft says the same as what it was made from, and rules that are off are not read", () => {
  const base = content([rule("a", "press"), rule("b", "jobs", 1, false)], { CHAT: {} });
  expect(sameContent(base, content([rule("b", "jobs", 7, false), rule("a", "press")]))).toBe(true);
  expect(sameContent(base, content([rule("a", "press"), rule("b", "jobs")]))).toBe(false);
  expect(rulesOf(base)).toEqual([{ id: "a", version: 1, text: "press" }]);
});
