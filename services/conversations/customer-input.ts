import { z } from "zod";
import { refuse } from "../../kit/errors";
import { storable } from "../../kit/storable";
import { EmptyMessage, MessageTooLong } from "./refusals";

/** The longest message, in characters. */
export const messageLimit = 16_000;

/**
 * A message as it is kept: trimmed, in storable characters. A refusal when nothing is left or it is too long; throws
 * BAD_INPUT for NUL characters, which no person types.
 */
export function checkedMessage(raw: string): string | EmptyMessage | MessageTooLong {
  refuseNul("text", raw);
  const text = storable(raw).trim();
  if (text === "") return new EmptyMessage();
  const length = text.length <= messageLimit ? text.length : [...text].length;
  return length > messageLimit ? new MessageTooLong(messageLimit, length) : text;
}

/** What a desk sends, in storable pieces that each fit a message; cut between words where it can be. */
export function piecesOf(raw: string): string[] {
  const pieces: string[] = [];
  let rest = storable(raw).trim();
  while (rest.length > messageLimit) {
    const wordEnds = rest.slice(0, messageLimit + 1).search(/\s\S*$/);
    const insidePair = /[\uD800-\uDBFF]/.test(rest.charAt(messageLimit - 1));
    const end = wordEnds > messageLimit / 2 ? wordEnds : messageLimit - (insidePair ? 1 : 0);
    pieces.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return rest === "" ? pieces : [...pieces, rest];
}

/** A one-line value such as a name: trimmed, null when empty. Throws BAD_INPUT when it is too long or holds NUL. */
export function checkedLine(name: string, raw: string | null | undefined, most = 200): string | null {
  if (raw === null || raw === undefined) return null;
  refuseNul(name, raw);
  const text = storable(raw).trim();
  if (text.length > most) throw refuse("BAD_INPUT", `${name} is ${text.length} characters long; at most ${most} fit.`);
  return text === "" ? null : text;
}

/** A client's own id of a message, kept as it is. Throws BAD_INPUT when empty, longer than 200 or holding NUL. */
export function checkedClientMessageId(raw: string | null | undefined): string | null {
  if (raw === null || raw === undefined) return null;
  if (checkedLine("clientMessageId", raw) === null)
    throw refuse("BAD_INPUT", "clientMessageId is empty; leave it out or make it unique per message.");
  if (raw.length > 200) throw refuse("BAD_INPUT", "clientMessageId is longer than 200 characters with its blanks.");
  return storable(raw);
}

/** A language tag in lower case (en, pt-br). Throws BAD_INPUT for anything that is none. */
export function checkedLanguage(raw: string): string {
  const language = raw.trim().replaceAll("_", "-").toLowerCase();
  if (!/^[a-z]{2,3}(-[a-z0-9]{1,8})*$/.test(language) || language.length > 35)
    throw refuse("BAD_INPUT", `"${raw.slice(0, 40)}" is no language tag; send one like "en" or "pt-BR".`);
  return language;
}

/** Could a message be sent there? */
export function isEmail(text: string): boolean {
  return text.length <= 254 && z.email().safeParse(text).success;
}

/**
 * The e-mail address that somebody who was asked for one typed; `alone`: nothing else was said. Null when there is
 * none, several, or much more besides.
 */
export function addressIn(text: string): { email: string; alone: boolean } | null {
  if (text.length > 400) return null;
  const words = text.split(/[\s<>()[\]"',;:]+/).map((word) => word.replace(/^[.!?]+|[.!?]+$/g, ""));
  const [email, another] = new Set(words.filter(isEmail));
  if (!email || another) return null;
  return { email, alone: !/[\p{L}\p{N}]/u.test(text.replace(/mailto:/i, "").replace(email, "")) };
}

function refuseNul(name: string, raw: string): void {
  if (raw.includes("\0")) throw refuse("BAD_INPUT", `${name} holds a NUL character (U+0000); leave it out.`);
}
