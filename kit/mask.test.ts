import fc from "fast-check";
import { mask } from "./mask";

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));

/** The number with the last digit that makes its sum right (`off` 0) or wrong. */
function luhn(body: string, off = 0): string {
  for (let last = 0; last < 10; last += 1) {
    const sum = [...`${body}${last}`]
      .reverse()
      .map((digit, index) => (index % 2 === 0 ? Number(digit) : Number(digit) * 2))
      .reduce((all, one) => all + (one > 9 ? one - 9 : one), 0);
    if (sum % 10 === 0) return `${body}${(last + off) % 10}`;
  }
  throw new Error("one of ten digits fits");
}

function grouped(number: string, separator: string): string {
  return (number.match(/.{1,4}/g) ?? []).join(separator);
}

function iban(country: string, account: string): string {
  const value = [...`${account}${country}00`].map((char) => Number.parseInt(char, 36)).join("");
  let rest = 0;
  for (const digit of value) rest = (rest * 10 + Number(digit)) % 97;
  return `${country}${String(98 - rest).padStart(2, "0")}${account}`;
}

const around = fc.constantFrom("", "please charge ", "Karte: ", "it is (", "я плачу ", "number,", "\n");
const separators = fc.constantFrom("", " ", "-", ".", "\u00a0", "  ", "\n", "\u200b");

test("a card number is gone, however it is grouped and wherever it stands", () => {
  fc.assert(
    fc.property(digits(14), separators, around, around, (rest, separator, before, after) => {
      const number = grouped(luhn(`4${rest}`), separator);
      expect(mask(`${before}${number} ${after}`)).toBe(`${before}[card number] ${after}`);
    }),
  );
});

