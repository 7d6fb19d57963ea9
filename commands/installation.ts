import { randomBytes } from "node:crypto";
import { accessSync, constants, existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockHolder } from "../kit/lock-file";
import { makePassableFolder } from "../kit/passable-folder";

/** What an installation keeps in its data folder, beside the embedded Postgres. */
export interface Installation {
  folder: string;
  secrets: Secrets;
}

export interface Secrets {
  tokenSecret: string;
  internalSecret: string;
  credentialsKey: string;
  /** Sealed with them is opened too; `npm run rotate-credentials` puts them here. */
  formerCredentialsKeys: string[];
}

export const lockPath = (folder: string) => join(folder, "lock.json");
export const postgresPath = (folder: string) => join(folder, "postgres");

/** The graph's address of the Baton that runs on this data folder; null when none does. */
export function runningUrl(folder: string): string | null {
  const note = lockHolder(lockPath(folder))?.note;
  return note?.startsWith("http") ? note : null;
}

/** Opens the data folder; makes it, and the secrets in it, when they are missing. */
export function openInstallation(env: {
  BATON_DATA: string;
  TOKEN_SECRET?: string;
  INTERNAL_SECRET?: string;
  CREDENTIALS_KEY?: string;
}): Installation {
  const folder = env.BATON_DATA;
  // Where root runs this, Postgres runs as nobody and passes through; what is secret below is closed by itself.
  try {
    makePassableFolder(folder);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new Error(
      `Baton cannot keep anything in ${folder}: ${(error as Error).message}. Choose another folder with BATON_DATA.`,
    );
  }
  return {
    folder,
    secrets: {
      tokenSecret: env.TOKEN_SECRET ?? keptSecrets(folder).tokenSecret,
      internalSecret: env.INTERNAL_SECRET ?? keptSecrets(folder).internalSecret,
      credentialsKey: env.CREDENTIALS_KEY ?? keptSecrets(folder).credentialsKey,
      formerCredentialsKeys: env.CREDENTIALS_KEY ? [] : keptSecrets(folder).formerCredentialsKeys,
    },
  };
}

/** Made once; several processes that start at once agree on the same ones. */
function keptSecrets(folder: string): Secrets {
  const path = join(folder, "secrets.json");
  const kept = readJson<Secrets>(path);
  // Older installations have no former keys.
  if (kept) return { ...kept, formerCredentialsKeys: kept.formerCredentialsKeys ?? [] };
  const made: Secrets = {
    tokenSecret: newSecret(),
    internalSecret: newSecret(),
    credentialsKey: newSecret(),
    formerCredentialsKeys: [],
  };
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(made), { mode: 0o600 });
  try {
    linkSync(unfinished, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
  return readJson<Secrets>(path) ?? made;
}

/** Puts a new key for credentials into use; what the former one sealed is sealed anew at the next start. */
export function rotateCredentialsKey(folder: string): void {
  const path = join(folder, "secrets.json");
  const { credentialsKey, formerCredentialsKeys, ...others } = keptSecrets(folder);
  const rotated: Secrets = {
    ...others,
    credentialsKey: newSecret(),
    formerCredentialsKeys: [credentialsKey, ...formerCredentialsKeys],
  };
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(rotated), { mode: 0o600 });
  renameSync(unfinished, path);
}

function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

function readJson<Content>(path: string): Content | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Content) : null;
}
