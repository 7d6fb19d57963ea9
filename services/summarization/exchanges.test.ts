import { extract } from "./extract";
import { dialogueOf } from "./test/dialogue";

test.each([
  ["en", "Ines told you about this: “I have sent you a new lamp, it will arrive on Friday.”"],
  ["de", "Ines hat Ihnen dazu geschrieben: „I have sent you a new lamp, it will arrive on Friday.“"],
  ["fr", "Ines vous a écrit à ce sujet : « I have sent you a new lamp, it will arrive on Friday. »"],
])("what the assistant tells again of an agent's words stays the agent's (%s)", (language, again) => {
  const draft = extract(
    dialogueOf(
      [
        ["CUSTOMER", "My lamp arrived broken, order 44871. Can I get a new one?"],
        ["AGENT", "Hi Mia. I have sent you a new lamp, it will arrive on Friday.", { authorName: "Ines" }],
        ["CUSTOMER", "When does the new lamp arrive?"],
        ["ASSISTANT", again, { answered: true }],
        ["CUSTOMER", "It is Saturday and nothing came. I want a person again"],
      ],
      { language, agentLanguage: "en" },
    ),
  );
  expect(draft.promised.map(({ text }) => text)).toEqual(["Ines has sent them a new lamp, it will arrive on Friday."]);
  expect(JSON.stringify(draft)).not.toContain("ssistant");
});

test("what the assistant quotes of anything else is its answer", () => {
  const draft = extract(
    dialogueOf([
      ["CUSTOMER", "How do I reset the dimmer of my lamp?"],
      ["AGENT", "It is the wall switch that you need.", { authorName: "Ines" }],
      ["ASSISTANT", "The manual says: “Hold the dimmer for ten seconds until the lamp blinks.”", { answered: true }],
      ["CUSTOMER", "It still does not react, I want a person"],
    ]),
  );
  expect(JSON.stringify(draft.tried)).toContain("Hold the dimmer for ten seconds");
});
