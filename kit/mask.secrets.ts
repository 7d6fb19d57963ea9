/**
 * Passwords and one-time codes are told by the words around them: they have no checksum. The words are those of the
 * languages people write in; what merely speaks of a password ("my password is not accepted") stays.
 */

export const passwordWords =
  "pass(?:word|phrase|code|wort|wd)s?|(?<!-|boarding\\s|bus\\s|day\\s|ski\\s|season\\s|travel\\s|guest\\s|event\\s)pass(?=\\s{0,2}[:=])|pwd|pw|kennwort|mot\\s+de\\s+passe|mdp|contrase(?:ñ|n)a|clave(?:\\s+de\\s+acceso)?|palavra-passe|senha|wachtwoord|hasło|haslo|lösenord|adgangskode|passord|salasana|heslo|jelszó|parola|şifre(?:m|niz|niz)?|пароль|密码|密碼|パスワード|비밀번호";
const pinWords =
  "security\\s+code|digits\\son\\sthe\\s(?:back|front)|pin(?:-?code|-?nummer)?|cvv2?|cvc2?|kartenprüfnummer|prüfziffer|cryptogramme|geheimzahl";
/** "is", in many languages; with a colon and the like it says more surely that the thing itself follows. */
const copulas = "is|was|are|ist|lautet|war|heißt|est|es|era|è|é|are|jest|är|er|on|это";
const changes = "to|auf|in|en|a|à|naar|as|als|como|come";

