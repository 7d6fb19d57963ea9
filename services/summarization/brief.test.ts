import { briefOf, isEmptyBrief } from "./brief";
import { dialogueOf } from "./test/dialogue";

const texts = (statements: { text: string }[]) => statements.map(({ text }) => text);

test("what an agent decided, promised and changed is told apart, in their own words", () => {
  const { messages } = dialogueOf([
    ["CUSTOMER", "My lamp is broken, I will send it back myself"],
    ["AGENT", "Hi Mia, I am sorry to hear that! May I have your order number?"],
    ["CUSTOMER", "48213"],
    ["AGENT", "Thank you. I have refunded 34.50 to your card. You may keep the lamp."],
    ["AGENT", "We will send you a voucher by Friday. Have a nice day!"],
    ["ASSISTANT", "I have refunded everything."],
  ]);
  const brief = briefOf(messages);
  expect(texts(brief.changed)).toEqual(["I have refunded 34.50 to your card."]);
  expect(texts(brief.decided)).toEqual(["You may keep the lamp."]);
  expect(texts(brief.promised)).toEqual(["We will send you a voucher by Friday."]);
  expect(brief.changed[0]?.messageIds).toEqual([messages[3]?.id]);
});

test.each([
  ["Ich habe Ihnen 34,50 Euro erstattet.", "changed"],
  ["Die Bestellung wurde storniert.", "changed"],
  ["Ich melde mich bis Freitag bei Ihnen.", "promised"],
  ["He cambiado la dirección del pedido.", "changed"],
  ["J'ai annulé la commande.", "changed"],
  ["Le enviaremos una factura nueva.", "promised"],
  ["The warranty does not cover scratches.", "decided"],
  ["Your order was cancelled.", "changed"],
  ["I'll call you tomorrow.", "promised"],
] as const)("%s is what was %s", (text, kind) => {
  expect(texts(briefOf(dialogueOf([["AGENT", text]]).messages)[kind])).toEqual([text]);
});

test("said twice it is told once, and nothing but courtesies is nothing", () => {
  const twice = briefOf(
    dialogueOf([
      ["AGENT", "I have refunded 34.50 to your card."],
      ["AGENT", "As I said: I have refunded 34.50 to your card."],
    ]).messages,
  );
  expect(twice.changed).toHaveLength(1);
  expect(isEmptyBrief(briefOf(dialogueOf([["AGENT", "Hello! How can I help you? Have a nice day!"]]).messages))).toBe(
    true,
  );
});
