import fc from "fast-check";
import { mask } from "./mask";

test.each([
  ["Please enter the 6-digit code we sent you by SMS.", "482913"],
  ["I have just sent you a verification code. Please type it here.", "482913"],
  ["To verify your order, please tell me the code we sent you", "482 913"],
  ["Please tell me the verification code for your customer account.", "482913"],
  ["What is your PIN?", "4821"],
  ["What does the SMS say?", "it says 482913"],
  ["Can you tell me the number we texted you?", "482913"],
  ["Your one-time password was sent to your phone.", "K7Q4XP"],
  ["For verification we sent you a text message.", "here: 482913"],
  ["Please read me the three digits of the security code on the back of your card.", "123"],
  ["Did you get the SMS?", "yes, 482913"],
  ["Bitte die Tan eingeben", "482913"],
  ["Which three digits are your CVV?", "123"],
  ["Bitte nennen Sie mir die TAN.", "482913"],
  ["Ich habe Ihnen einen Bestätigungscode geschickt.", "482913"],
  ["Wie lautet die sechsstellige Nummer?", "482913"],
  ["Bitte geben Sie das Einmalpasswort ein", "es ist 482913"],
  ["Pouvez-vous me donner le code reçu par SMS ?", "482913"],
  ["Entrez le code de vérification, s'il vous plaît.", "c'est 482913"],
  ["¿Cuál es el código de verificación?", "482913"],
  ["Por favor escriba el código que le enviamos.", "482913."],
  ["Digite o código de verificação, por favor.", "482913"],
  ["Qual é o código que recebeu?", "482913"],
  ["Mi può dare il codice di verifica?", "482913"],
  ["Inserisca il codice ricevuto via SMS", "482913"],
  ["Wat is de verificatiecode?", "482913"],
  ["Voer de code in die wij u hebben gestuurd.", "482913"],
  ["Podaj kod z SMS-a", "482913"],
  ["Введите код из смс", "482913"],
  ["请输入验证码", "482913"],
  ["認証コードを入力してください", "482913"],
  ["인증번호를 입력해 주세요", "482913"],
])("after %j the answer %j is a code", (asked, answer) => {
  const masked = mask(answer, [], [asked]);
  expect(masked).toContain("[code]");
  expect(masked).not.toMatch(/\d/);
});

test.each([
  ["What is your order number?", "482913"],
  ["For verification, please tell me your order number.", "482913"],
  ["Which order is it about?", "48291"],
  ["Please tell me your customer ID.", "482913"],
  ["What is the error code?", "5031"],
  ["Which discount code did you use?", "482913"],
  ["What is the code on the gift card?", "I bought it for order 482913"],
  ["Please tell me your postcode.", "10115"],
  ["What is your ZIP code?", "90210"],
  ["Which year did you buy it?", "2019"],
  ["Wie lautet Ihre Bestellnummer?", "482913"],
  ["Zur Verifizierung brauche ich Ihre Kundennummer.", "482913"],
  ["Ihre Postleitzahl bitte", "10115"],
  ["Welchen Fehlercode zeigt das Display?", "5031"],
  ["Quel est votre numéro de commande ?", "482913"],
  ["Votre code postal, s'il vous plaît ?", "75011"],
  ["Quel est le code de suivi ?", "48291377"],
  ["¿Cuál es su número de pedido?", "482913"],
  ["¿Cuál es su código postal?", "28001"],
  ["Qual é o número da encomenda?", "482913"],
  ["Qual è il numero d'ordine?", "482913"],
  ["Qual è il codice dell'ordine?", "482913"],
  ["Wat is uw bestelnummer?", "482913"],
  ["Wat is uw postcode?", "1011"],
  ["Номер заказа?", "482913"],
  ["注文番号は？", "482913"],
  ["How can I help you?", "482913"],
  ["What code does the display show?", "5031"],
  ["Is there a code for free shipping?", "5031"],
  ["Please read me the code on the label.", "48213377"],
  ["Nennen Sie mir bitte den Code auf dem Etikett.", "48213377"],
  ["You get an SMS when the parcel is at the shop.", "it's 48213"],
  ["The shade comes in tan and in blue.", "4821"],
  ["The plug has three pins.", "4821"],
  ["Please enter the code.", "I have waited since 2019 for this"],
  ["Please enter the code.", "my number is 0171 2345678"],
  ["Please enter the code.", "order 482913"],
  ["Please enter the code.", "There was none"],
])("after %j the answer %j stays", (asked, answer) => {
  expect(mask(answer, [], [asked])).toBe(answer);
});

test("the nearest message that speaks of either tells, among the last three", () => {
  const code = "Please enter the code we sent you.";
  expect(mask("482913", [], [code, "one moment", "Take your time."])).toBe("[code]");
  expect(mask("482914", [], [code, "[code]", "That was not right, please try again."])).toBe("[code]");
  expect(mask("482913", [], [code, "[code]", "Thank you. And your order number?"])).toBe("482913");
  expect(mask("482913", [], ["Your order number?", "R-55123", code])).toBe("[code]");
  expect(mask("482913", [], [code, "no", "Never mind.", "Thanks"])).toBe("482913");
});

test("a customer who announces a code gives it in the next message", () => {
  expect(mask("482913", [], ["here is the code"])).toBe("[code]");
  expect(mask("4821", [], ["ok, my PIN:"])).toBe("[code]");
  expect(mask("482913", [], ["my order number:"])).toBe("482913");
});

test.each([
  ["What is your password?", "hunter2"],
  ["Please send me your password.", "Tr0ub4dor&3"],
  ["my password is", "winter!24"],
  ["Wie lautet Ihr Passwort?", "Sommer2024!"],
  ["Quel est votre mot de passe ?", "Soleil99"],
])("after %j the answer %j is a password", (asked, answer) => {
  expect(mask(answer, [], [asked])).toMatch(/^\[password\]!?$/);
});

test.each([
  ["What is your password?", "Why?"],
  ["What is your password?", "never"],
  ["Did you change your password?", "yes!"],
  ["When did you change your password?", "12/05/2024"],
  ["You can reset your password in the app. Which version do you have?", "3.4.1"],
  ["To reset your password I need your e-mail.", "mia@shop.example"],
  ["To reset your password I need your order number.", "AB-48291"],
])("after %j the answer %j is none", (asked, answer) => {
  expect(mask(answer, [], [asked])).toBe(answer);
});

test("an order number that was asked for stays, whatever it looks like", () => {
  const asked = fc.constantFrom("Your order number?", "Wie ist die Bestellnummer?", "¿Número de pedido?");
  fc.assert(
    fc.property(asked, fc.stringMatching(/^[0-9]{4,8}$/), (before, number) => {
      expect(mask(number, [], ["Please enter the code we sent you.", before])).toBe(number);
    }),
  );
});

test("masking again with the same words before changes nothing, and long texts take no time", () => {
  const before = fc.constantFrom("Enter the code.", "What is your password?", "Your order number?", "[code]");
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom("482 913", "482913 abc1!", "hunter2")),
      before,
      (text, said) => {
        const once = mask(text, [], [said]);
        expect(mask(once, [], [said])).toBe(once);
      },
    ),
    { numRuns: 1000 },
  );
  const { user } = process.cpuUsage();
  for (const part of ["a", "1 ", "code ", "number", "id-"])
    mask(part.repeat(20_000 / part.length), [], [part.repeat(20_000 / part.length), part.repeat(20_000 / part.length)]);
  // Of the processor's time: others may be at work on the same machine.
  expect(process.cpuUsage().user - user).toBeLessThan(2_000_000);
});
