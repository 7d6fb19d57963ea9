import { createHash, timingSafeEqual } from "node:crypto";

/** Are the two the same? Takes as long for a near miss as for a far one. */
export function sameSecret(given: string | undefined, expected: string): boolean {
  if (given === undefined || expected === "") return false;
  // Hashed first: the comparison needs equal lengths, and its time must not tell the length either.
  const digest = (text: string) => createHash("sha256").update(text, "utf8").digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** Is a signed time within five minutes of now, on either side? Text that is no time is not. */
export function isFresh(signedAt: number, receivedAt: Date): boolean {
  return Math.abs(receivedAt.getTime() - signedAt) <= 300_000;
}