const passwordFollows = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${passwordWords})(?![\\p{L}\\p{N}_])(?<more>(?:\\s{1,3}[\\p{L}'’]{1,24}){0,4}?)` +
    `\\s{0,3}(?<link>[:=：]|->|→|(?<=\\s)[-–](?=\\s)|['’]s(?=\\s)|(?<=\\s)(?:was|is|has\\s(?:now\\s)?been|wurde)\\s(?:now\\s)?(?:changed|set|reset|updated|auf)\\s(?:to|as|auf)(?=\\s)|(?<=\\s)(?:(?:${copulas}|${changes})(?:\\s{1,2}(?:now|just|still|simply|currently|actually|jetzt|übrigens|einfach|nämlich|aktuell|ahora|maintenant|toujours|adesso|agora|nu))?\\s{0,2}[:=：]?(?=\\s|["'“„«‘\`]))|(?<=\\s)(?=\\S*\\p{N}))\\s{0,3}` +
    '(?<value>["“„«‘`][^"”“«»’`\\n]{3,64}["”“»’`]|\\S{3,64})',
  "giu",
);

/** What may stand after "the password is" and is no password. */
const noPassword = new Set(
  (
    "not no never always too also still just only the a an my your our his her their this that it its i we you they he she there here what which who why " +
    "wrong incorrect correct right invalid valid expired weak strong short long required needed missing empty blank lost gone stolen unknown safe secure " +
    "unsafe hidden visible old new same different public compromised hacked leaked unavailable accepted refused rejected ignored saved stored fine good bad " +
    "okay ok ready set reset change field page link email mail manager policy rules issue problem error help please thanks because since when where how for " +
    "from with without and or but if so than then to of in on at by via after before again now today yesterday tomorrow really very quite impossible case " +
    "nicht kein keine falsch richtig ungültig abgelaufen weg verloren vergessen zu immer noch leider korrekt gesperrt unbekannt sicher unsicher neu alt " +
    "leer gültig und oder aber weil seit mein dein ihr das der die ein eine bitte danke wird wurde wie wo wann warum " +
    "pas plus incorrect incorrecte expiré invalide oublié perdu correct faux mauvais refusé bloqué trop le la les un une mon ma votre et ou mais toujours " +
    "incorrecta incorrecto inválida inválido correcta correcto errónea caducada caducó expirada muy mi su tu el los las una uno y o pero porque siempre " +
    "nunca demasiado olvidada perdida bloqueada válida nueva vieja segura " +
    "sbagliata errata scaduta corretta non il lo gli mia tua sua ma perché sempre mai troppo bloccata dimenticata nuova vecchia " +
    "errada inválida correta não minha sua meu seu uma mas porque sempre nunca esquecida bloqueada nova velha " +
    "fout verkeerd onjuist verlopen niet geen mijn jouw uw het een maar omdat altijd nooit vergeten kwijt geblokkeerd juist nieuw oud"
  ).split(" "),
);
const joining = new Set(
  "and but or please und aber oder bitte et mais y pero por e ma mas en maar thanks thank danke merci gracias".split(
    " ",
  ),
);

/** Replaces what is given as a password, passphrase or a card's secret number. */
export function maskPasswords(text: string): string {
  const inline = text.replace(passwordInline, "$1[password]").replace(besideCard, "$1$2[code]");
  const masked = inline.replace(passwordFollows, (whole: string, ...rest: unknown[]) => {
    const { more, link, value } = rest.at(-1) as { more: string; link: string; value: string };
    const offset = rest.at(-3) as number;
    const after = inline.slice(offset + whole.length);
    const quoted = /^["“„«‘`]/u.test(value);
    const trailing = quoted ? "" : (/[.,;:!?)}\]"'”’»]+$/u.exec(value)?.[0] ?? "");
    const bare = value.slice(0, value.length - trailing.length);
    if (isPlaceholder(value) || !isPassword(bare, { quoted, link: link.trim(), far: more !== "", after })) return whole;
    return `${whole.slice(0, whole.length - value.length)}[password]${trailing}`;
  });
  return masked.replace(
    pinFollows,
    (whole: string, before: string) => `${before}[code]${whole.endsWith(".") ? "." : ""}`,
  );
}

const pinFollows = new RegExp(
  `((?<![\\p{L}\\p{N}])(?:${pinWords})(?:\\s{1,2}[\\p{L}'’]{1,16}){0,3}\\s{0,2}[:=：]?\\s{0,2})[0-9]{3,8}(?![\\p{L}\\p{N}-])`,
  "giu",
);

function isPlaceholder(value: string): boolean {
  return /^\[[^\]]{1,40}\]?/u.test(value);
}

function isPassword(value: string, said: { quoted: boolean; link: string; far: boolean; after: string }): boolean {
  if (said.quoted) return true;
  const plain = /^[\p{L}\p{M}'’-]+$/u.test(value) && !/\p{Ll}\p{Lu}/u.test(value);
  const secretive = isSecretive(value);
  if (said.link === "") return secretive && /\p{N}/u.test(value) && !isWhen(value);
  if (secretive || /\p{Ll}\p{Lu}/u.test(value)) return !isWhen(value);
  const punctuated = /[:=：>→]$/u.test(said.link);
  if (!plain || said.far || noPassword.has(value.toLowerCase())) return false;
  if (!punctuated && new RegExp(`^(?:${changes})\\b`, "iu").test(said.link)) return false;
  if (!punctuated && /(?:ed|ing)$/i.test(value)) return false;
  // "The password is case sensitive": a password ends the clause, or something is joined to it.
  const next = /^[.,;:!?)]*\s+([\p{L}'’]+)/u.exec(said.after)?.[1]?.toLowerCase();
  const ends = /^\s*(?:$|[\n.,;:!?)])/u.test(said.after) || next === undefined;
  return punctuated || ends || joining.has(next ?? "");
}

/** More than a word and more than a small number. */
export function isSecretive(value: string): boolean {
  return value.length >= 4 && !/^[\p{L}\p{M}'’-]+[.,;:!?]?[\p{L}]*$/u.test(value) && !/^[\d.,/:-]{0,3}$/.test(value);
}

/** A date, a time or a count of something: "password since 12/05/2024". */
export function isWhen(value: string): boolean {
  return /^(?:\d{1,4}([./-])\d{1,2}\1\d{1,4}|\d{1,2}[:.]\d{2}|\d{1,3}(?:x|th|st|nd|rd|%)?)$/i.test(value);
}

const strongCode =
  "(?:one[- ]?time|verification|verify|security|log-?\\s?in|sign-?\\s?in|auth(?:entication|enticator|orization|orisation)?|2fa|mfa|two[- ]factor|sms|text|otp|m?tan|pin)[- ]?(?:pass)?(?:code|token|number|pin)?s?" +
  "|otp|m?tan|(?:einmal|bestätigungs|sicherheits|verifizierungs|zugangs|anmelde|sms-?|login-?)(?:code|pin|tan|passwort|kennwort)" +
  "|code\\s(?:de\\s(?:vérification|sécurité|confirmation|connexion|validation)|secret|sms|à\\susage\\sunique|reçu)" +
  "|c[óo]digo\\s(?:de\\s(?:verificaci[óo]n|seguridad|acceso|un\\ssolo\\suso|confirmaci[óo]n|verificaç[ãa]o|segurança|acesso)|sms)" +
  "|codice\\s(?:di\\s(?:verifica|sicurezza|accesso|conferma)|otp|sms|usa\\se\\sgetta)" +
  "|(?:verificatie|beveiligings|inlog|bevestigings|sms-?)code|kod\\s(?:weryfikacyjny|sms)|doğrulama\\skodu|код\\s(?:подтверждения|из\\sсмс)|验证码|驗證碼|認証コード|인증번호";
const anyCode = "(?:pass)?codes?|c[óo]digo|codice|kod|код|token";
const codeBefore = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${strongCode})(?:\\s{1,2}[\\p{L}'’]{1,20}){0,6}\\s{0,2}[:=：]?\\s{0,2}(?:is|ist)?\\s?$`,
  "iu",
);
const looseBefore = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${anyCode})(?<rest>(?:\\s{1,2}[\\p{L}'’,]{1,20}){0,7}\\s{0,2}[:=：]?\\s{0,2})$`,
  "iu",
);
const codeAfter = new RegExp(
  `^\\s?[(\\[]\\s?(?:${strongCode}|${anyCode})|^\\s{1,2}to\\s(?:log|sign|verify|confirm|authenticate)|^["”»]?\\s{1,2}(?:is|was|ist|war|est|es|è|é|jest|als|as|comme|como|come)\\s{1,2}(?:(?:the|my|your|a|our|der|mein|dein|ihr|le|mon|votre|el|mi|tu|su|il|mio|o|meu|seu|de|mijn|uw)\\s{1,2}(?:[\\p{L}'’-]{1,20}\\s{1,2}){0,2})?(?:${strongCode}|${anyCode})`,
  "iu",
);
const saidToBeCode = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${anyCode})\\s{0,2}(?:is|ist|lautet|est|es|è|é|jest|[:：])\\s{0,2}$|(?<![\\p{L}])(?:my|the|a|your|mein|der|den|einen|mon|le|un|mi|el|il|mio|meu|o|mijn|de)\\s(?:${anyCode}),?\\s$`,
  "iu",
);
const aboutLogin =
  /(?<![\p{L}])(?:sms|text(?:ed| message)?|verif\p{L}*|log(?:ged|ging)?[- ]?in|login|sign(?:ed|ing)?[- ]?in|2fa|two[- ]factor|auth\p{L}*|one[- ]time|otp|e-?mailed|got|received|sent|bank|handy|phone|app|einlog\p{L}*|anmeld\p{L}*|bekomm\p{L}*|erhalten|geschickt|reçu|envoyé|connect\p{L}*|recib\p{L}*|enviad\p{L}*|llegó|mensaje|ricevut\p{L}*|inviat\p{L}*|accedere|receb\p{L}*|ontvangen|gekregen|inlog\p{L}*|смс|短信)(?![\p{L}])/iu;
/** Codes that are no secrets: they stand on coupons, parcels, displays and letters. */
export const otherCode =
  /promo|discount|rabatt|gutschein|voucher|coupon|gift|geschenk|cadeau|regalo|réduction|descuento|sconto|desconto|korting|error|fehler|erreur|errore|erro\b|fout|fault|display|anzeige|product|produkt|produit|producto|prodotto|article|artikel|artículo|articolo|item|order|bestell|commande|pedido|ordine|encomenda|tracking|sendung|suivi|seguimiento|shipping|booking|buchung|reservation|réservation|reserva|prenotazione|referen|référence|post(?:al|leit|code)|postcode|\bzip\b|country|area|dial|vorwahl|bar-?code|\bqr\b|status|http|customer|kunden|client|model|colou?r|farb|licen[cs]e|serial|serien|invoice|rechnung|factur|ticket|parcel|paket|batch|charge|swift|\bbic\b|sort\b/iu;
const otherNumber =
  /(?:order|bestell\p{L}*|commande|pedido|ordine|encomenda|bestelling|ticket|invoice|rechnung|parcel|paket|tel\p{L}*|phone|call(?: me)?(?: on| at)?|nummer|number|n[°ºo]\.?|#)\s{0,2}[:#.-]?\s{0,2}$/iu;

/** Scripts that set no blanks between words. */
const passwordInline = /((?:密码|密碼|パスワード|비밀번호)\s?(?:是|为|為|は|는|은|：|:)\s?)[\x21-\x7e]{4,64}/gu;
const codeInline =
  /((?:验证码|驗證碼|认证码|校验码|認証コード|確認コード|인증번호)\s?(?:是|为|為|は|는|은|：|:)?\s?)\d{4,8}(?!\d)/gu;
/** What stands on a card besides its number. */
const besideCard =
  /(\[card number\][\s,;]{1,3}(?:exp\p{L}{0,8}\.?:?\s?)?\d{1,2}\s?[/-]\s?\d{2,4}[\s,;]{1,3})\d{3,4}(?![\p{L}\p{N}])|(\[card number\][\s,;]{1,3})\d{3}(?![\p{L}\p{N}/])/gu;

/** A number that may be a code by its looks. */
export const numberShape =
  /(?<![\p{L}\p{N}#.,+/€$£-])(?:[A-Z]{1,2}-)?(?:\d{4,8}|\d{3}[ -]\d{3}|\d{2}[ -]\d{2}[ -]\d{2})(?![\p{L}\p{N}%€/-]|[.,]\d)/gu;

/** Is the number that follows called an order's, a phone's, or simply a number? */
export function isNumberOfSomething(before: string): boolean {
  return otherNumber.test(before);
}

/** Replaces one-time codes: four to eight digits that the words around them call such a code. */
export function maskCodes(text: string): string {
  const inline = text.replace(codeInline, "$1[code]");
  return inline.replace(numberShape, (found, offset: number) => {
    const begin = Math.max(0, offset - 120);
    const sentence =
      inline
        .slice(begin, offset)
        .split(/[.!?\n](?=\s|$)/u)
        .at(-1) ?? "";
    const after = inline.slice(offset + found.length, offset + found.length + 80).split(/[\n]|[.!?](?:\s|$)/u)[0] ?? "";
    return isCode(sentence, after, inline) ? "[code]" : found;
  });
}

function isCode(before: string, after: string, text: string): boolean {
  const strong = codeBefore.exec(before);
  if (strong && !otherCode.test(before.slice(Math.max(0, strong.index - 12)))) return true;
  const named = codeAfter.exec(after);
  if (named && !otherCode.test(named[0])) return true;
  const loose = looseBefore.exec(before);
  if (!loose || otherCode.test(before.slice(Math.max(0, loose.index - 24))) || otherCode.test(after.slice(0, 24)))
    return false;
  if (isNumberOfSomething(before)) return false;
  // "The code is 482913": nothing says of what, and nothing says that it may be read by everybody.
  if (saidToBeCode.test(before) && !otherCode.test(text)) return true;
  return aboutLogin.test(`${before} ${after}`) || (aboutLogin.test(text) && !otherCode.test(text));
}
