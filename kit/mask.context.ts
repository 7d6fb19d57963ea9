import { isNumberOfSomething, isSecretive, isWhen, numberShape, otherCode, passwordWords } from "./mask.secrets";

/**
 * A number alone says nothing of itself: "482913" is a one-time code where one was asked for, and an order where that
 * was. What was said just before tells.
 */
type Spoken = "code" | "password" | "other";

/** In how many messages before: "enter the code", "one moment", "take your time", "482913". */
export const mostSpoken = 3;

/** Codes by their names, in the languages people write in. */
const codeMention =
  "\\p{L}{0,30}codes?(?!\\p{L})|c[óo]digos?|codic[ei](?!\\p{L})|kod(?:u|em|ie)?(?!\\p{L})|код(?:а|ом|ы)?(?!\\p{L})|コード|验证码|驗證碼|认证码|校验码|인증번호" +
  "|(?<!\\p{L})(?:otps?|m?-?tans?|pin|2fa|mfa|sms|cvv2?|cvc2?|geheimzahl|prüfziffer|cryptogramme|смс)(?!\\p{L})|text\\smessage" +
  "|(?:einmal|sms-?)(?:passwort|kennwort|pin|tan)|one[- ]time\\spass(?:word|phrase)|mot\\sde\\spasse\\sà\\susage\\sunique|contraseña\\sde\\sun\\ssolo\\suso|senha\\sde\\suso\\súnico|password\\s(?:monouso|usa\\se\\sgetta)|eenmalige?\\s?wachtwoord" +
  "|two[- ](?:factor|step)|zwei-?faktor|verifi(?:cation|zierung|catie)|vérification|verificaci[óo]n|verificaç[ãa]o|verifica(?!\\p{L})|doğrulama|weryfikac";
/** What else a number may be asked for as. */
const otherMention =
  "\\p{L}{0,30}(?:numbers?|nummern?)(?!\\p{L})|(?:numéros?|números?|numer[oi])(?!\\p{L})|номер|番号|订单|訂單|注文|(?<!인증)번호|(?<!\\p{L})(?:\\p{L}{1,30}-)?(?:ids?|nr|nº|zip|plz|cep|cap)(?!\\p{L})|postleitzahl|postcode" +
  "|(?:which|what|what's)\\s(?:is\\s)?(?:the\\s|your\\s)?(?:order|invoice|ticket|booking|parcel|year|amount|price)|welche\\p{L}?\\s(?:bestellung|rechnung|buchung|sendung)|quelle\\s(?:commande|facture)|qu[ée]\\s(?:pedido|factura)|qual[ei]?\\s(?:o\\s|l['’])?(?:pedido|encomenda|ordine|fattura)|welke\\s(?:bestelling|factuur)";
const mention = new RegExp(`(?<other>${otherMention})|${codeMention}|\\[code\\]`, "giu");
const passwordMention = new RegExp(`(?<![\\p{L}\\p{N}])(?:${passwordWords})(?![\\p{L}\\p{N}])|\\[password\\]`, "iu");
/** "The six-digit number", "die Prüfnummer": a number that is a code. */
const secretNumber =
  /(?:digits?|stellige[nrs]?|cijferige?|chiffres|verification|verifizierungs|security|sicherheits|prüf)[\s-]?(?:numbers?|nummern?)$/iu;
