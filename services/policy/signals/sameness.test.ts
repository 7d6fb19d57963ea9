import { sameness, saysSomething } from "./sameness";

describe("two questions are the same", () => {
  test.each([
    ["When will my parcel arrive?", "How long until the package gets here?"],
    ["How do I cancel my subscription?", "I already asked: cancel the subscription, how?"],
    ["how do i reset my pasword", "How do I reset my password?"],
    ["Wann kommt mein Paket?", "Nochmal: wann kommt denn mein Paket"],
    ["我的快递到哪里了？", "快递到哪里了啊"],
  ])("%s = %s", (one, other) => {
    expect(sameness(one, other)).toBeGreaterThanOrEqual(0.6);
  });
});

describe("two questions about one thing are not", () => {
  test.each([
    ["Where is my parcel?", "How much did shipping my parcel cost?"],
    ["Where is order 4711?", "Where is order 4712?"],
    ["How do I wash linen curtains?", "How do I wash wool curtains?"],
    ["Can I cancel my booking?", "Can I add a guest to my booking?"],
    ["", ""],
  ])("%s ≠ %s", (one, other) => {
    expect(sameness(one, other)).toBeLessThan(0.6);
  });
});

test("a courtesy says nothing that could be said again", () => {
  for (const text of ["ok", "yes please", "thanks", ""]) expect(saysSomething(text)).toBe(false);
});
