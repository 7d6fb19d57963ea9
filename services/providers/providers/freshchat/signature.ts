import { createPublicKey, type KeyObject, verify } from "node:crypto";

/**
 * The RSA public key in a text as people paste it: with the lines around it or without, its line breaks kept, turned
 * into blanks or lost. Its label often says RSA PUBLIC KEY where the content is the general form. Null when there is none.
 */
export function keyFrom(text: string): KeyObject | null {
  const content = text.replace(/-----(BEGIN|END)[A-Z ]*-----/g, "").replace(/\\n|\s/g, "");
  if (!/^[A-Za-z0-9+/]{100,}={0,2}$/.test(content)) return null;
  for (const type of ["spki", "pkcs1"] as const)
    try {
      const key = createPublicKey({ key: Buffer.from(content, "base64"), format: "der", type });
      if (key.asymmetricKeyType === "rsa") return key;
    } catch {
      // The other form is tried; none of the two is told by the result.
    }
  return null;
}

/** Did the holder of the key sign these bytes? RSA with SHA-256, PKCS #1 v1.5, the signature in base64. */
export function isSigned(body: Buffer, signature: string | undefined, publicKey: string): boolean {
  const key = keyFrom(publicKey);
  if (!key || !signature) return false;
  const bytes = Buffer.from(signature, "base64");
  // Decoding forgives what does not belong there.
  return bytes.toString("base64") === signature && verify("RSA-SHA256", body, key, bytes);
}