const wasSent = /^\s(?:that\s|which\s)?(?:we|i)(?:['’]ve|\shave)?\s(?:just\s)?(?:sent|texted)/iu;
/** "Código postal", "code de suivi", "codice dell'ordine". */
const codeOf = /^\s(?:d[eoai]\s|d['’]|del\s|dell['’]|della\s|van\s|voor\s)?(?<what>\p{L}+)/iu;

/** Codes that shops give out and machines show. */
const forShops =
  /promo|discount|rabatt|gutschein|voucher|coupon|\bgift|geschenk|cadeau|regalo|réduction|descuento|sconto|desconto|korting|shipping|display|anzeige|(?<!\p{L})(?:error|fehler|erreur|errore|erro|fout)/iu;
const told =
  /(?<!\p{L})(?:sent|send|got|received|says?|read|geschickt|gesendet|erhalten|bekommen|steht|envoyé|reçu|enviad[oa]|envié|recib\p{L}*|dice|enviei|receb\p{L}*|inviat[oa]|ricevut[oa]|gestuurd|ontvangen|staat|прислал\p{L}*|отправил\p{L}*)(?!\p{L})/iu;
/** "The code on the label". */
const printed =
  /^\s(?:on|under|inside|auf|unter|sur|sous|en|su|sotto|op|onder|no|na|sulla|sull['’]|della?)\s?(?:the|your|its|der|dem|die|das|den|ihrer|ihrem|le|la|les|l['’]|votre|el|il|o|a|de|het|uw|van)?\s?(?:label|product|box|device|packag\p{L}*|bottom|sticker|receipt|parcel|lamp|etikett|gerät|verpackung|karton|unterseite|rechnung|étiquette|boîte|appareil|emballage|etiqueta|caja|aparato|embalaje|etichetta|scatola|confezione|caixa|embalagem|doos|verpakking|apparaat)(?!\p{L})/iu;

/** What the last of these speaks of that speaks of any such thing; the oldest first. */
function spokenOf(before: readonly string[]): Spoken | null {
  for (const text of before.slice(-mostSpoken).reverse()) {
    const spoken = spokenIn(text.slice(-2_000));
    if (spoken) return spoken;
  }
  return null;
}

function spokenIn(text: string): Spoken | null {
  let last: Spoken | null = null;
  let end = 0;
  for (const found of text.matchAll(mention)) {
    if (isNothing(text, found)) continue;
    const isCode = found.groups?.other ? isSecretNumber(text, found) : isSecretCode(text, found);
    last = isCode ? "code" : "other";
    end = found.index + found[0].length;
  }
  // Who asks for a password, or announces one, does so in the end; whoever does before tells how to change it.
  const sentence = text.split(/(?<=[.!?。？！])\s+/u).findLast((one) => one.trim()) ?? "";
  const password = passwordMention.exec(sentence);
  return password && end <= text.lastIndexOf(sentence) + password.index ? "password" : last;
}

function isSecretNumber(text: string, { index, 0: found }: RegExpExecArray): boolean {
  const end = index + found.length;
  if (secretNumber.test(text.slice(Math.max(0, index - 20), end))) return true;
  return wasSent.test(text.slice(end, end + 40)) && !otherCode.test(lastWords(text.slice(0, end)));
}

/** "You get an SMS when it arrives", "a lampshade in tan": neither a code nor another number. */
function isNothing(text: string, { index, 0: found }: RegExpExecArray): boolean {
  if (/^(?:sms|смс|text\smessage)$/iu.test(found)) {
    const sentence = sentenceAround(text, index);
    return !sentence.includes("?") && !told.test(sentence);
  }
  return found === "tan" || found === "tans";
}

function isSecretCode(text: string, { index, 0: found }: RegExpExecArray): boolean {
  const end = index + found.length;
  if (otherCode.test(lastWords(text.slice(0, end)))) return false;
  if (forShops.test(sentenceAround(text, index))) return false;
  if (!/code|c[óo]dig|codic/iu.test(found)) return true;
  const after = text.slice(end, end + 60);
  const what = codeOf.exec(after)?.groups?.what ?? "";
  return !(otherCode.test(what) || /^(?:postal|fiscal)/iu.test(what) || printed.test(after));
}

function sentenceAround(text: string, index: number): string {
  const before =
    text
      .slice(0, index)
      .split(/[.!?。？！\n]\s?/u)
      .at(-1) ?? "";
  return before + (/^[^.!?。？！\n]*[?？]?/u.exec(text.slice(index))?.[0] ?? "");
}

/** The last three words: "gift card code". */
function lastWords(text: string): string {
  return /(?:[^\s,.;:!?]+\s){0,2}[^\s,.;:!?]+$/u.exec(text.slice(-80))?.[0] ?? "";
}

/** Masks what is a secret only because of what was said before it, the oldest first. Pure. */
export function maskAfter(text: string, before: readonly string[]): string {
  if (!restsOnContext(text)) return text;
  const spoken = spokenOf(before);
  if (spoken === "code") return maskAsCode(text);
  return spoken === "password" ? maskAsPassword(text) : text;
}

/** May it be a secret, depending on what was said before? */
export function restsOnContext(text: string): boolean {
  return maskAsCode(text) !== text || maskAsPassword(text) !== text;
}

function maskAsCode(text: string): string {
  // Who writes more tells what it is.
  const words = text.trim().split(/\s+/u, 13).length;
  if (words > 12 || otherCode.test(text)) return text;
  const alone = /^[^\p{L}\p{N}]*((?=[a-z0-9]*\d)[a-z0-9]{4,10}|\d{3})[^\p{L}\p{N}]*$/iu.exec(text)?.[1];
  if (alone) return text.replace(alone, "[code]");
  return text.replace(numberShape, (found, offset: number) => {
    const before = text.slice(0, offset);
    const grouped = /\d[\s./-]$/u.test(before) || /^[\s./-]\d/u.test(text.slice(offset + found.length));
    // Beside other words it may be a year.
    const year = words > 2 && /^(?:19|20)\d\d$/.test(found);
    return grouped || year || isNumberOfSomething(before) ? found : "[code]";
  });
}

function maskAsPassword(text: string): string {
  const alone = /^\s*["“„«‘`]?(\S{4,64}?)["”“»’`]?[.,;:!?]?\s*$/u.exec(text)?.[1];
  if (!alone || !isSecretive(alone) || isWhen(alone)) return text;
  // An address, a version, what is masked already.
  if (/@|^https?:|^www\.|^v?\d+(?:\.\d+)+$|^\[/iu.test(alone)) return text;
  return text.replace(alone, "[password]");
}
