import { acceptsOffer, asksToKeepTalking, nobodyThereText, offerText, textsFor } from "./texts";

const languages = ["en", "de", "fr", "es", "pt", "it", "nl"];

describe("what Baton says to a customer", () => {
  test("a language that is not spoken here gets English, a region its language", () => {
    expect(textsFor("tlh")).toBe(textsFor("en"));
    expect(textsFor("pt-br")).toBe(textsFor("pt"));
    expect(textsFor("")).toBe(textsFor("en"));
  });

  test.each(languages)("%s has sentences of its own", (language) => {
    const texts = textsFor(language);
    if (language !== "en") expect(texts).not.toBe(textsFor("en"));
    for (const [name, text] of Object.entries(texts))
      expect([name, typeof text === "function" ? text("Ada" as never) : text]).toEqual([
        name,
        expect.stringMatching(/\S/),
      ]);
    expect(texts.joined("Ada")).toContain("Ada");
    expect(texts.nobodyCame(15)).toContain("15");
    expect(texts.nobodyCame(1)).not.toContain("1");
    expect(texts.link("https://example.com/x")).toContain("https://example.com/x");
  });

  test.each(languages)(
    "an offer in %s that is not a button says which words to type, and those words accept it",
    (language) => {
      const words = textsFor(language).talkToAPerson;
      expect(offerText(language, "CANNOT_ANSWER", false)).toContain(words);
      expect(acceptsOffer(words)).toBe(true);
    },
  );

  test.each(languages)(
    "in %s, who is told that nobody is there reads until when, and words to type that work",
    (language) => {
      const absence = { until: "2026-11-23T08:00:00Z", timeZone: "Europe/Berlin" };
      const words = textsFor(language).keepTalking;
      const typed = nobodyThereText(language, absence, false);
      expect(typed).toMatch(/23.*(?:09|9)[:.]00/);
      expect(typed).toContain(words);
      expect(asksToKeepTalking(`  ${words.toUpperCase()}. `)).toBe(true);
      expect(nobodyThereText(language, absence, true)).not.toContain(words);
      expect(nobodyThereText(language, { until: null, timeZone: null }, true)).not.toMatch(/\d/);
    },
  );

  test("a tag that Intl knows nothing of still says until when, in its language", () => {
    const absence = { until: "2026-11-23T08:00:00Z", timeZone: "Europe/Berlin" };
    expect(nobodyThereText("de-de-euro", absence, true)).toBe(nobodyThereText("de", absence, true));
    expect(nobodyThereText("fr-x", absence, true)).toBe(nobodyThereText("fr", absence, true));
  });

  test("an offer shown as a button does not ask to type", () => {
    expect(offerText("en", "FRUSTRATION", true)).not.toMatch(/type/);
  });

  test.each([
    "talk to a person",
    "  TALK TO A PERSON!! ",
    '"Talk to a person".',
    "Talk  to a\nperson",
    "parler a une personne",
  ])("%j accepts an offer", (text) => expect(acceptsOffer(text)).toBe(true));

  test.each(["do not talk to a person", "talk to a person about my bill", "", "!!!", "person"])(
    "%j does not accept an offer",
    (text) => expect(acceptsOffer(text)).toBe(false),
  );
});
