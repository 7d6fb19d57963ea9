import { languageOf } from "./language";
import { retell } from "./retell";

test.each([
  ["Hi! I need to return an item", "needs to return an item"],
  [
    "I've got a promo code and I want to know when they expire.",
    "has got a promo code and they want to know when they expire",
  ],
  ["just wanted to check on the status of a refund", "just wanted to check on the status of a refund"],
  ["cant remember which email i used to sign up", "cannot remember which email they used to sign up"],
  ["can I still change the address of my order", "asks whether they can still change the address of their order"],
  ["How do I return a sofa?", "asks how to return a sofa"],
  ["where is my parcel 5512345?", "asks where their parcel 5512345 is"],
  ["When will I get my money back?", "asks when they will get their money back"],
  ["does it ship to Spain?", "asks whether it ships to Spain"],
  ["Is the green of the sofa darker?", "asks: Is the green of the sofa darker?"],
  ["then please refund one of them", "asks to refund one of them"],
  ["please don't cancel it", "asks not to cancel it"],
  ["I have two accounts by mistake, can you merge them?", "has two accounts by mistake and asks to merge them"],
  ["you charged me twice this month", "says you charged them twice this month"],
  ["My blender starts to smoke when I switch it on", "says their blender starts to smoke when they switch it on"],
  ["I don't want a new lamp", "does not want a new lamp"],
  ["is the green sofa from the window still there", "asks: is the green sofa from the window still there?"],
  ["do not send it again", "says do not send it again"],
  ["find out what it costs please", "asks to find out what it costs"],
  ["could somebody from your shop call my mother", "asks to call their mother"],
  ["can you not keep it until May", "asks whether you can not keep it until May"],
  ["I'm on my phone and have no printer", "is on their phone and has no printer"],
  ["mm, my mother won't like that", "says their mother won't like that"],
])("a customer who writes “%s” %s", (sentence, told) => {
  expect(retell(sentence, { who: "CUSTOMER" })).toBe(told);
});

test.each([
  ["Ok, all promo codes expire after 7 days.", "says all promo codes expire after 7 days"],
  ["Please try resetting your password.", "asks them to try resetting their password"],
  ["Clean the filter at the bottom.", "asks them to clean the filter at the bottom"],
  [
    "I have ordered a bag of screws for you, it should reach you by Friday.",
    "has ordered a bag of screws for them, it should reach them by Friday",
  ],
  ["You can cancel it in your account.", "says they can cancel it in their account"],
  ["We are open from 9 to 17.", "says we are open from 9 to 17"],
  ["I cannot promise a faster date.", "cannot promise a faster date"],
  ["I'm putting you through to Ines.", "is putting them through to Ines"],
  ["Is there anything you need?", "asks whether there is anything they need"],
])("an agent who writes “%s” %s", (sentence, told) => {
  expect(retell(sentence, { who: "COMPANY" })).toBe(told);
});

test("a name keeps its large letter, and nothing is told that was not said", () => {
  for (const sentence of ["Tom Barker wrote to me", "IKEA told me so", "Anna from your team called on Monday"]) {
    const told = retell(sentence, { who: "CUSTOMER" });
    for (const [name] of sentence.matchAll(/\b\p{Lu}\p{L}+/gu)) expect(told).toContain(name);
  }
});

test("the language of a text is told by its small words; a text without them is taken for what it is said to be", () => {
  expect(languageOf(["Mein Paket ist noch nicht da und ich brauche es heute"], "en")).toBe("de");
  expect(languageOf(["mi pedido no ha llegado y lo necesito"], "en")).toBe("es");
  expect(languageOf(["o meu pedido não chegou e eu preciso dele"], "en")).toBe("pt");
  expect(languageOf(["le colis n'est pas arrivé et je ne suis pas content"], "en")).toBe("fr");
  expect(languageOf(["il pacco non è arrivato e ne ho bisogno per domani"], "en")).toBe("it");
  expect(languageOf(["het pakket is niet aangekomen en ik heb het nodig"], "en")).toBe("nl");
  expect(languageOf(["荷物がまだ届いていません"], "en")).toBe("ja");
  expect(languageOf(["посылка ещё не пришла"], "en")).toBe("ru");
  expect(languageOf(["посилка ще не прийшла"], "uk")).toBe("uk");
  expect(languageOf(["48213", "ok"], "sv")).toBe("sv");
});
