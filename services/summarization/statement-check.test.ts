import { extract } from "./extract";
import { unsupported } from "./statement-check";
import { dialogueOf } from "./test/dialogue";

const nobody = { name: null, email: null, externalId: null };
const said = (...texts: string[]) => ({
  messages: texts.map((text) => ({ text, authorName: null })),
  customer: nobody,
});

test.each([
  ["Customer wants a refund for order 70233.", "refund please, order 70233"],
  ["The customer waited twelve days.", "I waited 12 days"],
  ["The customer waited 12 days.", "I waited twelve days"],
  ["They were charged 14.99 twice.", "charged two times 14,99"],
  ["The amount is 1,299.00 euro.", "it is 1299 euro"],
  ["It arrives on Friday.", "am Freitag ist es da"],
  ["The refund was issued on 2 May.", "issued 2/5"],
  ["Jonas Weber should be on the ticket.", "it should be jonas weber"],
  ["The customer cannot log in.", "I can't log in since the update"],
  ["The reset email never arrives.", "the mail doesn't come"],
  ["The code SPRING15 is refused.", "SPRING15: not valid for these items"],
  ["Customer has a booking (booking SV-20931).", "my booking is SV-20931"],
  ["Contact is ria@home.example.", "write to Ria@home.example"],
  ["The customer wants to cancel.", "I'd like to cancel, but I don't see the button"],
])("%s may stand", (statement, message) => {
  expect(unsupported(statement, said(message))).toBeNull();
});

test.each([
  ["Customer wants a refund for order 70234.", "refund please, order 70233", "70234"],
  ["A refund of 500 euro was promised.", "you get your money back", "500"],
  ["They were charged 41.99.", "charged 14.99", "41.99"],
  ["It arrives on Friday.", "it arrives on Thursday", "friday"],
  ["The refund was issued in June.", "issued on 2 May", "june"],
  ["The customer will call tomorrow.", "I will call today", "tomorrow"],
  ["The agent Maria promised a refund.", "we promise a refund", "Maria"],
  ["Contact is eve@evil.example.", "write to ria@home.example", "eve@evil.example"],
  ["See https://evil.example/pay for details.", "see the page", "https://evil.example/pay"],
  ["The customer does not want a refund.", "I want a refund", "says not"],
  ["The customer wants to cancel the subscription.", "I do not want to cancel my subscription", "lost the not"],
  ["Der Kunde hat kein Paket bekommen.", "ich habe das Paket bekommen", "says not"],
])("%s is refused", (statement, message, why) => {
  expect(unsupported(statement, said(message))).toContain(why);
});

test("an agent's and the customer's own name are known", () => {
  const source = {
    messages: [{ text: "I will call you", authorName: "Ines" }],
    customer: { name: "Mia Brandt", email: null, externalId: null },
  };
  expect(unsupported("Then Ines will call Mia Brandt.", source)).toBeNull();
  expect(unsupported("Then Ines will call Mia Brand.", source)).toContain("Brand");
});

test("what the extract says of its own passes the check", () => {
  const dialogue = dialogueOf([
    ["CUSTOMER", "Hi, I need to return a lamp from order 48213, it's broken."],
    ["ASSISTANT", "Lamps can be returned within 30 days.", { answered: true }],
    ["CUSTOMER", "I bought it on 2 May and I can't find the form"],
    ["ASSISTANT", "I could not find that.", { answered: false }],
    ["AGENT", "I will send you the form by Friday, Mia.", { authorName: "Ines" }],
    ["CUSTOMER", "ok and when do I get my 89.90 back?"],
  ]);
  const { wants, facts, tried, promised, openQuestion } = extract(dialogue);
  const all = [wants, openQuestion, ...facts, ...tried, ...promised].filter((one) => one !== null);
  expect(all.length).toBeGreaterThan(4);
  for (const { text, messageIds } of all) {
    const messages = dialogue.messages.filter(({ id }) => messageIds.includes(id));
    expect([text, unsupported(text, { messages, customer: dialogue.customer })]).toEqual([text, null]);
  }
});
