import { clausesOf } from "./clauses";

test.each([
  ["I want to send it back. When does the new one come?", ["I want to send it back.", "When does the new one come?"]],
  ["my parcel has not come and also I need an invoice", ["my parcel has not come", "I need an invoice"]],
  ["I lost my new card, and how do I get cash now?", ["I lost my new card", "how do I get cash now?"]],
  [
    "ich habe meine Karte verloren und wie komme ich an Bargeld?",
    ["ich habe meine Karte verloren", "wie komme ich an Bargeld?"],
  ],
  ["I would like a refund for the lamp and the chair", []],
  ["Hi. Thanks! Where is my parcel now?", []],
  ["plush and also-ran toys are what I sell here", []],
])("%s", (text, clauses) => {
  expect(clausesOf(text)).toEqual(clauses);
});
