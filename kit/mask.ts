import { maskAfter } from "./mask.context";
import { maskCodes, maskPasswords } from "./mask.secrets";

/** A pattern of somebody's own: what it matches is replaced by its name in square brackets. */
export interface MaskPattern {
  name: string;
  /** With the flags g and u; see `safePattern` for what may run on strangers' text. */
  pattern: RegExp;
}

/**
 * The text without card numbers (Luhn), IBANs (checksum), passwords and one-time codes, and without what `own`
 * matches: each is replaced by what it was, in square brackets. Nothing of it is left, so nobody can bring it back.
 * `before`: the messages said just before, the oldest first; where they speak of a code, a number alone is one.
 * Pure, linear in the text's length, and the same again when masked again. Order ids and phone numbers stay.
 */
export function mask(text: string, own: readonly MaskPattern[] = [], before: readonly string[] = []): string {
  let masked = text;
  // What was masked may show that something beside it is a secret too.
  for (let last = "", pass = 0; masked !== last && pass < mostPasses; pass += 1) {
    last = masked;
    masked = maskCodes(maskPasswords(maskCards(maskIbans(last))));
    for (const { name, pattern } of own)
      masked = outsideBrackets(masked, (part) => part.replace(pattern, () => `[${name}]`));
  }
  return maskAfter(masked, before);
}

const mostPasses = 6;

/** What has been replaced already is not looked at again. */
function outsideBrackets(text: string, change: (part: string) => string): string {
  return text
    .split(/(\[[^[\]\n]{1,40}\])/u)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join("");
}

interface Digits {
  start: number;
  end: number;
  /** As ASCII. */
  digits: string;
}

const cardWords =
  /(?:card|karte|carte|tarjeta|carta|cartão|cartao|kaart|kort|karta|visa|master|amex|maestro|credit|debit|kredit|crédit|crédito|карт|卡|カード)/iu;

/** Replaces card numbers, however their digits are grouped and in whichever script they are written. */
function maskCards(text: string): string {
  const groups = digitGroups(text);
  let masked = "";
  let done = 0;
  for (let first = 0; first < groups.length; first += 1) {
    const found = cardFrom(text, groups, first);
    if (!found) continue;
    masked += `${text.slice(done, found.start)}[card number]`;
    done = found.end;
    first = found.last;
  }
  return masked + text.slice(done);
}

function cardFrom(text: string, groups: Digits[], first: number): { start: number; end: number; last: number } | null {
  const begin = groups[first] as Digits;
  const before = text.slice(Math.max(0, begin.start - 60), begin.start);
  // An international phone number, whatever its digits add up to.
  if (/[+＋]$/u.test(before)) return null;
  const named = cardWords.test(before.replace(/\[card number\]/g, ""));
  let digits = "";
  let best: { start: number; end: number; last: number } | null = null;
  const lengths: number[] = [];
  for (let last = first; last < groups.length && digits.length < 19; last += 1) {
    const group = groups[last] as Digits;
    if (last > first && !joined(text.slice((groups[last - 1] as Digits).end, group.start))) break;
    digits += group.digits;
    lengths.push(group.digits.length);
    if (isCard(digits, lengths, named)) best = { start: begin.start, end: group.end, last };
  }
  return best;
}

function joined(between: string): boolean {
  return /^[\s.,\-–—/·_\u200b-\u200d\u2060]{1,3}$/u.test(between);
}

/** `named`: the text before says that it is a card's. */
function isCard(digits: string, groups: number[], named: boolean): boolean {
  if (digits.length < 13 || digits.length > 19 || !passesLuhn(digits) || /^(\d)\1+$/.test(digits)) return false;
  if (named) return true;
  const fours = groups.length > 1 && groups.every((length, index) => length === 4 || index === groups.length - 1);
  if (fours && digits.length >= 15) return true;
  return isIssued(digits) && (groups.length === 1 || isGroupedAsCard(groups));
}

function isGroupedAsCard(groups: number[]): boolean {
  const wholes = groups.slice(0, -1).every((length) => length % 4 === 0);
  const even = groups.every((length) => length === groups[0] && length <= 2);
  return wholes || even || ["4,6,5", "4,6,4", "4,3,3,3"].includes(groups.join());
}

/** Is it of a length and with a beginning that card networks give out? A barcode of 13 digits is not. */
function isIssued(digits: string): boolean {
  const { length } = digits;
  if (/^3[47]/.test(digits)) return length === 15;
  if (/^3(?:0[0-5]|[689])/.test(digits)) return length === 14;
  if (/^4/.test(digits)) return length === 16 || length === 19;
  if (/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/.test(digits)) return length === 16;
  return /^(?:35(?:2[89]|[3-8])|6011|64[4-9]|65|62|60|81|82|220[0-4]|50|5[6-8]|67|63)/.test(digits) && length >= 16;
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    sum += index % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

/** Zeros of the scripts whose digits people type. */
const zeros = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];

function digitGroups(text: string): Digits[] {
  return Array.from(text.matchAll(/[0-9٠-٩۰-۹०-९০-৯๐-๙０-９]+/gu), ({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
    digits: Array.from(found, (char) => {
      const code = char.codePointAt(0) ?? 0;
      return String(code - (zeros.find((zero) => code >= zero && code < zero + 10) ?? code));
    }).join(""),
  }));
}

/** How long an IBAN of each country is. */
const ibanLengths = new Map(
  (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 " +
    "FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 " +
    "LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 " +
    "RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"
  )
    .split(" ")
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

function maskIbans(text: string): string {
  const start = /[A-Z]{2}[ \u00a0.-]?[0-9]{2}/gi;
  let masked = "";
  let done = 0;
  for (let found = start.exec(text); found; found = start.exec(text)) {
    const end = ibanFrom(text, found.index);
    // The next one may begin at this one's second letter.
    start.lastIndex = found.index + 1;
    if (end === null) continue;
    masked += `${text.slice(done, found.index)}[IBAN]`;
    done = end;
    start.lastIndex = end;
  }
  return masked + text.slice(done);
}

/** Where the IBAN that begins there ends; null when none does. */
function ibanFrom(text: string, start: number): number | null {
  const wanted = ibanLengths.get(text.slice(start, start + 2).toUpperCase());
  // The end of a word before a number is no country.
  const within = /[A-Za-z]/.test(text[start - 1] ?? "") && !/iban$/i.test(text.slice(Math.max(0, start - 4), start));
  if (!wanted || within) return null;
  let account = "";
  let index = start;
  let gap = 0;
  while (account.length < wanted && index < text.length) {
    const char = text[index] as string;
    if (/[A-Za-z0-9]/.test(char)) {
      account += char.toUpperCase();
      gap = 0;
    } else if (/[\s.-]/.test(char) && gap < 2) gap += 1;
    else return null;
    index += 1;
  }
  if (account.length < wanted || /^[A-Za-z0-9]/.test(text.slice(index))) return null;
  const letters = text.slice(start, index).replace(/[^A-Za-z]/g, "");
  if (letters !== letters.toUpperCase() && letters !== letters.toLowerCase()) return null;
  let rest = 0;
  for (const char of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(char, 36);
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
  }
  return rest === 1 ? index : null;
}