test.each([
  ["4111 1111 1111 1111", "Visa"],
  ["5555555555554444", "Mastercard"],
  ["2223 0031 2200 3222", "Mastercard, new range"],
  ["3782 822463 10005", "American Express"],
  ["3056 930902 5904", "Diners"],
  ["6011-1111-1111-1117", "Discover"],
  ["3530111333300000", "JCB"],
  ["1234 5678 1234 5670", "grouped in fours, of no network"],
  ["４１１１１１１１１１１１１１１１", "full-width digits"],
  ["٤١١١ ١١١١ ١١١١ ١١١١", "Arabic digits"],
  ["4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "one by one"],
])("%s is a card number: %s", (number) => {
  expect(mask(`Take ${number}, valid 12/29.`)).toBe("Take [card number], valid 12/29.");
});

test("two card numbers in one message are both gone", () => {
  expect(mask("4111 1111 1111 1111 or 5555 5555 5555 4444")).toBe("[card number] or [card number]");
});

test("an IBAN is gone, with and without blanks, in small letters too", () => {
  fc.assert(
    fc.property(
      digits(18),
      fc.constantFrom("", " ", "-"),
      fc.boolean(),
      around,
      (account, separator, small, before) => {
        const number = grouped(iban("DE", account), separator);
        expect(mask(`${before}${small ? number.toLowerCase() : number}, please`)).toBe(`${before}[IBAN], please`);
      },
    ),
  );
  for (const number of ["GB29 NWBK 6016 1331 9268 19", "FR1420041010050500013M02606", "NL91ABNA0417164300"])
    expect(mask(`Refund to ${number} please`)).toBe("Refund to [IBAN] please");
});

test("a number whose sum is wrong stays: it may be an order's", () => {
  fc.assert(
    fc.property(digits(14), fc.integer({ min: 1, max: 9 }), (rest, off) => {
      const text = `where is ${luhn(`4${rest}`, off)}`;
      expect(mask(text)).toBe(text);
    }),
  );
  fc.assert(
    fc.property(digits(18), fc.integer({ min: 1, max: 8 }), (account, off) => {
      const right = iban("DE", account);
      const wrong = `DE${String(((Number(right.slice(2, 4)) + off) % 96) + 2).padStart(2, "0")}${right.slice(4)}`;
      fc.pre(wrong !== right && (Number(wrong.slice(2, 4)) - Number(right.slice(2, 4))) % 97 !== 0);
      expect(mask(`ref ${wrong}`)).toBe(`ref ${wrong}`);
    }),
  );
});

test("order ids and phone numbers stay", () => {
  const id = fc.oneof(
    digits(10),
    fc.tuple(fc.constantFrom("AB-", "#", "R", "ORD-", "SO_"), digits(8)).map((parts) => parts.join("")),
    digits(5),
  );
  const order = fc.constantFrom(
    "My order is ",
    "order ",
    "Bestellung Nr. ",
    "pedido ",
    "commande n° ",
    "Ticket #",
    "It's ",
  );
  fc.assert(
    fc.property(order, id, (label, number) => {
      expect(mask(`${label}${number} and it is late`)).toBe(`${label}${number} and it is late`);
    }),
  );
  const phone = fc.oneof(
    fc.tuple(digits(3), digits(3), digits(4)).map(([area, one, two]) => `(${area}) ${one}-${two}`),
    fc.tuple(fc.constantFrom("+49 ", "+1 ", "+34", "+44 "), digits(3), digits(7)).map((parts) => parts.join(" ")),
    digits(11).map((rest) => `+${rest}`),
    digits(9).map((rest) => `0${rest}`),
  );
  fc.assert(
    fc.property(fc.constantFrom("call me on ", "my phone: ", "Telefon ", "mi número es "), phone, (label, number) => {
      expect(mask(`${label}${number}.`)).toBe(`${label}${number}.`);
    }),
  );
});

test.each([
  ["my password is hunter2", "my password is [password]"],
  ["My password is sunshine.", "My password is [password]."],
  ["password: correcthorse", "password: [password]"],
  ["user mia pw=Tr0ub4dor&3 does not log in", "user mia pw=[password] does not log in"],
  ["the password for the shop account is abc!234, thanks", "the password for the shop account is [password], thanks"],
  ["I changed my password to Winter2024 yesterday", "I changed my password to [password] yesterday"],
  ["login mia password hunter22", "login mia password [password]"],
  ['the password is "open the door please"', "the password is [password]"],
  ["Mein Passwort ist Sommer2024!", "Mein Passwort ist [password]!"],
  ["Passwort: geheim123", "Passwort: [password]"],
  ["Kennwort lautet blume und geht nicht", "Kennwort lautet [password] und geht nicht"],
  ["mi contraseña es girasol7", "mi contraseña es [password]"],
  ["mi contraseña es girasol", "mi contraseña es [password]"],
  ["mon mot de passe est Soleil99", "mon mot de passe est [password]"],
  ["la mia password è gatto123", "la mia password è [password]"],
  ["minha senha é abacaxi1", "minha senha é [password]"],
  ["mijn wachtwoord is tulp2024", "mijn wachtwoord is [password]"],
  ["moje hasło: kotek12", "moje hasło: [password]"],
  ["мой пароль: солнце12", "мой пароль: [password]"],
  ["密码：abc12345", "密码：[password]"],
  ["user: mia pass: Kitty4ever", "user: mia pass: [password]"],
  ["my password's hunter2", "my password's [password]"],
  ["Password - Kitty4ever", "Password - [password]"],
  ["My password was changed to Kitty4ever", "My password was changed to [password]"],
  ["mein Passwort ist übrigens Sommer24", "mein Passwort ist übrigens [password]"],
  ["我的密码是abc12345", "我的密码是[password]"],
  ["パスワードはabc12345です", "パスワードは[password]です"],
  ["4111 1111 1111 1111 12/27 123", "[card number] 12/27 [code]"],
  ["my PIN is 4821", "my PIN is [code]"],
  ["CVV 123", "CVV [code]"],
])("a password goes: %s", (text, masked) => {
  expect(mask(text)).toBe(masked);
});

test.each([
  "my password is not working",
  "the password is wrong",
  "my password is case sensitive, isn't it?",
  "my password was rejected twice",
  "password reset email never arrives",
  "The password reset link is broken",
  "Please try resetting your password.",
  "I forgot my password, can you help me?",
  "password: not accepted",
  "mein Passwort ist falsch",
  "Passwort vergessen",
  "mi contraseña es incorrecta",
  "mon mot de passe est toujours refusé",
  "a senha está errada",
  "my passport is valid until 2031",
  "since the update on 12/05/2024 my password is gone",
  "the password must be 8 characters long",
])("what only speaks of a password stays: %s", (text) => {
  expect(mask(text)).toBe(text);
});

test.each([
  ["code 123456 from SMS", "code [code] from SMS"],
  ["I got the code 482913 by text message", "I got the code [code] by text message"],
  ["my verification code is 482913", "my verification code is [code]"],
  ["Your one-time code: 482 913", "Your one-time code: [code]"],
  ["OTP 558213", "OTP [code]"],
  ["482913 is my login code", "[code] is my login code"],
  ["2FA code 123 456", "2FA code [code]"],
  ["the SMS says G-482913 is your verification code", "the SMS says [code] is your verification code"],
  ["mein Bestätigungscode lautet 771204", "mein Bestätigungscode lautet [code]"],
  ["TAN: 882211", "TAN: [code]"],
  ["le code de vérification est 220134", "le code de vérification est [code]"],
  ["mi código de verificación es 918273", "mi código de verificación es [code]"],
  ["il codice di verifica è 918273", "il codice di verifica è [code]"],
  ["o código de verificação é 918273", "o código de verificação é [code]"],
  ["de verificatiecode is 918273", "de verificatiecode is [code]"],
  ["验证码 918273", "验证码 [code]"],
  ["認証コードは918273です", "認証コードは[code]です"],
  ["the code is 482913", "the code is [code]"],
  ["el código es 918273", "el código es [code]"],
  ["use 482913 to log in", "use [code] to log in"],
  ["482913 (SMS code)", "[code] (SMS code)"],
  ["the code you sent me is 771204 but the login fails", "the code you sent me is [code] but the login fails"],
])("a one-time code goes: %s", (text, masked) => {
  expect(mask(text)).toBe(masked);
});

test.each([
  "my promo code 2024 does not work",
  "my boarding pass: gate 12",
  "the error code is 482913",
  "the display says 5031, the code is 5031",
  "discount code 123456 was sent by SMS",
  "the display shows error code 5031",
  "my postcode is 10115",
  "código postal 28001",
  "Fehlercode 4711 seit gestern",
  "article code 123456",
  "tracking code 99887766",
  "I got my order 482913 today",
  "order 5512, bought 2024",
  "it costs 1299 euro",
  "booking code 123456",
])("a code that is no secret stays: %s", (text) => {
  expect(mask(text)).toBe(text);
});

test("masking what is masked changes nothing, whatever the text", () => {
  const part = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom(
      "my password is ",
      "password: ",
      "code ",
      "PIN 1234",
      "SMS ",
      "4111 1111 1111 1111",
      "hunter2",
      "123456",
      " ",
    ),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const once = mask(parts.join(""));
      expect(mask(once)).toBe(once);
    }),
    { numRuns: 1000 },
  );
});

test("a workspace's own patterns go by their name, and never into what is masked already", () => {
  const own = [
    { name: "customer number", pattern: /KD-\d{4,8}/gu },
    { name: "word", pattern: /[a-z]{4}/gu },
  ];
  expect(mask("KD-12345, card 4111 1111 1111 1111", own)).toBe("[customer number], [word] [card number]");
});
