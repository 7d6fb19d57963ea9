import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";

/** Encrypts what a connection keeps secret. `context` names the row it belongs to: text moved to another row is refused. */
export interface Credentials {
  seal(secrets: Record<string, unknown>, context: string): string;
  /** Throws when the key is another one, or the text was changed. */
  open(sealed: string, context: string): Record<string, unknown>;
  /** Was it sealed with another key than the one in use? */
  isFormer(sealed: string): boolean;
}

/**
 * AES-256-GCM with a key made from `credentialsKey`, which must have at least 32 characters. What was sealed with one of
 * the `formerKeys` can be opened as well.
 */
export function createCredentials(credentialsKey: string, formerKeys: string[] = []): Credentials {
  const { key, keyName } = madeFrom(credentialsKey);
  const keys = new Map([...formerKeys.map(madeFrom), { key, keyName }].map((made) => [made.keyName, made.key]));
  return {
    isFormer: (sealed) => sealed !== "" && sealed.split(".")[1] !== keyName,
    seal(secrets, context) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
      const text = Buffer.concat([cipher.update(JSON.stringify(secrets), "utf8"), cipher.final()]);
      return ["v1", keyName, ...[nonce, cipher.getAuthTag(), text].map((part) => part.toString("base64url"))].join(".");
    },
    open(sealed, context) {
      const [version, name, nonce, tag, text] = sealed.split(".");
      if (version !== "v1" || !nonce || !tag || text === undefined) throw new Error("These are no sealed credentials.");
      const opener = keys.get(name ?? "");
      if (!opener)
        throw new Error(
          `These credentials were sealed with key ${name}; the key in use is ${keyName}. Set the former key again.`,
        );
      const decipher = createDecipheriv("aes-256-gcm", opener, Buffer.from(nonce, "base64url"), { authTagLength: 16 })
        .setAAD(Buffer.from(context))
        .setAuthTag(Buffer.from(tag, "base64url"));
      const opened = Buffer.concat([decipher.update(Buffer.from(text, "base64url")), decipher.final()]);
      return JSON.parse(opened.toString("utf8")) as Record<string, unknown>;
    },
  };
}

function madeFrom(credentialsKey: string): { key: Buffer; keyName: string } {
  if (credentialsKey.length < 32)
    throw new Error(
      "The key for credentials is too short: it takes at least 32 random characters (openssl rand -base64 32).",
    );
  const key = Buffer.from(hkdfSync("sha256", credentialsKey, "", "baton credentials", 32));
  // Tells which key sealed a text without telling the key.
  return { key, keyName: createHash("sha256").update("name of ").update(key).digest("hex").slice(0, 8) };
}
